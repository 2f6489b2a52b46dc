"""Generations in the store's own folder, each a Chroma database of its own: `generations/NAME/`."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.errors import NoRoomError, StoreError
from index.store.private import make_private, private_folder
from index.vectors.chroma import REPAIR, chroma_errors, close_client, open_folder
from index.vectors.generation import Generation
from index.vectors.seal import SEAL, broken_seal, seal

__all__ = ["LocalPlace"]

_ROOM = 1.5  # a copy of a generation needs this many times its size, for what is added to it


class LocalPlace:
    """The folder `generations` of a store.

    Args:
        home: the folder of the store.
    """

    address = ""
    shared = False

    def __init__(self, home: Path) -> None:
        self.folder = home / "generations"

    def check(self) -> None:
        """There is nothing to check before it is written to."""

    def names(self) -> set[str]:
        """The names of all generations there, also of unfinished ones."""
        return {path.name for path in self.folder.iterdir() if path.is_dir()} if self.folder.is_dir() else set()

    def open(self, name: str) -> Generation:
        """Open a generation for reading.

        Raises:
            StoreError: it is missing or damaged.
        """
        if not (self.folder / name / "chroma.sqlite3").is_file():  # Chroma would make an empty one
            raise StoreError(f"{self.folder.parent}: the vector index is missing; {REPAIR}.")
        if broken := broken_seal(self.folder / name):
            raise StoreError(f"{self.folder.parent}: the vector index is damaged (its {broken} has changed); {REPAIR}.")
        return self._opened(name, create=False)

    def holds(self, name: str) -> bool:
        """Whether a generation is there, with its files as they were when it was finished."""
        return name in self.names() and broken_seal(self.folder / name) is None

    def create(self, name: str, base: str | None) -> Generation:
        """Make a generation for writing: a copy of `base`, or an empty one.

        Raises:
            NoRoomError: there is no room for it.
            StoreError: it cannot be written, or `base` is damaged.
        """
        try:
            if base is None:
                private_folder(private_folder(self.folder) / name)
            else:
                _refuse_without_room(self.folder, self.size(base))
                shutil.copytree(self.folder / base, self.folder / name)
                for note in (SEAL, "generation.json"):  # of the base; earlier versions left the second
                    (self.folder / name / note).unlink(missing_ok=True)
        except (OSError, shutil.Error) as error:
            reason = getattr(error, "strerror", None) or "it cannot be copied"
            kind = NoRoomError if _is_full(error) else StoreError
            raise kind(f"{self.folder}: cannot be written to ({reason}); free some space, then index again.") from None
        return self._opened(name, create=True)

    def settle(self, name: str) -> None:
        """Seal a generation that was written and closed, and make sure that it has reached the disk."""
        seal(self.folder / name)
        for folder, _, files in os.walk(self.folder / name):
            for path in (*(Path(folder) / file for file in files), Path(folder)):
                make_private(path)
                _sync(path)
        _sync(self.folder)

    def remove(self, name: str) -> None:
        """Remove a generation, if it is there."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def size(self, name: str) -> int:
        """The bytes of a generation's files."""
        return sum(path.stat().st_size for path in (self.folder / name).rglob("*") if path.is_file())

    def _opened(self, name: str, *, create: bool) -> Generation:
        client, collection = open_folder(self.folder / name, create=create)
        return Generation(name, collection, _guard, lambda: close_client(client))


def _guard(what: str, action: Callable[[], Any]) -> Any:
    with chroma_errors(what):
        return action()


def _refuse_without_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < _ROOM * size:
        raise NoRoomError(
            f"{folder}: {free / 1e6:,.0f} MB are free, and the new vector index needs {_ROOM * size / 1e6:,.0f} MB; "
            "free some space, then index again."
        )


def _is_full(error: OSError) -> bool:
    """Whether a disk was full; `shutil.copytree` collects the reasons of all files in one error, as text."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT) or os.strerror(errno.ENOSPC) in str(error)


def _sync(path: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there, nor a file that is open for reading be synced
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
