"""What the source panel shows: an article with the cited sentence in its place, or why it can not be shown.

The panel gets plain text in pieces and puts each in as text (static/panel.js), never through a template of Gradio: what
its templates give is evaluated as JavaScript once more, in which `${...}` of an article would run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import urlsplit

from assistant.answer import Citation
from assistant.web.render import displayable
from index import Article

__all__ = ["Library", "no_source", "safe_url", "source_document"]

_GONE = "This article has been removed since the answer was given, so its place can not be shown."
_CHANGED = "This article has changed since the answer was given: the cited sentence no longer stands where it stood."
_UNKNOWN = "This link belongs to a conversation that has ended. Ask again, and follow the new one."

_LINE_BREAKS = re.compile(r"\s*\n\s*")
_BLANK_LINES = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")
_FULL_LINE = range(50, 110)
"""Characters of a line that a program broke because it was full."""


class Library(Protocol):
    """Where articles come from."""

    def article(self, article_id: str) -> Article | None:
        """The article with this id as it is now, or None."""


def source_document(library: Library, citation: Citation) -> dict[str, Any]:
    """The article of a citation, as the panel takes it: the sentence is marked exactly where it was cited from.

    If the article is gone, or something else stands at that place now, the document says so and quotes the sentence.
    """
    article = library.article(citation.article_id)
    if article is None:
        return _missing(_GONE, citation)
    if article.text[citation.start : citation.end] != citation.sentence:
        return _missing(_CHANGED, citation)
    # The lines before the body repeat the title and the date, which stand above the text anyway.
    shown_from = article.body if article.body <= citation.start else 0
    text, start, end = article.text[shown_from:], citation.start - shown_from, citation.end - shown_from
    return {
        "kind": "article",
        "title": displayable(article.title),
        "origin": displayable(" · ".join(_origin(article))),
        "url": safe_url(article.url),
        "wrapped": _is_wrapped(text),
        "paragraphs": [
            [{"text": displayable(text[a:b]), "marked": marked} for a, b, marked in pieces]
            for pieces in _paragraphs(text, start, end)
        ],
    }


def no_source(reason: str = _UNKNOWN) -> dict[str, Any]:
    """The document where there is nothing to show: by default, that the link is not of this conversation."""
    return _missing(displayable(reason[:1].upper() + reason[1:]), None)


def safe_url(url: str | None) -> str | None:
    """The address of the original if a browser may be sent there: http or https, with a host."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    clean = url.strip()
    usable = parts.scheme.lower() in ("http", "https") and host and clean.isprintable() and " " not in clean
    return clean if usable else None


def _missing(reason: str, citation: Citation | None) -> dict[str, Any]:
    return {
        "kind": "missing",
        "title": displayable(citation.title) if citation else "",
        "origin": "",
        "url": None,
        "reason": reason,
        "sentence": displayable(citation.sentence) if citation else "",
    }


def _origin(article: Article) -> Iterator[str]:
    if article.source and article.source.strip():
        yield " ".join(article.source.split())
    if article.date:
        yield article.date.isoformat()


def _paragraphs(text: str, start: int, end: int) -> Iterator[list[tuple[int, int, bool]]]:
    """The paragraphs of a text as spans, each with whether it is the marked sentence, which is never divided."""
    separator = _BLANK_LINES if _is_wrapped(text) else _LINE_BREAKS
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    breaks = [m.span() for m in separator.finditer(text, first, last) if m.end() <= start or m.start() >= end]
    edges = [first, *(edge for span in breaks for edge in span), last]
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        if a <= start and end <= b and start < end:
            pieces = [(a, start, False), (start, end, True), (end, b, False)]
        else:
            pieces = [(a, b, False)]
        yield [(x, y, marked) for x, y, marked in pieces if x < y]


def _is_wrapped(text: str) -> bool:
    """Whether paragraphs are divided by blank lines and their lines broken because they were full."""
    if not _BLANK_LINES.search(text):
        return False
    inner = [line for block in _BLANK_LINES.split(text) for line in block.split("\n")[:-1]]
    return bool(inner) and sum(len(line.strip()) in _FULL_LINE for line in inner) > len(inner) / 2
