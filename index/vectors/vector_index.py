"""The vector index as searches ask it: the generation, and what was stored after it, at one moment of the record.

The two together hold every stored passage, also while articles are being indexed and after a run that was killed; what
was removed or replaced since the generation was built is dropped from what they find.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.errors import NoIndexError, ServerError, StoreError
from index.store.reading import RecordReader
from index.store.state import GenerationInfo, RecordState
from index.vectors.generation import REPAIR, Generation, Place

Hits = list[tuple[str, float]]

_NOT_BUILT = ""
"""The name of the generation that stands for none: of a store that never had one, or none of its model."""


class VectorIndex:
    """The vectors of a store, for searching. Safe to share between threads."""

    def __init__(self, record: RecordReader, place: Place) -> None:
        self._record = record
        self._place = place
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._retired: Generation | None = None
        self._recent: _Recent | None = None
        self._store = ""

    def query(self, vector: NDArray[np.float32], limit: int) -> Hits:
        """Passage ids and cosine similarities, best first; only passages that are stored.

        Raises:
            NoIndexError: there are no articles.
            StoreError: the vector index is missing, damaged or out of reach.
        """
        try:
            found = self._query(vector, limit)
        except ServerError:
            raise
        except StoreError:
            # The generation may have been replaced and removed since it was opened.
            self._forget()
            found = self._query(vector, limit)
        if not found and self._record.counts()["passages"] == 0:  # all were removed
            raise self._empty()
        return found

    def open(self) -> None:
        """Open the generation that is current now, rather than at the first search: this loads Chroma, for seconds.

        Raises:
            StoreError: as `query`.
        """
        with self._record.snapshot():
            self._open(self._record.state())

    def close(self) -> None:
        """Let go of the files of the generations."""
        with self._lock:
            for generation in (self._generation, self._retired):
                if generation is not None:
                    generation.close()
            self._generation = self._retired = self._recent = None

    def _query(self, vector: NDArray[np.float32], limit: int) -> Hits:
        with self._record.snapshot():
            state = self._record.state()
            info, generation, recent = self._open(state)
            if generation is not None and state.revision == info.revision:
                return generation.query(vector, limit)
            asked, most = 2 * limit, info.passages + len(recent.ids)
            while True:
                # A passage that is in both has not changed; its cosine is then the same.
                old = generation.query(vector, min(asked, max(1, info.passages))) if generation is not None else []
                found = dict(old) | recent.query(vector, asked)
                stored = self._record.articles_of_passages(found)
                if len(stored) >= limit or asked >= most:
                    return _ordered({i: cosine for i, cosine in found.items() if i in stored})[:limit]
                asked *= 4

    def _open(self, state: RecordState) -> tuple[GenerationInfo, Generation | None, _Recent]:
        info = self._info(state)
        with self._lock:
            built = info.name != _NOT_BUILT
            if built and (self._generation is None or self._generation.name != info.name or self._store != state.store):
                fresh = self._place.open(info.name)
                if self._retired is not None:
                    self._retired.close()
                # The old one may still be answering a search in another thread; it is closed one swap later.
                self._retired, self._generation, self._store = self._generation, fresh, state.store
            if self._recent is None or not self._recent.leads_to(state, info):
                self._recent = _Recent(state.store, info, info.revision, (), np.zeros((0, 0), dtype=np.float32))
            self._recent = self._recent.up_to(state.revision, self._record)
            return info, self._generation if built else None, self._recent

    def _info(self, state: RecordState) -> GenerationInfo:
        info, home = state.generation, self._record.path.parent
        if info is None or info.model != state.model:
            if state.unfinished is not None:
                # The first run, or one with another model, is not at its end: every passage came after the generation.
                return GenerationInfo(_NOT_BUILT, self._place.address, 0, state.model or "", 0)
            if self._record.counts()["passages"] == 0:
                raise self._empty()
            raise StoreError(f"{home}: the vector index is missing; {REPAIR}.")
        if info.place != self._place.address:
            there, here = (where or "in the store's own folder" for where in (info.place, self._place.address))
            raise StoreError(
                f"{home}: the vector index is {there}, not {here}; set DATELINE_CHROMA_URL back, "
                "or build it there with `dateline doctor --fix`."
            )
        return info

    def _empty(self) -> NoIndexError:
        return NoIndexError(f"{self._record.path.parent}: holds no articles; run `dateline index` with some.")

    def _forget(self) -> None:
        with self._lock:
            if self._retired is not None:
                self._retired.close()
            self._retired, self._generation = self._generation, None


@dataclass(frozen=True, slots=True)
class _Recent:
    """The passages that were stored after a generation. What was removed again may still be among them.

    Attributes:
        store, generation: what they are of.
        revision: the record's revision that they are read up to.
        matrix: their vectors [n, dimensions], each of length 1.
    """

    store: str
    generation: GenerationInfo
    revision: int
    ids: tuple[str, ...]
    matrix: NDArray[np.float32]

    def leads_to(self, state: RecordState, info: GenerationInfo) -> bool:
        """Whether these are of that store and generation, and of no later moment."""
        return (self.store, self.generation) == (state.store, info) and self.revision <= state.revision

    def up_to(self, revision: int, record: RecordReader) -> Self:
        """The same with what was stored since then."""
        if revision == self.revision:
            return self
        hashes = record.passage_hashes(after=self.revision)
        found = record.vectors(self.generation.model, set(hashes.values()))
        new = {i: found[digest] for i, digest in hashes.items() if digest in found}
        if not new:
            return type(self)(self.store, self.generation, revision, self.ids, self.matrix)
        rows = np.stack(list(new.values()))
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        matrix = np.concatenate([self.matrix, rows]) if self.ids else rows
        return type(self)(self.store, self.generation, revision, (*self.ids, *new), matrix)

    def query(self, vector: NDArray[np.float32], limit: int) -> dict[str, float]:
        """The passages nearest to a vector, with their cosines."""
        if not self.ids:
            return {}
        cosines = self.matrix @ vector
        best = np.argpartition(-cosines, limit)[:limit] if limit < len(cosines) else range(len(cosines))
        return {self.ids[n]: float(cosines[n]) for n in best}


def _ordered(found: dict[str, float]) -> Hits:
    return sorted(found.items(), key=lambda hit: (-round(hit[1], 6), hit[0]))
