"""Searching a part of the store: the articles of some days, of a source, or named ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.search.searcher import Searcher
from index.store.catalogue import ArticleFilter

__all__ = ["SelectedSearcher"]


class SelectedSearcher(Searcher):
    """A store, open for searching, as if it held no other articles than those that fit a filter.

    Vectors are compared one by one, exactly, and keywords ranked for the whole store: a filter can cost no passage that
    would have been found, as it could in an approximate search. For one question: articles that are indexed later are
    not in it. What it uses belongs to the searcher that it was made from.

    Args:
        searcher: the whole store.
        wanted: which of its articles.

    Raises:
        StoreError: the store cannot be read.
    """

    def __init__(self, searcher: Searcher, wanted: ArticleFilter) -> None:
        self.home = searcher.home
        self.embedding = searcher.embedding
        self.record = searcher.record
        self.vectors = searcher.vectors
        self._hashes = self.record.passages_among(wanted)
        self._read: tuple[list[str], NDArray[np.float32]] | None = None

    def close(self) -> None:
        """Nothing: the store stays open for the searcher that this one was made from."""

    def _dense(self, vector: NDArray[np.float32], depth: int) -> list[tuple[str, float]]:
        ids, matrix = self._stored()
        if not ids:
            return []
        lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(vector)
        cosines = matrix @ vector / np.maximum(lengths, np.finfo(np.float32).tiny)
        best = np.argsort(-cosines, kind="stable")[:depth]
        return [(ids[at], float(cosines[at])) for at in best]

    def _keyword(self, query: str, depth: int) -> list[tuple[str, float]]:
        found = super()._keyword(query, max(depth, self.record.counts()["passages"]))
        return [(passage, score) for passage, score in found if passage in self._hashes][:depth]

    def _stored(self) -> tuple[list[str], NDArray[np.float32]]:
        if self._read is None:
            stored = self.record.vectors(self.embedding.fingerprint, set(self._hashes.values()))
            ids = [i for i, text_hash in self._hashes.items() if text_hash in stored]
            self._read = ids, np.array([stored[self._hashes[i]] for i in ids], dtype=np.float32)
        return self._read
