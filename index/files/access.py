"""A file before it is read: its bytes, which may be anything, what it is by them, and whether it is as it was."""

from __future__ import annotations

import io
import os
import re
import stat
import time
import zlib
from gzip import GzipFile
from pathlib import Path

from index.errors import ArticleError

MAX_FILE_MB = 200
"""The largest file that is read, and the most that a compressed one may unpack to, unless a setting says otherwise."""

RAISE_IT = "split it, or raise DATELINE_MAX_FILE_MB."
_CHUNK = 1 << 20
_ATTEMPTS = 2
# A pipe that takes the place of a file after it was looked at must not stop the program: it is opened without waiting.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path, max_mb: int, advice: str = RAISE_IT) -> bytes:
    """All bytes of a file. Whatever is no plain file, or is too large, is not opened.

    Args:
        path: where it is.
        max_mb: the most that is read, in millions of bytes.
        advice: what to do about a file that has more.

    Raises:
        ArticleError: it is one of these, it cannot be read, or it changes every time that it is read.
    """
    for _ in range(_ATTEMPTS):
        try:
            before = path.stat()
            _refuse_unless_plain(path, before)
            _refuse_if_large(path, before.st_size, max_mb, advice)
            data, after = _read(path, max_mb, advice)
        except OSError as error:
            reason = f"cannot be read ({error.strerror}); check the file and its permissions."
            raise ArticleError(str(path), reason) from None
        if _version(before) == _version(after) and len(data) == after.st_size:
            return data
    raise ArticleError(str(path), "changes while it is read; index it again when it is complete.")


def kind_of(status: os.stat_result) -> str:
    """`file`, `folder`, or the name of what else it is."""
    kinds = {
        stat.S_IFREG: "file",
        stat.S_IFDIR: "folder",
        stat.S_IFIFO: "pipe",
        stat.S_IFSOCK: "socket",
        stat.S_IFCHR: "device",
        stat.S_IFBLK: "device",
    }
    return kinds.get(stat.S_IFMT(status.st_mode), "special file")


def is_gone(path: Path) -> bool:
    """Whether nothing has this name any more.

    What only cannot be reached just now is not gone: a folder may not be entered, or lie behind a link to a share that
    is not there.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        nearest = next((parent for parent in path.parents if os.path.lexists(parent)), path)
        return nearest.exists()
    except OSError:
        return False
    return False


def unpack(path: Path, data: bytes, max_mb: int) -> bytes:
    """What a gzip file holds. Of more than `max_mb` no more than that is ever unpacked.

    Raises:
        ArticleError: it is no gzip file, is cut off, or unpacks to more than `max_mb`.
    """
    plain = bytearray()
    try:
        with GzipFile(fileobj=io.BytesIO(data)) as packed:
            while chunk := packed.read(_CHUNK):
                plain += chunk
                if len(plain) > max_mb * 1_000_000:
                    raise ArticleError(str(path), f"unpacks to more than {max_mb:,} MB; {RAISE_IT}")
    except (OSError, EOFError, zlib.error):
        raise ArticleError(str(path), "is not a whole gzip file; copy or compress it again.") from None
    return bytes(plain)


def _refuse_unless_plain(path: Path, status: os.stat_result) -> None:
    if (kind := kind_of(status)) != "file":
        raise ArticleError(str(path), f"is a {kind}, not a file, and was not opened; remove it.")


def _refuse_if_large(path: Path, size: int, max_mb: int, advice: str) -> None:
    if size > max_mb * 1_000_000:
        raise ArticleError(str(path), f"has {size / 1_000_000:,.1f} MB, which is more than {max_mb:,} MB; {advice}")


def _read(path: Path, max_mb: int, advice: str) -> tuple[bytes, os.stat_result]:
    """The bytes, and what the system said of the file after the last of them."""
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        opened = os.fstat(file.fileno())
        _refuse_unless_plain(path, opened)
        _refuse_if_large(path, opened.st_size, max_mb, advice)
        return file.read(opened.st_size + 1), os.fstat(file.fileno())


def _version(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def is_unicode(path: Path) -> bool:
    """Whether a name can be stored: on Linux it may be any bytes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


HEAD = 2048  # bytes that are looked at
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9_-]{0,9}")
_PAGE = re.compile(
    rb"(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_FEED = re.compile(rb"(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:\w+:)?(?:rss|RDF|feed|newsMessage|newsItem)[\s>]", re.DOTALL)
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[ \t].*\r?\n(?:[ \t]+\S.*\r?\n)*){3,}")
_OF_MAIL = re.compile(rb"^(From|Date|Subject|Message-ID|To):", re.IGNORECASE | re.MULTILINE)


def has_ending(name: str) -> bool:
    """Whether a file's name ends in what can be an ending: `story.aspx`, but not `story.2`, `U.S. storm` or `story`."""
    return _ENDING.fullmatch(Path(name).suffix) is not None


def head_of(path: Path) -> bytes:
    """How a plain file begins; nothing of what is none, or cannot be read."""
    try:
        if kind_of(path.stat()) != "file":
            return b""
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def ending_by_content(head: bytes) -> str | None:
    """The ending that a file ought to have by how it begins; None where that is not sure."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"WARC/1."):
        return ".warc"
    if _PAGE.match(head):
        return ".html"
    if _FEED.match(head):
        return ".xml"
    if head.startswith(b"From ") and _HEADER.match(head.partition(b"\n")[2]):
        return ".mbox"
    header = _HEADER.match(head)
    if header and len({name.lower() for name in _OF_MAIL.findall(header[0])}) >= 3:
        return ".eml"
    return None


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
