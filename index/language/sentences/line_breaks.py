"""Paragraphs: which line breaks of a text end a sentence, and where a text must not be cut at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple


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


_NEWLINE = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
# A break, the indentation of the next line, and all that follows if that line is blank.
_BREAK = re.compile(rf"(?:\r\n|[{_NEWLINE}])(?P<indent>[^\S{_NEWLINE}]*+)(?P<blank>[{_NEWLINE}]\s*+)?")
# Control and zero-width characters, which leave no mark on the page.
_GLYPH = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_STOPS = frozenset(".!?…。！？؟।:")
_BULLET = re.compile(r"[•·▪●◦■*►‣]|[-–—]{1,2}\s|\(?\d{1,2}[.)]\s")
_FIRST_WORD = re.compile(r"\S{0,40}")

_FULL = 40
"""The fewest characters of a line that may have been broken because it was full."""
_WRAPPED_SHARE = 0.2
"""The share of breaks before a small letter from which a text is hard-wrapped. In wrapped English it is above one half;
in lists and verse, whose lines may begin small, the lines are seldom `_FULL`."""
_ROOM = 0.8
"""A line that would still be shorter than this share of the width with the next word on it was ended on purpose."""


class _Break(NamedTuple):
    """A line break, from the end of a line to the first visible character of the next."""

    line: int  # where the line before it starts
    start: int
    end: int
    indent: int  # of the next line, more than this one's, in spaces
    blank: bool


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of `text` across which no sentence reaches, each beginning and ending at a visible character.

    What leaves no mark on the page (control characters), and what joins the character before it, is no paragraph of its
    own: it goes with the one before, or, at the head of the text, with the one after.
    """
    held: tuple[int, int] | None = None
    held_shows = False
    for start, end in _blocks(text):
        shows = _GLYPH.search(text, start, end) is not None
        if held is None:
            held, held_shows = (start, end), shows
        elif held_shows and shows and not joined(text, start):
            yield held
            held = (start, end)
        else:
            held, held_shows = (held[0], end), held_shows or shows
    if held is not None:
        yield held


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The text between the breaks that count, without the space around it; blocks of nothing but space are left out."""
    breaks = _breaks(text)
    soft = [one for one in breaks if not one.blank]
    width = _wrap_width(text, soft) if soft else 0
    start = 0
    for one in breaks:
        if one.blank or not width or not _only_full(text, one, width):
            yield from _trimmed(text, start, one.start)
            start = one.end
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inner = text[start:end]
    bare = inner.strip()
    if bare:
        start += len(inner) - len(inner.lstrip())
        yield start, start + len(bare)


def _breaks(text: str) -> list[_Break]:
    found: list[_Break] = []
    line, margin = 0, 0
    for match in _BREAK.finditer(text):
        indent = 0 if match["blank"] else len(match["indent"].expandtabs(4))
        found.append(_Break(line, match.start(), match.end(), indent - margin, match["blank"] is not None))
        line, margin = match.end(), indent
    return found


def _wrap_width(text: str, soft: list[_Break]) -> int:
    """The width, in code points, at which the text was wrapped; 0 if its lines are not wrapped.

    It is wrapped if many full lines stop in mid-sentence, or, in scripts without small letters, if nearly all lines are
    of one length and do not end with a stop.
    """
    lengths = sorted(one.start - one.line for one in soft)
    width = lengths[len(lengths) * 9 // 10]
    torn = sum(1 for one in soft if one.start - one.line >= _FULL and _torn(text, one))
    if torn >= _WRAPPED_SHARE * len(soft):
        return width if torn else 0
    even = sum(1 for length in lengths if 0.75 * width <= length <= width)
    stopped = sum(1 for one in soft if text[one.start - 1] in _STOPS)
    if len(soft) >= 4 and _FULL <= width <= 100 and even >= 0.8 * len(soft) and stopped <= 0.3 * len(soft):
        return width
    return 0


def _torn(text: str, one: _Break) -> bool:
    """Whether a line ends in mid-sentence: no stop, and the next goes on with a small letter."""
    last = text[max(one.line, one.start - 8) : one.start].rstrip()[-1:]
    return (last.isalnum() or last in ",-–—") and text[one.end : one.end + 1].islower()


def _only_full(text: str, one: _Break, width: int) -> bool:
    """Whether, in a text wrapped at `width`, this break is there only because the line was full."""
    following = _FIRST_WORD.match(text, one.end)
    word = following[0] if following else ""
    if one.indent >= 2 or _BULLET.match(text, one.end):
        return False
    full = one.start - one.line + 1 + len(word) >= _ROOM * width
    last = text[one.start - 1 : one.start]
    return full or last == "," or (word[:1].islower() and last not in _STOPS)
