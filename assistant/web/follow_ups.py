"""What to ask next: questions about the cited articles, of which it was tried that they can be answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from assistant.answer import Answer, Citation
from assistant.answering.assistant import Assistant
from assistant.memory import Conversation
from assistant.web.questions import candidates
from index.store.catalogue import ArticleFilter

__all__ = ["follow_ups"]

_SHOWN = 3
_TRIED = 6
"""Each is a whole answer of the assistant: they must not keep it from those who wait."""


def follow_ups(
    assistant: Assistant, conversation: Conversation, answer: Answer, among: ArticleFilter | None = None
) -> list[str]:
    """Up to three questions that the articles answer with sentences that the conversation has not shown yet.

    Args:
        assistant: who is asked.
        conversation: what was asked so far, the answer included.
        answer: its last answer, about whose articles they are.
        among: which articles may answer.

    Raises:
        StoreError: the store cannot be read.
    """
    asked = {turn.answer.question.casefold() for turn in conversation.turns} | {answer.question.casefold()}
    shown = {_place(c) for turn in conversation.turns for c in turn.answer.citations}
    shown |= {_place(c) for c in answer.citations}
    found: list[str] = []
    fresh = (question for question in _questions(assistant, answer) if question.casefold() not in asked)
    for question in islice(fresh, _TRIED):
        tried = assistant.ask(question, among=among)
        places = {_place(c) for c in tried.citations}
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
