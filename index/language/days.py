"""Which days a date in words stands for: by itself, or as seen from the day on which it was written."""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from index.language.calendar import Days, month, months_on, season, week, year

_AHEAD = dt.timedelta(days=122)
"""How far a day without a year may lie ahead: articles tell of what was, and announce for some months."""

_FAR_AHEAD = dt.timedelta(days=330)
"""The same, where the words say that it is still to come."""

_DAY = dt.timedelta(days=1)
_COUNTED = re.compile(r"(?:(?P<side>last|past|previous|next) )?(?P<number>\d+) (?P<unit>[a-z]+?)s?(?: (?P<way>\w+))?$")
_NAMED = re.compile(r"(?P<side>last|past|previous|this|next|earlier this|later this|the) (?P<unit>[a-z]+)$")
_SIDES = {"last": -1, "past": -1, "previous": -1, "next": 1}
_LATE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "the day before yesterday": -2}
_LATE |= {"the day after tomorrow": 2}
_AFTER_NAMED = {"the day before": -1, "the day after": 1, "next day": 1, "previous day": -1}


@dataclass(frozen=True, slots=True)
class DateParts:
    """What a date or time in words says, and nothing else: of "Monday, 5 March" the weekday, the day and the month.

    Attributes:
        year, month, day, hour, minute: as numbers, the hour on the clock of 24.
        weekday: 1 for Monday.
        decade: its first year.
        season: in small letters.
        relative: what depends on the day of writing, in small letters with numbers as digits: "3 days ago".
        written: a date of which nothing tells the day from the month, as it is written: "3/5/2024".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    hour: int | None = None
    minute: int | None = None
    decade: int | None = None
    season: str | None = None
    relative: str | None = None
    written: str | None = None

    def said(self) -> Iterator[tuple[str, int | str]]:
        """The parts that it says, by name."""
        return ((each.name, value) for each in fields(self) if (value := getattr(self, each.name)) is not None)

    def stands_in(self, other: DateParts) -> bool:
        """Whether the other says all that this one says: "March 2024" stands in "5 March 2024"."""
        return all(getattr(other, name) == value for name, value in self.said())

    @property
    def exists(self) -> bool:
        """Whether there is such a day: 31 February is none, nor is 29 February 2031."""
        return not self.month or not self.day or self.day <= gregorian.monthrange(self.year or 2000, self.month)[1]


@dataclass(frozen=True, slots=True)
class Seen:
    """From where a date in words is seen.

    Attributes:
        written_on: the day on which it was written; None where nobody knows.
        named: the last day that was named before, from which "the day before" is counted.
        side: "last", "next" or "this", where it stands before a weekday or a month; else "".
        ahead: whether the words say that it is still to come: "will open on Monday".
    """

    written_on: dt.date | None = None
    named: dt.date | None = None
    side: str = ""
    ahead: bool = False


def days_of(parts: DateParts, seen: Seen) -> Days | None:
    """The days that a date stands for; None where it is a time of day alone, no day, or not known without more."""
    try:
        return _days_of(parts, seen)
    except (ValueError, OverflowError):  # no such day, or beyond the calendar
        return None


def _days_of(parts: DateParts, seen: Seen) -> Days | None:
    if parts.written:
        return _told_apart(parts.written)
    if parts.decade:
        return year(parts.decade, 10)
    if parts.year:
        if parts.month:
            first = dt.date(parts.year, parts.month, parts.day or 1)
            return Days(first, first) if parts.day else month(first)
        return season(parts.season, parts.year) if parts.season else year(parts.year)
    if seen.written_on is None:
        return None
    if parts.relative:
        return _relative(parts.relative, seen.written_on, seen)
    if parts.month:
        return _without_year(parts, parts.month, seen.written_on, seen)
    return _weekday(parts.weekday, seen.written_on, seen) if parts.weekday else None


def _without_year(parts: DateParts, number: int, today: dt.date, seen: Seen) -> Days | None:
    """The latest such day or month that is not too far ahead; with its weekday, that of the years around, if any."""
    found = []
    for a_year in range(today.year + 1, max(0, today.year - 9), -1):
        try:
            first = dt.date(a_year, number, parts.day or 1)
        except ValueError:  # 29 February
            continue
        found.append(Days(first, first) if parts.day else month(first))
    limit = today + (_FAR_AHEAD if seen.ahead or seen.side == "next" else _AHEAD)
    if seen.side == "last":
        limit = today - _DAY if parts.day else month(today).first - _DAY
    elif seen.side == "next" and (ahead := [days for days in found if days.first > today]):
        return ahead[-1]
    near = [days for days in found if days.first <= limit]
    fit = [days for days in near if abs((days.first - today).days) < 500 and days.first.isoweekday() == parts.weekday]
    return next(iter(fit or near), None)


def _weekday(number: int, today: dt.date, seen: Seen) -> Days:
    back = (today.isoweekday() - number) % 7
    if seen.side == "next":
        day = week(today).first + dt.timedelta(days=6 + number)
    elif seen.side == "this":
        day = week(today).first + dt.timedelta(days=number - 1)
    elif seen.side == "last":
        day = today - dt.timedelta(days=back or 7)
    else:
        day = today + dt.timedelta(days=-back % 7) if seen.ahead else today - dt.timedelta(days=back)
    return Days(day, day)


def _relative(words: str, today: dt.date, seen: Seen) -> Days | None:
    if words in _LATE or words in _AFTER_NAMED:
        base = today if words in _LATE else seen.named or today
        day = base + (_LATE | _AFTER_NAMED)[words] * _DAY
        return Days(day, day)
    if match := _COUNTED.match(words):
        return _counted(int(match["number"]), match["unit"], match["side"], match["way"], today, seen)
    match = _NAMED.match(words)
    return _named(match["side"], match["unit"], today, seen) if match else None


def _counted(number: int, unit: str, side: str | None, way: str | None, today: dt.date, seen: Seen) -> Days | None:
    """Such as "3 days ago", "2 weeks later" and "last 3 days"."""
    if unit not in ("day", "week", "month", "year"):
        return None
    if side:
        other = _moved(today, _SIDES[side] * number, unit)
        return Days(min(today, other), max(today, other))
    base = today if way == "ago" else seen.named or today
    day = _moved(base, number if way == "later" else -number, unit)
    if unit == "day":
        return Days(day, day)
    return {"week": week, "month": month}[unit](day) if unit != "year" else year(day.year)


def _moved(day: dt.date, number: int, unit: str) -> dt.date:
    if unit in ("day", "week"):
        return day + number * (7 if unit == "week" else 1) * _DAY
    first = months_on(day, number * (12 if unit == "year" else 1))
    return first.replace(day=min(day.day, month(first).last.day))


def _named(side: str, unit: str, today: dt.date, seen: Seen) -> Days | None:
    """Such as "last week", "earlier this year", "next summer" and "last night"."""
    step = _SIDES.get(side, 0)
    days: Days | None = None
    if unit in ("night", "morning", "afternoon", "evening"):
        days = Days(today + step * _DAY, today + step * _DAY)
    elif side == "past" and unit in ("week", "month", "year"):
        return Days(_moved(today, -1, unit), today)
    elif unit == "week":
        days = week(today + 7 * step * _DAY)
    elif unit == "weekend":
        days = _weekend(side, today, seen)
    elif unit == "month":
        days = month(months_on(today, step))
    elif unit == "quarter":
        days = month(months_on(today, 3 * step - (today.month - 1) % 3), 3)
    elif unit == "year":
        days = year(today.year + step)
    elif unit in ("spring", "summer", "autumn", "fall", "winter"):
        days = _season(unit, step, today)
    if days and side == "earlier this":
        return Days(days.first, today)
    return Days(today, days.last) if days and side == "later this" else days


def _weekend(side: str, today: dt.date, seen: Seen) -> Days:
    saturday = week(today).first + 5 * _DAY
    if side in ("last", "past", "previous") or (side == "the" and not seen.ahead and today.isoweekday() < 6):
        saturday -= 7 * _DAY
    elif side == "next":
        saturday += 7 * _DAY
    return Days(saturday, saturday + _DAY)


def _season(name: str, step: int, today: dt.date) -> Days:
    around = [season(name, number) for number in range(today.year - 2, today.year + 2)]
    if step < 0:
        return [days for days in around if days.last < today][-1]
    if step > 0:
        return next(days for days in around if days.first > today)
    return next(days for days in around if days.last >= today)


def _told_apart(written: str) -> Days | None:
    """Such as "20/3/2031" and "20.3.31"; of "4/7/2017" nobody can say which day it is."""
    first, second, end = (int(number) for number in re.split(r"[/.]", written))
    if "/" in written and first <= 12 and second <= 12 and first != second:
        return None
    day, number = (second, first) if second > 12 else (first, second)
    found = dt.date(end + (0 if end > 99 else 2000 if end < 70 else 1900), number, day)
    return Days(found, found)
