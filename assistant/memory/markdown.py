"""Text as Markdown that shows exactly this text: no text of an article, a model or a user is markup in an export."""

from __future__ import annotations

import re

from assistant.visible import one_line, visible

__all__ = ["as_code", "as_text"]

# What CommonMark begins with, and GitHub's tables, strikethrough and formulas, and the attributes, superscripts,
# highlights and mentions of other dialects. A backslash before ASCII punctuation always makes it that character itself
# (CommonMark 0.31, section 2.4). Other punctuation is left alone: it would make an export hard to read as plain text.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~$#{}^@]|=(?==)")
# Addresses (https://, www.), which some dialects make links of, and :names: of emoji.
_ADDRESS = re.compile(r":(?=\S)|(?<=\bwww)\.", re.IGNORECASE)
# Items of lists, and lines under headings.
_AT_START = re.compile(r"^(?:[-+:=]|(\d{1,9})([.)])(?!\S))")
_FENCE = re.compile(r"`+")


def as_text(text: str) -> str:
    """The text on one line, as Markdown that shows it as it is. What a terminal would obey is spelled out.

    It may stand at the beginning of a line or within one.
    """
    line = _ADDRESS.sub(r"\\\g<0>", _ANYWHERE.sub(r"\\\g<0>", one_line(text)))
    return _AT_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[0]}", line)


def as_code(text: str) -> str:
    """The text with its line breaks, as a block of code, in which nothing is markup."""
    shown = visible(text)
    fence = "`" * max(3, 1 + max((len(run) for run in _FENCE.findall(shown)), default=0))
    return f"{fence}text\n{shown}\n{fence}"
