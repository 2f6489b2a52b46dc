"""Retrieval: the passages to read, for the question as typed and with what was said before it; cited articles first.

Which of both it needed is for the network to say, which reads the passages with the conversation before the question
(`assistant.reader`). Both count alike, and the favour was chosen for the share whose evidence is among the ten passages
that are read: of NewsQA's 137 follow-ups .949 (.533 as typed alone), of newsroom_dev's 129 answerable later turns .984
(.341, and .860 without favour); with half or twice the weight of either form it is within .03.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.asked import Asked
from assistant.conversation import Exchange
from assistant.tuning import CONTEXT_ANSWER_WORDS, CONTEXT_EXCHANGES, FAVOUR, SUBJECT_POOL
from index import Article, Hit, Search
from index.language.text import parsed
from index.language.words import words

__all__ = ["retrieve"]


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
