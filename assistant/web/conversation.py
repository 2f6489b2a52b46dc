"""The conversation of one browser tab: its turns, and which citation a link in it means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation
from assistant.web.render import REFUSAL, answer_html, error_html, question_html

__all__ = ["Conversation", "Turn"]

_REFERENCE = re.compile(r"(\d{1,9})-(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the error that came in place of one.

    Attributes:
        number: unique in its tab; never given twice, also not after the conversation was begun anew.
        question: as it was typed.
        answer, error: one of them, or neither while the answer is being looked for.
    """

    number: int
    question: str
    answer: Answer | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far, oldest first. It is replaced, never changed, so that no two tabs can share one.

    Attributes:
        turns: the turns.
        asked: how many turns there ever were in this tab.
    """

    turns: tuple[Turn, ...] = ()
    asked: int = 0

    def begun(self, question: str) -> Conversation:
        """The conversation with a question that has no answer yet."""
        turn = Turn(self.asked + 1, question)
        return Conversation((*self.turns, turn), turn.number)

    def ended(self, answer: Answer | None = None, error: str | None = None) -> Conversation:
        """The conversation with its last question answered."""
        return replace(self, turns=(*self.turns[:-1], replace(self.turns[-1], answer=answer, error=error)))

    def cleared(self) -> Conversation:
        """A new conversation in the same tab."""
        return Conversation(asked=self.asked)

    def citation(self, reference: str) -> Citation | None:
        """The citation that a link `#cite-REFERENCE` means, or None if this conversation has no such link."""
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            return None
        turn, marker = int(match[1]), int(match[2])
        answers = [each.answer for each in self.turns if each.number == turn and each.answer is not None]
        cited = [citation for answer in answers for citation in (*answer.citations, *answer.closest)]
        return next((citation for citation in cited if citation.marker == marker), None)

    def earlier(self, limit: int = 20) -> list[dict[str, str]]:
        """The last answered turns, in the form in which the Assistant takes a conversation."""
        turns: list[dict[str, str]] = []
        for turn in self.turns[-limit:]:
            if turn.answer is not None:
                said = turn.answer.text if turn.answer.status == "answered" else REFUSAL
                turns += [{"speaker": "user", "text": turn.question}, {"speaker": "agent", "text": said}]
        return turns

    def messages(self) -> list[dict[str, str]]:
        """The conversation as the chat shows it."""
        messages: list[dict[str, str]] = []
        for turn in self.turns:
            if turn.question.strip():
                messages.append({"role": "user", "content": question_html(turn.question)})
            if turn.answer is not None:
                messages.append({"role": "assistant", "content": answer_html(turn.answer, turn.number)})
            elif turn.error is not None:
                messages.append({"role": "assistant", "content": error_html(turn.error)})
        return messages
