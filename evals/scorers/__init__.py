"""Scorers: small pure functions from what is seen of one question to (achieved, out of what)."""
