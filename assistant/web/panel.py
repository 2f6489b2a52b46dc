"""What the source panel shows: an article with the cited sentence in its place, or why it can not be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.addresses import safe_url
from assistant.answer import Citation
from assistant.memory import Library, source_now
from assistant.web.inline import pieces

__all__ = ["source_document"]

_GONE = "This article has been removed since the answer was given, so its place can not be shown."
_CHANGED = "This article has changed since the answer was given: the cited sentence no longer stands in it."
_MOVED = "This article has changed since the answer was given; the sentence stands at another place now."

# Each begins where the space does: what is no break then is not looked at again from its second blank on.
_LINE_BREAKS = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+")
_BLANK_LINES = re.compile(r"(?<!\s)[^\S\n]*+\n[^\S\n]*+\n\s*+")
_FULL_LINE = range(50, 110)
"""Characters of a line that a program broke because it was full."""


def source_document(library: Library, citation: Citation, *, markdown: bool = False) -> dict[str, Any]:
    """The article of a citation, in pieces, with the sentence as one that is marked.

    If the article is gone, or the sentence does not stand in it any more, the document says so and quotes the sentence.

    Args:
        library: where articles come from.
        citation: what is shown.
        markdown: whether the article is Markdown.
    """
    article = library.article(citation.article_id)
    now = source_now(citation, library)
    if article is None or now.start is None or now.end is None:
        reason = _GONE if article is None else _CHANGED
        return {"title": citation.title, "reason": reason, "sentence": pieces(citation.sentence)}
    # The lines before the body repeat the title and the date, which stand above the text anyway.
    shown_from = article.body if article.body <= now.start else 0
    text, start, end = article.text[shown_from:], now.start - shown_from, now.end - shown_from
    return {
        "title": article.title,
        "source": " ".join((article.source or "").split()) or None,
        "date": article.date.isoformat() if article.date else None,
        "url": safe_url(article.url),
        "remark": _MOVED if now.state == "changed" else None,
        "wrapped": _is_wrapped(text),
        "paragraphs": [
            pieces(
                text[a:b], (start - a, end - a) if a <= start and end <= b and start < end else None, markdown=markdown
            )
            for a, b in _paragraphs(text, start, end)
        ],
    }


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text as spans; none divides the marked sentence."""
    separator = _BLANK_LINES if _is_wrapped(text) else _LINE_BREAKS
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    breaks = [m.span() for m in separator.finditer(text, first, last) if m.end() <= start or m.start() >= end]
    edges = [first, *(edge for span in breaks for edge in span), last]
    yield from zip(edges[::2], edges[1::2], strict=True)


def _is_wrapped(text: str) -> bool:
    """Whether paragraphs are divided by blank lines and their lines broken because they were full."""
    if not _BLANK_LINES.search(text):
        return False
    inner = [line for block in _BLANK_LINES.split(text) for line in block.split("\n")[:-1]]
    return bool(inner) and sum(len(line.strip()) in _FULL_LINE for line in inner) > len(inner) / 2
