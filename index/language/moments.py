"""The dates and times of a text, and the days that they stand for as seen from the day of writing.

In an article of a Wednesday "on Monday" is the Monday before, and "will open on Monday" the one after; "on 20 March" is
the last one, or one of the next four months. What cannot be told ("9 am", "4/7/2017") has no days.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from index.language.calendar import FORMS, MONTHS, WEEKDAYS, number_of
from index.language.days import DateParts, Seen, days_of
from index.language.numerals import cardinal

Precision = Literal["time", "day", "week", "month", "year"]
Relation = Literal["", "since", "until", "before", "after", "as of"]

_RELATIONS: tuple[tuple[Relation, str], ...] = (
    ("as of", r"as\s(?:of|at)"),
    ("since", r"since|from|starting|beginning"),
    ("until", r"until|till|til|up\sto|through|by(?:\sthe\send\sof)?|no\slater\sthan"),
    ("before", r"before|prior\sto"),
    ("after", r"after|following"),
)
_RELATED = [
    (relation, re.compile(rf"(?<!\w)(?:{words})\s(?:the\s)?$", re.IGNORECASE)) for relation, words in _RELATIONS
]
_SIDE = re.compile(r"(?<!\w)(last|past|this|next)\s$", re.IGNORECASE)
_TO_COME = (
    r"(?<!\w)(?:will|won['’]t|shall|would|due|scheduled|expected|set\sto|going\sto|(?:is|are)\sto|plan(?:s|ned)?\sto)"
)
_AHEAD_BEFORE = re.compile(rf"{_TO_COME}(?!\w)[^.;:!?]*+$", re.IGNORECASE)
_AHEAD_AFTER = re.compile(rf"[^.,;:!?]*?{_TO_COME}(?!\w)", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[.;:!?]\s+)(?:on\s|by\s|in\s|next\s)?$", re.IGNORECASE)
_AROUND = 100  # characters before and after a date in which the tense is looked for
# Months in a text without capitals; of "may" and "march", which are words too, those where a date stands.
_SMALL_MONTH = re.compile(
    rf"(?<!\w)(?:{'|'.join(name for name in MONTHS if name not in ('march', 'may'))}"
    r"|(?:(?<=\bin )|(?<=\bof )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\bduring )|(?<=\d )|(?<=\d(?:st|nd|rd|th) ))"
    r"(?:march|may(?!\s(?:have|be)\b))|(?:march|may)(?=\s\d))(?!\w)"
)
_SMALL_WEEKDAY = re.compile(rf"(?<!\w)(?:{'|'.join(WEEKDAYS)})(?!\w)")

_PRECISIONS: dict[str, Precision] = {
    **dict.fromkeys(("second", "minute", "hour", "noon", "midnight"), "time"),
    **dict.fromkeys(("week", "weekend"), "week"),
    **dict.fromkeys(("month", "quarter", "spring", "summer", "autumn", "fall", "winter"), "month"),
    **dict.fromkeys(("year", "decade", "century"), "year"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time of day, as far as a text says it.

    Attributes:
        said: what it says; two of "March 5-7" and "2011-18", the first and the last.
        first, last: the days that it stands for, both included; None where it is a time of day alone, there is no such
            day, or the day of writing is needed and not known.
        precision: of "March 2031" it is "month", though it has a first and a last day.
        relation: how the words before put it: the days "since", "until", "before" or "after" it, or what is known
            "as of" it. "by" is "until", and "from" is "since".
    """

    start: int
    end: int
    text: str
    said: tuple[DateParts, ...]
    first: dt.date | None
    last: dt.date | None
    precision: Precision
    relation: Relation

    @property
    def exists(self) -> bool:
        """Whether the calendar has it: "31 February" it has not."""
        return all(parts.exists for parts in self.said)

    @property
    def is_bare_year(self) -> bool:
        """Whether it is a year alone, which may be a number of things after all."""
        return all([name for name, _ in parts.said()] == ["year"] for parts in self.said)

    @property
    def is_counted(self) -> bool:
        """Whether its number counts days or years, as in "three days ago", and is a quantity as well."""
        return any(c.isdigit() for c in self.said[0].relative or "")


