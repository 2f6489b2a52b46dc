"""Rows of the record: from and to the types of the design, and the statements that several methods share."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence

from index.article import Article

__all__ = ["ARTICLE_COLUMNS", "article_hash", "article_of", "batches", "delete_article", "grow_revision", "marks"]

ARTICLE_COLUMNS = "article.id, article.title, article.text, article.body, date, source, url, path"
_VARIABLES = 500  # how many values one IN (...) list carries; every SQLite takes 999


def article_hash(article: Article) -> str:
    """SHA-256 of everything that an article says: its fields except the path."""
    day = article.date.isoformat() if article.date else None
    fields = [article.id, article.title, article.text, article.body, day, article.source, article.url]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def delete_article(db: sqlite3.Connection, article_id: str) -> bool:
    """Delete an article with its sentences, passages and keywords; False if there is none. Within a transaction."""
    row = db.execute("SELECT key, title, text FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return False
    key, title, text = row
    # An FTS5 table without content forgets a row only when it is told again what stood in it.
    for rowid, start, end in db.execute("SELECT key, start, end FROM passage WHERE article = ?", (key,)).fetchall():
        db.execute(
            "INSERT INTO keyword (keyword, rowid, title, body) VALUES ('delete', ?, ?, ?)",
            (rowid, title, text[start:end]),
        )
    db.execute("DELETE FROM article WHERE key = ?", (key,))
    return True


def grow_revision(db: sqlite3.Connection) -> None:
    """Note that the passages changed. Within a transaction."""
    db.execute(
        "INSERT INTO meta VALUES ('revision', '1') "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"
    )


def article_of(row: Sequence[object]) -> Article:
    """The article in a row of ARTICLE_COLUMNS."""
    article_id, title, text, body, day, source, url, path = row
    return Article(
        id=str(article_id),
        title=str(title),
        text=str(text),
        body=int(str(body)),
        date=dt.date.fromisoformat(str(day)) if day else None,
        source=None if source is None else str(source),
        url=None if url is None else str(url),
        path=str(path) or None,
    )


def batches(values: list[str]) -> Iterator[list[str]]:
    """The values in lists that are short enough for one statement."""
    for start in range(0, len(values), _VARIABLES):
        yield values[start : start + _VARIABLES]


def marks(values: Sequence[str]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))
