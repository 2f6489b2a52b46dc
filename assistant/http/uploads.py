"""Files that users have added: checked, and put into a folder of the home, where they are indexed from."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from index.errors import UsageError
from index.files import SUFFIXES
from index.store.private import private_folder

__all__ = ["MAX_UPLOAD_MB", "accepted", "is_upload", "set_aside", "uploads_of"]

MAX_UPLOAD_MB = 50
"""The largest file that may be added in the browser; `dateline index` takes larger ones."""

_UNFIT = re.compile(r"[^\w .()+,-]")
_NAME_BYTES = 180
"""Of the part before the first point; a file system takes 255 for the whole name."""


def uploads_of(home: Path) -> Path:
    """The folder that holds what was added in the browser."""
    return home / "uploads"


def is_upload(home: Path, file: Path) -> bool:
    """Whether a file was added in the browser."""
    return file.resolve().is_relative_to(uploads_of(home).resolve())


def accepted(home: Path, came_in: Path | None, name: str, owner: str = "") -> Path:
    """Put a file that came in into the folder, and return its place there.

    One of the same name of the same owner is put aside (`set_aside`); those of others lie in folders of their own.

    Args:
        home: the folder of the store.
        came_in: where it is, from `Inbox.claim`; it is there no more afterwards, whatever happens.
        name: what the user calls the file. Only its last part counts, and of that only what is harmless.
        owner: whose file it is, as `Client.key`; empty where nobody has a name.

    Raises:
        UsageError: it is of no kind that can be read, or did not come in.
    """
    if came_in is None:
        raise UsageError("this file did not arrive; add it again.")
    clean = _clean(name)
    if not clean.lower().endswith(SUFFIXES):
        came_in.unlink(missing_ok=True)
        raise UsageError(f"files of this kind cannot be read; add files that end in {', '.join(SUFFIXES)}.")
    folder = uploads_of(home)
    if owner:
        folder /= f"user-{hashlib.sha256(owner.encode()).hexdigest()[:16]}"
    place = folder / clean
    try:
        private_folder(place.parent)
        if place.exists() and not set_aside(place).exists():  # the last one that could be read
            place.replace(set_aside(place))
        shutil.move(came_in, place)
        place.chmod(0o600)
    except OSError as error:
        came_in.unlink(missing_ok=True)
        raise UsageError(f"cannot be kept ({error.strerror}); try it under another name.") from None
    return place


def set_aside(place: Path) -> Path:
    """Where the file that was at a place is, until it is known that the new one can be read."""
    return place.with_name(f".{place.name}.before")


def _clean(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = _UNFIT.sub("_", last).lstrip(". ").partition(".")
    stem = stem.encode()[:_NAME_BYTES].decode(errors="ignore")
    return f"{stem or 'article'}{dot}{ending[-15:]}"
