"""Questions to begin with and to go on with: made from the articles, and asked first, so that each has an answer."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from itertools import islice

from assistant.answer import Answer, Citation
from assistant.answering.assistant import Assistant
from assistant.answering.questions import candidates
from index.store.catalogue import ArticleFilter

__all__ = ["Suggestions", "follow_ups"]

_SHOWN = 3
_ASKED = 12
_ARTICLES = 40
_TRIED = 6
"""Of an answer's follow-ups. Each is a whole answer of the assistant: they must not keep it from those who wait."""


class Suggestions:
    """Questions to begin with, for the articles as they are now. Safe to share between threads.

    Args:
        assistant: whom they are asked.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = threading.Lock()
        self._made: tuple[int, tuple[str, ...]] | None = None

    def current(self) -> tuple[str, ...]:
        """Up to three questions; fewer, or none, where the articles suggest none that they answer.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._lock:
            revision = self._assistant.record.revision
            if self._made is None or self._made[0] != revision:
                self._made = (revision, tuple(islice(self._answered(), _SHOWN)))
            return self._made[1]

    def _answered(self) -> Iterator[str]:
        articles = islice(self._assistant.record.articles(), _ARTICLES)
        # The first question of each article before the second of any: three questions, three articles where possible.
        queues = [candidates(article) for article in articles]
        offered: dict[str, None] = {}
        for _ in range(_ASKED):
            offered |= dict.fromkeys(question for queue in queues for question in islice(queue, 1))
        for question in islice(offered, _ASKED):
            if self._assistant.ask(question).is_sure:
                yield question


def follow_ups(
    assistant: Assistant, answer: Answer, earlier: Iterable[Answer] = (), among: ArticleFilter | None = None
) -> list[str]:
    """Up to three questions that the articles of an answer answer with sentences that were not shown yet.

    Args:
        assistant: who is asked.
        answer: about whose articles they are.
        earlier: the answers before it in its conversation.
        among: which articles may answer.

    Raises:
        StoreError: the store cannot be read.
    """
    answers = [*earlier, answer]
    asked = {each.question.casefold() for each in answers}
    shown = {_place(citation) for each in answers for citation in each.citations}
    found: list[str] = []
    fresh = (question for question in _questions(assistant, answer) if question.casefold() not in asked)
    for question in islice(fresh, _TRIED):
        tried = assistant.ask(question, among=among)
        places = {_place(citation) for citation in tried.citations}
        if tried.is_sure and not places & shown:
            found.append(question)
            shown |= places
        if len(found) == _SHOWN:
            break
    return found


def _questions(assistant: Assistant, answer: Answer) -> Iterator[str]:
    for article_id in dict.fromkeys(citation.article_id for citation in answer.citations):
        article = assistant.article(article_id)
        if article is not None:
            yield from candidates(article)


def _place(citation: Citation) -> tuple[str, int]:
    return citation.article_id, citation.start
