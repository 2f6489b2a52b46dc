"""What search offers to those who answer: hits for some queries, among all articles or some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from index.article import Article, Passage, Sentence
from index.store.catalogue import ArticleFilter


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        passage, article: the passage and the article that it belongs to, as they are in the record now.
        sentences: the passage's sentences, as spans of the article's text.
        score: fused score of the passage itself; comparable within one search only. Hits are in another order where a
            passage with a lower score has another of its article to vouch for it.
        cosine: similarity of the vectors of query and passage, None where only the keywords found it; of several
            queries, of the first whose vector found it.
        bm25: keyword score, None where only the vectors found it; of several queries likewise.
        also: other articles that have (nearly) this passage too, folded into this hit.
    """

    passage: Passage
    article: Article
    sentences: tuple[Sentence, ...]
    score: float = 0.0
    cosine: float | None = None
    bm25: float | None = None
    also: tuple[str, ...] = ()


class Search(Protocol):
    """Finds passages. Safe to share between threads."""

    def find(
        self,
        *queries: str,
        among: ArticleFilter | None = None,
        near: dt.date | None = None,
        favour: Mapping[str, float] | None = None,
        limit: int = 10,
        depth: int = 100,
    ) -> list[Hit]:
        """The passages that fit some queries best, best first.

        Args:
            queries: what is looked for, in words; all count alike, and one without words finds nothing.
            among: which articles are searched; None means all.
            near: the day on which the question is asked; articles of the days before it are then preferred.
            favour: ids of articles whose passages are to come before others as good, and what is added to their
                score; a query gives at most 1.
            depth: how many passages vectors and keywords each bring for a query before they are fused.

        Raises:
            StoreError: the store cannot be read.
        """
        ...

    def has_words(self, text: str, among: ArticleFilter | None = None) -> bool:
        """Whether each word of a text, in any of its forms, stands somewhere in the articles."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """A block in which this thread finds and reads the articles as they are at its start, whatever is indexed."""
        ...
