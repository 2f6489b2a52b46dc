"""The home folder: files that are nobody's business but their user's, and a lock for one writer at a time."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from index.errors import LockedError, SettingsError, StoreError

_FILE, _FOLDER = 0o600, 0o700


def private_folder(folder: Path) -> Path:
    """Make a folder that only its user may look into, and its parents, where they are not there; returns it.

    Raises:
        OSError: it cannot be made.
    """
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=_FOLDER, exist_ok=True)
    return folder


def private_file(path: Path) -> None:
    """See to it that only its user may read a file, which is made where it is not there. What cannot be done is left:
    whoever uses the file then says why.

    A file that is there is never opened: closing it would drop all locks that SQLite holds on it for this process
    (https://www.sqlite.org/howtocorrupt.html, 2.2), and others would then take its log from under it.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _FILE))
    make_private(path)


def make_private(path: Path) -> None:
    """Take from all others what an earlier version, or a library, let them do with a file or folder. Nothing is wrong
    where it is not there, or another user's.
    """
    try:
        mode = path.stat().st_mode
        if mode & 0o077:
            path.chmod(mode & 0o700)
    except OSError:
        return


def write_private(path: Path, text: str) -> None:
    """Put a text in the place of a file, all of it or nothing, for its user alone.

    Raises:
        SettingsError: it cannot be written.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        private_folder(path.parent)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FILE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({error.strerror}); check the folder and the space.") from None


if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# `is_locked` holds the lock for a moment, too: a writer that meets it must not give up.
_ATTEMPTS = 5
_PAUSE = 0.05  # seconds


def is_locked(home: Path) -> bool:
    """Whether some process is writing to the store right now."""
    try:
        with (home / "LOCK").open("a+", encoding="utf-8") as handle:
            _lock(handle.fileno())
            _unlock(handle.fileno())
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


@contextmanager
def writer_lock(home: Path) -> Iterator[None]:
    """Hold the lock of a store. The operating system frees it when the process ends, however it ends.

    Raises:
        LockedError: another process holds it.
        StoreError: the folder cannot be made or written to.
    """
    try:
        make_private(private_folder(home))
        handle = (home / "LOCK").open("a+", encoding="utf-8")
        make_private(home / "LOCK")
    except OSError as error:
        raise StoreError(
            f"{home}: cannot be written to ({error.strerror}); name a folder that can with --home DIR."
        ) from None
    with handle:
        _take(handle, home)
        with suppress(OSError):  # on a full disk the lock holds without its holder's name
            handle.truncate(0)
            handle.write(f"{os.getpid()} (since {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC)")
            handle.flush()
        try:
            yield
        finally:
            with suppress(OSError):
                handle.truncate(0)
            _unlock(handle.fileno())


def _take(handle: TextIO, home: Path) -> None:
    for attempt in range(_ATTEMPTS):
        try:
            _lock(handle.fileno())
        except OSError:
            if attempt + 1 < _ATTEMPTS:
                time.sleep(_PAUSE)
        else:
            return
    handle.seek(0)
    holder = handle.read().strip() or "unknown"
    raise LockedError(f"{home}: process {holder} is writing to this store; wait until it is done, then try again.")


if sys.platform == "win32":

    def _lock(fileno: int) -> None:
        os.lseek(fileno, 0, os.SEEK_SET)
        msvcrt.locking(fileno, msvcrt.LK_NBLCK, 1)

    def _unlock(fileno: int) -> None:
        os.lseek(fileno, 0, os.SEEK_SET)
        msvcrt.locking(fileno, msvcrt.LK_UNLCK, 1)

else:

    def _lock(fileno: int) -> None:
        fcntl.flock(fileno, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(fileno: int) -> None:
        fcntl.flock(fileno, fcntl.LOCK_UN)
