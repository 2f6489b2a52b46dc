"""Figures change from day to day: of several that answer a question nearly as well, the newest goes first.

"How many people died?" has an answer in every article about a flood, and the first reports have the round words that a
Reader likes best. The earlier figure is still shown, after the newest, so that one can see that it changed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from assistant.reader import Candidate, Reading
from assistant.reader.protocol import MOST_SHOWN
from index.language.moments import moments
from index.language.numbers import Quantity, quantities

__all__ = ["newest_first"]

_FIXED = {"year", "month", "day", "weekday", "decade", "season"}
_ASKS_NUMBER = re.compile(
    r"""\b(?: how\s(?:many|much|old|long|far|big|large|high|tall|often|fast)
            | (?:what|which)\s(?:percent\w*|number|share|proportion|fraction)
            | (?:number|percentage|share)\sof
            | death\stoll )\b""",
    re.X | re.I,
)
_AGE = re.compile(r"(?<!\d),\s*\d{1,3},(?!\d)")  # "Hanne Corvin, 34, a nurse"; not in "14,000, the UN said"


def newest_first(question: str, reading: Reading, asked_on: dt.date | None = None) -> Reading:
    """The reading with the newest figure before the one that the Reader likes best, and both of them shown.

    Only for a question that wants a number and names no day. A newer figure is another number of the same things, from
    an article of a later day; both days must be known. The confidence stays that of the sentence the Reader likes best.

    Args:
        question: with all that the conversation says of it.
        reading: what the Reader made of the passages.
        asked_on: the day of the question; articles of later days do not count.
    """
    if not reading.candidates or not _ASKS_NUMBER.search(question) or _names_a_day(question):
        return reading
    first = reading.candidates[0]
    day, figure = first.article.date, _figure(first)
    if day is None or figure is None:
        return reading
    newest, newest_day = None, day
    for one in reading.candidates[1:]:
        if one.score < first.score - reading.nearly:
            break
        other_day = one.article.date
        if other_day is None or other_day <= newest_day or (asked_on is not None and other_day > asked_on):
            continue
        other = _figure(one)
        if other is not None and _counts_the_same(figure, other) and other.value != figure.value:
            newest, newest_day = one, other_day
    if newest is None:
        return reading
    place = reading.candidates.index(newest)
    rest = (*reading.candidates[:place], *reading.candidates[place + 1 :])
    shown = reading.shown + (place >= reading.shown)
    return replace(reading, candidates=(replace(newest, score=first.score), *rest), shown=min(shown, MOST_SHOWN))


def _counts_the_same(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are of one unit and, where both say what they count, of one thing: not people and homes."""
    same_thing = not one.counted or not other.counted or bool(one.counted & other.counted)
    return one.unit == other.unit and same_thing


def _names_a_day(question: str) -> bool:
    return any(name in _FIXED for moment in moments(question) for parts in moment.said for name, _ in parts.said())


def _figure(candidate: Candidate) -> Quantity | None:
    """The first number of the marked words, if it is no age."""
    if candidate.span is None:
        return None
    text, (start, end) = candidate.text, candidate.span
    if any(age.start() < end and start < age.end() for age in _AGE.finditer(text)):
        return None
    found = [each for each in quantities(text[start:end], years=True) if each.unit != "ordinal"]
    return found[0] if found else None
