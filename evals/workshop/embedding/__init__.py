"""Makes the embedding model that ships."""
