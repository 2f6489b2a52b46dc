"""Why a question is refused, in a sentence that helps."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.answer import Period, Reason
from assistant.answering.asked import Asked
from assistant.answering.period import in_words
from assistant.tuning import FAR
from assistant.wording import (
    NO_DATES,
    NONE_LEFT,
    NOT_ANSWERED,
    NOT_ENGLISH,
    no_article_mentions,
    nothing_close,
    nothing_of,
)
from index import Hit, Search
from index.language.detect import language_of
from index.language.text import parsed
from index.language.words import STOP_WORDS, aliases, without_possessive

_NAMED = 3  # names that a reason lists
_FEW = 2  # words that may all have a capital in "Describe Gaza"
_SMALL = re.compile(r"(?<![\w'’])[a-z]")
_OPENING = " \t\n\"“'‘("
_ENDS = frozenset('.!?:;"“«(—-')


def unread_language(question: str) -> Reason | None:
    """The reason where a question is in a language that the network does not read; None for English."""
    found = language_of(question)
    if found in (None, "en"):
        return None
    return Reason("language", NOT_ENGLISH)


def refusal(asked: Asked, hits: Sequence[Hit], search: Search, days: tuple[dt.date, dt.date] | None = None) -> Reason:
    """The reason for a question that the passages do not answer.

    Args:
        asked: the question. In a conversation how near its own words come to a passage says little.
        hits: the passages that were read, best first.
        search: is asked for names that no article has.
        days: those of the oldest and the newest article, where articles have dates.
    """
    filtered = asked.among is not None
    if not hits and asked.period is not None:
        return Reason("filtered", _nothing_of(asked.period, days))
    if not hits and filtered:
        return Reason("filtered", NONE_LEFT)
    missing = _missing(asked, search)
    if missing:
        return Reason("missing", no_article_mentions(missing, filtered=filtered), missing=missing)
    far = not asked.exchanges and max((hit.cosine or 0.0 for hit in hits), default=0.0) < FAR
    if not hits or far:
        return Reason("nothing_close", nothing_close(filtered=filtered))
    return Reason("not_answered", NOT_ANSWERED)


def _nothing_of(period: Period, days: tuple[dt.date, dt.date] | None) -> str:
    return NO_DATES if days is None else nothing_of(period, in_words(days[0]), in_words(days[1]))


def _missing(asked: Asked, search: Search) -> tuple[str, ...]:
    """The names of a question that stand in no article.

    Only what is sure to be a name: that no article has the word "displaced" does not say that nobody was.
    """
    absent = [
        name
        for name in dict.fromkeys(names_in(asked.text))
        if not any(search.has_words(form, asked.among) for form in (name, *aliases(name)))
    ]
    return tuple(absent)[:_NAMED]


def names_in(question: str) -> list[str]:
    """What is sure to be a name in a question.

    The first word of a sentence has its capital anyway, and where all words have one it says nothing.
    """
    if not _SMALL.search(question) and len(question.split()) > _FEW:
        return []
    names = []
    for name, start in parsed(question).names:
        words = name.split()[1:] if _begins(question[:start]) else name.split()
        while words and not words[0][0].isupper():
            words = words[1:]
        plain = without_possessive(" ".join(words))
        if len(plain) > 1 and plain.lower() not in STOP_WORDS:
            names.append(plain)
    return names


def _begins(before: str) -> bool:
    """Whether a sentence or a quotation begins after this."""
    last = before.rstrip(_OPENING)
    return last != before.rstrip() or not last or last[-1] in _ENDS
