"""The seam between searching and answering: what every Reader takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.conversation import Exchange
from index import Article, Hit, Passage, Sentence

MOST_SHOWN = 3
"""How many candidates make an answer at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer the question.

    Attributes:
        hit: the passage that it was read in.
        sentence: where it stands in the article's text.
        span: the short answer, `[start, end)` in code points of that sentence's text; None where only the whole
            sentence can be trusted to answer.
        score: how well it answers; comparable across all passages of one question, higher is better.
        marked: the words that answer best in it, also where they are not to be trusted by themselves.
        odds: log-odds that it answers, by the passage alone.
    """

    hit: Hit
    sentence: Sentence
    span: tuple[int, int] | None
    score: float
    marked: tuple[int, int] | None = None
    odds: float = 0.0

    @property
    def article(self) -> Article:
        """The article that it stands in."""
        return self.hit.article

    @property
    def passage(self) -> Passage:
        """The passage that it was read in."""
        return self.hit.passage

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.article.text[self.sentence.start : self.sentence.end]

    @property
    def short_answer(self) -> str | None:
        """The words of `span`."""
        return None if self.span is None else self.text[slice(*self.span)]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a Reader makes of a question and its passages.

    Attributes:
        candidates: best first, at most one for a sentence of a passage.
        confidence: calibrated probability, 0 to 1, that the best candidate answers the question.
        shown: how many candidates, from the first, make the answer if there is one: 1 to MOST_SHOWN.
        follows: whether it is the conversation that makes the best candidate an answer.
    """

    candidates: tuple[Candidate, ...]
    confidence: float
    shown: int = 1
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

    def read(self, question: str, passages: Sequence[Hit], exchanges: Sequence[Exchange] = ()) -> Reading:
        """Read all passages at once. No passages, or none with a candidate, give confidence 0.

        Args:
            exchanges: the conversation before it, oldest first.
        """
        ...
