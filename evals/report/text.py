"""Text as HTML: everything that comes from a log passes through here."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

_BLANK = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+")


def escape(value: object) -> str:
    """A value as text that is never markup, in an element or in an attribute."""
    return html.escape(str(value), quote=True)


def tag(name: str, content: str, **attributes: object) -> str:
    """An element around content that is HTML already; attributes are escaped, `class_` is `class`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>"


def in_context(text: str, context: Mapping[str, Any], marked: tuple[int, int] | None = None) -> str:
    """A sentence, highlighted, between what stands before and after it; within it the short answer, stronger."""
    sentence = escape(text)
    if marked is not None:
        start, end = marked
        sentence = f"{escape(text[:start])}{tag('b', escape(text[start:end]))}{escape(text[end:])}"
    before, after = (_BLANK.sub("\n", str(context.get(name, ""))) for name in ("before", "after"))
    return (
        f"{tag('span', escape(before), class_='around')}{tag('mark', sentence)}"
        f"{tag('span', escape(after), class_='around')}"
    )


def percent(value: float) -> str:
    """A share as whole percent, as one reads it in a headline; only what is all is 100 %."""
    rounded = f"{100 * value:.0f}"
    return f"{100 * value:.1f} %" if rounded in ("0", "100") and 0 < value < 1 else f"{rounded} %"
