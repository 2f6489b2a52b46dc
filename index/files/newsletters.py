"""The sections of a newsletter, where its headings tell them apart; the text of a mail without what is around it."""

from __future__ import annotations

import re
from collections import deque
from itertools import islice
from typing import NamedTuple

from index.files.fields import ENOUGH_LETTERS, letters
from index.files.markup import text_of_html

_NOTICE = re.compile(
    r"unsubscribe|opt[ -]out\b|(?:view|read|open|see) (?:this|it|the)?\s*(?:e-?mail|newsletter|message|issue)?\s*"
    r"(?:in|on) (?:your|a|the) (?:web )?(?:browser|web)|view (?:online|in browser)|"
    r"(?:manage|update|change) (?:your |my )?(?:e-?mail |subscription )?(?:preferences|subscriptions?|settings)|"
    r"you(?:'re| are)? (?:are )?(?:receiving|received|getting) this|was sent to|"
    r"forward(?:ed)? this (?:e-?mail|newsletter)|add us to your address book|all rights reserved|"
    r"^\s*(?:copyright )?(?:©|\(c\)) ?\d{4}|privacy policy",
    re.IGNORECASE,
)
_LONG = 200  # characters: a line that says so much is no notice
_HEAD_LINES, _TAIL_LINES = 4, 12  # at the ends of a mail in which notices stand
_MOST = 500  # headings; what has more is no newsletter
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)

_HEADING = re.compile(r"<h([1-4])\b[^<>]{0,500}>(.{0,500}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"\s*(?:[=*_#~+-] ?){3,}\s*")
_MARKDOWN = re.compile(r"#{1,4}[ \t]++([^#\s].*)")


class Section(NamedTuple):
    """A part of a mail with its heading; the first has none if text stands before the first heading."""

    heading: str | None
    text: str


def sections_of_html(html: str) -> list[Section]:
    """The sections of a newsletter in HTML; one in all where its headings do not tell several apart."""
    headings = [match for match in _HEADING.finditer(html) if text_of_html(match[2]).strip()]
    counts = {level: sum(match[1] == level for match in headings) for level in "1234"}
    level = next((level for level in "1234" if counts[level] > 1), None)
    borders = [match for match in headings if match[1] == level]
    if borders:
        sections = [Section(None, _without_notices(text_of_html(html[: borders[0].start()]), tail=False))]
        for match, following in zip(borders, [*borders[1:], None], strict=True):
            text = text_of_html(html[match.end() : following.start() if following else len(html)])
            heading = " ".join(text_of_html(match[2]).split())
            sections.append(Section(heading, f"{heading}\n{text if following else _without_notices(text, head=False)}"))
        if _are_several(sections):
            return sections
    return [Section(None, _without_notices(text_of_html(html)))]


def sections_of_text(text: str) -> list[Section]:
    """The sections of a newsletter in plain text; one in all where no lines are written as headings."""
    text = _without_notices(text)
    lines = text.splitlines()
    found = ((number, *border) for number in range(len(lines)) if (border := _heading_at(lines, number)))
    borders = list(islice(found, _MOST + 1))
    if 0 < len(borders) <= _MOST:
        sections = [Section(None, "\n".join(lines[: borders[0][0]]))]
        for (_, body, heading), following in zip(borders, [*borders[1:], None], strict=True):
            below = lines[body : following[0] if following else len(lines)]
            text_below = "\n".join(line for line in below if not _RULE.fullmatch(line)).strip("\n")
            sections.append(Section(heading, f"{heading}\n{text_below}"))
        if _are_several(sections):
            return sections
    return [Section(None, text)]


def _without_notices(text: str, *, head: bool = True, tail: bool = True) -> str:
    """A mail's text without what newsletters say of themselves at its ends, and without a signature."""
    if tail and (match := _SIGNATURE.search(text)):
        text = text[: match.start()]
    lines = text.splitlines()
    filled = (number for number, line in enumerate(lines) if line.strip())
    dropped = {number for number in islice(filled, _HEAD_LINES * head) if _is_notice(lines[number])}
    last = deque(filled, maxlen=_TAIL_LINES * tail)
    end = next((number for number in last if _is_notice(lines[number])), len(lines))
    return "\n".join(line for number, line in enumerate(lines[:end]) if number not in dropped).strip("\n")


def _are_several(sections: list[Section]) -> bool:
    """Whether at least two of them have a text of their own below a heading."""
    long = [s for s in sections if s.heading and letters(s.text) - letters(s.heading) >= ENOUGH_LETTERS]
    return len(long) > 1


def _is_notice(line: str) -> bool:
    return len(line) < _LONG and _NOTICE.search(line) is not None


def _heading_at(lines: list[str], number: int) -> tuple[int, str] | None:
    """Where a section begins: the line below its heading, and the heading as it is."""
    line = lines[number].strip()
    if not line or len(line) > 100 or _RULE.fullmatch(line):
        return None
    before = lines[number - 1] if number else ""
    after = lines[number + 1] if number + 1 < len(lines) else ""
    if match := _MARKDOWN.fullmatch(line):
        return number + 1, match[1].rstrip("# \t")
    if _RULE.fullmatch(after) and not (before.strip() and not _RULE.fullmatch(before)):
        return number + 2, line
    alone = not before.strip() or _RULE.fullmatch(before)
    shouted = line.upper() == line and sum(map(str.isalpha, line)) > 3
    if alone and shouted and not line.endswith((".", ",", ";")) and not after.strip().isupper():
        return number + 1, line
    return None
