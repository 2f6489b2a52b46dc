"""The days that a text names only as seen from the day it was written on, where there is no doubt which they are.

"on Monday", "yesterday" and "two days ago" mean something else to who reads them later. Where a tense cannot be told,
as in "closed the school for Tuesday", nothing is said: a wrong day would be worse than none.
"""

from __future__ import annotations

import datetime as dt
import re

from index.language.moments import Moment, moments

_ON = re.compile(r"(?<!\w)(?:on|since)\s$", re.IGNORECASE)
_DONE = re.compile(
    r"(?<!\bbe )(?<!\bbeen )(?<!\w)(?:\w{2,}ed|said|told|took|met|held|won|made|began|went)\s(?:\w+\s){0,2}?on\s$"
)
# Before a day that may still be to come: "can vote on Sunday", "was due on Thursday", "work begins again on Monday".
_OPEN = re.compile(
    r"(?<!\w)(?:can|may|might|must|should|could|hopes?|hoping|expect(?:s|ed|ing)?|due|set|if|unless|when|planned|plans?|"
    r"begins?|starts?|opens?|reopens?|closes?|ends?|meets?|holds?|votes?|announces?|faces?|goes|to)(?!\w)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.;!?]")
_AROUND = 100  # characters before a day in which the tense is looked for
_WEEK = dt.timedelta(days=7)


def seen_days(text: str, written_on: dt.date) -> list[tuple[int, int, dt.date]]:
    """Where such days stand in a text, and which they are."""
    return [
        (each.start, each.end, each.first)
        for each in moments(text, written_on)
        if each.first and each.first == each.last and _is_sure(each, text, written_on)
    ]


def _is_sure(moment: Moment, text: str, written_on: dt.date) -> bool:
    """Whether it is named by the day of writing alone, and the words around leave no other day."""
    (parts, *more) = moment.said
    named = {name for name, _ in parts.said()}
    if more or moment.precision != "day" or not (named == {"weekday"} or named == {"relative"}):
        return False
    if named == {"relative"} or moment.first == written_on:
        return True
    before = text[max(0, moment.start - _AROUND) : moment.start]
    if moment.first is None or abs(moment.first - written_on) >= _WEEK or not _ON.search(before):
        return False
    if moment.first > written_on:
        return not _DONE.search(before)
    return not _OPEN.search(_STOP.split(before)[-1])
