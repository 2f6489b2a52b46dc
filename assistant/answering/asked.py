"""What is asked, checked: the question, the conversation before it, and the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from assistant.conversation import Turn
from index.errors import QuestionError

__all__ = ["QUESTION_LIMIT", "check_conversation", "checked_question", "day_of"]

QUESTION_LIMIT = 2_000
"""Characters that a question may have."""


def checked_question(question: str) -> str:
    """The question without white space around it.

    Raises:
        QuestionError: it is empty or too long.
    """
    question = question.strip()
    if not question:
        raise QuestionError("the question is empty; ask something, such as: how many displaced?")
    if len(question) > QUESTION_LIMIT:
        raise QuestionError(
            f"the question has {len(question):,} characters; ask it in at most {QUESTION_LIMIT:,} characters."
        )
    return question


def check_conversation(conversation: Sequence[Turn]) -> None:
    """Refuse what is no conversation.

    Raises:
        QuestionError: a turn has no known speaker, no text, or something else than a list of articles.
    """
    for turn in conversation:
        if (
            not isinstance(turn, Mapping)
            or turn.get("speaker") not in ("user", "agent")
            or not isinstance(turn.get("text"), str)
            or not isinstance(turn.get("articles", []), list | tuple)
        ):
            raise QuestionError('each turn of a conversation is {"speaker": "user" or "agent", "text": ...}.')


def day_of(value: str | dt.date | None) -> dt.date | None:
    """The day on which is asked; of a moment, its day.

    Raises:
        QuestionError: it is not written as ISO 8601 has it.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        raise QuestionError(f"the day {value!r} cannot be read; write it as YYYY-MM-DD.") from None
