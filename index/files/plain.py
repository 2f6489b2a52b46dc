"""Text files: the first line is the title; then optional header lines; then the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from index.files.fields import HEADER_FIELDS, Item, decode, default_id, make_article

_LINE_END = re.compile(r"\r\n?|\n")
_HEADER = re.compile(rf"({'|'.join(HEADER_FIELDS)}):[ \t]*([^\r\n]*)", re.IGNORECASE)


def read_plain(path: Path, data: bytes) -> Iterator[Item]:
    """The one article of a text file. Its `text` is the whole file, title and header lines included.

    Raises:
        ArticleError: it is not text in UTF-8, or has nothing below its title.
    """
    yield from articles_of_text(path, decode(path, data))


def articles_of_text(path: Path, text: str, headline: str | None = None) -> Iterator[Item]:
    """The one article of a text: its title is the first line; then optional header lines, then the body.

    Args:
        path: the file.
        text: all of it.
        headline: the line that is the title, where it need not be the first.

    Raises:
        ArticleError: nothing is below the title.
    """
    title, body = _first_line(text)
    if headline and (start := f"\n{text}\n".find(f"\n{headline}\n")) >= 0:
        title, body = headline, _after_line(text, start)
    fields: dict[str, object] = {"title": title}
    while match := _HEADER.match(text, body):
        fields[match[1].lower()] = match[2]
        body = _after_line(text, match.end())
    yield from make_article(str(path), text, fields, body=body, default_id=default_id(path), path=path)


def _first_line(text: str) -> tuple[str, int]:
    """The first line with something on it, and the offset of the line below it."""
    start = len(text) - len(text.lstrip())
    end = _after_line(text, start)
    return text[start:end].strip(), end


def _after_line(text: str, position: int) -> int:
    found = _LINE_END.search(text, position)
    return len(text) if found is None else found.end()
