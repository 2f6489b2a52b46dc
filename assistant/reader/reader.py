"""What every Reader takes and gives, and the default one: the network scores every sentence, fitted weights decide
which one to trust, and how far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from assistant.conversation import Exchange
from assistant.reader.calibration import Calibration, confidence_features, rank_features, short_features
from assistant.reader.encoding import asked_after
from assistant.reader.short_answer import whole_answer
from assistant.reader.spans import ReadablePassage, SentenceScore, SpanNetwork
from assistant.tuning import FOLLOWS
from index import Article, Hit, Passage, Sentence
from index.errors import ModelError
from index.language.text import parsed

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


class NetworkReader:
    """Reads passages with a network; implements `Reader`."""

    def __init__(self, network: SpanNetwork, calibration: Calibration) -> None:
        self.network = network
        self._calibration = calibration

    @property
    def name(self) -> str:
        """The network's name, with the first digits of its hash where it has one."""
        return self.network.name

    @property
    def threshold(self) -> float:
        """The confidence from which on a question counts as answered."""
        return self._calibration.threshold

    @property
    def tentative(self) -> float:
        """The lower one, from which on an answer is shown as one that may be right."""
        return self._calibration.tentative

    @property
    def support(self) -> float:
        """The log-odds from which on the network finds a claim supported."""
        return self._calibration.support

    def read(self, question: str, passages: Sequence[Hit], exchanges: Sequence[Exchange] = ()) -> Reading:
        """The sentences, best first, and the confidence in the first of them.

        A question of small words alone ("how?") asks for nothing where no conversation is before it.

        Raises:
            ModelError: the network's scores are no numbers.
        """
        if not passages or (not exchanges and not parsed(question).content_words):
            return Reading((), 0.0)
        scores = self.network.read(asked_after(question, exchanges), list(map(ReadablePassage.of, passages)))
        features, owners = rank_features(passages, scores)
        if not owners:
            return Reading((), 0.0)
        if not np.isfinite(features).all():
            raise ModelError(f"the reader {self.name} gives scores that are no numbers; install or train it again.")
        fitted = self._calibration
        sums = features @ fitted.rank
        order = [int(n) for n in np.argsort(-sums, kind="stable")]
        confidence = fitted.confidence.probability(confidence_features(features, sums))
        candidates = tuple(self._candidate(*owners[n], float(sums[n])) for n in order)
        shown = sum(one.score >= candidates[0].score - fitted.further for one in candidates[:MOST_SHOWN])
        follows = bool(exchanges) and self._follows(question, *owners[order[0]])
        return Reading(candidates, confidence, shown, follows)

    def _candidate(self, hit: Hit, one: SentenceScore, score: float) -> Candidate:
        """A sentence with the words that answer by themselves, where that can be trusted."""
        sentence = hit.sentences[one.sentence]
        text = hit.article.text[sentence.start : sentence.end]
        trusted = self._calibration.short.probability(short_features(one, text)) >= self._calibration.short_threshold
        span = whole_answer(text, one.span) if trusted else None
        return Candidate(hit, sentence, span, score, one.span, one.score)

    def _follows(self, question: str, hit: Hit, best: SentenceScore) -> bool:
        """Whether the best sentence answers the question much better with the conversation before it."""
        alone = {one.sentence: one.score for one in self.network.read(question, [ReadablePassage.of(hit)])[0]}
        return alone.get(best.sentence, best.score) < best.score - FOLLOWS
