"""Answers that look at the whole of something: a briefing or a timeline of an article, a topic, or of everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Statement
from assistant.answering.asked import Asked
from assistant.answering.briefing import Telling, choose
from assistant.answering.days import day_told, tells_of
from assistant.answering.forms import asks_latest, topic_words
from assistant.answering.timeline import day_by_day
from assistant.reader import Candidate, Reading
from index import Article, Embedding
from index.language.words import content_words

__all__ = ["by_day", "has_topic", "is_of_everything", "names_topic", "on_topic", "overview", "shown"]

_ABOUT = 2.5  # how far an article's best sentence may score below the best of all
_NAMED = 5.0  # the same, where it names the topic at its beginning
_ALONG = 3.0  # the same of a sentence, where the rest of its article is about something else
_BEGINNING = 250  # characters
_MANY = 4  # articles from which on a store is told by its stories
_TOLD = 2  # sentences of those that make an article one about the topic, and not one that mentions it


def overview(
    asked: Asked, reading: Reading, embedding: Embedding, *, threshold: float, tentative: float
) -> Answer | None:
    """A briefing or a timeline of what was read; None where nothing is there to tell.

    Args:
        asked: the question.
        reading: what the Reader made of the passages that were found.
        embedding: says which sentences are alike.
        threshold: the confidence from which on they are sure to be about it.
        tentative: the lower one, from which on they may be. Those that have what is asked about are in any case.
    """
    topic = topic_words(asked.text)
    tellings = [Telling.of(one) for one in on_topic(reading.candidates, topic)]
    if asked.period is not None and asked.period.basis == "told":
        tellings = [each for each in tellings if tells_of(each.article, each.sentence, *asked.period.days)]
    if asked.form == "timeline":
        days = day_by_day(tellings, embedding)
    else:
        days = by_day(choose(tellings, embedding, latest=asks_latest(asked.text)))
    is_named = not topic or any(names_topic(each.article, topic) for each in days)
    may_be = is_named or reading.confidence >= tentative or any(has_topic(each.article, topic) for each in days)
    if not days or not may_be:
        return None
    return replace(shown(asked, days, reading.confidence), tentative=not is_named and reading.confidence < threshold)


def is_of_everything(asked: Asked, articles: int) -> bool:
    """Whether a briefing is to tell of a whole store, or of many articles of it: "any news?"."""
    few = asked.among is not None and len(asked.among.ids) == 1
    return not topic_words(asked.text) and not asked.exchanges and not few and articles >= _MANY


def on_topic(candidates: Sequence[Candidate], topic: Sequence[str]) -> list[Candidate]:
    """The sentences of articles that are about what is asked, and of the others those that are; all of a single one.

    By the network's scores: of the archive's articles it puts those about "the port strike" within 2.3 of the best one,
    and the first that is about something else 3.4 below. An article that has the topic in its headline or lead may be
    further below.

    Args:
        candidates: best first.
        topic: the stems of the words that say what is asked about.
    """
    by_article: dict[str, list[Candidate]] = {}
    for one in candidates:
        by_article.setdefault(one.article.id, []).append(one)
    if len(by_article) <= 1:
        return list(candidates)
    top = candidates[0].score
    found = []
    for some in by_article.values():
        if some[0].score >= top - (_NAMED if names_topic(some[0].article, topic) else _ABOUT):
            near = [one for one in some if one.score >= top - _ALONG]
            found += some if len(near) >= _TOLD or names_topic(some[0].article, topic) else near
    return found


def names_topic(article: Article, topic: Sequence[str]) -> bool:
    """Whether an article has all words of a topic, if there are any, in its headline or at its beginning."""
    beginning = f"{article.title} {article.text[article.body : article.body + _BEGINNING]}"
    return bool(topic) and set(topic) <= set(content_words(beginning))


def has_topic(article: Article, topic: Sequence[str]) -> bool:
    """Whether an article has all words of a topic somewhere."""
    return set(topic) <= set(content_words(f"{article.title} {article.text}"))


def by_day(tellings: Sequence[Telling]) -> dict[Telling, dt.date | None]:
    """The sentences, each with the day that it is about, in order of time."""
    days = {each: day_told(each.article, each.sentence) or each.article.date for each in tellings}
    return dict(sorted(days.items(), key=lambda item: item[1] or dt.date.max))


def shown(asked: Asked, days: Mapping[Telling, dt.date | None], confidence: float) -> Answer:
    """The Answer that shows these sentences, in their order, each of a day."""
    citations = [Citation.to(each.article, each.sentence, n) for n, each in enumerate(days, start=1)]
    statements = [
        Statement(one.sentence, (one.marker,), None, verbatim=True, day=day.isoformat() if day else None)
        for one, day in zip(citations, days.values(), strict=True)
    ]
    return Answer(
        asked.question,
        asked.question,
        "answered",
        tuple(statements),
        tuple(citations),
        form=asked.form,
        confidence=confidence,
        period=asked.period,
    )
