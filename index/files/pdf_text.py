"""From the lines of a PDF's pages to paragraphs: furniture off, hyphens mended, lines joined.

A PDF says where letters stand, not what belongs together. What is done here are rules of thumb; the lines come in the
order of the file, which programs that set pages (and their columns) nearly always keep to the order of reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.language.words import word_list


class Line(NamedTuple):
    """A line of a page.

    Attributes:
        text: what stands there.
        page: the number of the page, from 0.
        x, y: where it begins, in points, y upwards.
        size: height of its letters in points.
        level: y as a share of the height of the page.
    """

    text: str
    page: int
    x: float
    y: float
    size: float
    level: float


_MARGIN = 0.12  # share of a page's height, at its head and foot, in which furniture stands
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*+(?:page|seite|p\.)?\s*+(?:\d{1,4}|[ivxlc]{1,6})(?:\s*+(?:of|/|von)\s*+\d{1,4})?[-–—|\s]*+",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_STOPS = tuple('.!?…:;"”’»)。！？')
_GAP = 1.3  # of the usual distance between lines: from there on it is a gap between paragraphs
_SHORT = 0.8  # of the width of a column: a line that stops there, with a full stop, ends its paragraph
_INDENT = 0.7  # of the size of the letters: a line that begins so much further in begins a paragraph
_BULLET = re.compile(r"[•·▪●◦■►‣]")
_SPLIT_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[-\u00ad\u2010]$")
_TAIL = 200  # characters at the end of a line in which a split word begins
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENATED = word_list("hyphenated")


def without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without running heads and feet (the same text, numbers aside, in the margin of several pages).

    Page numbers in the margins go too.
    """
    seen = Counter(key for lines in pages for key in {_furniture_key(line) for line in lines if _in_margin(line)})
    often = max(2, len(pages) // 4)
    return [
        [
            line
            for line in lines
            if not (_in_margin(line) and (seen[_furniture_key(line)] >= often or _PAGE_NUMBER.fullmatch(line.text)))
        ]
        for lines in pages
    ]


def paragraphs(pages: list[list[Line]]) -> list[str]:
    """The paragraphs, each on one line."""
    lines = [line for page in pages for line in page]
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    return [_joined(block, words) for block in _blocks(lines)]


def largest_heading(pages: list[list[Line]]) -> str:
    """The lines of the first page in its largest letters, where they are larger than the rest; else nothing."""
    first = next((lines for lines in pages if lines), [])
    if not first:
        return ""
    largest = max(line.size for line in first)
    usual = median(line.size for lines in pages for line in lines)
    if largest < 1.15 * usual:
        return ""
    return " ".join(line.text for line in first if line.size > 0.97 * largest)[:300]


def _in_margin(line: Line) -> bool:
    return line.level < _MARGIN or line.level > 1 - _MARGIN


def _furniture_key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.casefold()), round(line.y / 4)


class _Setting(NamedTuple):
    """How a text is set.

    Attributes:
        step: the usual distance between two lines, in points.
        width: the length of a full line, in characters.
        gaps: whether paragraphs have space between them.
    """

    step: float
    width: int
    gaps: bool

    def gap(self, last: Line, line: Line) -> bool:
        """Whether there is more than the usual space between two lines, of which one is below the other."""
        usual = max(self.step, last.size) if last.size < 1.5 * self.step else 1.3 * last.size
        return last.y - line.y > _GAP * usual


def _setting(lines: list[Line]) -> _Setting:
    pairs = [(a, b) for a, b in pairwise(lines) if 0.5 * a.size < a.y - b.y < 2.5 * a.size]
    step = median(a.y - b.y for a, b in pairs) if pairs else 0.0
    lengths = sorted(len(line.text) for line in lines)
    setting = _Setting(step, lengths[len(lengths) * 9 // 10] if lengths else 0, gaps=False)
    gaps = sum(1 for a, b in pairs if setting.gap(a, b))
    return setting._replace(gaps=gaps >= max(2, len(lines) // 60))


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph."""
    setting = _setting(lines)
    block: list[Line] = []
    for line in lines:
        if block and _begins(block, line, setting):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _begins(block: list[Line], line: Line, setting: _Setting) -> bool:
    """Whether a line begins a paragraph of its own, after the lines of `block`."""
    last = block[-1]
    if _BULLET.match(line.text) or not 0.87 < line.size / (last.size or 1) < 1.15:
        return True
    stopped = last.text.endswith(_STOPS)
    if line.page != last.page or not 0 < last.y - line.y <= 4 * last.size:  # another page, column, or below a picture
        return stopped and not line.text[:1].islower()
    if setting.gap(last, line):
        return not _split_word(last.text)
    indented = line.x - last.x > _INDENT * line.size and (len(block) > 1 or stopped)
    ended_early = not setting.gaps and stopped and len(last.text) < _SHORT * setting.width
    return (indented or ended_early) and not (line.text[:1].islower() and not stopped)


def _joined(block: Iterable[Line], words: Counter[str]) -> str:
    text = ""
    for line in block:
        match = _split_word(text)
        if match and line.text[:1].islower():
            text = text[: match.end() - 1] + ("-" if _keeps_hyphen(match, line.text, words) else "") + line.text
        elif match and line.text[:1].isalnum():
            text += line.text  # Anglo-|American, COVID-|19
        else:
            text = f"{text} {line.text}" if text else line.text
    return text


def _split_word(text: str) -> re.Match[str] | None:
    """The beginning of a word, with its hyphen, at the end of a text."""
    return _SPLIT_WORD.search(text, max(0, len(text) - _TAIL))


def _keeps_hyphen(match: re.Match[str], rest: str, words: Counter[str]) -> bool:
    """Whether a hyphen at the end of a line belongs to the word, by what else stands in the text."""
    if match[0].endswith("\u00ad"):
        return False
    following = _WORD.match(rest)
    first, second = match[1].lower(), following[0].lower() if following else ""
    with_hyphen, without = words[f"{first}-{second}"], words[first + second]
    return with_hyphen > without if with_hyphen or without else first in _HYPHENATED
