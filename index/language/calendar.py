"""Months, weekdays and seasons by name, and how dates and times are written in English, as patterns."""

from __future__ import annotations

import datetime as dt
import re
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


_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![\w])"
)
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:]\d)"
_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)(?!\w|[.,:]\d)"
_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b"
_DAY_END = r"(?:\s?(?:-|–|to|and)\s?(?P<last>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:]\d))?"
_COUNT = r"(?P<count>\d{1,3}|[a-z]{3,9}(?:-[a-z]{3,5})?)"
_UNIT = r"(?:second|minute|hour|day|week|month|year)s?"

FORMS = [
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
        rf"(?:(?<![\w.,$€£:-])|(?<=\bmid-)|(?<=\bearly-)|(?<=\blate-))(?:(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s(?:of\s)?)?{_YEAR}(?!%)",
        rf"\b{_WEEKDAY}",
        rf"(?:(?<=\bin )|(?<=\bIn )|(?<=\bof )|(?<=\bby )|(?<=\bsince )|(?<=\bSince )|(?<=\buntil )|(?<=\bfrom )"
        rf"|(?<=\bto )|(?<=\blast )|(?<=\bLast )|(?<=\bnext )|(?<=\bthis )|(?<=\bearly )|(?<=\blate )|(?<=\bmid-)"
        rf"|(?<=\bthrough )|(?<=\bduring )|(?<=\bon )|(?<=\bsaid )){_MONTH}",
        r"(?<!\w)(?P<month>January|February|April|June|July|August|September|October|November|December)(?!\w)",
        rf"(?<![\w.,-])(?P<relative>(?i:{_COUNT}\s{_UNIT}\s(?:ago|earlier|later)))(?!\w)",
        rf"(?<!\w)(?P<relative>(?i:(?:last|past|previous|next)\s{_COUNT}\s{_UNIT}))(?!\w)",
        r"(?<!\w)(?P<relative>(?i:the\sday\s(?:before\syesterday|after\stomorrow|(?:before|after)(?=[.,;:!?]|$))))(?!\w)",
        r"\b(?P<relative>(?i:yesterday|today|tonight|tomorrow|noon|midnight"
        r"|(?:last|this|next|past|previous|earlier\sthis|later\sthis)\s"
        r"(?:second|minute|hour|day|night|morning|afternoon|evening|week|weekend|month|year|quarter|decade|century"
        r"|spring|summer|autumn|fall|winter)s?"
        r"|(?:(?<=\bat )|(?<=\bover )|(?<=\bon )|(?<=\bduring ))the\sweekend"
        r"|an?\s(?:second|minute|hour|day|week|month|year|decade|century)\s(?:ago|earlier|later)))\b",
    )
]
"""Of two that match the same place the earlier one holds: "5 March 2031" is no "2031"."""
