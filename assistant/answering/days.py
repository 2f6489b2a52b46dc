"""The days that a sentence is about: those that it names, as seen from its article's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from assistant.answer import Period
from assistant.reader import Reading
from index import Article, Sentence
from index.language.moments import Moment, moments

_NEARLY = 2.0  # how far below the best score a sentence of the day may be. Not measured.
_MONTH = dt.timedelta(days=31)
_BEGINNING = 300  # characters
_LONG_AGO = dt.timedelta(days=90)


def day_told(article: Article, sentence: Sentence) -> dt.date | None:
    """The last day that a sentence names up to that of its article; None where it names none.

    What is announced for a later day was said on the day of the article.
    """
    named = [
        each.last
        for each in _days(article, sentence)
        if each.precision == "day" and each.first == each.last and each.relation in ("", "after")
    ]
    return max((day for day in named if day and article.date and day <= article.date), default=None)


def is_background(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence tells of a time long before its article: "the last serious flood came in 2019"."""
    named = [each.last for each in _days(article, sentence) if each.last]
    if article.date is None or not named:
        return False
    return max(named) < article.date - _LONG_AGO


def tells_of(article: Article, sentence: Sentence, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether a sentence tells of some days: it names one of them; or it names no day that was, and its article is of
    one of them, or of the day after and names one at its beginning.
    """
    named = _days(article, sentence)
    if any(_within(each, first, last) for each in named):
        return True
    if article.date is None or any(each.first and each.first <= article.date for each in named):
        return False
    if (not first or article.date >= first) and (not last or article.date <= last):
        return True
    if last is None or article.date != last + dt.timedelta(days=1):
        return False
    beginning = Sentence(article.body, min(len(article.text), article.body + _BEGINNING))
    return any(_within(each, first, last) for each in _days(article, beginning))


def told_first(reading: Reading, period: Period) -> Reading | None:
    """The reading with the best sentence that tells of some days before others that are hardly better; None where
    there is no such sentence.
    """
    top = reading.candidates[0].score if reading.candidates else 0.0
    near = [one for one in reading.candidates if one.score >= top - _NEARLY]
    told = next((one for one in near if tells_of(one.article, one.sentence, *period.days)), None)
    if told is None or told is reading.candidates[0]:
        return reading if told else None
    rest = tuple(one for one in reading.candidates if one is not told)
    return replace(reading, candidates=(replace(told, score=top), *rest), shown=1)


def _within(moment: Moment, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether a moment is of some days; not where it is of many more, as a year is for who asks about a day."""
    if moment.first is None or moment.last is None or (last and moment.first > last) or (first and moment.last < first):
        return False
    longest = max(_MONTH, last - first) if first and last else _MONTH
    return moment.last - moment.first <= longest


def _days(article: Article, sentence: Sentence) -> list[Moment]:
    text = article.text[sentence.start : sentence.end]
    return [each for each in moments(text, article.date) if each.first and each.last]
