"""What is said before a question when it is searched for: its own conversation, nothing, or something unrelated."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line needs the names alone
    from collections.abc import Sequence

    from evals.questions.evidence import Item
    from evals.questions.question_set import Question

_NO_ANSWER = "The articles do not say."


class History(StrEnum):
    """What is said before each question of a set."""

    OWN = "own"
    """The conversation that the set gives it."""
    NONE = "none"
    """Nothing: a follow-up is searched for as it was typed."""
    UNRELATED = "unrelated"
    """The next question of the set about something else, with its answer: what a change of subject costs."""


def turns_before(items: Sequence[Item], number: int, history: History) -> list[dict[str, str]]:
    """The turns before an item of a set, as the Assistant takes them, oldest first."""
    if history is History.OWN:
        return _turns(items[number].question)
    if history is History.UNRELATED:
        return _unrelated(items, number)
    return []


def _unrelated(items: Sequence[Item], number: int) -> list[dict[str, str]]:
    """The next item, going round, that shares neither conversation nor article with this one."""
    mine = items[number]
    documents = {span.doc_id for span in mine.evidence}
    for other in (*items[number + 1 :], *items[:number]):
        if other.cluster != mine.cluster and not documents & {span.doc_id for span in other.evidence}:
            answer = other.question.answers[0] if other.question.answers else _NO_ANSWER
            asked = [{"speaker": "user", "text": other.question.question}, {"speaker": "agent", "text": answer}]
            return _turns(other.question) + asked
    return []


def _turns(question: Question) -> list[dict[str, str]]:
    return [turn.model_dump() for turn in question.conversation]
