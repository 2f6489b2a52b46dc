"""The file of conversations as the operations of `Conversations` use it: whose rows they see, and within what."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.memory.errors import NoConversationError
from assistant.memory.schema import DATABASE_NAME, transaction

__all__ = ["MINE", "ConversationsFile"]

MINE = "(:owner IS NULL OR conversation.owner = :owner)"
"""The SQL condition for the conversations that the owner may see."""

_LAST_NUMBER = 2**63 - 1  # SQLite has none above


class ConversationsFile:
    """The file in a home folder, opened for each operation; what `Conversations` is built on.

    Args:
        home: the folder of the store.
        owner: whose conversations are seen; None sees all.
    """

    def __init__(self, home: Path, owner: str | None = None) -> None:
        self.path = home / DATABASE_NAME
        self._owner = owner

    def check(self) -> None:
        """Raise what any other method would, if the file cannot be used."""
        with self._reading() as db:
            db.execute("SELECT id FROM conversation LIMIT 1").fetchone()

    def _existing(self, db: sqlite3.Connection, number: int | None) -> int:
        row = None
        if number is not None and 0 < number <= _LAST_NUMBER:
            row = db.execute(f"SELECT id FROM conversation WHERE id = :id AND {MINE}", self._me(id=number)).fetchone()
        if row is None:
            raise NoConversationError(
                f"there is no conversation {number}; `dateline conversations list` names those that there are."
            )
        return int(row[0])

    def _me(self, **more: Any) -> dict[str, Any]:
        return {"owner": self._owner, **more}

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with transaction(self.path) as db:
            yield db

    @contextmanager
    def _writing(self, *, create: bool = False) -> Iterator[sqlite3.Connection]:
        with transaction(self.path, write=True, create=create) as db:
            yield db
