"""The tables of the record (SQLite), and opening it.

SQLite is the record: whatever is in it is stored, whatever else there is can be rebuilt from it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index.errors import IncompatibleError, NoIndexError, StoreError

__all__ = ["SCHEMA_VERSION", "connect"]

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- A file that articles were read from, as it was then.
CREATE TABLE file (
    path TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    recipe TEXT NOT NULL          -- what its articles were split with; another recipe means: read it again
) WITHOUT ROWID;

CREATE TABLE article (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    body INTEGER NOT NULL,
    date TEXT,                    -- ISO 8601 day
    source TEXT,
    url TEXT,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,         -- of everything above but the path: tells whether it changed
    recipe TEXT NOT NULL
);
CREATE INDEX article_path ON article (path);
CREATE INDEX article_date ON article (date);

CREATE TABLE sentence (
    article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    start INTEGER NOT NULL,       -- code points of article.text, half-open
    end INTEGER NOT NULL,
    PRIMARY KEY (article, n)
) WITHOUT ROWID;

CREATE TABLE passage (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text_hash TEXT NOT NULL       -- of the text that was embedded
);
CREATE INDEX passage_article ON passage (article);
CREATE INDEX passage_text_hash ON passage (text_hash);

-- A text is embedded once, however many passages have it and however often its article changes around it.
CREATE TABLE embedding (
    text_hash TEXT NOT NULL,
    model TEXT NOT NULL,          -- fingerprint of the embedding model
    vector BLOB NOT NULL,         -- float16, little endian
    PRIMARY KEY (text_hash, model)
) WITHOUT ROWID;

-- The keyword index holds no copy of the text ("contentless"); rowid is passage.key.
CREATE VIRTUAL TABLE keyword USING fts5 (
    title, body, content = '', tokenize = "porter unicode61 remove_diacritics 2"
);
"""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the record at `path`.

    Raises:
        NoIndexError: there is none, and `create` is false.
        IncompatibleError: it was made by another version of the program.
        StoreError: the file cannot be opened, or is not a record.
    """
    if not create and not path.exists():
        raise NoIndexError(f"{path.parent}: no index here yet; make one with `dateline index PATHS...`.")
    try:
        connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise StoreError(
            f"{path}: cannot be opened ({error}); check the folder, or name another with --home."
        ) from None
    try:
        _prepare(connection, path, create=create)
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path}: cannot be used ({error}); check the folder, or name another with --home.") from None
    except StoreError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # Text that is withdrawn is overwritten, not just unlinked.
    connection.execute("PRAGMA secure_delete = ON")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and create:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    elif version == 0:
        raise NoIndexError(f"{path.parent}: no index here yet; make one with `dateline index PATHS...`.")
    elif version != SCHEMA_VERSION:
        raise IncompatibleError(
            f"{path}: made by another version of Dateline (store version {version}, this program's is "
            f"{SCHEMA_VERSION}); index into a new folder with `dateline index PATHS... --home DIR`."
        )
    connection.execute("PRAGMA synchronous = NORMAL")
