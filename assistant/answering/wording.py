"""What is said of an answer beside its statements, in the same words in the page, the terminal and the exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answer import Answer

__all__ = ["CLOSEST", "REFUSAL", "TENTATIVE", "read_as", "verdict"]

REFUSAL = "The articles do not say."
"""What is said in a refusal that has no reason, as those that earlier versions kept."""

TENTATIVE = "This may answer it:"
"""What stands before the statements of an answer that is not sure."""

CLOSEST = "The closest sentences, which may not answer it:"
"""What stands before the closest sentences of a refusal."""


def verdict(answer: Answer) -> str | None:
    """The line before what an answer shows: why it is a refusal, or that it only may answer; None where it is sure."""
    if answer.status == "answered":
        return TENTATIVE if answer.tentative else None
    return REFUSAL if answer.reason is None else answer.reason.text


def read_as(answer: Answer) -> tuple[str, str] | None:
    """How a question was taken that was not read by itself: in words, and the other question that they name.

    Earlier versions put a question into other words, and asked that one.
    """
    if answer.follow_up_to is not None:
        return "read as a follow-up to", answer.follow_up_to
    if answer.standalone_question.split() == answer.question.split():
        return None
    return "asked as", answer.standalone_question
