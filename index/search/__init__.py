"""Search: from a question to the passages of the store that are about it."""
