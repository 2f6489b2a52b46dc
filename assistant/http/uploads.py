"""Files on their way in: each waits in the home folder until its sender says what to do with it, and not for long.

```
inbox/NAME/        of one running server, which holds a lock on it
    LOCK
    ID             a file that came, or is coming, in
```
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import secrets
import shutil
import time
from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from assistant.http.errors import HttpError
from assistant.http.responses import JsonResponse
from index.errors import UsageError
from index.files import SUFFIXES
from index.store.home import is_locked, private_folder, writer_lock

KEPT = 600.0
"""Seconds that a file waits."""

_DAY = 24 * 3600.0
_FILES_A_DAY = 1_000
_RESERVE = 512 * 2**20
"""Bytes of the disk that must stay free beside the file: the store needs them to go on working."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Sender:
    """What somebody sent of late: when, and how many bytes."""

    sent: deque[tuple[float, int]] = field(default_factory=deque)

    def check(self, size: int, limit: int) -> None:
        now = time.monotonic()
        while self.sent and now - self.sent[0][0] > _DAY:
            self.sent.popleft()
        if len(self.sent) >= _FILES_A_DAY or sum(each for _, each in self.sent) + size > limit:
            raise HttpError(
                429,
                f"in a day you may add {_FILES_A_DAY:,} files and {limit // 1_000_000:,} MB here; go on tomorrow, or "
                "with dateline index.",
            )
        self.sent.append((now, size))


class Inbox:
    """The inbox of one server; what servers that have ended left behind is removed. Used from one event loop.

    Raises:
        StoreError: the folder cannot be made.
    """

    def __init__(self, home: Path, limit: int) -> None:
        self._limit = limit
        self._folder = home / "inbox" / secrets.token_hex(8)
        self._lock = ExitStack()
        self._lock.enter_context(writer_lock(self._folder))
        self._folder.parent.chmod(0o700)
        self._senders: dict[str, _Sender] = {}
        self._waiting: dict[str, str] = {}  # whose each file is
        for other in self._folder.parent.iterdir():
            if other != self._folder and not is_locked(other):
                shutil.rmtree(other, ignore_errors=True)

    def close(self) -> None:
        """Remove what waits, and the inbox."""
        self._lock.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def receive(self, request: Request) -> Response:
        """Take the file that is the body of a request: `{"id": ...}`, by which its sender names it.

        Raises:
            HttpError: 411 where its size is not announced, 429 beyond what one may send in a day, 507 where the disk is
                nearly full.
        """
        announced = request.headers.get("content-length", "")
        if not announced.isdecimal():
            raise HttpError(411, "the size of the file is not announced; send it with Content-Length.")
        sender = request.scope["client_key"]
        free = shutil.disk_usage(self._folder).free
        if free - int(announced) < _RESERVE:
            _log.error("%s: has %d MB left; files are not taken any more.", self._folder, free // 1_000_000)
            raise HttpError(507, "the disk of the server is nearly full, so that no file can be added now.")
        self._senders.setdefault(sender, _Sender()).check(int(announced), self._limit)
        name = secrets.token_hex(16)
        place = self._folder / name
        try:
            await _write(request, place)
        except BaseException:  # whatever ends it, nothing of it stays
            place.unlink(missing_ok=True)
            raise
        self._waiting[name] = sender
        asyncio.get_running_loop().call_later(KEPT, self._drop, name)
        return JsonResponse({"id": name})

    def claim(self, sender: str, name: str) -> Path | None:
        """Where a file of this sender is, which is the caller's to move or remove from now on; None if none is."""
        if self._waiting.get(name) != sender:
            return None
        del self._waiting[name]
        return self._folder / name

    def _drop(self, name: str) -> None:
        if self._waiting.pop(name, None) is not None:
            (self._folder / name).unlink(missing_ok=True)


async def _write(request: Request, place: Path) -> None:
    with place.open("xb") as file:
        place.chmod(0o600)
        async for chunk in request.stream():
            await asyncio.to_thread(file.write, chunk)


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
