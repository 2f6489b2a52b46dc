"""The embedding model of the store: turns text into vectors whose dot product says how near two texts are in meaning.

Nothing heavy is imported here: onnxruntime and torch are loaded when they are needed. But
`index.offline` is, so that it comes before all of them: Python runs this file before any other of the package.
"""

from __future__ import annotations

import index.offline  # noqa: F401 - it does its work when it is imported
from index.embedding.protocol import Embedding, EmbeddingProgress

__all__ = ["DEFAULT_MODEL", "Embedding", "EmbeddingProgress", "load_embedding"]

DEFAULT_MODEL = "default"


def load_embedding(model: str = DEFAULT_MODEL, *, threads: int = 0) -> Embedding:
    """Load an embedding model.

    Args:
        model: `default` is the all-MiniLM-L6-v2 that ships with Dateline; anything else is the name or the folder of a
            sentence-transformers model, which needs the extra `sentence-transformers`.
        threads: how many texts the shipped model embeds at the same time; 0 takes one for each core. It changes the
            speed, never a vector. A sentence-transformers model leaves its threads to torch.

    Raises:
        ModelError: a file of the model is missing or damaged, the extra is not installed, or no such model is here.
    """
    if model == DEFAULT_MODEL:
        from index.embedding.runtime import OnnxEncoder

        return OnnxEncoder(threads=threads)
    from index.embedding.sentence_transformers import SentenceTransformersEncoder

    return SentenceTransformersEncoder(model)
