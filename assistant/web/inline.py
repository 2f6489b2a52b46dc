"""Text in pieces that the page shows one after the other: what is marked, and what the marks of Markdown mean.

Nothing is left out and nothing is added: the pieces together are the text. A mark of Markdown, such as `**`, is a piece
that the page does not show; what stands between two of them is a piece with a style.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from assistant.web.marks import marks

__all__ = ["displayable", "page_safe", "pieces"]


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
    spans = list(marks(text)) if markdown else []
    if span is not None:
        spans.append((*span, name))
    changes: dict[int, list[tuple[str, int]]] = {0: [], len(text): []}
    for start, end, style in spans:
        if start < end:
            changes.setdefault(start, []).append((style, 1))
            changes.setdefault(end, []).append((style, -1))
    shown: list[dict[str, Any]] = []
    active: Counter[str] = Counter()
    for at, until in pairwise(sorted(changes)):
        for style, change in changes[at]:
            active[style] += change
        styles = sorted(style for style, count in active.items() if count)
        if shown and shown[-1]["styles"] == styles:
            shown[-1]["text"] += text[at:until]
        else:
            shown.append({"text": text[at:until], "styles": styles})
    return shown
