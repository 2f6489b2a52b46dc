"""Reading a day as people and programs write it, and only where it can mean no other day."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

__all__ = ["parse_date"]

_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_END = r"(?=$|[T\s,;(]|Z$|[+-]\d\d:\d\d$)"  # a time, a zone, or nothing, may follow
_WRITTEN = [
    re.compile(form + _END, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_WEEKDAY}{_DAY}(?:\s+of\s+|[\s-]+){_MONTH}(?:,?\s+|-){_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}",
    )
]
_TWO_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2{_YEAR}{_END}")


def parse_date(value: str) -> dt.date:
    """The day that a text begins with; a time after it is left alone, and so is a time zone.

    Read are ISO 8601 (`2024-11-30T08:00Z`, `20241130`), `2024/11/30`, `30 November 2024`, `30-NOV-2024`,
    `Nov. 30th, 2024`, with a weekday before them or not, and RFC 2822. Months are English.

    Of two numbers and a year, such as 30/11/2024, the day and the month are told apart where only one of them can be a
    month. 4/7/2017 is refused: it is one day in London and another in New York.

    Raises:
        ValueError: it is none of these, or could be two days; the message says which.
    """
    value = value.strip()
    for form in _WRITTEN:
        if match := form.match(value):
            named = match.groupdict()
            month = int(named["month"]) if "month" in named else _MONTHS[named["name"].lower()]
            return _day(int(match["year"]), month, int(match["day"]))
    if match := _TWO_NUMBERS.match(value):
        return _told_apart(int(match[1]), int(match[3]), int(match["year"]))
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        raise ValueError("is no day that can be read") from None


def _told_apart(first: int, second: int, year: int) -> dt.date:
    days = set()
    for day, month in ((first, second), (second, first)):
        try:
            days.add(dt.date(year, month, day))
        except ValueError:
            continue
    if len(days) > 1:
        raise ValueError("is one day in London and another in New York")
    if not days:
        raise ValueError("is a day that never was")
    return days.pop()


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError("is a day that never was") from None
