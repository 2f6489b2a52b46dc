"""Telling by its size and times, without opening it, that a file is as it was."""

from __future__ import annotations

import time
from pathlib import Path

_FRESH = 2.0  # seconds; the times of some file systems are no finer


def stamp_of(path: Path) -> str | None:
    """The stamp of a file, to be taken before it is read. None if it cannot be relied on.

    While a file has the stamp that it was read with, it has not changed. One that changed a moment ago has none: it may
    change once more within what the file system takes for the same time.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    if time.time() - max(status.st_mtime, status.st_ctime) < _FRESH:
        return None
    numbers = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return "-".join(map(str, numbers))
