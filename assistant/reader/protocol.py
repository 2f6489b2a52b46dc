"""The seam between searching and answering: what every Reader takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.conversation import Exchange

__all__ = ["MOST_SHOWN", "Candidate", "ReadablePassage", "Reader", "Reading"]

MOST_SHOWN = 3
"""How many candidates make an answer at most."""


@dataclass(frozen=True, slots=True)
class ReadablePassage:
    """A passage as a Reader sees it.

    Attributes:
        title: the headline of its article.
        text: the passage's text.
        sentences: spans `[start, end)` of its sentences in `text`, in code points, in order.
        score: what search gave it, 0 or more and comparable among the passages of one question; 0 for all where
            nothing was searched.
        start: where the passage starts in its article, in code points.
        article: the id of its article.
    """

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    score: float = 0.0
    start: int = 0
    article: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer the question.

    Attributes:
        passage: position in the sequence of passages that was read.
        sentence: position among that passage's sentences.
        span: the short answer, `[start, end)` in code points of that sentence's text; None where only the whole
            sentence can be trusted to answer.
        score: how well it answers; comparable across all passages of one question, higher is better.
    """

    passage: int
    sentence: int
    span: tuple[int, int] | None
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a Reader makes of a question and its passages.

    Attributes:
        candidates: best first, at most one for a sentence of a passage.
        confidence: calibrated probability, 0 to 1, that the best candidate answers the question.
        shown: how many candidates, from the first, make the answer if there is one: 1 to MOST_SHOWN.
        nearly: candidates whose score is at most this much below the first's answer nearly as well; 0 where the Reader
            cannot say.
        follows: whether it is the conversation that makes the best candidate an answer.
    """

    candidates: tuple[Candidate, ...]
    confidence: float
    shown: int = 1
    nearly: float = 0.0
    follows: bool = False


class Reader(Protocol):
    """Finds the sentences that answer a question, and says how sure it is that they do."""

    @property
    def name(self) -> str:
        """Which Reader this is; it is recorded with answers and evaluation runs."""
        ...

    @property
    def threshold(self) -> float:
        """The confidence from which on a question counts as answered; calibrated on dev sets."""
        ...

    @property
    def tentative(self) -> float:
        """The lower one, from which on an answer is shown as one that may be right; calibrated likewise."""
        ...

    def read(self, question: str, passages: Sequence[ReadablePassage], exchanges: Sequence[Exchange] = ()) -> Reading:
        """Read all passages at once. No passages, or none with a candidate, give confidence 0.

        Args:
            question: as it was typed.
            passages: what search found.
            exchanges: the conversation before it, oldest first.
        """
        ...
