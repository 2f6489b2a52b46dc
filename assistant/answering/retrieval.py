"""Retrieval: the passages to read, for the question as typed and with what was said before it; cited articles first.

Which of both it needed is for the network to say, which reads the passages with the conversation before the question
(`assistant.reader`). Both count alike, and the favour was chosen for the share whose evidence is among the ten passages
that are read: of NewsQA's 137 follow-ups .949 (.533 as typed alone), of newsroom_dev's 129 answerable later turns .984
(.341, and .860 without favour); with half or twice the weight of either form it is within .03.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.asked import Asked
from assistant.answering.days import tells_of
from assistant.answering.period import narrowed
from assistant.conversation import Exchange
from assistant.tuning import CONTEXT_ANSWER_WORDS, CONTEXT_EXCHANGES, FAVOUR, SUBJECT_POOL
from index import Article, Hit, Search
from index.language.text import parsed
from index.language.words import words

_WIDER = 3  # times as many passages are looked at for a whole


def retrieve(search: Search, asked: Asked, *, limit: int, depth: int) -> list[Hit]:
    """The passages to read for a question, best first.

    Args:
        search: finds them.
        asked: the question.
        limit, depth: as in `Search.find`.

    Raises:
        StoreError: the store cannot be read.
    """
    last = asked.exchanges[-CONTEXT_EXCHANGES:]
    queries = [asked.text]
    if last:
        said = " ".join([*(one.question for one in last), *last[-1].answer.split()[:CONTEXT_ANSWER_WORDS]])
        queries.append(f"{said} {asked.text}")
    subjects = _subjects(asked.text, asked.exchanges)
    hits = search.find(
        *queries,
        among=asked.among,
        near=asked.day,
        favour={article: FAVOUR for one in last for article in one.articles},
        limit=SUBJECT_POOL * limit if subjects else limit,
        depth=depth,
    )
    if not subjects:
        return hits
    articles = {hit.article.id: hit.article for hit in hits}  # an article often has several of the passages
    about = {i for i, article in articles.items() if _is_about(article, subjects)}
    return ([hit for hit in hits if hit.article.id in about] or hits)[:limit]


def retrieve_whole(search: Search, asked: Asked, *, limit: int, depth: int) -> list[Hit]:
    """The passages to read where the whole of something is asked for: of more articles, and with their beginnings.

    Where it is asked what happened on some days, articles of these days and the next come first, and of later ones
    those passages that tell of these days.

    Args:
        search, asked, limit, depth: as in `retrieve`.

    Raises:
        StoreError: the store cannot be read.
    """
    if asked.period is None or asked.period.basis == "published":
        return spread(retrieve(search, asked, limit=_WIDER * limit, depth=depth), limit)
    first, last = asked.period.days
    next_day = last + dt.timedelta(days=1) if last else None
    of_then = replace(asked, among=narrowed(asked.among, first, next_day))
    hits = retrieve(search, of_then, limit=_WIDER * limit, depth=depth)
    if next_day:
        later = replace(asked, among=narrowed(asked.among, next_day + dt.timedelta(days=1), None))
        hits += retrieve(search, later, limit=limit, depth=depth)
    return spread(
        [hit for hit in hits if any(tells_of(hit.article, each, first, last) for each in hit.sentences)], limit
    )


def spread(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """The best hit of each article and that with its beginning, best first; then others, as far as there is room."""
    of: dict[str, list[Hit]] = {}
    for hit in hits:
        of.setdefault(hit.article.id, []).append(hit)
    first = [hit for some in of.values() for hit in _best_and_beginning(some)]
    return [*first, *(hit for hit in hits if hit not in first)][:limit]


def _best_and_beginning(hits: Sequence[Hit]) -> list[Hit]:
    beginning = min(hits, key=lambda hit: hit.passage.first)
    return [hits[0]] if beginning is hits[0] else [hits[0], beginning]


def _subjects(question: str, exchanges: Sequence[Exchange]) -> list[frozenset[str]]:
    """The words of each name that the last question had, for a question that has none of its own.

    "Who leads it?" is asked of what was spoken of: an article without any of its names is about another bank. Of
    NewsQA's 137 follow-ups 15 had their best sentence in such an article, 12 of them wrongly.
    """
    if not exchanges or parsed(question).names:
        return []
    return [found for name, _ in parsed(exchanges[-1].question).names if (found := frozenset(words(name)))]


def _is_about(article: Article, subjects: Sequence[frozenset[str]]) -> bool:
    has = frozenset(words(f"{article.title} {article.text}"))
    return any(subject <= has for subject in subjects)
