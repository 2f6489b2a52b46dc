"""Reading a day as people and programs write it, where it can mean no other day, or other dates settle which."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path

from index.article import Article
from index.errors import AmbiguousDayWarning
from index.language.calendar import MONTHS

_MONTHS = {name: number for number, name in enumerate(MONTHS, start=1)}
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
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:\d{{4}}(?:\d\d)?)?",
        rf"{_WEEKDAY}{_DAY}(?:\s+of\s+|[\s-]+){_MONTH}(?:,?\s+|-){_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}",
        rf"{_DAY}(?P<dash>[-/]){_MONTH}(?P=dash)(?P<short>\d\d)",
        r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
    )
]
# Months in other languages: `6 mars 2031`, `lundi 6 mars 2031`, `6. März 2031`, `2031. március 6.`
_ABROAD = [
    re.compile(rf"\A{form}")
    for form in (
        r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})(?:er|º|ª|\.)?\s+(?:de\s+|d['’]\s*)?(?P<name>[^\W\d]+)\.?,?"
        rf"\s+(?:del?\s+)?{_YEAR}(?!\d)",
        rf"{_YEAR}\.?\s+(?:m\.\s+)?(?P<name>[^\W\d]+)\s+(?P<day>\d{{1,2}})(?!\d)",
    )
]
_LOCALES = "ar ar_SY bg ca cs da de el es et fa fi fr he hr hu id it lt lv nb nl pl pt ro ru sk sl sr sv tr uk".split()
_LONGEST = 100  # characters that are looked at; a day has a third of them, with weekday, time and zone
_TWO_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2{_YEAR}{_END}")
_TIME_BEFORE = re.compile(r"\A\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4}\b)?,?\s+(?=\S)", re.IGNORECASE)
_OF_A_FLOAT = re.compile(r"(?<=\A\d{8})\.0+\Z")  # what tables make of 20241130
_A_MONTH = re.compile(rf"{_MONTH},?\s+{_YEAR}$|\d{{4}}-\d\d$", re.IGNORECASE)
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?$")


class AmbiguousDayError(ValueError):
    """A text that is one day or another, by who wrote it."""


def parse_date(value: str, *, day_first: bool | None = None) -> dt.date:
    """The day that a text begins with; a time before or after it is left alone, and so is a time zone.

    Read are ISO 8601 (`2024-11-30T08:00Z`, `20241130`), `20241130080000`, `2024/11/30`, `30 November 2024`,
    `30-NOV-2024`, `30-Nov-24`, `Nov. 30th, 2024`, with a weekday before them or not, RFC 2822, `30 novembre 2024` and
    so on in thirty languages, `2024年11月30日`, `30.11.2024`, and seconds or milliseconds since 1970 (the day in UTC).

    Of two numbers and a year, such as 30/11/2024, the day and the month are told apart where only one of them can be a
    month, or by `day_first`. Else 4/7/2017 is refused: it is one day in London and another in New York.

    Args:
        day_first: which of the two comes first where this text comes from; None where that is not known.

    Raises:
        AmbiguousDayError: it could be two days.
        ValueError: it is none of these; the message says which.
    """
    value = _OF_A_FLOAT.sub("", _TIME_BEFORE.sub("", value.strip()[:_LONGEST]))
    for form in _WRITTEN:
        if match := form.match(value):
            named = match.groupdict()
            month = int(named["month"]) if "month" in named else _MONTHS[named["name"].lower()]
            return _day(_year(named), month, int(match["day"]))
    if match := _TWO_NUMBERS.match(value):
        # Between points, the day comes first wherever points are written.
        first = True if match[2] == "." else day_first
        return _told_apart(int(match[1]), int(match[3]), int(match["year"]), first)
    if match := _EPOCH.match(value):
        return _since_1970(match[1])
    if _A_MONTH.match(value):
        raise ValueError("is a month, and no day")
    if (abroad := _abroad(value)) is not None:
        return abroad
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        raise ValueError("is no day that can be read") from None


def day_first(value: str) -> bool | None:
    """Which of two numbers before a year is the day, where the text itself tells: it settles others of its source."""
    match = _TWO_NUMBERS.match(value.strip())
    if match is None or match[2] == "." or (int(match[1]) > 12) == (int(match[3]) > 12):
        return None
    return int(match[1]) > 12


def _year(named: dict[str, str]) -> int:
    if "short" not in named:
        return int(named["year"])
    return int(named["short"]) + (2000 if int(named["short"]) < 70 else 1900)


def _told_apart(first: int, second: int, year: int, day_first: bool | None) -> dt.date:
    pairs = {True: (first, second), False: (second, first)}
    days = {}
    for order, (day, month) in pairs.items():
        try:
            days[order] = dt.date(year, month, day)
        except ValueError:
            continue
    if not days:
        raise ValueError("is a day that never was")
    if len(set(days.values())) > 1:
        if day_first is None:
            raise AmbiguousDayError("is one day in London and another in New York")
        return days[day_first]
    return next(iter(days.values()))


def _since_1970(seconds: str) -> dt.date:
    """The day in UTC; of ten digits that are also a year, month, day and hour nothing is said."""
    if len(seconds) == 10 and int(seconds[:4]) >= 1900 and int(seconds[8:]) < 24:
        try:
            dt.date(int(seconds[:4]), int(seconds[4:6]), int(seconds[6:8]))
        except ValueError:
            pass
        else:
            raise ValueError("is no day that can be read")
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC).date()


def _abroad(value: str) -> dt.date | None:
    for form in _ABROAD:
        if (match := form.match(value)) and (month := _months_abroad().get(match["name"].casefold())):
            return _day(int(match["year"]), month, int(match["day"]))
    return None


@cache
def _months_abroad() -> dict[str, int]:
    """The months by their names, whole and short, in other languages, but for names that are two months in two."""
    from babel.dates import get_month_names

    found: dict[str, set[int]] = {}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    found.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1 and len(name) > 1}


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError("is a day that never was") from None


Orders = Mapping[str, bool | None]
"""Whether the day comes before the month, by source; None where its dates contradict each other."""


def what_dates_tell(articles: Iterable[Article]) -> dict[str, bool | None]:
    """What the dates of some articles tell of the others of their sources; "" stands for all of them."""
    found: dict[str, set[bool]] = {}
    for article in articles:
        is_day_first = day_first(article.written_date)
        if is_day_first is not None:
            for source in {article.source or "", ""}:
                found.setdefault(source, set()).add(is_day_first)
    return {source: next(iter(orders)) if len(orders) == 1 else None for source, orders in found.items()}


def settle(articles: Iterable[Article], orders: Orders) -> list[Article]:
    """The articles, with a day where what their source writes, or else the whole file (""), tells which it is."""
    return [_settled(article, orders) for article in articles]


def warning(path: Path, articles: Iterable[Article]) -> AmbiguousDayWarning | None:
    """That the days of some articles of a file are not settled, said once; None if they are."""
    open_ = [article.written_date for article in articles if in_doubt(article)]
    if not open_:
        return None
    several = f" in one of {len(open_)} articles" if len(open_) > 1 else ""
    return AmbiguousDayWarning(
        str(path),
        f"`date` is {open_[0][:60]!r}{several}, which is one day in London and another in New York; indexed without a "
        "date. Write it as YYYY-MM-DD.",
    )


def _settled(article: Article, orders: Orders) -> Article:
    if not in_doubt(article):
        return article
    source = article.source or ""
    order = orders[source] if source in orders else orders.get("")
    if order is None:
        return article
    return replace(article, date=parse_date(article.written_date, day_first=order))


def in_doubt(article: Article) -> bool:
    """Whether an article has no day because what its file writes could be two."""
    if article.date is not None or not article.written_date:
        return False
    try:
        parse_date(article.written_date)
    except AmbiguousDayError:
        return True
    except ValueError:
        return False
    return False
