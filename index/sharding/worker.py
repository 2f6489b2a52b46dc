"""What runs in a worker process: it loads the embedding model once, and embeds one shard after another.

Texts go as bytes, so that whatever Python can hold arrives as it is; vectors come back as the bytes of their float32.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from index.embedding import load_embedding

_CODEC = ("utf-8", "surrogatepass")


def as_row(number: int, texts: Sequence[str]) -> dict[str, Any]:
    """A shard as a row of what the workers are sent."""
    return {"shard": number, "texts": [text.encode(*_CODEC) for text in texts]}


class ShardWorker:
    """Embeds shards, on one thread, so that a machine runs as many workers as it has cores."""

    def __init__(self, model: str) -> None:
        self._embedding = load_embedding(model, threads=1)

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        """The vectors of the one shard in a batch of rows, and the fingerprint of the model that they are of."""
        texts = [text.decode(*_CODEC) for text in batch["texts"][0]]
        vectors = self._embedding.encode(texts)
        return {
            "shard": [int(batch["shard"][0])],
            "vectors": [vectors.tobytes()],
            "model": [self._embedding.fingerprint],
        }
