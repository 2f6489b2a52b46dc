"""Days that a question names by what happened on them: "since the strike began", "between the vote and the recount"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from assistant.answering.asked import Asked
from assistant.answering.period import told_between
from assistant.reader import Candidate, Reader
from index import Search
from index.language.moments import moments
from index.language.words import content_words

_BETWEEN = re.compile(
    r"(?<!\w)(?:between|from)\s(?P<first>.{3,80}?)\s(?:and|to|until|till)\s(?P<last>.{3,80}?)\W*$", re.I
)
_ONE = re.compile(r"(?<!\w)(?P<how>since|after|following|before|until|till|up\sto)\s(?P<event>.{3,80}?)\W*$", re.I)
_DAY = dt.timedelta(days=1)
_FOUND, _DEPTH = 10, 100  # passages that are read for a day, and that are looked at for them
_NEARLY = 2.0  # how far below the best score another sentence that tells the day may be


def bounded(asked: Asked, search: Search, reader: Reader) -> Asked:
    """The question with the days that it is limited to by events, where articles say when these were.

    Args:
        asked: the question, of the whole of something.
        search: finds the passages that tell of an event.
        reader: reads the days in them.
    """
    if asked.period is not None or asked.form != "timeline":
        return asked
    first = last = None
    two, one = _BETWEEN.search(asked.text), _ONE.search(asked.text)
    if two:
        first, last = (_day_of(two[name], asked, search, reader) for name in ("first", "last"))
        if first and last and first > last:
            return asked
    elif one:
        day = _day_of(one["event"], asked, search, reader)
        how = one["how"].lower()
        first = day if how in ("since", "after", "following") else None
        if day is not None and first is None:
            last = day - _DAY if how == "before" else day
    return asked if first is None and last is None else replace(asked, period=told_between(first, last))


def _day_of(event: str, asked: Asked, search: Search, reader: Reader) -> dt.date | None:
    """The day that the best of the sentences name which say when something was."""
    if not content_words(event) or moments(event):
        return None
    hits = search.find(event, among=asked.among, near=asked.day, limit=_FOUND, depth=_DEPTH)
    reading = reader.read(f"What day was {event}?", hits)
    if reading.confidence < reader.threshold:
        return None
    top = reading.candidates[0].score
    days = (_day_in(one) for one in reading.candidates if one.score >= top - _NEARLY)
    return next((day for day in days if day is not None), None)


def _day_in(candidate: Candidate) -> dt.date | None:
    """The day among the words of a sentence that answer best."""
    start, end = candidate.marked or (0, 0)
    named = [
        each.first
        for each in moments(candidate.text, candidate.article.date)
        if each.first == each.last and start <= each.start < end
    ]
    return named[0] if named else None
