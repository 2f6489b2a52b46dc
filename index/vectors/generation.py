"""Chroma as a derived generation, open for reading or, beside the one that is read, for writing.

Chroma was measured to lose vectors with two writers, to show stale results to a reader, and to be destroyed by a kill
during a write. So no reader ever has a generation open in a folder that somebody writes to, and whatever happens to
one, it is built again from the record without embedding anything. Which generation is read is said by the record: that
is the one commit point. Chroma is imported when it is first used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

REPAIR = "build it again with `dateline doctor --fix` (or `dateline index --rebuild`)"

# Broader than Chroma's defaults (100, 100, 16): a search takes a millisecond more. The tests hold recall@10 at .98.
HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 24}
_COLLECTION = "passages"
_BATCH = 2_000  # passages a call; Chroma takes at most 5,461

Guard = Callable[[str, Callable[[], Any]], Any]
"""Runs one call of Chroma, whose purpose is given in words, and turns what it raises into a StoreError."""


class Generation:
    """One generation. Every method raises StoreError where Chroma cannot do it."""

    def __init__(self, name: str, collection: Collection, guard: Guard, close: Callable[[], None]) -> None:
        self.name = name
        self.close = close
        self._collection = collection
        self._guard = guard

    def query(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Passage ids and cosine similarities, best first."""
        found: list[tuple[str, float]] = self._guard("be searched", lambda: _nearest(self._collection, vector, limit))
        return found

    def count(self) -> int:
        """How many passages it holds."""
        return int(self._guard("be read", self._collection.count))

    def ids(self) -> list[str]:
        """The ids of all passages in it."""
        return list(self._guard("be read", lambda: self._collection.get(include=[])["ids"]))

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors [dimensions] of some passages, as Chroma holds them; of those that it has."""
        found = self._guard("be read", lambda: self._collection.get(ids=list(ids), include=["embeddings"]))
        return {i: np.asarray(v, dtype=np.float32) for i, v in zip(found["ids"], found["embeddings"], strict=True)}

    def put(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Add or replace vectors [n, dimensions], at most 2,000 at once.

        The text stays in the record alone: Chroma's files keep what is deleted, and a withdrawn article must go.
        """
        # A request to a server may be done although its answer is lost; then it is sent once more, and changes nothing.
        self._guard("be written", lambda: self._collection.upsert(ids=list(ids), embeddings=vectors))

    def remove(self, ids: Sequence[str]) -> None:
        """Remove passages."""
        for start in range(0, len(ids), _BATCH):
            some = list(ids[start : start + _BATCH])
            self._guard("be written", lambda some=some: self._collection.delete(ids=some))  # type: ignore[misc]


class Place(Protocol):
    """Where generations are kept: a folder of the store (`LocalPlace`), or a Chroma server (`ServerPlace`).

    Attributes:
        address: what the record notes of it: empty for the store's own folder, else the server's address.
        shared: whether a generation may grow while others read it. In a folder it must be copied first.
    """

    address: str
    shared: bool

    def check(self) -> None:
        """Raise StoreError where nothing can be kept there now."""

    def names(self) -> set[str]:
        """The names of all generations of this store, also unfinished ones."""

    def holds(self, name: str) -> bool:
        """Whether a generation is there and, as far as that is seen without opening it, whole."""

    def open(self, name: str) -> Generation:
        """Open a generation for reading. Raises StoreError where it is missing or damaged."""

    def create(self, name: str, base: str | None) -> Generation:
        """Make a generation for writing: a copy of `base`, or an empty one."""

    def settle(self, name: str) -> None:
        """Make sure that a generation that was written and closed has reached the disk."""

    def remove(self, name: str) -> None:
        """Remove a generation, if it is there."""


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


def _nearest(collection: Collection, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
    """Ids and cosine similarities of the vectors nearest to one, best first."""
    found = collection.query(query_embeddings=vector.tolist(), n_results=limit, include=["distances"])
    distances = found["distances"] or [[]]
    hits = [(i, 1 - float(distance)) for i, distance in zip(found["ids"][0], distances[0], strict=True)]
    # Passages that are equally near come in the order in which the graph was built, which no two builds share.
    return sorted(hits, key=lambda hit: (-round(hit[1], 6), hit[0]))
