"""Whether the numbers, dates and times of a statement stand in its sources, and count there what they count in it.

"5 March" is "March 5th"; "March 2024" stands in "5 March 2024", but not the other way round. What depends on the day of
writing ("yesterday", "last week") is compared as it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from index.language.days import DateParts
from index.language.moments import moments
from index.language.numbers import Quantity
from index.language.numerals import GROUPS, READ_SIGNS, SHARE, tokens
from index.language.text import parsed


def unsupported_numbers(statement: str, sentences: Sequence[str]) -> list[str]:
    """The numbers of a statement that stand in none of the sentences, as they are written in the statement."""
    there = _of_sources(sentences)
    groups = {GROUPS[piece.text] for sentence in sentences for piece in tokens(sentence) if piece.text in GROUPS}
    missing = [
        statement[number.start : number.end]
        for number in parsed(statement).quantities
        if not any(_same(number, other) for other in there)
        and not (number.value in groups and number.second is None and not number.unit)  # "both recorders" are two
    ]
    return [*missing, *_unread(statement, sentences), *_groups(statement, sentences, there)]


def mispaired(statement: str, sentences: Sequence[str]) -> list[str]:
    """The numbers of a statement that count what, in the sentences, another number counts: "301 civilians" where the
    source has 301 people killed and 28 civilians.
    """
    there = _of_sources(sentences)
    found = []
    for number in parsed(statement).quantities:
        same = [other for other in there if _same(number, other)]
        if not number.counted or not same or any(number.counted & other.counted or not other.counted for other in same):
            continue
        if any(number.counted & other.counted and other.unit == number.unit for other in there):
            found.append(statement[number.start : number.end])
    return found


def _of_sources(sentences: Sequence[str]) -> list[Quantity]:
    """The numbers of the sentences, read both with and without years: "1000/001" is a share or a year and a number, as
    the year is counted or not, and what a statement is read as must be found in its own text.
    """
    return [each for text in map(parsed, sentences) for each in (*text.countable, *text.quantities)]


def _unread(statement: str, sentences: Sequence[str]) -> list[str]:
    """Signs of numbers that are not read as numbers, such as Ⅻ, ⁴ and 四, and that no sentence has as they are."""
    signs = dict.fromkeys(c for c in statement if c.isnumeric() and not c.isdecimal() and c not in READ_SIGNS)
    return [sign for sign in signs if not any(sign in sentence for sentence in sentences)]


def _groups(statement: str, sentences: Sequence[str], there: Sequence[Quantity]) -> list[str]:
    """Words such as "both" and "trio" of a statement, where the sentences have neither the word nor the number."""
    words = {piece.text for sentence in sentences for piece in tokens(sentence)}
    return [
        piece.text
        for piece in tokens(statement)
        if piece.text in GROUPS
        and piece.text not in words
        and not any(other.value == GROUPS[piece.text] and other.second is None and not other.unit for other in there)
    ]


_NOT_BARE = frozenset({SHARE, "ordinal", "vague", "change", "$", "€", "£"})
_TIMES = {
    **{unit: ("hour", hours) for unit, hours in (("hour", 1), ("day", 24), ("week", 7 * 24))},
    **{unit: ("month", months) for unit, months in (("month", 1), ("year", 12), ("decade", 120), ("century", 1200))},
}
"""How many of the smallest one a unit of time always has: a month has no number of days of its own."""


def _same(number: Quantity, other: Quantity) -> bool:
    return (
        ((number.value, number.second) == (other.value, other.second))
        and (number.unit == other.unit or _is_bare(number, other) or _is_bare(other, number))
    ) or (number.second is None and other.second is None and _as_long(number, other))


def _is_bare(number: Quantity, other: Quantity) -> bool:
    """Whether a number says nothing of what it counts, and the other no share, sum of money or the like, which never is
    a bare number: "aged 14" is "14-year-old".
    """
    return not number.unit and not number.counted and other.unit not in _NOT_BARE


def _as_long(number: Quantity, other: Quantity) -> bool:
    """Whether both are the same time in other units: two weeks are 14 days."""
    if number.unit not in _TIMES or other.unit not in _TIMES:
        return False
    (unit, one), (of, another) = _TIMES[number.unit], _TIMES[other.unit]
    return unit == of and number.value * one == other.value * another


def unsupported_dates(statement: str, sentences: Sequence[str], days: Sequence[dt.date | None] = ()) -> list[str]:
    """The dates and times of a statement of which no sentence has all that they say, as they are written in it.

    Args:
        days: of each sentence the day on which it was written, as far as it is known.
    """
    there = [parts for sentence, day in zip_longest(sentences, days) for parts in _said(sentence, day)]
    missing = [
        moment.text
        for moment in parsed(statement).moments
        if not all(any(parts.stands_in(other) for other in there) for parts in moment.said)
    ]
    return list(dict.fromkeys(missing))


def _said(sentence: str, written_on: dt.date | None) -> Iterator[DateParts]:
    """What the dates of a sentence say, and the days that they stand for."""
    for moment in moments(sentence, written_on) if written_on else parsed(sentence).moments:
        yield from moment.said
        first, last = (moment.first, moment.last) if written_on else (None, None)
        if first and first == last:
            yield DateParts(first.year, first.month, first.day, weekday=first.isoweekday())
        elif first and last and (first.year, first.month) == (last.year, last.month):
            yield DateParts(first.year, first.month)
