"""Question sets: reading, checking and making them, with the articles that they ask about."""
