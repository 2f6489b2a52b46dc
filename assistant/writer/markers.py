"""Citation markers in a Writer's text: [1], [2][3], [1, 2], [1-3], [[4]], 【5】, full-width digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NO_SOURCE = 0
"""What a marker that cannot mean a source is read as: [0], [3-1], [1-100000]. No source has this number."""

_OPEN, _CLOSE = r"[\[［【]", r"[\]］】]"
_NUMBER = r"\d{1,9}"
_MARKER = re.compile(
    rf"""{_OPEN}{{1,9}}\ ?(?:(?:sources?|sentences?|citations?|no\.?|\#|\^)\ ?)?{_NUMBER}
         (?:\ ?{_CLOSE}{{0,9}}\ ?(?:(?:[,;、，&–—-]|and\b|to\b)\ ?{_OPEN}{{0,9}}|{_OPEN}{{1,9}})\ ?{_NUMBER}){{0,50}}
         \ ?{_CLOSE}{{1,9}}""",
    re.X | re.I,
)
_RANGE = re.compile(
    rf"({_NUMBER})[^\d,;&、，]{{0,20}}?(?:[–—-]|to\b)[^\d,;&、，]{{0,20}}?({_NUMBER})|({_NUMBER})", re.I
)
_WIDEST = 20  # sources that a range may span; no prompt has more


@dataclass(frozen=True, slots=True)
class Marker:
    """A group of markers in a text.

    Attributes:
        start, end: its span.
        numbers: the sources that it names, in order, as they are written; `NO_SOURCE` for what names none.
    """

    start: int
    end: int
    numbers: tuple[int, ...]


def markers(text: str) -> Iterator[Marker]:
    """The groups of markers of a text, in order, fifty numbers at most in each."""
    for match in _MARKER.finditer(text):
        yield Marker(match.start(), match.end(), tuple(_numbers(match[0])))


def without_markers(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without markers and the spaces before them, and for each number, where in that text its marker stood."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    length = last = 0
    for marker in markers(text):
        piece = text[last : marker.start].rstrip()
        pieces.append(piece)
        length += len(piece)
        places += ((length, number) for number in marker.numbers)
        last = marker.end
    return "".join([*pieces, text[last:]]), places


def _numbers(marker: str) -> Iterator[int]:
    for match in _RANGE.finditer(marker):
        if match[3] is not None:
            yield int(match[3])
            continue
        first, last = int(match[1]), int(match[2])
        if 0 <= last - first < _WIDEST:
            yield from range(first, last + 1)
        else:
            yield NO_SOURCE
