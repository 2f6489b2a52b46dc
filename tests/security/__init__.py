"""Attacks through everything that comes from outside: articles, questions, Writers."""
