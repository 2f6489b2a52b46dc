"""The catalogue: which articles are stored, by pages, filtered by day, source and words."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.errors import StoreError
from index.language.detect import language_of
from index.store.connections import Connections
from index.store.keywords import words_of
from index.store.rows import marks

Order = Literal["day", "outlet"]

_ORDERS: dict[Order, str] = {
    "day": "date IS NULL, date DESC, id",
    "outlet": "source IS NULL, source COLLATE NOCASE, source, date IS NULL, date DESC, id",
}

_OF_WORD = (
    "article.key IN (SELECT passage.article FROM keyword JOIN passage ON passage.key = keyword.rowid "
    "WHERE keyword MATCH ?)"
)

_OPENING = 600
"""Code points of an article that its language is told by."""

_SOURCES = (
    "SELECT source, count(*) AS articles FROM article WHERE trim(source) != '' GROUP BY source "
    "ORDER BY articles DESC, source"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the catalogue lists it.

    Attributes:
        id, title, date, source, url: as in Article; the date as an ISO 8601 day.
        sentences: how many it has.
        language: the code of its language (ISO 639-1), where that can be told.
    """

    id: str
    title: str
    date: str | None
    source: str | None
    url: str | None
    sentences: int
    language: str | None


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles are wanted: those that fit everything that is given.

    Attributes:
        source: the outlet, exactly.
        since, until: the days, both included; articles without a date then do not fit.
        words: words that must all stand in the headline or the body, in any form that has the same stem.
        ids: the articles themselves; none means all.
    """

    source: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    words: str | None = None
    ids: tuple[str, ...] = ()

    def or_all(self) -> ArticleFilter | None:
        """The filter, or None where nothing is given: then all articles are wanted, and none has to be compared."""
        return None if self == ArticleFilter() else self

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON has it, with what is given alone: `{}` for all articles."""
        given = {
            "source": self.source,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "words": self.words,
            "ids": list(self.ids) or None,
        }
        return {name: value for name, value in given.items() if value is not None}

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> ArticleFilter:
        """What `to_dict` wrote.

        Raises:
            ValueError, TypeError, AttributeError: the document is none of these.
        """
        days = (document.get(name) for name in ("since", "until"))
        since, until = (dt.date.fromisoformat(day) if day else None for day in days)
        ids = tuple(map(str, document.get("ids", ())))
        return cls(document.get("source"), since, until, document.get("words"), ids)

    @property
    def in_words(self) -> str:
        """The same for readers: `The Post, from 2024-06-01`."""
        parts = [
            *(f"the article {article_id}" for article_id in self.ids),
            self.source,
            self.since and f"from {self.since}",
            self.until and f"to {self.until}",
            self.words and f"with the words “{self.words}”",
        ]
        return ", ".join(part for part in parts if part)

    def condition(self) -> tuple[str, list[str]]:
        """The same as an SQL condition on `article`, and its values."""
        given: list[tuple[str, str | None]] = [
            ("article.source = ?", self.source),
            ("article.date >= ?", self.since.isoformat() if self.since else None),
            ("article.date <= ?", self.until.isoformat() if self.until else None),
        ]
        terms = [(term, value) for term, value in given if value is not None]
        if self.words is not None:
            tokens = words_of(self.words)
            if not tokens:
                return "false", []  # punctuation alone can be looked for in no article
            terms += [(_OF_WORD, f'"{token}"') for token in tokens]
        conditions, values = [term for term, _ in terms], [value for _, value in terms]
        if self.ids:
            conditions.append(f"article.id IN ({marks(self.ids)})")
        return " AND ".join(conditions) or "true", [*values, *self.ids]


class Catalogue:
    """The articles of a store, for reading. Safe to share between threads.

    Args:
        record: the SQLite file of the store.
    """

    def __init__(self, record: Path) -> None:
        self._connections = Connections(record, create=False)

    def page(self, wanted: ArticleFilter, *, offset: int, limit: int, order: Order = "day") -> tuple[int, list[Entry]]:
        """How many articles fit, and those from `offset` on, at most `limit`: the newest first, undated ones last.

        By "outlet", those of an outlet stand together, and within it the newest first.

        Raises:
            StoreError: the store cannot be read.
        """
        condition, values = wanted.condition()
        db = self._connections.own()
        try:
            db.execute("BEGIN")  # the count and the page are of the same moment
            try:
                total = db.execute(f"SELECT count(*) FROM article WHERE {condition}", values).fetchone()[0]
                rows = db.execute(
                    "SELECT id, title, date, source, url, "
                    "(SELECT count(*) FROM sentence WHERE sentence.article = article.key), "
                    f"substr(text, body + 1, {_OPENING}) "
                    f"FROM article WHERE {condition} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",
                    [*values, limit, offset],
                ).fetchall()
            finally:
                db.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(
                f"the articles cannot be listed ({error}); check its folder, or name another with --home."
            ) from None
        return int(total), [Entry(*(*row[:-1], language_of(row[-1]))) for row in rows]

    def sources(self) -> list[tuple[str, int]]:
        """The outlets that articles name, with how many name them, the largest first.

        Raises:
            StoreError: the store cannot be read.
        """
        try:
            rows = self._connections.own().execute(_SOURCES).fetchall()
        except sqlite3.Error as error:
            raise StoreError(
                f"the sources cannot be listed ({error}); check its folder, or name another with --home."
            ) from None
        return [(str(source), int(count)) for source, count in rows]

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()
