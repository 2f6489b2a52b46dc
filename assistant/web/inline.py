"""Text in pieces that the page shows one after the other: what is marked, and what the marks of Markdown mean.

Nothing is left out and nothing is added: the pieces together are the text. A mark of Markdown, such as `**`, is a piece
that the page does not show; what stands between two of them is a piece with a style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

__all__ = ["displayable", "page_safe", "pieces"]

# An opening mark follows no word and no other mark, and is followed by no space; a closing one the other way round.
_EMPHASIS = re.compile(
    r"(?<![\w*_\\])(?P<mark>\*\*|__|\*|_)(?=[^\s*_])(?P<inner>.+?)(?<=[^\s*_\\])(?P=mark)(?![\w*_])", re.DOTALL
)
_CODE = re.compile(r"(?<![`\\])`(?P<inner>[^`\n]+)`(?!`)")
_LINK = re.compile(r"!?\[(?P<inner>[^\[\]\n]+)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_STYLES = {"**": "strong", "__": "strong", "*": "em", "_": "em"}


def displayable(text: str) -> str:
    """The text without what no page can hold: NUL and lone surrogates become U+FFFD, everything else stays."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def page_safe(document: Any) -> Any:
    """The same for every text of a JSON document."""
    if isinstance(document, str):
        return displayable(document)
    if isinstance(document, dict):
        return {key: page_safe(value) for key, value in document.items()}
    if isinstance(document, (list, tuple)):
        return [page_safe(value) for value in document]
    return document


def pieces(
    text: str, span: tuple[int, int] | None = None, *, name: str = "mark", markdown: bool = False
) -> list[dict[str, Any]]:
    """The pieces of a text: `text`, and under `styles` the names of how it is shown.

    Args:
        text: what is shown.
        span: what is marked, `[start, end)` in code points.
        name: the style of what is marked.
        markdown: whether the text is Markdown, so that its marks get the style `unseen`.
    """
    styles: list[frozenset[str]] = [frozenset()] * len(text)
    spans = list(_markdown(text, 0, len(text))) if markdown else []
    if span is not None:
        spans.append((*span, name))
    for start, end, style in spans:
        styles[start:end] = [each | {style} for each in styles[start:end]]
    shown = []
    for style_set, group in groupby(range(len(text)), key=lambda at: styles[at]):
        places = list(group)
        shown.append({"text": text[places[0] : places[-1] + 1], "styles": sorted(style_set)})
    return shown


def _markdown(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The spans of a text that have a style, and of the marks that say so."""
    for heading in _HEADING.finditer(text, start, end):
        yield *heading.span(), "unseen"
    code = [match.span() for match in _CODE.finditer(text, start, end)]
    for a, b in code:
        yield a, a + 1, "unseen"
        yield a + 1, b - 1, "code"
        yield b - 1, b, "unseen"
    for pattern in (_EMPHASIS, _LINK, _ESCAPE):
        for match in pattern.finditer(text, start, end):
            if not any(a < match.end() and match.start() < b for a, b in code):
                yield from _of(match)


def _of(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    if match.re is _ESCAPE:
        yield *match.span(), "unseen"
        return
    inner = match.span("inner")
    yield match.start(), inner[0], "unseen"
    yield inner[1], match.end(), "unseen"
    if match.re is _EMPHASIS:
        yield *inner, _STYLES[match["mark"]]
        for nested in _EMPHASIS.finditer(match.string, *inner):
            yield from _of(nested)
