"""What is asked, checked once: the question, the conversation before it, the day, and the articles that may answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from assistant.conversation import Exchange, Turn, exchanges_of, without_preamble
from index.errors import QuestionError
from index.store.catalogue import ArticleFilter

__all__ = ["QUESTION_LIMIT", "Asked"]

QUESTION_LIMIT = 2_000
"""Characters that a question may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is answered.

    Attributes:
        question: as it was typed, without white space around it.
        text: the same without what people say before they come to it; this is searched for and read.
        exchanges: the conversation before it, oldest first.
        day: the day on which it is asked.
        among: which articles may answer; None means all.
    """

    question: str
    text: str
    exchanges: tuple[Exchange, ...] = ()
    day: dt.date | None = None
    among: ArticleFilter | None = None

    @classmethod
    def of(
        cls,
        question: str,
        conversation: Sequence[Turn] = (),
        asked_on: str | dt.date | None = None,
        among: ArticleFilter | None = None,
    ) -> Self:
        """Check what a user gave; arguments as `Assistant.ask`.

        Raises:
            QuestionError: the question is empty or too long; `asked_on` is not written as ISO 8601 has it; or a turn
                has no known speaker, no text, or something else than a list of articles.
        """
        question = question.strip()
        if not question:
            raise QuestionError("the question is empty; ask something, such as: how many displaced?")
        if len(question) > QUESTION_LIMIT:
            raise QuestionError(
                f"the question has {len(question):,} characters; ask it in at most {QUESTION_LIMIT:,} characters."
            )
        if not all(map(_is_turn, conversation)):
            raise QuestionError('each turn of a conversation is {"speaker": "user" or "agent", "text": ...}.')
        return cls(question, without_preamble(question), tuple(exchanges_of(conversation)), _day_of(asked_on), among)


def _is_turn(turn: object) -> bool:
    return (
        isinstance(turn, Mapping)
        and turn.get("speaker") in ("user", "agent")
        and isinstance(turn.get("text"), str)
        and isinstance(turn.get("articles", []), list | tuple)
    )


def _day_of(value: str | dt.date | None) -> dt.date | None:
    """The day on which is asked; of a moment, its day."""
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        raise QuestionError(f"the day {value!r} cannot be read; write it as YYYY-MM-DD.") from None
