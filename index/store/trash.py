"""What was removed by hand, for 30 days: whole articles, each with the file that was added for it, in `trash.db`.

It is apart from the record, so that what is in it can never be found or cited. It is written before anything is
removed: a kill in between leaves an article in both, and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.article import Article
from index.document import Document
from index.errors import UsageError
from index.store.home import private_file, private_folder
from index.store.rows import date_of
from index.store.schema import sqlite_errors

TRASH_NAME = "trash.db"

_DAYS = 30
_WAIT = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS removed (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, title TEXT NOT NULL, who TEXT NOT NULL,
    at TEXT NOT NULL,                  -- UTC, ISO 8601
    article TEXT NOT NULL,             -- all of it, as JSON
    file TEXT                          -- SHA-256 of the file that was added for it and went with it
);
CREATE TABLE IF NOT EXISTS file (sha256 TEXT PRIMARY KEY, path TEXT NOT NULL, content BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Removed(Document):
    """An article that was removed."""

    key: int
    """Its number in the trash."""
    id: str
    title: str
    who: str
    """Who removed it."""
    at: dt.datetime
    until: dt.datetime
    """How long it can be restored."""


class Trash:
    """The trash of one home folder. The file is opened for each operation, so threads and processes may share it.

    Raises (all methods):
        StoreError: the file cannot be used.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / TRASH_NAME

    def keep(self, articles: Sequence[Article], who: str, files: Mapping[str, bytes] | None = None) -> None:
        """Keep articles that are about to be removed.

        Args:
            files: the content of files that go with them, by path.
        """
        now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._writing() as db:
            for article in articles:
                digest = article.file_sha256 if (article.path or "") in (files or {}) else None
                db.execute(
                    "INSERT INTO removed (id, title, who, at, article, file) VALUES (?, ?, ?, ?, ?, ?)",
                    (_storable(article.id), _storable(article.title), who, now, _as_json(article), digest),
                )
                if digest is not None and files is not None:
                    content = files[article.path or ""]
                    db.execute("INSERT OR IGNORE INTO file VALUES (?, ?, ?)", (digest, article.path, content))

    def removed(self) -> list[Removed]:
        """What can be put back, the latest first."""
        if not self.path.exists():
            return []
        with self._writing() as db:  # what is too old goes with that
            return [
                _removed(row) for row in db.execute("SELECT key, id, title, who, at FROM removed ORDER BY key DESC")
            ]

    def articles(self, keys: Sequence[int]) -> list[tuple[Article, bytes | None]]:
        """The articles of these numbers, each with the content of its file, where that went with it.

        Raises:
            UsageError: there is none with one of these numbers.
        """
        found = []
        with self._writing() as db:
            for key in keys:
                row = db.execute("SELECT article, file FROM removed WHERE key = ?", (key,)).fetchone()
                if row is None:
                    raise UsageError(f"there is nothing {key} in the trash; it may be restored already, or too old.")
                content = db.execute("SELECT content FROM file WHERE sha256 = ?", (row[1],)).fetchone()
                found.append((_article(json.loads(row[0])), content[0] if content else None))
        return found

    def forget(self, keys: Sequence[int] | None = None) -> int:
        """Overwrite what is in the trash, or only these numbers; returns how many articles went."""
        if not self.path.exists():
            return 0
        with self._writing() as db:
            if keys is None:
                return db.execute("DELETE FROM removed").rowcount
            return sum(db.execute("DELETE FROM removed WHERE key = ?", (key,)).rowcount for key in keys)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with sqlite_errors(self.path):
            private_folder(self.path.parent)
            private_file(self.path)
            with closing(sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)) as db:
                db.execute("PRAGMA secure_delete = ON")
                db.executescript(_SCHEMA)
                db.execute("BEGIN IMMEDIATE")
                with db:
                    oldest = dt.datetime.now(dt.UTC) - dt.timedelta(days=_DAYS)
                    db.execute("DELETE FROM removed WHERE at < ?", (oldest.strftime("%Y-%m-%dT%H:%M:%SZ"),))
                    yield db
                    db.execute("DELETE FROM file WHERE sha256 NOT IN (SELECT file FROM removed WHERE file IS NOT NULL)")


def move_trash(db: sqlite3.Connection, old: str, new: str) -> None:
    """Name the files below one folder by their place below another one, after the home folder was moved.

    Args:
        old, new: the folders, with a slash at the end.
    """
    with db:
        for key, text in db.execute("SELECT key, article FROM removed").fetchall():
            fields = json.loads(text)
            if (fields["path"] or "").startswith(old):
                moved = json.dumps({**fields, "path": new + fields["path"][len(old) :]})
                db.execute("UPDATE removed SET article = ? WHERE key = ?", (moved, key))


def _as_json(article: Article) -> str:
    fields = {name: getattr(article, name) for name in ("id", "title", "text", "body", "source", "url", "path")}
    day = article.date.isoformat() if article.date else None
    updated = article.updated.isoformat() if article.updated else None
    return json.dumps({**fields, "date": day, "updated": updated, "file_sha256": article.file_sha256})


def _article(fields: dict[str, Any]) -> Article:
    return Article(**{**fields, "date": date_of(fields["date"]), "updated": date_of(fields.get("updated"))})


def _removed(row: tuple[Any, ...]) -> Removed:
    key, article_id, title, who, written = row
    at = dt.datetime.fromisoformat(written)
    return Removed(key, article_id, title, who, at, at + dt.timedelta(days=_DAYS))


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
