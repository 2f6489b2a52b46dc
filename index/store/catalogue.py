"""Which articles are wanted, by day, source, words or id, and those that fit as pages of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from index.document import Count, Day, Document
from index.language.detect import language_of
from index.store.keywords import words_of
from index.store.rows import marks

Order = Literal["day", "outlet", "story"]

_ORDERS: dict[Order, str] = {
    "day": "date IS NULL, date DESC, id",
    "outlet": "source IS NULL, source COLLATE NOCASE, source, date IS NULL, date DESC, id",
    "story": "max(date) OVER one IS NULL, max(date) OVER one DESC, told, date IS NULL, date DESC, id",
}
# An article that came since stories were made is one by itself.
_PLACES = (
    "SELECT article.key, ifnull(story.first, id) AS told, count(*) OVER one "
    "FROM article LEFT JOIN story ON story.article = article.key"
)
_ONE = "WINDOW one AS (PARTITION BY ifnull(story.first, id))"

_OF_WORD = (
    "article.key IN (SELECT passage.article FROM keyword JOIN passage ON passage.key = keyword.rowid "
    "WHERE keyword MATCH ?)"
)

_OPENING = 600
"""Code points of an article that its language is told by."""


@dataclass(frozen=True, slots=True)
class ArticleSummary(Document):
    """An article in a list."""

    id: str
    title: str
    date: Day
    """The day of publication, if known."""
    source: str | None
    url: str | None
    sentences: Count
    """How many it has."""
    language: str | None
    """Its language, as ISO 639-1 has it, if that can be told; questions are answered from English ones."""
    story: str
    """The id of the first article of the story that it tells."""
    told_by: Annotated[int, Field(ge=1)]
    """How many of the articles that fit tell that story."""


_GIVEN = Field(exclude_if=lambda value: value is None)


@dataclass(frozen=True, slots=True)
class ArticleFilter(Document):
    """Which articles are wanted: those that fit everything that is given. Its JSON has what is given alone."""

    source: Annotated[str | None, _GIVEN] = None
    """The outlet, exactly."""
    since: Annotated[dt.date | None, _GIVEN] = None
    """The first day; articles without a date then do not fit."""
    until: Annotated[dt.date | None, _GIVEN] = None
    """The last day, likewise."""
    words: Annotated[str | None, _GIVEN] = None
    """Words that must all stand in the headline or the body, in any form that has the same stem."""
    ids: Annotated[tuple[str, ...], Field(exclude_if=lambda ids: not ids)] = ()
    """The articles themselves; none means all."""

    def or_all(self) -> ArticleFilter | None:
        """The filter, or None where nothing is given: then all articles are wanted, and none has to be compared."""
        return None if self == ArticleFilter() else self

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


def page_of_articles(
    rows: Callable[[str, Sequence[object]], list[Any]], wanted: ArticleFilter, *, offset: int, limit: int, order: Order
) -> tuple[int, list[ArticleSummary]]:
    """See `RecordReader.page`."""
    condition, values = wanted.condition()
    total = rows(f"SELECT count(*) FROM article WHERE {condition}", values)[0][0]
    places = rows(
        f"{_PLACES} WHERE {condition} {_ONE} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?", [*values, limit, offset]
    )
    entries = rows(
        "SELECT key, id, title, date, source, url, "
        "(SELECT count(*) FROM sentence WHERE sentence.article = article.key), "
        f"substr(text, body + 1, {_OPENING}) FROM article WHERE key IN ({marks(places)})",
        [key for key, *_ in places],
    )
    found = {key: (*row, language_of(opening)) for key, *row, opening in entries}
    return int(total), [ArticleSummary(*found[key], *story) for key, *story in places]
