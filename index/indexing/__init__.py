"""Indexing: from article files to what the store holds of them; only what changed is read again."""
