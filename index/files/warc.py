"""WARC, the archives of web sites: the pages and files in them, the last of each address. Read by warcio."""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from gzip import GzipFile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import ArticleError, ArticleNote
from index.files.access import RAISE_IT
from index.files.archives import Budget, Member, printable
from index.files.encoding import with_headers

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/json": ".json",
    "text/xml": ".xml",
    "application/xml": ".xml",
}
_CHARSET = re.compile(r"charset=[\"']?([\w:.-]+)", re.IGNORECASE)
_CHUNK = 1 << 16
_END = b"\r\n\r\n"  # of a record


def warc_members(path: Path, data: bytes, budget: Budget) -> Iterator[Member | ArticleError]:
    """The answers of servers in a WARC, compressed or not, that are pages or files that can be read; what else is in it
    is counted. Of several with one address the last is given.

    Raises:
        ArticleError: it is no WARC, is cut off (what is before is given first), or unpacks to more than the budget.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    pages: dict[str, Member] = {}
    others: Counter[str] = Counter()
    number = again = 0
    fault = None
    plain, is_whole = _unpacked(path, data, budget)
    try:
        for record in ArchiveIterator(io.BytesIO(plain)):
            number += 1
            if record.rec_type not in ("response", "resource"):
                continue
            kind, ending = _kind(record)
            url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
            if ending is None or not url.startswith(("http://", "https://")):
                others[kind] += 1
                continue
            again += url in pages
            pages[url] = _member(record, url, ending, budget)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError, TypeError, IndexError, KeyError):
        is_whole = False
    if not number:
        fault = ArticleError(str(path), "is no WARC, or is empty; copy it again.")
    elif not is_whole:
        fault = ArticleError(str(path), f"is damaged, or cut off after {number} records; copy it again.")
    yield from pages.values()
    if others:
        named = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield ArticleNote(str(path), f"records of kinds that are not read: {named}.")
    if again:
        yield ArticleNote(str(path), f"{again} of its pages are in it more than once; the last of each is read.")
    if fault is not None:
        yield fault


def _unpacked(path: Path, data: bytes, budget: Budget) -> tuple[bytes, bool]:
    """All that a WARC holds, and whether it is whole: the library takes where one was cut off for its end."""
    if not data.startswith(b"\x1f\x8b"):
        return data, data.endswith(_END)
    plain = bytearray()
    try:
        with GzipFile(fileobj=io.BytesIO(data)) as packed:
            while chunk := packed.read1(_CHUNK):
                plain += chunk
                if len(plain) > budget.left:
                    raise ArticleError(str(path), f"unpacks to more than {budget.max_mb:,} MB; {RAISE_IT}")
    except (OSError, EOFError, zlib.error):
        return bytes(plain), False
    return bytes(plain), plain.endswith(_END)


def _kind(record: ArcWarcRecord) -> tuple[str, str | None]:
    """What a record is, and the ending of a file of that kind, if it is one that is read."""
    headers = record.http_headers
    if record.rec_type == "response":
        status = headers.get_statuscode() if headers else ""
        if status != "200":
            return f"answers {printable(status or 'without a status')[:20]}", None
    given = headers.get_header("Content-Type") if headers else record.content_type
    kind = printable((given or "").partition(";")[0].strip().lower()[:40]) or "without a type"
    return kind, _ENDINGS.get(kind)


def _member(record: ArcWarcRecord, url: str, ending: str, budget: Budget) -> Member:
    stream = record.content_stream()
    payload = bytearray()
    while chunk := stream.read(_CHUNK):
        payload += chunk
        if len(payload) > budget.left:
            break
    budget.take(len(payload))
    data = bytes(payload)
    if ending in (".html", ".xhtml"):
        given = record.http_headers.get_header("Content-Type") if record.http_headers else None
        charset = _CHARSET.search(given or "")
        data = with_headers(data, url, charset[1] if charset else None)
    parts = urlsplit(url)
    name = printable(f"{parts.netloc}{parts.path}{'_' + parts.query if parts.query else ''}".rstrip("/"))
    return Member(name if name.lower().endswith(ending) else f"{name}{ending}", data, url)
