"""Rows of the record: from and to the types of the design, and the statements that several methods share."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

from index.article import Article
from index.language.words import folded

ARTICLE_COLUMNS = "article.id, article.title, article.text, article.body, date, source, url, path, file_sha256, updated"
_VARIABLES = 500  # how many values one IN (...) list carries; every SQLite takes 999


class StoredRows(ABC):
    """A part of what a record can tell. Its methods raise StoreError where the file cannot be read."""

    @abstractmethod
    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """What a statement finds."""


def article_hash(article: Article) -> str:
    """SHA-256 of everything that an article says: its fields except where it was read from."""
    day = article.date.isoformat() if article.date else None
    fields = [article.id, article.title, article.text, article.body, day, article.source, article.url]
    if article.updated:  # which the hashes of earlier versions were made without
        fields.append(article.updated.isoformat())
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def date_of(day: object) -> dt.date | None:
    """The date in a column."""
    return dt.date.fromisoformat(str(day)) if day else None


def delete_article(db: sqlite3.Connection, article_id: str) -> set[str] | None:
    """Delete an article with its sentences, passages and keywords. Within a transaction.

    Returns:
        The text hashes of its passages, whose vectors may now be unused; None if there is no such article.
    """
    row = db.execute("SELECT key, title, text FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return None
    key, title, text = row
    passages = db.execute("SELECT key, start, end, text_hash FROM passage WHERE article = ?", (key,)).fetchall()
    # An FTS5 table without content forgets a row only when it is told again what stood in it.
    for rowid, start, end, _ in passages:
        db.execute(
            "INSERT INTO keyword (keyword, rowid, title, body) VALUES ('delete', ?, ?, ?)",
            keyword_row(rowid, title, text[start:end]),
        )
    db.execute("DELETE FROM article WHERE key = ?", (key,))
    return {digest for *_, digest in passages}


def drop_unused_vectors(db: sqlite3.Connection, hashes: set[str]) -> None:
    """Delete those of these vectors whose text is in no passage any more. Within a transaction."""
    for some in batches(sorted(hashes)):
        db.execute(
            f"DELETE FROM embedding WHERE text_hash IN ({marks(some)}) "
            "AND NOT EXISTS (SELECT 1 FROM passage WHERE passage.text_hash = embedding.text_hash)",
            some,
        )


def rebuild_keywords(db: sqlite3.Connection) -> None:
    """Empty the keyword index and fill it again from articles and passages. Within a transaction."""
    db.execute("INSERT INTO keyword (keyword) VALUES ('delete-all')")
    for (key,) in db.execute("SELECT key FROM article").fetchall():
        title, text = db.execute("SELECT title, text FROM article WHERE key = ?", (key,)).fetchone()
        rows = db.execute("SELECT key, start, end FROM passage WHERE article = ?", (key,)).fetchall()
        db.executemany(
            "INSERT INTO keyword (rowid, title, body) VALUES (?, ?, ?)",
            (keyword_row(rowid, title, text[start:end]) for rowid, start, end in rows),
        )


def keyword_row(rowid: int, title: str, body: str) -> tuple[int, str, str]:
    """A row of the keyword index: in letters as they may be typed. To be deleted it must be given as it was put in."""
    return rowid, folded(title), folded(body)


def grow_revision(db: sqlite3.Connection) -> int:
    """Note that the passages changed; the new revision. Within a transaction."""
    (revision,) = db.execute(
        "INSERT INTO meta VALUES ('revision', '1') "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) RETURNING value"
    ).fetchone()
    return int(revision)


def set_meta(db: sqlite3.Connection, key: str, value: str | None) -> None:
    """Store a fact about the whole, or forget it. Within a transaction."""
    if value is None:
        db.execute("DELETE FROM meta WHERE key = ?", (key,))
    else:
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def article_of(row: Sequence[object]) -> Article:
    """The article in a row of ARTICLE_COLUMNS."""
    article_id, title, text, body, day, source, url, path, file_sha256, updated = row
    return Article(
        id=str(article_id),
        title=str(title),
        text=str(text),
        body=int(str(body)),
        date=date_of(day),
        source=None if source is None else str(source),
        url=None if url is None else str(url),
        path=str(path) or None,
        file_sha256=None if file_sha256 is None else str(file_sha256),
        updated=date_of(updated),
    )


def batches(values: list[str]) -> Iterator[list[str]]:
    """The values in lists that are short enough for one statement."""
    for start in range(0, len(values), _VARIABLES):
        yield values[start : start + _VARIABLES]


def marks(values: Sequence[str]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))
