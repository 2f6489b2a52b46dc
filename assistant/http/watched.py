"""A small file whose content is needed for every request, and that may be changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

__all__ = ["Watched"]

_T = TypeVar("_T")


class Watched(Generic[_T]):
    """What a file says, read again when it is another one.

    Args:
        path: the file.
        read: reads it, and raises where it cannot be used.
        empty: what it says where it is not there.
    """

    def __init__(self, path: Path, read: Callable[[Path], _T], empty: _T) -> None:
        self.path = path
        self._read = read
        self._empty = empty
        self._seen: tuple[object, _T] | None = None

    def now(self) -> _T:
        """What the file says now."""
        stamp = self._stamp()
        if self._seen is None or self._seen[0] != stamp:
            self._seen = (stamp, self._empty if stamp is None else self._read(self.path))
        return self._seen[1]

    def _stamp(self) -> object:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        # It is replaced as a whole, and so has another inode.
        return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
