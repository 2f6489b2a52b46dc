"""The marks of Markdown within a text: headings, code, emphasis, links, escapes. Time is linear in its length."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["marks"]

# An opening mark follows no word and no other mark, and is followed by no space; a closing one the other way round.
_OPENING = re.compile(r"(?<![\w*_\\])(\*\*|__|\*|_)(?=[^\s*_])")
_CLOSING = re.compile(r"(?<=[^\s*_\\])(\*\*|__|\*|_)(?![\w*_])")
_CODE = re.compile(r"(?<![`\\])`([^`\n]++)`(?!`)")
_LINK = re.compile(r"!?\[([^\[\]\n]++)\]\((?:[^()\s]|\([^()\s]*+\))*+\)")
_HEADING = re.compile(r"^#{1,6}[ \t]++", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_STYLES = {"**": "strong", "__": "strong", "*": "em", "_": "em"}

Span = tuple[int, int]


class _Marked(NamedTuple):
    """What stands between two marks: the whole, what is inside, its style, and the whole that all of it stands in."""

    span: Span
    inner: Span
    style: str
    outermost: Span


def marks(text: str) -> Iterator[tuple[int, int, str]]:
    """The spans of a text that have a style (`strong`, `em`, `code`), and of the marks that say so (`unseen`).

    Emphasis, links and escapes that overlap code are none.
    """
    for heading in _HEADING.finditer(text):
        yield *heading.span(), "unseen"
    code = [match.span() for match in _CODE.finditer(text)]
    for a, b in code:
        yield a, a + 1, "unseen"
        yield a + 1, b - 1, "code"
        yield b - 1, b, "unseen"
    for marked in _emphasis(text):
        if not _overlaps(marked.outermost, code):
            yield from _around(marked.span, marked.inner)
            yield *marked.inner, marked.style
    for link in _LINK.finditer(text):
        if not _overlaps(link.span(), code):
            yield from _around(link.span(), link.span(1))
    for escape in _ESCAPE.finditer(text):
        if not _overlaps(escape.span(), code):
            yield *escape.span(), "unseen"


def _emphasis(text: str) -> Iterator[_Marked]:
    """What is emphasised, in the order in which it begins: each from an opening mark to the next such closing one."""
    closing: dict[str, list[int]] = {mark: [] for mark in _STYLES}
    for match in _CLOSING.finditer(text):
        closing[match[1]].append(match.start())
    within: list[_Marked] = []  # what is open where the next one begins
    resume = 0
    for opening in _OPENING.finditer(text):
        while within and opening.start() >= within[-1].inner[1]:
            resume = within.pop().span[1]
        if opening.start() < resume:  # it closed something
            continue
        ends = closing[opening[1]]
        place = bisect_left(ends, opening.end())
        limit = within[-1].inner[1] if within else len(text)
        if place == len(ends) or ends[place] >= limit:
            continue
        span = opening.start(), ends[place] + len(opening[1])
        inner = opening.end(), ends[place]
        marked = _Marked(span, inner, _STYLES[opening[1]], within[0].outermost if within else span)
        within.append(marked)
        yield marked


def _around(span: Span, inner: Span) -> Iterator[tuple[int, int, str]]:
    yield span[0], inner[0], "unseen"
    yield inner[1], span[1], "unseen"


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span has something in common with one of others, which are sorted and apart."""
    place = bisect_right(others, span[0], key=lambda other: other[1])
    return place < len(others) and others[place][0] < span[1]
