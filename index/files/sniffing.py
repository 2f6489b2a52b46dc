"""What a file is that has no ending, as saved pages and mails often have none: told by how it begins."""

from __future__ import annotations

import re
from pathlib import Path

from index.files.access import kind_of

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
