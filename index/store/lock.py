"""One writer at a time: a lock on the home folder that names its holder and dies with it."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from index.errors import LockedError, StoreError
from index.store.private import make_private, private_folder

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
