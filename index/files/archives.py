"""Files in files: what a zip, a tar or a compressed file holds. Nothing is written to the disk; all is bounded."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from index.errors import ArticleError
from index.files.access import RAISE_IT, unpack

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_MOST_FILES = 20_000
_CHUNK = 1 << 20
_DICTIONARY = 256_000_000  # bytes that an .xz may ask for to be unpacked
_BLOCK = 512  # bytes: what a tar is made of


class Member(NamedTuple):
    """A file in a file.

    Attributes:
        name: its path in there; the ending says what it is.
        data: its bytes.
        url: its address, where the archive says it.
    """

    name: str
    data: bytes
    url: str | None = None


class Budget:
    """What a file may still unpack to, with all files that are in it, at any depth.

    Args:
        max_mb: millions of bytes.
    """

    def __init__(self, path: Path, max_mb: int) -> None:
        self.path = path
        self.max_mb = max_mb
        self.left = max_mb * 1_000_000
        self.files = _MOST_FILES

    def take(self, size: int) -> None:
        """Count a file in it.

        Raises:
            ArticleError: it is one too many, or too large.
        """
        self.left -= size
        self.files -= 1
        if self.left < 0:
            raise ArticleError(str(self.path), f"unpacks to more than {self.max_mb:,} MB; {RAISE_IT}")
        if self.files < 0:
            raise ArticleError(
                str(self.path), f"holds more than {_MOST_FILES:,} files; unpack it, and index the folder."
            )


def open_zip(path: Path, data: bytes, budget: Budget) -> ZipFile:
    """A zip file that claims to hold no more than the budget has left. (No member ever unpacks to more than it claims.)

    Raises:
        ArticleError: it is no zip file, or holds more.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise ArticleError(str(path), "is damaged or cut off; copy it again.") from None
    if sum(info.file_size for info in archive.infolist()) > budget.left:
        raise ArticleError(str(path), f"unpacks to more than {budget.max_mb:,} MB; {RAISE_IT}")
    return archive


def read_member_of_zip(path: Path, archive: ZipFile, info: ZipInfo, budget: Budget) -> bytes:
    """The bytes of a file in a zip.

    Raises:
        ArticleError: it is encrypted, damaged, compressed in an unknown way, or beyond the budget.
    """
    from zipfile import BadZipFile

    where = f"{path}/{printable(info.filename)}"
    if info.flag_bits & 1:
        raise ArticleError(where, "is encrypted; unpack it with its password, and index what was in it.")
    budget.take(info.file_size)
    try:
        return archive.read(info)
    except NotImplementedError:
        raise ArticleError(
            where, "is compressed in a way that is not known; unpack it, and index what was in it."
        ) from None
    except (BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError):
        raise ArticleError(where, "is damaged or cut off in its archive; make it again.") from None


def zip_members(path: Path, data: bytes, budget: Budget) -> Iterator[Member | ArticleError]:
    """The files in a zip; what cannot be read of them comes as an ArticleError."""
    archive = open_zip(path, data, budget)
    for info in archive.infolist():
        if info.is_dir():
            continue
        fault = _climbs(path, info.filename)
        if fault:
            yield fault
            continue
        try:
            yield Member(printable(info.filename), read_member_of_zip(path, archive, info, budget))
        except ArticleError as error:
            if budget.left < 0 or budget.files < 0:
                raise
            yield error


def tar_members(path: Path, data: bytes, budget: Budget) -> Iterator[Member | ArticleError]:
    """The files in a tar, compressed or not; what cannot be read of them comes as an ArticleError."""
    from tarfile import TarError, TarFile

    plain = uncompressed(path, data, budget.left // 1_000_000 + 1)
    number = 0
    try:
        archive = TarFile(fileobj=io.BytesIO(plain))
        for info in archive:
            if info.isdir():
                continue
            number += 1
            fault = _climbs(path, info.name)
            if fault is None and not info.isfile():
                fault = ArticleError(
                    f"{path}/{printable(info.name)}", "is a link or a device in its archive; not read."
                )
            if fault:
                yield fault
                continue
            budget.take(info.size)
            file = archive.extractfile(info)
            yield Member(printable(info.name), file.read() if file else b"")
    except (TarError, OSError, EOFError, ValueError, OverflowError):
        raise ArticleError(str(path), f"is damaged or cut off after {number} files; copy it again.") from None
    # The library takes what it does not understand for the end.
    if plain[archive.offset :].strip(b"\0") or not plain[-_BLOCK:].count(0) == _BLOCK:
        raise ArticleError(str(path), f"is damaged or cut off after {number} files; copy it again.")


def uncompressed(path: Path, data: bytes, max_mb: int) -> bytes:
    """What a file compressed by gzip, bzip2 or xz holds; one that is not compressed as it is. Never more than `max_mb`.

    Raises:
        ArticleError: it is damaged, or unpacks to more.
    """
    if data.startswith(b"\x1f\x8b"):
        return unpack(path, data, max_mb)
    unpacker: bz2.BZ2Decompressor | lzma.LZMADecompressor
    if data.startswith(b"BZh"):
        unpacker = bz2.BZ2Decompressor()
    elif data.startswith(b"\xfd7zXZ\0"):
        unpacker = lzma.LZMADecompressor(memlimit=_DICTIONARY)
    else:
        return data
    plain = bytearray()
    rest = data
    is_cut_off = False
    try:
        while not (unpacker.eof or is_cut_off):
            chunk = unpacker.decompress(rest, _CHUNK)
            is_cut_off = not chunk and unpacker.needs_input
            plain += chunk
            rest = b""
            if len(plain) > max_mb * 1_000_000:
                raise ArticleError(str(path), f"unpacks to more than {max_mb:,} MB; {RAISE_IT}")
    except (OSError, EOFError, ValueError, lzma.LZMAError):
        is_cut_off = True
    if is_cut_off:
        raise ArticleError(str(path), "is damaged or cut off; copy or compress it again.")
    return bytes(plain)


def printable(name: str) -> str:
    """A name in an archive as it can be shown, whatever is in it."""
    return "".join(letter if letter.isprintable() else "_" for letter in name)


def _climbs(path: Path, name: str) -> ArticleError | None:
    """What is wrong with a name that leads out of the archive."""
    clean = name.replace("\\", "/")
    if clean.startswith("/") or ".." in PurePosixPath(clean).parts or clean[1:2] == ":":
        return ArticleError(f"{path}/{printable(name)}", "has a name that leads out of its archive; not read.")
    return None
