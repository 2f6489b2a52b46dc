"""What is seen of one question in a run: all that a scorer may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.questions.evidence import Item, Span


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that the search brought.

    Attributes:
        doc_id, start, end: where it stands.
        text: what it says.
        also: other articles with nearly the same passage, folded into it.
    """

    doc_id: str
    start: int
    end: int
    text: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """A question, what was found for it, and what was answered.

    Attributes:
        item: the question and where its answer stands.
        answer: the Answer as JSON; None where only the search ran, or where asking failed.
        found: the passages, best first, of the given article where there is one; None where asking failed.
        resolves: for every citation and then for every closest sentence, whether the article has those very characters
            at that place.
    """

    item: Item
    answer: Mapping[str, Any] | None = None
    found: tuple[Found, ...] | None = None
    resolves: tuple[bool, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether something was answered."""
        return self.answer is not None and self.answer["status"] == "answered"

    @property
    def refused(self) -> bool:
        """Whether the assistant said that the articles do not say. A failure is neither this nor an answer."""
        return self.answer is not None and self.answer["status"] == "not_in_corpus"

    @property
    def tentative(self) -> bool:
        """Whether it was answered with "this may answer it", the confidence being between the two thresholds."""
        return self.answered and bool((self.answer or {}).get("tentative"))

    @property
    def displayed(self) -> str:
        """The text of the answer without its markers; empty for a refusal."""
        statements = self.answer["statements"] if self.answer is not None else []
        return " ".join(" ".join(statement["text"].split()) for statement in statements)

    @property
    def prediction(self) -> str:
        """What the SQuAD rules compare: the short answer, or where there is none, the whole answer."""
        return str((self.answer or {}).get("short_answer") or self.displayed)

    @property
    def citations(self) -> list[Mapping[str, Any]]:
        """The citations of the answer, in order; none in a refusal."""
        return list(self.answer["citations"]) if self.answer is not None else []

    @property
    def would_cite(self) -> Mapping[str, Any] | None:
        """The first citation, or for a refusal, the sentence that came closest."""
        listed = [*self.citations, *((self.answer or {}).get("closest") or [])]
        return listed[0] if listed else None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the answer stands."""
        return self.item.evidence
