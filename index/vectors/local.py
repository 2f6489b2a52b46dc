"""Generations in the store's own folder, each a Chroma database of its own: `generations/NAME/`.

Chroma opens files that were cut, overwritten or lost without a word: it then finds a part of the passages, or ends the
process. So a generation that is finished is sealed: the sizes and checksums of its files are noted, and compared before
it is opened. Chroma's SQLite file is left out, as SQLite looks after it itself and a reader writes to it; so is an
index that is not written out yet, whose vectors are in that file.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.errors import NoRoomError, StoreError
from index.store.home import make_private, private_folder
from index.vectors.generation import REPAIR, Generation, chroma_errors, close_client, open_folder

_ROOM = 1.5  # a copy of a generation needs this many times its size, for what is added to it
_SEAL = "seal.json"
_WRITTEN_OUT = "index_metadata.pickle"  # Chroma's vector index on disk has this file beside it
_CHUNK = 1 << 22


class LocalPlace:
    """The folder `generations` of a store."""

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
        if broken := _broken_seal(self.folder / name):
            raise StoreError(f"{self.folder.parent}: the vector index is damaged (its {broken} has changed); {REPAIR}.")
        return self._opened(name, create=False)

    def holds(self, name: str) -> bool:
        """Whether a generation is there, with its files as they were when it was finished."""
        return name in self.names() and _broken_seal(self.folder / name) is None

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
                (self.folder / name / _SEAL).unlink(missing_ok=True)  # of the base
        except (OSError, shutil.Error) as error:
            reason = getattr(error, "strerror", None) or "it cannot be copied"
            kind = NoRoomError if _is_full(error) else StoreError
            raise kind(f"{self.folder}: cannot be written to ({reason}); free some space, then index again.") from None
        return self._opened(name, create=True)

    def settle(self, name: str) -> None:
        """Seal a generation that was written and closed, and make sure that it has reached the disk."""
        _seal(self.folder / name)
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


def _seal(folder: Path) -> None:
    """Note the sizes and CRC-32 of the files of the vector index in a generation's folder, which nobody writes to."""
    sealed = [path for written in folder.glob(f"*/{_WRITTEN_OUT}") for path in written.parent.iterdir()]
    held = {path.relative_to(folder).as_posix(): _mark(path) for path in sorted(sealed) if path.is_file()}
    (folder / _SEAL).write_text(json.dumps(held) + "\n", encoding="utf-8")


def _broken_seal(folder: Path) -> str | None:
    """The first file that is not as it was sealed; None where all are, or where earlier versions left no seal."""
    path = folder / _SEAL
    if not path.is_file():
        return None
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return next((name for name, mark in held.items() if _mark(folder / name) != mark), None)
    except (OSError, ValueError, AttributeError):
        return _SEAL


def _mark(path: Path) -> list[int]:
    """Size and CRC-32; those of nothing where there is no file."""
    size = checksum = 0
    if path.is_file():
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size, checksum = size + len(chunk), zlib.crc32(chunk, checksum)
    return [size, checksum]
