"""Text to values: what is said, in which language. Of the program it imports the types of `index.article` alone."""
