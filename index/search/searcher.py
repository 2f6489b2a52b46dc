"""Search: vectors (Chroma) and keywords (BM25), their scores combined, checked against the record.

Under a filter the vectors of the articles that fit are compared one by one: it can cost no passage that would have been
found, as it could in an approximate search. (And in Chroma itself a filter was measured to be 15 to 60 times slower.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedding
from index.errors import StoreError
from index.language.words import STOP_WORDS, folded
from index.search.fusion import convex_combination, date_prior, fold_duplicates, with_siblings
from index.search.protocol import Hit
from index.search.tuning import COPY_POOL
from index.store.catalogue import ArticleFilter
from index.store.home import is_locked
from index.store.keywords import words_of
from index.store.reading import RECORD_NAME, RecordReader
from index.vectors import place_of
from index.vectors.vector_index import VectorIndex


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages of some articles, as they are at one moment of the record."""

    ids: tuple[str, ...]
    matrix: NDArray[np.float32]

    @classmethod
    def of(cls, record: RecordReader, model: str, wanted: ArticleFilter) -> Self:
        """Read the stored vectors of a model for the articles that fit a filter.

        Raises:
            StoreError: the store cannot be read.
        """
        hashes = record.passages_among(wanted)
        stored = record.vectors(model, set(hashes.values()))
        ids = tuple(i for i, text_hash in hashes.items() if text_hash in stored)
        return cls(ids, np.array([stored[hashes[i]] for i in ids], dtype=np.float32))

    def query(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Passage ids and cosine similarities, best first."""
        if not self.ids:
            return []
        lengths = np.linalg.norm(self.matrix, axis=1) * np.linalg.norm(vector)
        cosines = self.matrix @ vector / np.maximum(lengths, np.finfo(np.float32).tiny)
        best = np.argsort(-cosines, kind="stable")[:limit]
        return [(self.ids[at], float(cosines[at])) for at in best]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one query finds, before anything is fused.

    Attributes:
        dense: passage ids with the cosine of query and passage, best first.
        keyword: passage ids with their BM25 score, best first.
    """

    query: str
    dense: tuple[tuple[str, float], ...]
    keyword: tuple[tuple[str, float], ...]

    @property
    def ids(self) -> set[str]:
        """All passages in it."""
        return {passage for passage, _ in (*self.dense, *self.keyword)}


class Searcher:
    """A store, open for searching; implements `Search`. Safe to share between threads.

    What is stored or removed meanwhile is noticed at the next search, and so is a store that is deleted and made anew.

    Args:
        chroma_url: the address of the Chroma server that has its vectors; empty where the folder has them.

    Raises (on opening):
        NoIndexError: there is no store, or nothing in it.
        IncompatibleError: it was made with another embedding model or by another version of the program.
        StoreError: it cannot be opened.
    """

    def __init__(self, home: Path, embedding: Embedding, *, chroma_url: str = "") -> None:
        self.home = home
        self.embedding = embedding
        self.record = RecordReader(home / RECORD_NAME)
        try:
            self.vectors = VectorIndex(self.record, place_of(home, self.record.state().store, chroma_url))
            self.record.check_model(embedding)
        except StoreError:
            self.record.close()
            raise

    def close(self) -> None:
        """Let go of the store's files."""
        self.vectors.close()
        self.record.close()

    def warm_up(self) -> None:
        """Open the vector index now, rather than at the first search: this loads Chroma, which takes seconds.

        Raises:
            StoreError: it is missing or cannot be opened.
        """
        self.vectors.open()

    def snapshot(self) -> AbstractContextManager[None]:
        """A block in which this thread finds and reads the articles as they are at its start, whatever is indexed."""
        return self.record.snapshot()

    def gap(self) -> str | None:
        """Why articles may be missing that were to be indexed, and what to do; None if there is no reason."""
        if self.record.state().unfinished is None:
            return None
        if is_locked(self.home):
            return "articles are being indexed right now, so the answer may miss the newest; ask again when it is done."
        return "an indexing run was interrupted, so the answer may miss articles; run `dateline index` again."

    def find(
        self,
        *queries: str,
        among: ArticleFilter | None = None,
        near: dt.date | None = None,
        favour: Mapping[str, float] | None = None,
        limit: int = 10,
        depth: int = 100,
    ) -> list[Hit]:
        """See `Search.find`."""
        with self.snapshot():
            rankings = self.rank(queries, among=among, depth=depth)
            return self._fused(rankings, near=near, favour=favour or {}, limit=limit)

    def rank(self, queries: Sequence[str], *, among: ArticleFilter | None = None, depth: int = 100) -> list[Ranking]:
        """What each query finds by itself; their vectors are made together. Arguments and errors as `find`."""
        said = [query for query in queries if query.strip()]
        if not said:
            return [Ranking(query, (), ()) for query in queries]
        with ThreadPoolExecutor(1) as beside:  # embedding and the keyword index need nothing of each other
            embedding = beside.submit(self.embedding.encode, [folded(query) for query in said])
            keyword = {query: tuple(self._keyword(query, depth, among)) for query in said}
            vectors = dict(zip(said, embedding.result(), strict=True))
        self.record.check_model(self.embedding)  # it may have been rebuilt with another one meanwhile
        index = self.vectors if among is None else Selection.of(self.record, self.embedding.fingerprint, among)
        dense = {query: tuple(index.query(vector, depth)) for query, vector in vectors.items()}
        return [Ranking(query, dense.get(query, ()), keyword.get(query, ())) for query in queries]

    def has_words(self, text: str, among: ArticleFilter | None = None) -> bool:
        """See `Search.has_words`."""
        return all(self._keyword(word, 1, among) for word in words_of(text))

    def _fused(
        self, rankings: Sequence[Ranking], *, near: dt.date | None, favour: Mapping[str, float], limit: int
    ) -> list[Hit]:
        """The passages that fit all queries best, by their score and a share of another one of their article."""
        fused = convex_combination([(ranking.dense, ranking.keyword) for ranking in rankings])
        # What was removed since the vector index was built is in no article.
        articles = self.record.articles_of_passages(fused)
        fused = {i: score + favour.get(articles[i][0], 0.0) for i, score in fused.items() if i in articles}
        if near is not None:
            fused = {i: score * date_prior(articles[i][1], near) for i, score in fused.items()}
        # Only the order: a Reader goes by the score, which is to say how well the passage itself fits.
        order = with_siblings(fused, {i: articles[i][0] for i in fused})
        ranked = sorted(fused, key=lambda i: (-order[i], i))
        looked_into = limit + COPY_POOL
        while True:
            stored = self.record.passages(ranked[:looked_into])
            found = [stored[i] for i in ranked[:looked_into] if i in stored]
            groups = fold_duplicates([passage.text for passage, _ in found], limit)
            if len(groups) >= limit or looked_into >= len(ranked):
                break
            looked_into *= 2
        cosines = {i: cosine for ranking in reversed(rankings) for i, cosine in ranking.dense}
        bm25 = {i: score for ranking in reversed(rankings) for i, score in ranking.keyword}
        hits = []
        for first, *copies in groups:
            passage, article = found[first]
            others = dict.fromkeys(found[n][1].id for n in copies if found[n][1].id != article.id)
            sentences = tuple(self.record.sentences(article.id)[passage.first : passage.last + 1])
            scores = fused[passage.id], cosines.get(passage.id), bm25.get(passage.id)
            hits.append(Hit(passage, article, sentences, *scores, tuple(others)))
        return hits

    def _keyword(self, query: str, depth: int, among: ArticleFilter | None) -> list[tuple[str, float]]:
        said = words_of(query)
        words = [word for word in said if word.lower() not in STOP_WORDS] or said
        return self.record.keyword_search(words, depth, among)
