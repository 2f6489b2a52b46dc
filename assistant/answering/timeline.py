"""A story day by day: for each day one or two sentences, verbatim, oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.answering.briefing import SAME, Telling, oldest_first, worth
from assistant.answering.days import day_told, is_background
from index import Embedding

_DAYS = 12
_A_DAY = 2
_SECOND = 0.5  # how far below the day's best sentence another one may be


def day_by_day(tellings: Sequence[Telling], embedding: Embedding) -> dict[Telling, dt.date | None]:
    """The sentences of a timeline, each with the day that it is about, oldest first; those without any day last.

    Args:
        tellings: all that there are to choose from.
        embedding: says how alike two of them are.
    """
    alone = [each for each in tellings if not each.leans] or tellings
    valued, alike = worth([each for each in alone if not is_background(each.article, each.sentence)], embedding)
    days: dict[dt.date | None, list[Telling]] = {}
    shown: list[Telling] = []
    for each in sorted(valued, key=lambda each: -valued[each]):
        day = day_told(each.article, each.sentence) or each.article.date
        there = days.get(day, [])
        if any(alike(each, other) >= SAME for other in shown):
            continue
        if there and (len(there) >= _A_DAY or valued[each] < valued[there[0]] - _SECOND):
            continue
        if not there and len(days) >= _DAYS:
            continue
        days.setdefault(day, []).append(each)
        shown.append(each)
    ordered = sorted(days, key=lambda day: day or dt.date.max)
    return {each: day for day in ordered for each in oldest_first(days[day])}
