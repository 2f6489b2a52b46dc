"""What a whole store tells: its stories, newest first, each by the lead of its newest article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.answering.asked import Asked
from assistant.answering.briefing import Telling, is_prose
from assistant.answering.corrections import corrections
from assistant.answering.days import tells_of
from assistant.answering.notices import is_withdrawn
from assistant.answering.period import narrowed
from index import Article
from index.store.reading import RecordReader

Days = tuple[dt.date | None, dt.date | None]

_STORIES = 6
_LOOKED_AT = 60  # the newest articles


def leads(record: RecordReader, asked: Asked) -> list[Telling]:
    """The leads of the newest articles, newest first, that tell of the days that are asked about.

    Args:
        record: the articles.
        asked: the question, which says among which articles and of which days.

    Raises:
        StoreError: the store cannot be read.
    """
    among, days = asked.among, None
    if asked.known_on is not None:
        among = narrowed(among, None, asked.known_on)  # whoever asks on a day has not seen the next
    if asked.period is not None and asked.period.basis == "told":
        days = first, last = asked.period.days
        among = narrowed(among, first, last and last + dt.timedelta(days=1))
    articles = record.newest(among, _LOOKED_AT)
    found = [lead for article in articles if (lead := _lead(record, article, days)) is not None]
    notices = [each for article in articles for each in corrections(article, tuple(record.sentences(article.id)))]
    return [each for each in found if not any(is_withdrawn(each.article, each.sentence, one) for one in notices)]


def newest_of_each(leads: Sequence[Telling], record: RecordReader) -> list[Telling]:
    """Of leads, newest first, the first of each story.

    Args:
        leads: one of an article.
        record: the articles.

    Raises:
        StoreError: the store cannot be read.
    """
    stories = record.stories_of(lead.article.id for lead in leads)
    newest: dict[str, Telling] = {}
    for lead in leads:
        newest.setdefault(stories.get(lead.article.id, lead.article.id), lead)
    return list(newest.values())[:_STORIES]


def _lead(record: RecordReader, article: Article, days: Days | None) -> Telling | None:
    """The first sentence of an article's body that tells something, of some days if they are given; None without."""
    body = [each for each in record.sentences(article.id) if each.end > article.body]
    tellings = [Telling(article, each, place) for place, each in enumerate(body)]
    fit = [each for each in tellings if days is None or tells_of(article, each.sentence, *days)]
    return next((each for each in fit if is_prose(each.text)), None)
