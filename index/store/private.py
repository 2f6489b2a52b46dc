"""Files and folders of the home folder that are nobody's business but their user's."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from index.errors import SettingsError

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
