"""The dates and times of a sentence, and whether those of a statement stand in its sources.

"5 March" is "March 5th"; "March 2024" stands in "5 March 2024", but not the other way round. What depends on the day of
writing ("yesterday", "last week") is compared as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Moment", "moments", "unsupported_dates"]

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![\w])"
)
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:]\d)"
_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)(?!\w|[.,:]\d)"
_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b"
_DAY_END = r"(?:\s?(?:-|–|to|and)\s?(?P<last>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:]\d))?"

_FORMS = [
    re.compile(form)
    for form in (
        rf"(?<!\w)(?P<year>\d{{4}})-(?P<number>0[1-9]|1[0-2])-{_DAY}",
        rf"(?<!\w)(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}{_DAY_END}(?:,?\s+{_YEAR})?",
        rf"(?<![\w.,])(?:{_WEEKDAY},?\s+(?:the\s+)?)?{_DAY}{_DAY_END}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
        rf"(?<!\w){_MONTH},?\s+(?:of\s+)?{_YEAR}",
        r"(?<![\w/.])(?P<written>\d{1,2}[/.]\d{1,2}[/.](?:\d{2}|\d{4}))(?![\w/])",
        r"(?<![\w.])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?",
        r"(?<![\w.:])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\w:]|\.\d)",
        r"(?<![\w.,$€£-])(?P<year>1[0-9]\d\d|20\d\d)[-–/](?P<until>20\d\d|1[0-9]\d\d|\d\d)(?!\w|[-.,]\d)",
        r"(?<![\w.,$€£])(?:the\s)?(?P<decade>(?:1[0-9]|20)\d0)['’]?s\b",
        rf"(?<![\w.,$€£:-])(?:(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s(?:of\s)?)?{_YEAR}(?!%)",
        rf"\b{_WEEKDAY}",
        rf"(?:(?<=\bin )|(?<=\bIn )|(?<=\bof )|(?<=\bby )|(?<=\bsince )|(?<=\bSince )|(?<=\buntil )|(?<=\bfrom )"
        rf"|(?<=\bto )|(?<=\blast )|(?<=\bLast )|(?<=\bnext )|(?<=\bthis )|(?<=\bearly )|(?<=\blate )|(?<=\bmid-)"
        rf"|(?<=\bthrough )|(?<=\bduring )|(?<=\bon )|(?<=\bsaid )){_MONTH}",
        r"(?<!\w)(?P<month>January|February|April|June|July|August|September|October|November|December)(?!\w)",
        r"\b(?P<relative>(?i:yesterday|today|tonight|tomorrow|noon|midnight"
        r"|(?:last|this|next|past|previous|earlier\sthis|later\sthis)\s"
        r"(?:second|minute|hour|day|night|morning|afternoon|evening|week|weekend|month|year|quarter|decade|century"
        r"|spring|summer|autumn|fall|winter)s?"
        r"|an?\s(?:second|minute|hour|day|week|month|year|decade|century)\s(?:ago|earlier|later)))\b",
    )
]
_PARTS = ("year", "month", "day", "weekday", "hour", "minute", "decade", "relative", "written", "season")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a time of day, as far as the text says it.

    Attributes:
        span: where it stands.
        parts: year, month, day, weekday, hour, minute, decade as numbers; season, relative and written as text.
    """

    span: tuple[int, int]
    parts: tuple[tuple[str, int | str], ...]

    @property
    def is_bare_year(self) -> bool:
        """Whether it is a year alone, which may be a number of things after all."""
        return [name for name, _ in self.parts] == ["year"]


def moments(text: str) -> list[Moment]:
    """The dates and times of a text, in order of their forms; none overlaps another."""
    found: list[Moment] = []
    taken = bytearray(len(text))
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = match.span()
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found += (Moment((start, end), parts) for parts in _read(match))
    return found


def unsupported_dates(statement: str, sentences: Sequence[str]) -> list[str]:
    """The dates and times of a statement of which no sentence has all that they say, as they are written in it."""
    there = [dict(moment.parts) for sentence in sentences for moment in moments(sentence)]
    missing = [
        moment
        for moment in moments(statement)
        if not any(all(other.get(name) == value for name, value in moment.parts) for other in there)
    ]
    return list(dict.fromkeys(statement[slice(*moment.span)] for moment in missing))


def _read(match: re.Match[str]) -> Iterator[tuple[tuple[str, int | str], ...]]:
    """What a match says; two moments for "March 5-7" and "2011-18"."""
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    parts = _parts(said)
    yield tuple((name, parts[name]) for name in _PARTS if name in parts)
    if "last" in said:
        yield tuple((name, int(said["last"]) if name == "day" else parts[name]) for name in _PARTS if name in parts)
    if "until" in said:
        until = said["until"]
        yield (("year", int(until if len(until) == 4 else said["year"][:2] + until)),)


def _parts(said: dict[str, str]) -> dict[str, int | str]:
    parts: dict[str, int | str] = {name: int(said[name]) for name in ("year", "day", "decade") if name in said}
    if "number" in said:
        parts["month"] = int(said["number"])
    if "month" in said:
        parts["month"] = _number(said["month"], _MONTHS)
    if "weekday" in said:
        parts["weekday"] = _number(said["weekday"], _WEEKDAYS)
    if "hour" in said:
        parts["hour"], parts["minute"] = _clock(said)
    for name in ("relative", "written", "season"):
        if name in said:
            parts[name] = " ".join(said[name].lower().split())
    return parts


def _number(name: str, names: Sequence[str]) -> int:
    """The position, from 1 on, of the name that begins like this one."""
    start = name.lower().rstrip(".")[:3]
    return next(n for n, full in enumerate(names, start=1) if full.startswith(start))


def _clock(said: dict[str, str]) -> tuple[int, int]:
    """Hour and minute on the 24-hour clock."""
    hour = int(said["hour"])
    if "half" in said:
        hour = hour % 12 + (12 if said["half"] == "p" else 0)
    return hour, int(said.get("minute", "0"))
