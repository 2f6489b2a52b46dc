"""Answers that look at the whole of something: a briefing or a timeline of an article, a topic, or of everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Statement
from assistant.answering.asked import Asked
from assistant.answering.briefing import Telling, choose, is_prose
from assistant.answering.corrections import Correction
from assistant.answering.days import day_told, tells_of
from assistant.answering.forms import asks_latest, is_of_event, topic_words
from assistant.answering.notices import has_denied
from assistant.answering.people import PEOPLE
from assistant.answering.refusal import names_in
from assistant.answering.timeline import day_by_day
from assistant.reader import Candidate, Reading
from index import Article, Embedding
from index.language.text import parsed
from index.language.words import meanings, words

_ABOUT = 2.5  # how far an article's best sentence may score below the best of all
_NAMED = 5.0  # the same, where it names the topic at its beginning
_ALONG = 3.0  # the same of a sentence, where the rest of its article is about something else
_BEGINNING = 250  # characters
_MANY = 4  # articles from which on a store is told by its stories
_LONG = 4  # words of a topic that is described rather than named
_SHARED = 3  # words of two sentences that give a number of the same
_TOLD = 2  # sentences of those that make an article one about the topic, and not one that mentions it


def overview(
    asked: Asked,
    reading: Reading,
    corrections: Sequence[Correction],
    embedding: Embedding,
    *,
    threshold: float,
    tentative: float,
) -> Answer | None:
    """A briefing or a timeline of what was read; None where nothing is there to tell.

    Args:
        asked: the question.
        reading: what the Reader made of the passages that were found.
        corrections: the notices that concern them; a timeline tells what was known on a day, and is shown with them.
        embedding: says which sentences are alike.
        threshold: the confidence from which on they are sure to be about it.
        tentative: the lower one, from which on they may be. Those that have what is asked about are in any case.
    """
    topic = topic_words(asked.text)
    if is_of_event(asked.text):
        topic = _called(topic, reading.candidates)
    tellings = [Telling.of(one) for one in on_topic(_of_names(asked.text, reading.candidates), topic)]
    if asked.period is not None and asked.period.basis == "told":
        tellings = [each for each in tellings if tells_of(each.article, each.sentence, *asked.period.days)]
    if asked.form == "timeline":
        days = day_by_day(tellings, embedding)
    else:
        right = [
            each for each in tellings if not any(has_denied(each.article, each.sentence, one) for one in corrections)
        ]
        days = by_day(choose(_as_they_stand(right), embedding, latest=asks_latest(asked.text)))
        if len({each.article.id for each in days}) == 1:
            days = _best_first(right, days)
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
    naming = {key for key, some in by_article.items() if names_topic(some[0].article, topic)}
    # Where articles name the topic, what only scores well but does not have it is about something else.
    top = max(some[0].score for key, some in by_article.items() if key in naming or not naming)
    having = {key for key, some in by_article.items() if has_topic(some[0].article, topic)}
    found = []
    for key, some in by_article.items():
        is_about = key in having or not naming or len(topic) >= _LONG
        if is_about and some[0].score >= top - (_NAMED if key in naming else _ABOUT):
            near = [one for one in some if one.score >= top - _ALONG]
            found += some if len(near) >= _TOLD or key in naming else near
    return found


def _called(words: Sequence[str], candidates: Sequence[Candidate]) -> list[str]:
    """Of the words for an event the one that most articles name: what its story is called; all where none does."""
    articles = {one.article.id: one.article for one in candidates}.values()
    naming = {word: sum(names_topic(article, [word]) for article in articles) for word in words}
    best = max(words, key=lambda word: naming[word])
    return [best] if naming[best] else list(words)


def _of_names(question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The sentences of articles that have the names of a question as they are written: Ellin is not Ellins."""
    named = [frozenset(words(name)) for name in names_in(question)]
    has: dict[str, frozenset[str]] = {}
    for one in candidates:
        article = one.article
        if article.id not in has:
            has[article.id] = frozenset(words(f"{article.title} {article.text}"))
    kept = [one for one in candidates if all(name <= has[one.article.id] for name in named)]
    return kept or list(candidates)


def _as_they_stand(tellings: Sequence[Telling]) -> list[Telling]:
    """The sentences without those whose number a later article has replaced by another one of the same things."""
    numbers = [
        (each, number)
        for each in tellings
        for number in parsed(each.text).quantities
        if each.article.date and number.thing and not number.unit and not number.negated
    ]
    old = {
        each
        for each, number in numbers
        for other, newer in numbers
        if (other.article.date or dt.date.min) > (each.article.date or dt.date.max)
        and newer.value != number.value
        and (newer.thing == number.thing or {newer.thing, number.thing} <= PEOPLE)
        and _alike(each.text, other.text)
    }
    return [each for each in tellings if each not in old] or list(tellings)


def _alike(text: str, other: str) -> bool:
    """Whether two sentences with a number of the same things say the same of them."""
    said = set[str]().union(*parsed(other).concepts)
    return sum(bool(word & said) for word in set(parsed(text).concepts)) >= _SHARED


def names_topic(article: Article, topic: Sequence[str]) -> bool:
    """Whether an article has all words of a topic, if there are any, in its headline or at its beginning."""
    beginning = f"{article.title} {article.text[article.body : article.body + _BEGINNING]}"
    return bool(topic) and not _lacks(beginning, topic)


def has_topic(article: Article, topic: Sequence[str]) -> bool:
    """Whether an article has the words of a topic somewhere; of four and more one may be said in other words."""
    return _lacks(f"{article.title} {article.text}", topic) <= len(topic) // _LONG


def _lacks(text: str, topic: Sequence[str]) -> int:
    """How many words of a topic a text has not, and no others that mean the same."""
    said = set[str]().union(*parsed(text).concepts)
    return sum(not meanings(word) & said for word in topic)


def by_day(tellings: Sequence[Telling]) -> dict[Telling, dt.date | None]:
    """The sentences, each with the day that it is about, in order of time."""
    days = {each: day_told(each.article, each.sentence) or each.article.date for each in tellings}
    return dict(sorted(days.items(), key=lambda item: item[1] or dt.date.max))


def _best_first(tellings: Sequence[Telling], days: dict[Telling, dt.date | None]) -> dict[Telling, dt.date | None]:
    """The briefing of one article with the sentence first that answers best, and after it what leans on it.

    By the network alone, wherever in its article it stands: on newsroom_dev's overviews .83 of 29 are right so, and .79
    by the Reader's score, which prefers what stands early.

    Args:
        tellings: all that there are to choose from.
        days: the sentences chosen, in the order of the article, with their days.
    """
    alone = [each for each in tellings if is_prose(each.text) and not each.leans]
    if not alone:
        return days
    best = max(alone, key=lambda each: each.odds)
    rest = [each for each in days if each != best]
    place = best.place
    leaning = []
    for each in rest:
        if each.leans and each.place == place + 1:
            leaning.append(each)
            place = each.place
    order = [best, *leaning, *(each for each in rest if each not in leaning)]
    return {each: days.get(each, best.article.date) for each in order[: len(days)]}


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
