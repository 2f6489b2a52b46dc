"""The tables of `conversations.db` (SQLite), which has the standing questions too, and opening it.

The file is apart from the record of articles: who deletes the one keeps the other, and a fault in it stops no answer.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from index.errors import StoreError, UsageError
from index.store.home import private_file, private_folder

DATABASE_NAME = "conversations.db"

SCHEMA_VERSION = 3

_LAST_NUMBER = 2**63 - 1  # SQLite has none above

_WAIT = 30.0
"""Seconds to wait for another process that writes."""

_WATCHES = """
CREATE TABLE watch (                        -- a question that is asked again when the articles change
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,                    -- as of a conversation
    question TEXT NOT NULL,
    among TEXT,                             -- the articles that are asked, as JSON; null for all
    begun_at TEXT NOT NULL,
    asked_at TEXT NOT NULL,                 -- when it was asked last, and of which state of which store
    store TEXT NOT NULL,
    revision INTEGER NOT NULL,
    looked INTEGER NOT NULL                 -- the number of the answer that its owner saw last
);
CREATE INDEX watch_owner ON watch (owner);

CREATE TABLE watch_answer (                 -- what it was answered, from one day on until the next
    watch INTEGER NOT NULL REFERENCES watch (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,                     -- 1, 2, ... of its question
    since TEXT NOT NULL,
    differs TEXT NOT NULL,                  -- in what it differs from the one before it, by spaces
    answer TEXT NOT NULL,                   -- as of a turn
    PRIMARY KEY (watch, n)
);
"""

_SCHEMA = f"""
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given twice: an old number never means another conversation
    owner TEXT NOT NULL,                    -- who may see it; empty for the command line
    name TEXT,                              -- without one, its first question is its title
    begun_at TEXT NOT NULL,                 -- times are UTC, ISO 8601
    changed_at TEXT NOT NULL
);
CREATE INDEX conversation_changed_at ON conversation (owner, changed_at);

CREATE TABLE turn (
    key INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,                     -- 1, 2, ... in its conversation
    asked_at TEXT NOT NULL,
    question TEXT NOT NULL,                 -- this and the next one are what is searched
    said TEXT NOT NULL,
    answer TEXT NOT NULL,                   -- the whole Answer as JSON: what is shown and exported
    among TEXT,                             -- the articles that were asked, as JSON; null for all
    UNIQUE (conversation, n)
);

CREATE TABLE feedback (
    conversation INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('up', 'down', 'wrong_citation')),
    marker INTEGER,                         -- the citation that is wrong
    note TEXT NOT NULL,
    given_at TEXT NOT NULL,
    FOREIGN KEY (conversation, turn) REFERENCES turn (conversation, n) ON DELETE CASCADE
);
CREATE INDEX feedback_turn ON feedback (conversation, turn);

CREATE VIRTUAL TABLE words USING fts5 (
    question, said, content = 'turn', content_rowid = 'key', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER turn_added AFTER INSERT ON turn BEGIN
    INSERT INTO words (rowid, question, said) VALUES (new.key, new.question, new.said);
END;
CREATE TRIGGER turn_removed AFTER DELETE ON turn BEGIN
    INSERT INTO words (words, rowid, question, said) VALUES ('delete', old.key, old.question, old.said);
END;
{_WATCHES}"""

_UPDATES = {2: "ALTER TABLE turn ADD COLUMN among TEXT;", 3: _WATCHES}
"""What makes of the version before the one that is named."""


class ConversationsError(StoreError):
    """The file of conversations cannot be read or written. Questions can still be asked and answered."""


class NoConversationError(UsageError):
    """There is no conversation (or no turn in it) with this number; it may have been deleted."""


class NoWatchError(UsageError):
    """There is no standing question with this number; it may have been removed."""


@contextmanager
def transaction(path: Path, *, write: bool = False, create: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to the file, in one transaction: all that is done in it is done, or nothing.

    Each use has a connection of its own, so threads and processes share nothing but the file. A file that is not there
    is made if `create` says so; otherwise it is as if there were an empty one.

    Raises:
        ConversationsError: it cannot be opened, read or written, or a newer version of the program made it.
    """
    try:
        with closing(_connect(path, create=create)) as connection:
            connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    except (sqlite3.Error, OSError) as error:
        raise ConversationsError(f"{path}: {_reason(error)}") from None


class OwnedRows:
    """What everything in the file has in common: rows of an owner, in a file that is opened for each operation.

    Args:
        owner: whose rows are found; None finds all.
    """

    def __init__(self, home: Path, owner: str | None = None) -> None:
        self.path = home / DATABASE_NAME
        self._owner = owner

    def _has(self, db: sqlite3.Connection, table: Literal["conversation", "watch"], number: int) -> bool:
        """Whether the owner may see the row with this number."""
        query = f"SELECT 1 FROM {table} WHERE id = :id AND (:owner IS NULL OR owner = :owner)"
        return 0 < number <= _LAST_NUMBER and db.execute(query, self._me(id=number)).fetchone() is not None

    def _me(self, **more: Any) -> dict[str, Any]:
        return {"owner": self._owner, **more}

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        return transaction(self.path)

    def _writing(self, *, create: bool = False) -> AbstractContextManager[sqlite3.Connection]:
        return transaction(self.path, write=True, create=create)


def forget_for_good(path: Path) -> None:
    """Write over what was deleted: SQLite's log of changes would otherwise still hold it.

    Raises:
        ConversationsError: another process is reading, so that the log cannot be emptied; it is when that ends.
    """
    try:
        with closing(_connect(path)) as connection:
            connection.execute("PRAGMA busy_timeout = 5000")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except (sqlite3.Error, OSError) as error:
        raise ConversationsError(f"{path}: {_reason(error)}") from None
    if busy:
        raise ConversationsError(
            f"{path}: deleted, but another program is reading the file, and the text stays in its log until it ends; "
            "end that program, then delete or ask anything."
        )


def _connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    if create:
        private_folder(path.parent)
        # What people ask is nobody else's business. SQLite gives its log the same permissions.
        private_file(path)
    target = path if path.exists() else ":memory:"
    connection = sqlite3.connect(target, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection)
    if version == 0:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] and not _version(connection):
            raise ConversationsError(f"{path}: a database of another program; move it away to keep conversations here.")
        _use_wal(connection)
        _make_tables(connection)
    elif version > SCHEMA_VERSION:
        raise ConversationsError(
            f"{path}: made by a newer version of Dateline (conversations version {version}, this program's is "
            f"{SCHEMA_VERSION}); update Dateline, or move the file away to begin a new one."
        )
    elif version < SCHEMA_VERSION:
        _update(connection)


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) == 0:  # still: of several who find the file empty, one makes the tables
        for statement in _statements(_SCHEMA):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _update(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for version in range(_version(connection) + 1, SCHEMA_VERSION + 1):  # another process may have done it meanwhile
        for statement in _statements(_UPDATES[version]):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL. For this alone SQLite does not wait while another process does the same, so it is waited here."""
    until = time.monotonic() + _WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _statements(script: str) -> Iterator[str]:
    """The statements of a script. `executescript` would commit the transaction that they belong in."""
    text = ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ""


def _reason(error: sqlite3.Error | OSError) -> str:
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return "another program keeps the conversations locked; try again when it is done."
    if isinstance(error, sqlite3.OperationalError | OSError):
        said = error.strerror if isinstance(error, OSError) else error
        return f"cannot be used ({said}); check the folder and the free space, or name another folder with --home."
    return f"is damaged ({error}); move it away to begin a new one. Questions are answered without it."