def moments(text: str, written_on: dt.date | None = None) -> list[Moment]:
    """The dates and times of a text, in order; none overlaps another.

    Args:
        written_on: the day of the article; of a question the day on which it is asked.
    """
    capital = text if any(c.isupper() for c in text) else _with_capitals(text)
    matches: list[re.Match[str]] = []
    taken = bytearray(len(text))
    for form in FORMS:
        for match in form.finditer(capital):
            start, end = match.span()
            if end > start and not any(taken[start:end]) and _is_counted(match):
                taken[start:end] = b"\1" * (end - start)
                matches.append(match)
    found: list[Moment] = []
    named = None
    for match in sorted(matches, key=re.Match.start):
        moment = _moment(match, text, written_on, named)
        named = moment.last if moment.precision == "day" and moment.last else named
        found.append(moment)
    return found


def _with_capitals(text: str) -> str:
    """A text without capitals with those of months and weekdays, as long as before."""
    for names in (_SMALL_MONTH, _SMALL_WEEKDAY):
        text = names.sub(lambda match: match[0].capitalize(), text)
    return text


def _is_counted(match: re.Match[str]) -> bool:
    """Whether what stands before "days ago" is a number; "some days ago" does not say which day it was."""
    count = match.groupdict().get("count")
    return count is None or _counted(count).isdecimal()


def _moment(match: re.Match[str], text: str, written_on: dt.date | None, named: dt.date | None) -> Moment:
    start, end = match.span()
    before = text[max(0, start - _AROUND) : start]
    side = _SIDE.search(before)
    seen = Seen(written_on, named, side[1].lower() if side else "", _is_ahead(before, text[end : end + _AROUND]))
    said = tuple(_read(match))
    days = [days_of(parts, seen) for parts in said]
    if len(days) == 2 and days[0] and days[1] and days[0].first > days[1].last:  # "from 28 December to 3 January"
        days[0] = days_of(said[0], replace(seen, written_on=days[1].last))
    first, last = days[0], days[-1]
    return Moment(
        start,
        end,
        text[start:end],
        said,
        first.first if first and last else None,
        last.last if first and last else None,
        _precision(said[0]),
        _relation(before),
    )


def _relation(before: str) -> Relation:
    return next((relation for relation, form in _RELATED if form.search(before)), "")


def _is_ahead(before: str, after: str) -> bool:
    """Whether the words around a date say that it is still to come: "will open on Monday", "On Monday it will"."""
    return bool(_AHEAD_BEFORE.search(before) or (_OPENING.search(before) and _AHEAD_AFTER.match(after)))


def _read(match: re.Match[str]) -> Iterator[DateParts]:
    """What a match says; two of "March 5-7" and "2011-18"."""
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    parts = _parts(said)
    yield parts
    if "last" in said:
        yield replace(parts, day=int(said["last"]))
    if "until" in said:
        until = said["until"]
        yield DateParts(year=int(until if len(until) == 4 else said["year"][:2] + until))


def _parts(said: dict[str, str]) -> DateParts:
    parts: dict[str, int | str] = {name: int(said[name]) for name in ("year", "day", "decade") if name in said}
    if "number" in said:
        parts["month"] = int(said["number"])
    if "month" in said:
        parts["month"] = number_of(said["month"], MONTHS)
    if "weekday" in said:
        parts["weekday"] = number_of(said["weekday"], WEEKDAYS)
    if "hour" in said:
        parts["hour"], parts["minute"] = _clock(said)
    if "relative" in said:
        parts["relative"] = _counted(said["relative"])
    for name in ("written", "season"):
        if name in said:
            parts[name] = " ".join(said[name].lower().split())
    return DateParts(**parts)  # type: ignore[arg-type]


def _counted(relative: str) -> str:
    """In small letters, with a number in digits: "Three days ago" is "3 days ago", and "a day ago" is "1 day ago"."""
    words = relative.lower().split()
    for at, word in enumerate(words):
        number = (1, 1) if word in ("a", "an") else cardinal(word.split("-"))
        if number:
            words[at] = str(number[0])
    return " ".join(words)


def _clock(said: dict[str, str]) -> tuple[int, int]:
    """Hour and minute on the 24-hour clock."""
    hour = int(said["hour"])
    if "half" in said:
        hour = hour % 12 + (12 if said["half"] == "p" else 0)
    return hour, int(said.get("minute", "0"))


def _precision(parts: DateParts) -> Precision:
    if parts.day or parts.weekday or parts.written:
        return "day"
    if parts.month or parts.season:
        return "month"
    if parts.year or parts.decade:
        return "year"
    words = (parts.relative or "hour").split()
    return next((unit for word in words if (unit := _PRECISIONS.get(word.removesuffix("s")))), "day")
