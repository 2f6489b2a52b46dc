"""A connection to the record for each thread, closed when its thread ends."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from weakref import WeakSet

from index.store.schema import connect

__all__ = ["Connections"]


class _Handle:
    """A connection that is closed when the thread that it belongs to ends."""

    __slots__ = ("__weakref__", "connection")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


class Connections:
    """The connections of all threads to one record.

    Args:
        path: the SQLite file.
        create: make it where there is none.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        self._path = path
        self._create = create
        self._local = threading.local()
        self._handles: WeakSet[_Handle] = WeakSet()
        self._lock = threading.Lock()

    def own(self) -> sqlite3.Connection:
        """The connection of this thread, opened at its first use.

        Raises:
            NoIndexError, IncompatibleError, StoreError: as `index.store.schema.connect` says.
        """
        handle: _Handle | None = getattr(self._local, "handle", None)
        if handle is None:
            handle = self._local.handle = _Handle(connect(self._path, create=self._create))
            with self._lock:
                self._handles.add(handle)
        return handle.connection

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for handle in list(self._handles):
                handle.connection.close()
        self._local = threading.local()
