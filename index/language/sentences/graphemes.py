"""Where a text must not be cut: within what a reader sees as one character."""

from __future__ import annotations

import unicodedata


def joined(text: str, at: int, start: int = 0) -> bool:
    """Whether a cut before `text[at]` would go through a grapheme. `start` is a place known not to be within one."""
    if at >= len(text):
        return False
    after, before = text[at], text[at - 1]
    if before == "\u200d" and at > start:
        return True
    if after < "\u0300":
        return False
    category = unicodedata.category(after)
    if category[0] == "M" or category == "Cs" or "\U0001f3fb" <= after <= "\U0001f3ff" or after in "\u200c\u200d":
        return True
    if "\U000e0020" <= after <= "\U000e007f" or unicodedata.combining(before) == 9:
        return True
    if _is_flag_half(after):
        first = at
        while first > start and _is_flag_half(text[first - 1]):
            first -= 1
        return (at - first) % 2 == 1
    return _is_jamo(before) and _is_jamo(after)


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_jamo(char: str) -> bool:
    """Whether a Korean letter may join its neighbour into a syllable."""
    return "\u1100" <= char <= "\u11ff" or "\ua960" <= char <= "\ua97c" or "\uac00" <= char <= "\ud7fb"
