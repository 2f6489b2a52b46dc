"""Whether the dates and times of a statement stand in its sources.

"5 March" is "March 5th"; "March 2024" stands in "5 March 2024", but not the other way round. What depends on the day of
writing ("yesterday", "on Monday") says also the day that it stands for, where that day of writing is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from index.language.days import DateParts
from index.language.moments import moments
from index.language.text import parsed


def unsupported_dates(statement: str, sentences: Sequence[str], days: Sequence[dt.date | None] = ()) -> list[str]:
    """The dates and times of a statement of which no sentence has all that they say, as they are written in it.

    Args:
        statement: is checked.
        sentences: are cited.
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
    for moment in parsed(sentence).moments:
        yield from moment.said
    for moment in moments(sentence, written_on) if written_on else ():
        first, last = moment.first, moment.last
        if first and first == last:
            yield DateParts(first.year, first.month, first.day, weekday=first.isoweekday())
        elif first and last and (first.year, first.month) == (last.year, last.month):
            yield DateParts(first.year, first.month)
