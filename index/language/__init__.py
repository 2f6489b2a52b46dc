"""Text to values: what is said, in which language. Imports nothing else of the program."""
