"""Small programs that measure one part of Dateline each."""
