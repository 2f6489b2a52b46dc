"""Answering: from a question and its conversation to a checked Answer."""
