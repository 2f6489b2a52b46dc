"""Training, export and evaluation of the span reader; needs the extra `sentence-transformers` (torch)."""
