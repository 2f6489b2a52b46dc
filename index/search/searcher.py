"""Search: vectors (Chroma) and keywords (BM25), their scores combined, checked against the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.article import Article, Passage, Sentence
from index.embedding import Embedding
from index.errors import StoreError
from index.indexing.indexer import RECORD_NAME, check_model
from index.language.fold import folded
from index.language.words import STOP_WORDS
from index.search.fusion import convex_combination, date_prior, fold_duplicates, with_siblings
from index.store.keywords import words_of
from index.store.lock import is_locked
from index.store.reading import RecordReader
from index.vectors.places import place_of
from index.vectors.vector_index import VectorIndex

if TYPE_CHECKING:
    from llama_index.core.retrievers import BaseRetriever

__all__ = ["Hit", "Ranking", "Searcher"]

_COPIES = 20  # among how many hits more than are wanted copies are looked for


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        passage, article: the passage and the article that it belongs to, as they are in the record now.
        score: fused score of the passage itself; comparable within one search only. Hits are in another order where a
            passage with a lower score has another of its article to vouch for it.
        cosine: similarity of the vectors of query and passage, None where only the keywords found it; of several
            queries, of the first whose vector found it.
        bm25: keyword score, None where only the vectors found it; of several queries likewise.
        also: other articles that have (nearly) this passage too, folded into this hit.
    """

    passage: Passage
    article: Article
    score: float
    cosine: float | None
    bm25: float | None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one query finds, before anything is fused.

    Attributes:
        query: what was looked for.
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
    """A store, open for searching. Safe to share between threads.

    What is stored or removed meanwhile is noticed at the next search, and so is a store that is deleted and made anew.

    Args:
        home: the folder of the store.
        embedding: the model that it was made with.
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
            check_model(self.record, embedding)
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

    def search(self, query: str, *, limit: int = 10, depth: int = 100, near: dt.date | None = None) -> list[Hit]:
        """The passages that fit a query best.

        Args:
            query: what is looked for, in words.
            limit: how many hits to return.
            depth: how many passages vectors and keywords each bring before they are fused.
            near: the day on which the question is asked; articles of the days before it are then preferred.

        Raises:
            StoreError: the vector index cannot be read.
        """
        with self.snapshot():
            return self.fuse([(ranking, 1.0) for ranking in self.rank([query], depth=depth)], limit=limit, near=near)

    def rank(self, queries: Sequence[str], *, depth: int = 100) -> list[Ranking]:
        """What each query finds by itself; their vectors are made together.

        Args:
            queries: what is looked for, in words; one without words finds nothing.
            depth: how many passages vectors and keywords each bring.

        Raises:
            StoreError: the vector index cannot be read.
        """
        said = [query for query in queries if query.strip()]
        if not said:
            return [Ranking(query, (), ()) for query in queries]
        with ThreadPoolExecutor(1) as beside:  # embedding and the keyword index need nothing of each other
            embedding = beside.submit(self.embedding.encode, [folded(query) for query in said])
            keyword = {query: tuple(self._keyword(query, depth)) for query in said}
            vectors = dict(zip(said, embedding.result(), strict=True))
        dense = {query: tuple(self._dense(vector, depth)) for query, vector in vectors.items()}
        return [Ranking(query, dense.get(query, ()), keyword.get(query, ())) for query in queries]

    def fuse(
        self,
        rankings: Sequence[tuple[Ranking, float]],
        *,
        limit: int = 10,
        near: dt.date | None = None,
        favour: Mapping[str, float] | None = None,
    ) -> list[Hit]:
        """The passages that fit several queries best, by their score and a share of another one of their article.

        Args:
            rankings: what each query found, and how much it counts.
            limit: how many hits to return.
            near: as in `search`.
            favour: ids of articles whose passages are to come before others as good, and what is added to their
                score; a query of weight 1 gives at most 1.
        """
        fused = convex_combination([(ranking.dense, ranking.keyword, weight) for ranking, weight in rankings])
        # What was removed since the vector index was built is in no article.
        articles = self.record.articles_of_passages(fused)
        fused = {i: score + (favour or {}).get(articles[i][0], 0.0) for i, score in fused.items() if i in articles}
        if near is not None:
            fused = {i: score * date_prior(articles[i][1], near) for i, score in fused.items()}
        # Only the order: a Reader goes by the score, which is to say how well the passage itself fits.
        order = with_siblings(fused, {i: articles[i][0] for i in fused})
        ranked = sorted(fused, key=lambda i: (-order[i], i))
        cosines = {i: c for ranking, _ in reversed(rankings) for i, c in ranking.dense}
        bm25 = {i: b for ranking, _ in reversed(rankings) for i, b in ranking.keyword}
        looked_into = limit + _COPIES
        while True:
            stored = self.record.passages(ranked[:looked_into])
            hits = [Hit(*stored[i], fused[i], cosines.get(i), bm25.get(i)) for i in ranked[:looked_into] if i in stored]
            groups = fold_duplicates([hit.passage.text for hit in hits], limit)
            if len(groups) >= limit or looked_into >= len(ranked):
                return [_fold([hits[n] for n in group]) for group in groups]
            looked_into *= 2

    def has_words(self, text: str) -> bool:
        """Whether each word of a text, in any of its forms, stands somewhere in the articles."""
        return all(self._keyword(word, 1) for word in words_of(text))

    def as_llama_index(self, *, limit: int = 10) -> BaseRetriever:
        """This search as a LlamaIndex retriever, for LlamaIndex's engines and tools. Imports LlamaIndex: seconds."""
        from index.llama_index import DatelineRetriever

        return DatelineRetriever(self, limit=limit)

    def sentences(self, passage: Passage) -> list[Sentence]:
        """The sentences of a passage."""
        return self.record.sentences(passage.article_id)[passage.first : passage.last + 1]

    def _dense(self, vector: NDArray[np.float32], depth: int) -> list[tuple[str, float]]:
        check_model(self.record, self.embedding)  # it may have been rebuilt with another one meanwhile
        return self.vectors.query(vector, depth)

    def _keyword(self, query: str, depth: int) -> list[tuple[str, float]]:
        said = words_of(query)
        return self.record.keyword_search([word for word in said if word.lower() not in STOP_WORDS] or said, depth)


def _fold(group: Sequence[Hit]) -> Hit:
    best = group[0]
    also = dict.fromkeys(hit.article.id for hit in group[1:] if hit.article.id != best.article.id)
    return Hit(best.passage, best.article, best.score, best.cosine, best.bm25, tuple(also))
