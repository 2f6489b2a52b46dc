"""The days that a question is limited to, and whether articles of them are meant or what happened on them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Period
from index.errors import QuestionError
from index.language.moments import Moment, moments
from index.store.catalogue import ArticleFilter

_DAY = dt.timedelta(days=1)
_LIVE = 7 * _DAY
_ARTICLES = r"(?:news|headlines?|articles?|reports?|stories|story|coverage|papers?|editions?|updates?)"
_LIMITED = re.compile(
    r"(?<!\w)(?:on|in|during|at|between|from|since|until|till|by|before|after|over|for|within|through|as\sof|up\sto)"
    r"\s(?:the\s)?$",
    re.I,
)
_OF_ARTICLES_BEFORE = re.compile(
    rf"(?<!\w){_ARTICLES}\s(?:(?:of|from|on|in|for|since|until|before|up\sto)\s)?(?:the\s)?$", re.I
)
_OF_ARTICLES_AFTER = re.compile(rf"['’]?s?\s(?:\w+\s)?{_ARTICLES}(?!\w)", re.I)
_KNOWN = re.compile(r"(?<!\w)(?:known|knew|know|published|reported\sso\sfar)(?!\w)[^.?!]{0,80}$", re.I)
_RANGE = re.compile(r"\s(?:and|to|until|till)\s(?:the\s)?$", re.I)
_AROUND = 80


def day_of_asking(asked_on: dt.date | None, newest: dt.date | None, today: dt.date) -> dt.date:
    """The day by which "yesterday" is understood.

    Without `asked_on` it is today, or the day of the newest article where that is no longer, or not yet, of this week:
    an archive is asked as it stands.
    """
    if asked_on is not None:
        return asked_on
    return today if newest is None or abs(today - newest) <= _LIVE else newest


def up_to(day: dt.date) -> Period:
    """The period of a question that is asked as of a day."""
    return _published(None, day)


def period_of(question: str, day: dt.date, *, weekdays: bool = True, dates: bool = True) -> Period | None:
    """The days that a question limits itself to; None where it names none, or only as part of something's name.

    "What was known on 20 March", "news of yesterday", "as of 4 March" mean articles of these days; "what happened on 20
    March" means what they tell of. "The memorandum of 2028" and "the March 5 flood" limit nothing.

    Args:
        question: as it was typed.
        day: the day on which it is asked.
        weekdays: whether a weekday alone says which day it is.
        dates: whether a date limits it, and does not only say which one is meant: "about the debate on March 12".

    Raises:
        QuestionError: it names a day that the calendar does not have.
    """
    found = [moment for moment in moments(question, day) if _limits(question, moment, dates=dates)]
    for moment in found:
        if not moment.exists:
            raise QuestionError(f"{moment.text} is no day of the calendar; name another one.")
    found = [moment for moment in found if moment.first and moment.last and (weekdays or not _is_weekday(moment))]
    if not found:
        return None
    first, last = _days(question, found)
    before, after = question[: found[0].start], question[found[0].end :][:_AROUND]
    if found[0].relation == "as of" or _KNOWN.search(before):
        return _published(None, last or first)
    if _OF_ARTICLES_BEFORE.search(before) or _OF_ARTICLES_AFTER.match(after):
        return _published(first, last)
    return told_between(first, last)


def narrowed(among: ArticleFilter | None, first: dt.date | None, last: dt.date | None) -> ArticleFilter:
    """A filter that leaves only articles of some days, of those that it left before."""
    among = among or ArticleFilter()
    since = max((each for each in (among.since, first) if each), default=None)
    until = min((each for each in (among.until, last) if each), default=None)
    return replace(among, since=since, until=until)


def in_words(day: dt.date) -> str:
    """A day as it is said: "4 March 2031"."""
    return f"{day.day} {day:%B} {day.year}"


def _limits(question: str, moment: Moment, *, dates: bool) -> bool:
    """Whether a date limits the question, rather than being part of what something is called."""
    before = question[max(0, moment.start - _AROUND) : moment.start]
    if moment.precision == "time":
        return False
    if any(parts.relative for parts in moment.said) or moment.relation:
        return True
    return dates and bool(_LIMITED.search(before) or _OF_ARTICLES_BEFORE.search(before) or _RANGE.search(before))


def _is_weekday(moment: Moment) -> bool:
    return all([name for name, _ in parts.said()] == ["weekday"] for parts in moment.said)


def _days(question: str, found: Sequence[Moment]) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day; None where the days are open to that side."""
    one = found[0]
    if len(found) > 1 and _RANGE.fullmatch(question[one.end : found[1].start]):
        return one.first, found[1].last
    if (one.relation == "since" and one.first == one.last) or (one.relation == "since" and one.precision != "day"):
        return one.first, None
    if one.relation == "after":
        return one.last and one.last + _DAY, None
    if one.relation == "until":
        return None, one.last
    if one.relation == "before":
        return None, one.first and one.first - _DAY
    return one.first, one.last


def _published(first: dt.date | None, last: dt.date | None) -> Period:
    return Period(_iso(first), _iso(last), "published", f"articles {_span(first, last, on='of')}")


def told_between(first: dt.date | None, last: dt.date | None) -> Period:
    """The period of a question that asks what happened on these days; None where they are open to that side."""
    return Period(_iso(first), _iso(last), "told", f"what happened {_span(first, last, on='on')}")


def _span(first: dt.date | None, last: dt.date | None, *, on: str) -> str:
    if first is None and last is not None:
        return f"up to {in_words(last)}"
    if last is None and first is not None:
        return f"since {in_words(first)}"
    if first is None or last is None or first == last:
        return f"{on} {in_words(first or last or dt.date.min)}"
    return f"from {in_words(first)} to {in_words(last)}"


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
