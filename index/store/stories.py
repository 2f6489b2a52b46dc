"""The stories of a record, as its table `story` holds them: read by `RecordReader`, written at the end of indexing."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from index.document import Document
from index.language.retractions import heading_of
from index.store.keywords import Rows
from index.store.rows import batches, date_of, marks, set_meta
from index.stories import Telling

_MADE_OF = "stories"

# An article that came since stories were made is one by itself.
_ARTICLES = "article LEFT JOIN story ON story.article = article.key"
_FIRST = "ifnull(story.first, article.id)"


@dataclass(frozen=True, slots=True)
class Story(Document):
    """The articles that tell one story."""

    id: str
    """That of its first article."""
    name: str
    """Its newest headline that announces no correction."""
    first: dt.date | None
    """The day of its first article, if known."""
    last: dt.date | None
    """The day of its newest article, if known."""
    outlets: tuple[str, ...]
    """In order of their first article."""
    article_ids: Annotated[tuple[str, ...], Field(min_length=1)]
    """The oldest first, those without a date last."""


def page_of_stories(rows: Rows, *, offset: int, limit: int, min_articles: int) -> tuple[int, list[Story]]:
    """How many stories have that many articles, and those from `offset` on, at most `limit`.

    Those with the newest article come first, of one day the larger ones; those without a date come last.
    """
    having = f"FROM {_ARTICLES} GROUP BY {_FIRST} HAVING count(*) >= ?"
    ((total,),) = rows(f"SELECT count(*) FROM (SELECT 1 {having})", (min_articles,))
    wanted = rows(
        f"SELECT {_FIRST} AS called, max(date) AS newest {having} "
        "ORDER BY newest IS NULL, newest DESC, count(*) DESC, called LIMIT ? OFFSET ?",
        (min_articles, limit, offset),
    )
    articles: dict[str, list[Any]] = {called: [] for called, _ in wanted}
    for some in batches(list(articles)):
        for called, *article in rows(
            f"SELECT {_FIRST} AS called, id, title, date, source FROM {_ARTICLES} WHERE called IN ({marks(some)}) "
            "ORDER BY date IS NULL, date, id",
            some,
        ):
            articles[called].append(article)
    return int(total), [_story(called, told) for called, told in articles.items()]


def stories_of(rows: Rows, article_ids: Iterable[str]) -> dict[str, str]:
    """The id of the story of each of these articles that is (still) stored."""
    found: dict[str, str] = {}
    for some in batches(list(article_ids)):
        found |= dict(rows(f"SELECT id, {_FIRST} FROM {_ARTICLES} WHERE id IN ({marks(some)})", some))
    return found


def made_of(db: sqlite3.Connection) -> str | None:
    """What the stories were made of, as `put_stories` noted it; None where they never were."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (_MADE_OF,)).fetchone()
    return None if row is None else str(row[0])


def unread(db: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """The key, the headline and the body of each article whose names were not read yet."""
    query = "SELECT key FROM article WHERE NOT EXISTS (SELECT 1 FROM story WHERE story.article = article.key)"
    for key in db.execute(query).fetchall():
        yield db.execute("SELECT key, title, substr(text, body + 1) FROM article WHERE key = ?", key).fetchone()


def put_names(db: sqlite3.Connection, key: int, names: bytes) -> None:
    """Note the names of an article, which is a story by itself until stories are made. Within a transaction."""
    db.execute("INSERT INTO story SELECT key, ?, id FROM article WHERE key = ?", (names, key))


def tellings(db: sqlite3.Connection, model: str) -> list[Telling]:
    """What is known of all articles for grouping.

    Args:
        model: fingerprint of the embedding model. An article without a passage has a lead of zeros.
    """
    rows = db.execute(
        "SELECT article.id, date, names, vector FROM article JOIN story ON story.article = article.key LEFT JOIN "
        "embedding ON model = ? AND embedding.text_hash = (SELECT text_hash FROM passage "
        "WHERE passage.article = article.key ORDER BY first LIMIT 1)",
        (model,),
    ).fetchall()
    width = max((len(vector) for *_, vector in rows if vector), default=2)
    return [
        Telling(
            article_id,
            date_of(date),
            np.frombuffer(vector or bytes(width), dtype="<f2").astype(np.float32),
            np.frombuffer(names, dtype="<u4"),
        )
        for article_id, date, names, vector in rows
    ]


def put_stories(db: sqlite3.Connection, stories: Mapping[str, str], made_of: str) -> None:
    """Note the story of each article, and what stories were made of. Within a transaction."""
    query = "UPDATE story SET first = ?1 WHERE article = (SELECT key FROM article WHERE id = ?2) AND first != ?1"
    db.executemany(query, ((first, article_id) for article_id, first in stories.items()))
    set_meta(db, _MADE_OF, made_of)


def _story(called: str, told: Sequence[tuple[str, str, str | None, str | None]]) -> Story:
    ids, titles, dates, sources = zip(*told, strict=True)
    days = [day for day in map(date_of, dates) if day]
    newest_first = [title for title, date in zip(titles, dates, strict=True) if date][::-1] or list(titles)
    headlines = [title for title in newest_first if not ((heading := heading_of(title)) and heading.alone)]
    return Story(
        called,
        (headlines or newest_first)[0],
        min(days, default=None),
        max(days, default=None),
        tuple(dict.fromkeys(source for source in sources if source)),
        tuple(ids),
    )
