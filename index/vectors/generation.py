"""Chroma as a derived generation, open for reading or, beside the one that is read, for writing.

Chroma was measured to lose vectors with two writers, to show stale results to a reader, and to be destroyed by a kill
during a write. So no reader ever has a generation open in a folder that somebody writes to, and whatever happens to
one, it is built again from the record without embedding anything. Which generation is read is said by the record: that
is the one commit point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.vectors.chroma import nearest

if TYPE_CHECKING:
    from chromadb import Collection

__all__ = ["Generation", "Place"]

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
        found: list[tuple[str, float]] = self._guard("be searched", lambda: nearest(self._collection, vector, limit))
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
        # Imported here: it takes longer than all else that a first answer needs.
        from llama_index.core.schema import BaseNode, TextNode
        from llama_index.vector_stores.chroma import ChromaVectorStore

        nodes: list[BaseNode] = [
            TextNode(id_=i, embedding=vector) for i, vector in zip(ids, vectors.tolist(), strict=True)
        ]
        store = ChromaVectorStore(chroma_collection=_Repeatable(self._collection))
        self._guard("be written", lambda: store.add(nodes))

    def remove(self, ids: Sequence[str]) -> None:
        """Remove passages."""
        for start in range(0, len(ids), _BATCH):
            some = list(ids[start : start + _BATCH])
            self._guard("be written", lambda some=some: self._collection.delete(ids=some))  # type: ignore[misc]


class _Repeatable:
    """A collection as LlamaIndex's vector store writes to it, except that to add the same again changes nothing.

    A request to a server may be done although its answer is lost; then it is sent once more.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def add(self, **rows: Any) -> None:
        """What `ChromaVectorStore.add` calls."""
        self._collection.upsert(**rows)


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
