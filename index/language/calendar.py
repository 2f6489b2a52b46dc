"""Months, weekdays and seasons by name, and the days that a month, a week or a season has."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # of the northern half of the world


class Days(NamedTuple):
    """The days from `first` to `last`, both of them included."""

    first: dt.date
    last: dt.date


def number_of(name: str, names: list[str]) -> int:
    """The position, from 1 on, of the month or weekday whose name, whole or short, this is: "Sept." is 9."""
    start = name.lower().rstrip(".")[:3]
    return next(number for number, full in enumerate(names, start=1) if full.startswith(start))


def months_on(day: dt.date, number: int) -> dt.date:
    """The first day of the month that is `number` months after that of a day (before it, where negative).

    Raises:
        ValueError: the calendar does not go that far.
    """
    months = 12 * day.year + day.month - 1 + number
    return dt.date(months // 12, months % 12 + 1, 1)


def month(day: dt.date, count: int = 1) -> Days:
    """The month of a day, or as many months from it on."""
    return Days(day.replace(day=1), months_on(day, count) - dt.timedelta(days=1))


def week(day: dt.date) -> Days:
    """The week of a day, Monday to Sunday."""
    monday = day - dt.timedelta(days=day.weekday())
    return Days(monday, monday + dt.timedelta(days=6))


def year(number: int, count: int = 1) -> Days:
    """A year, or as many years from it on."""
    return Days(dt.date(number, 1, 1), dt.date(number + count - 1, 12, 31))


def season(name: str, number: int) -> Days:
    """The three months of a season that begins in a year: winter ends in the next."""
    return month(dt.date(number, _SEASONS[name], 1), 3)
