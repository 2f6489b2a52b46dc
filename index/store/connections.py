"""A connection to the record for each thread, closed when its thread ends, and never to a file that is gone."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from index.errors import StoreError
from index.store.schema import connect, sqlite_errors


class _Handle:
    """A connection that is closed when the thread that it belongs to ends.

    Attributes:
        file: device and inode of the file; while it is open, no other file can have them.
        snapshots: how many blocks of `Connections.snapshot` the thread is in.
    """

    __slots__ = ("__weakref__", "connection", "file", "snapshots")

    def __init__(self, connection: sqlite3.Connection, file: tuple[int, int] | None) -> None:
        self.connection = connection
        self.file = file
        self.snapshots = 0

    def __del__(self) -> None:
        self.connection.close()


class Connections:
    """The connections of all threads to one record.

    A reader notices that the store was deleted or made anew, and goes on with the new one. A writer stops.

    Args:
        create: make it where there is none.
        writing: whether what is written must not go into another file than it was begun in.
    """

    def __init__(self, path: Path, *, create: bool, writing: bool = False) -> None:
        self._path = path
        self._create = create
        self._writing = writing
        self._local = threading.local()
        self._handles: WeakSet[_Handle] = WeakSet()
        self._lock = threading.Lock()

    def own(self) -> sqlite3.Connection:
        """The connection of this thread, opened at its first use, and again when the file is another one.

        Raises:
            NoIndexError, IncompatibleError, StoreError: as `index.store.schema.connect` says; or a writer's file is
                gone.
        """
        return self._handle().connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A block in which this thread sees the record as it is at the first reading, whatever is written meanwhile."""
        handle = self._handle()
        if handle.snapshots == 0:
            with sqlite_errors(self._path):
                handle.connection.execute("BEGIN")
        handle.snapshots += 1
        try:
            yield
        finally:
            handle.snapshots -= 1
            if handle.snapshots == 0 and handle.connection.in_transaction:
                handle.connection.execute("ROLLBACK")  # nothing was written

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for handle in list(self._handles):
                handle.connection.close()
        self._local = threading.local()

    def _handle(self) -> _Handle:
        handle: _Handle | None = getattr(self._local, "handle", None)
        if handle is not None and (handle.snapshots or handle.file == _identity(self._path)):
            return handle
        if handle is not None:
            if self._writing:
                raise StoreError(
                    f"{self._path.parent}: the store was deleted or replaced while it was written to; index again."
                )
            self._local.handle = None  # should the next line but one fail, the closed one must not be met again
            handle.connection.close()
        connection = connect(self._path, create=self._create)
        handle = self._local.handle = _Handle(connection, _identity(self._path))
        with self._lock:
            self._handles.add(handle)
        return handle


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116  called for every statement; a Path takes three times as long
    except OSError:
        return None
    return status.st_dev, status.st_ino
