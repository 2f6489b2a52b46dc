"""The vector index: generations in Chroma, local or on a server, and what is not yet in one."""
