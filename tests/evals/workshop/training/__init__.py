"""Tests of the training of the span reader."""
