"""The record as searches read it: its state, articles, sentences, passages, vectors and the keyword index."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Self

from index.article import Article, Passage, Sentence
from index.embedding.protocol import Embedding
from index.errors import IncompatibleError
from index.store.catalogue import ArticleFilter, ArticleSummary, Order, page_of_articles
from index.store.connections import Connections
from index.store.files import StoredFiles
from index.store.keywords import search_both, search_keywords
from index.store.rows import ARTICLE_COLUMNS, article_of, batches, date_of, marks
from index.store.schema import sqlite_errors
from index.store.state import RecordState
from index.store.stories import Story, page_of_stories, stories_of
from index.store.vectors import StoredVectors

RECORD_NAME = "dateline.db"
"""What the file is called in the folder of a store."""


class RecordReader(StoredFiles, StoredVectors):
    """The SQLite file of a store. Safe to share between threads: each has a connection of its own.

    Every method raises StoreError where the file cannot be read, and NoIndexError where it is gone.

    Args:
        create, writing: as `Connections`; for the writer.

    Raises (on opening):
        NoIndexError, IncompatibleError, StoreError: as `index.store.schema.connect` says.
    """

    def __init__(self, path: Path, *, create: bool = False, writing: bool = False) -> None:
        self.path = path
        self._connections = Connections(path, create=create, writing=writing)
        self._db()  # so that a fault shows on opening

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    def snapshot(self) -> AbstractContextManager[None]:
        """A block in which this thread sees the record as it is at its first reading, whatever others write meanwhile.

        Blocks may be nested; the outermost counts.
        """
        return self._connections.snapshot()

    def _db(self) -> sqlite3.Connection:
        return self._connections.own()

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with sqlite_errors(self.path):
            return self._db().execute(query, values).fetchall()

    # The whole

    def state(self) -> RecordState:
        """What the record says of itself."""
        return RecordState.of(dict(self._rows("SELECT key, value FROM meta")))

    @property
    def revision(self) -> int:
        """A number that grows with every change of the passages; 0 for an empty record."""
        return self.state().revision

    def counts(self) -> dict[str, int]:
        """How many articles, sentences and passages there are."""
        tables = ("article", "sentence", "passage")
        return {f"{t}s": int(self._rows(f"SELECT count(*) FROM {t}")[0][0]) for t in tables}

    def fingerprint(self) -> str:
        """One hash over all articles: the same articles give the same, whatever order they came in."""
        rows = [list(row) for row in self._rows("SELECT id, sha256 FROM article ORDER BY id")]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    def check_model(self, embedding: Embedding) -> None:
        """Refuse a store that was made with another embedding model: its vectors mean something else.

        Raises:
            IncompatibleError: it was.
        """
        state = self.state()
        if state.model not in (None, embedding.fingerprint) and self.counts()["passages"]:
            if state.model_name == embedding.name:
                how, else_ = f"another version of the embedding model {embedding.name}", ""
            else:
                how = f"the embedding model {state.model_name}, not with {embedding.name}"
                else_ = ", or set DATELINE_EMBEDDING_MODEL back"
            raise IncompatibleError(f"{self.path.parent}: made with {how}; run `dateline index --rebuild`{else_}.")

    # Articles

    def article(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        rows = self._rows(f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id = ?", (article_id,))
        return article_of(rows[0]) if rows else None

    def article_ids(self) -> list[str]:
        """The ids of all articles, in order."""
        return [row[0] for row in self._rows("SELECT id FROM article ORDER BY id")]

    def articles(self) -> Iterator[Article]:
        """All articles, by id."""
        for article_id in self.article_ids():
            article = self.article(article_id)
            if article is not None:
                yield article

    def newest(self, wanted: ArticleFilter | None, limit: int) -> list[Article]:
        """The newest articles, of those that fit a filter; undated ones last."""
        condition, values = wanted.condition() if wanted else ("true", [])
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM article WHERE {condition} "
            "ORDER BY date IS NULL, date DESC, article.id LIMIT ?",
            [*values, limit],
        )
        return [article_of(row) for row in rows]

    def page(
        self, wanted: ArticleFilter, *, offset: int, limit: int, order: Order = "day"
    ) -> tuple[int, list[ArticleSummary]]:
        """How many articles fit, and those from `offset` on, at most `limit`: the newest first, undated ones last.

        By "outlet" or "story", those of one stand together, and within it the newest first; the story with the newest
        article comes first.
        """
        with self.snapshot():  # the count and the page are of the same moment
            return page_of_articles(self._rows, wanted, offset=offset, limit=limit, order=order)

    def sources(self) -> list[tuple[str, int]]:
        """The outlets that articles name, with how many name them, the largest first."""
        query = (
            "SELECT source, count(*) AS articles FROM article WHERE trim(source) != '' GROUP BY source "
            "ORDER BY articles DESC, source"
        )
        return [(str(source), int(count)) for source, count in self._rows(query)]

    def days(self) -> tuple[dt.date, dt.date] | None:
        """The days of the oldest and of the newest article; None where none has a date."""
        oldest, newest = map(date_of, self._rows("SELECT min(date), max(date) FROM article")[0])
        return (oldest, newest) if oldest and newest else None

    # Stories

    def stories(self, *, offset: int = 0, limit: int = 20, min_articles: int = 1) -> tuple[int, list[Story]]:
        """How many stories there are, and those from `offset` on: the newest first, undated ones last."""
        return page_of_stories(self._rows, offset=offset, limit=limit, min_articles=min_articles)

    def stories_of(self, article_ids: Iterable[str]) -> dict[str, str]:
        """The id of the story of each of these articles that is (still) stored."""
        return stories_of(self._rows, article_ids)

    # Sentences and passages

    def sentences(self, article_id: str) -> list[Sentence]:
        """The sentences of an article, in order."""
        rows = self._rows(
            "SELECT sentence.start, sentence.end FROM sentence JOIN article ON article.key = sentence.article "
            "WHERE article.id = ? ORDER BY n",
            (article_id,),
        )
        return [Sentence(*row) for row in rows]

    def passages(self, ids: Iterable[str]) -> dict[str, tuple[Passage, Article]]:
        """The passages with these ids that are (still) stored, each with its article."""
        found: dict[str, tuple[Passage, Article]] = {}
        for some in batches(list(ids)):
            rows = self._rows(
                f"SELECT passage.id, first, last, start, end, {ARTICLE_COLUMNS} FROM passage "
                f"JOIN article ON article.key = passage.article WHERE passage.id IN ({marks(some)})",
                some,
            )
            for passage_id, first, last, start, end, *rest in rows:
                article = article_of(rest)
                text = article.text[start:end]
                found[passage_id] = (Passage(passage_id, article.id, first, last, start, end, text), article)
        return found

    def passages_of(self, article_id: str) -> list[tuple[Passage, str]]:
        """The passages of an article in order, each with the hash of the text that was embedded."""
        article = self.article(article_id)
        rows = self._rows(
            "SELECT passage.id, first, last, start, end, text_hash FROM passage JOIN article "
            "ON article.key = passage.article WHERE article.id = ? ORDER BY first",
            (article_id,),
        )
        text = article.text if article else ""
        return [(Passage(i, article_id, a, b, start, end, text[start:end]), h) for i, a, b, start, end, h in rows]

    def articles_of_passages(self, ids: Iterable[str]) -> dict[str, tuple[str, dt.date | None]]:
        """The id and the day of the article of each of these passages that is (still) stored."""
        found: dict[str, tuple[str, dt.date | None]] = {}
        for some in batches(list(ids)):
            rows = self._rows(
                "SELECT passage.id, article.id, date FROM passage JOIN article ON article.key = passage.article "
                f"WHERE passage.id IN ({marks(some)})",
                some,
            )
            found |= {passage: (article, date_of(day)) for passage, article, day in rows}
        return found

    # Searching

    def keyword_search(
        self, words: Sequence[str], limit: int, among: ArticleFilter | None = None
    ) -> list[tuple[str, float]]:
        """The ids of the passages with any of some words and their BM25 scores (higher is better), best first."""
        return search_keywords(self._rows, words, limit, among=among.condition() if among else None)

    def keyword_search_both(self, cues: Sequence[str], words: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """The same of the passages that have one of some cues and one of some words."""
        return search_both(self._rows, cues, words, limit)
