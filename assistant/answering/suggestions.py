"""Questions to begin with and to go on with: made from the articles, and asked first, so that each has an answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import islice

from assistant.answer import Answer, Citation
from assistant.answering.assistant import Assistant
from assistant.answering.corrections import Correction, corrections
from assistant.answering.notices import is_withdrawn
from assistant.answering.questions import Candidate, candidates
from index import Article
from index.store.catalogue import ArticleFilter

_SHOWN = 3
_ASKED = 12
_ARTICLES = 40
_SCOPES = 32
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
        self._revision = -1
        self._made: OrderedDict[ArticleFilter | None, tuple[str, ...]] = OrderedDict()

    def current(self, among: ArticleFilter | None = None) -> tuple[str, ...]:
        """Up to three questions; fewer, or none, where the articles suggest none that they answer.

        Args:
            among: which articles are to answer; None means all.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._lock:
            revision = self._assistant.record.revision
            if revision != self._revision:
                self._revision = revision
                self._made.clear()
            if among not in self._made:
                self._made[among] = tuple(islice(self._answered(among), _SHOWN))
                while len(self._made) > _SCOPES:
                    self._made.popitem(last=False)
            return self._made[among]

    def _answered(self, among: ArticleFilter | None) -> Iterator[str]:
        articles = self._assistant.record.newest(among, _ARTICLES)
        notices = [each for article in articles for each in self._notices(article)]
        # The first question of each article before the second of any: three questions, three articles where possible.
        queues = [self._standing(article, notices) for article in articles]
        offered: dict[str, Candidate] = {}
        for _ in range(_ASKED):
            for each in (each for queue in queues for each in islice(queue, 1)):
                offered.setdefault(each.question, each)
        for question in islice(_mixed(offered.values()), _ASKED):
            answer = self._assistant.ask(question, among=among)
            if answer.is_sure and not answer.notices:
                yield question

    def _notices(self, article: Article) -> tuple[Correction, ...]:
        return corrections(article, tuple(self._assistant.record.sentences(article.id)))

    def _standing(self, article: Article, notices: Iterable[Correction]) -> Iterator[Candidate]:
        """The questions that are made from what was not taken back."""
        sentences = self._assistant.record.sentences(article.id)
        gone = [one for one in sentences if any(is_withdrawn(article, one, each) for each in notices)]
        for candidate in candidates(article):
            if not any(one.start <= candidate.start < one.end for one in gone):
                yield candidate


def _mixed(offered: Iterable[Candidate]) -> Iterator[str]:
    """The questions, in their order, but of each kind the first before the second of any."""
    kinds: dict[str, list[str]] = {}
    for each in offered:
        kinds.setdefault(each.kind, []).append(each.question)
    for place in range(max(map(len, kinds.values()), default=0)):
        yield from (some[place] for some in kinds.values() if place < len(some))


def follow_ups(
    assistant: Assistant, answer: Answer, earlier: Iterable[Answer] = (), among: ArticleFilter | None = None
) -> list[str]:
    """Up to three questions that the articles of an answer, or those closest to a refusal, answer with other sentences.

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
        if tried.is_sure and not tried.notices and not places & shown:
            found.append(question)
            shown |= places
        if len(found) == _SHOWN:
            break
    return found


def _questions(assistant: Assistant, answer: Answer) -> Iterator[str]:
    for article_id in dict.fromkeys(citation.article_id for citation in (*answer.citations, *answer.closest)):
        article = assistant.article(article_id)
        if article is not None:
            yield from (each.question for each in candidates(article))


def _place(citation: Citation) -> tuple[str, int]:
    return citation.article_id, citation.start
