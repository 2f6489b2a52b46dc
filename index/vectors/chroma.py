"""Chroma as the store uses it: its collections, and one kind of error. It is imported when it is first used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

__all__ = ["HNSW", "REPAIR", "chroma_errors", "close_client", "nearest", "open_folder"]

REPAIR = "build it again with `dateline doctor --fix` (or `dateline index --rebuild`)"

# Broader than Chroma's defaults (100, 100, 16): a search takes a millisecond more. The tests hold recall@10 at .98.
HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 24}
_COLLECTION = "passages"


def nearest(collection: Collection, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
    """Ids and cosine similarities of the vectors nearest to one, best first."""
    # Asked directly: importing LlamaIndex takes longer than all else that a first answer needs.
    found = collection.query(query_embeddings=vector.tolist(), n_results=limit, include=["distances"])
    distances = found["distances"] or [[]]
    hits = [(i, 1 - float(distance)) for i, distance in zip(found["ids"][0], distances[0], strict=True)]
    # Passages that are equally near come in the order in which the graph was built, which no two builds share.
    return sorted(hits, key=lambda hit: (-round(hit[1], 6), hit[0]))


def open_folder(folder: Path, *, create: bool) -> tuple[ClientAPI, Collection]:
    """Open the Chroma database in a folder; the client must be closed in the end.

    Raises:
        StoreError: it cannot be opened.
    """
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    with chroma_errors("be opened"):
        client = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
        try:
            if create:
                collection = client.get_or_create_collection(
                    _COLLECTION, configuration={"hnsw": HNSW}, embedding_function=None
                )
            else:
                collection = client.get_collection(_COLLECTION, embedding_function=None)
        except BaseException:
            close_client(client)
            raise
    return client, collection


@contextmanager
def chroma_errors(what: str) -> Iterator[None]:
    """Turn whatever Chroma raises into a StoreError."""
    try:
        yield
    except (StoreError, OSError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    # Chroma's Rust core panics with an exception that derives from BaseException, and its other errors share no base.
    except BaseException as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise StoreError(f"the vector index cannot {what} ({reason}); {REPAIR}.") from error


def close_client(client: ClientAPI) -> None:
    """Let go of the files or connections of a client."""
    client.close()  # type: ignore[attr-defined]
