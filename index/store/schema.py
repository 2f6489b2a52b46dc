"""The tables of the record (SQLite), and opening it.

SQLite is the record: whatever is in it is stored, whatever else there is can be rebuilt from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import DamagedError, IncompatibleError, NoIndexError, StoreError
from index.store.home import private_file
from index.store.rows import rebuild_keywords

SCHEMA_VERSION = 4

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('store', lower(hex(randomblob(8))));

-- A file that articles were read from, as it was then.
CREATE TABLE file (
    path TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    recipe TEXT NOT NULL,         -- what its articles were split with; another recipe means: read it again
    stamp TEXT                    -- size and times; while they stay, it is not even opened. NULL: not to be relied on
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
    recipe TEXT NOT NULL,
    revision INTEGER NOT NULL,    -- the record's when this article was written: a generation holds all up to its own
    file_sha256 TEXT,             -- of the bytes of the file that it was read from
    updated TEXT                  -- ISO 8601 day
);
CREATE INDEX article_path ON article (path);
CREATE INDEX article_date ON article (date);
CREATE INDEX article_revision ON article (revision);

-- An article that was removed by hand: it stays out while its file has this text.
CREATE TABLE removed (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    text_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX removed_path ON removed (path);

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

-- Which story an article tells. What has no row came since stories were made.
CREATE TABLE story (
    article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
    names BLOB NOT NULL,          -- a number for each word of its names: uint32, little endian
    first TEXT NOT NULL           -- the id of the first article of its story
);

-- The keyword index holds no copy of the text ("contentless"), and is made of folded letters; rowid is passage.key.
CREATE VIRTUAL TABLE keyword USING fts5 (
    title, body, content = '', tokenize = "porter unicode61 remove_diacritics 2"
);
"""

# And the keyword index is made anew, of folded letters.
_TO_VERSION_3 = (
    "ALTER TABLE article ADD COLUMN updated TEXT",
    "CREATE TABLE removed (id TEXT PRIMARY KEY, path TEXT NOT NULL, text_hash TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX removed_path ON removed (path)",
    "PRAGMA user_version = 3",
)
# The table is filled by the next run of indexing.
_TO_VERSION_4 = (
    "CREATE TABLE story (article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE, names BLOB NOT NULL, "
    "first TEXT NOT NULL)",
    "PRAGMA user_version = 4",
)

_FULL = "has no room to be written to; free some space, then run the same command again."
_DAMAGED = "is damaged; run `dateline doctor`, which says what can be saved."
_REASONS = {
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR_WRITE": _FULL,
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_BUSY": "is in use by another process; wait until it is done, then try again.",
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": "is no store of Dateline, or is damaged; name another folder with --home.",
}


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the record at `path`.

    Raises:
        NoIndexError: there is none, and `create` is false.
        IncompatibleError: it was made by another version of the program.
        StoreError: the file cannot be opened, or is not a record.
    """
    if not create and not path.exists():
        raise NoIndexError(f"{path.parent}: no index here yet; make one with `dateline index PATHS...`.")
    with sqlite_errors(path):
        private_file(path)  # and SQLite gives its journal the same permissions
        connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, path, create=create)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a StoreError that says what to do."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        name = str(getattr(error, "sqlite_errorname", ""))
        reasons = (reason for start, reason in _REASONS.items() if name.startswith(start))
        what = next(reasons, f"cannot be used ({error}); check the folder, its permissions and the free space.")
        raise (DamagedError if what is _DAMAGED else StoreError)(f"{path}: {what}") from error


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # Text that is withdrawn is overwritten, not just unlinked.
    connection.execute("PRAGMA secure_delete = ON")
    version = _version(connection)
    if version == 0 and create:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    elif version == 0:
        raise NoIndexError(f"{path.parent}: no index here yet; make one with `dateline index PATHS...`.")
    elif version in (2, 3):
        _bring_up_to_date(connection)
    elif version != SCHEMA_VERSION:
        raise IncompatibleError(
            f"{path}: made by another version of Dateline (store version {version}, this program's is "
            f"{SCHEMA_VERSION}); index into a new folder with `dateline index PATHS... --home DIR`."
        )
    connection.execute("PRAGMA synchronous = NORMAL")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Bring a store up to date in one transaction; nothing is read, split or embedded again."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) == 2:  # and not yet brought up to date by another process
            for statement in _TO_VERSION_3:
                connection.execute(statement)
            rebuild_keywords(connection)
        if _version(connection) == 3:
            for statement in _TO_VERSION_4:
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
