"""The default Reader: a small network marks the words that answer; fitted weights decide which sentence to trust."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.reader.attribution import attributed, where_said
from assistant.reader.calibration import Calibration
from assistant.reader.cues import answer_kind, asks_nothing, is_open, kind_spans
from assistant.reader.protocol import MOST_SHOWN, Candidate, ReadablePassage, Reading
from assistant.reader.span_choice import SentenceSpan, SpanNetwork
from assistant.reader.span_features import confidence_features, span_features
from index.errors import ModelError
from index.words import content_words

__all__ = ["SpanReader"]

_NEARLY = 1.5  # for figures of several days; docs/reader.md says how it was chosen


class SpanReader:
    """Reads passages with a network that marks spans; implements `Reader`.

    Args:
        network: scores the best span of every sentence.
        calibration: the fitted weights.
    """

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

    def read(self, question: str, passages: Sequence[ReadablePassage]) -> Reading:
        """The best span of every sentence, best first, and the confidence in the first of them.

        A question without words, or in a script the network was not trained for, gets no candidate.

        Raises:
            ModelError: the network's scores are no numbers.
        """
        if not passages or not is_readable(question):
            return Reading((), 0.0)
        found = self.network.spans(question, passages)
        if not any(found):
            return Reading((), 0.0)
        features = span_features(question, passages, found)
        if not np.isfinite(features).all():
            raise ModelError(f"the reader {self.name} gives scores that are no numbers; install or train it again.")
        weights = self._calibration.weights(question)
        scores = features @ weights.rank
        candidates = _candidates(question, passages, found, scores)
        said = attributed(question)
        if said is not None and (asked := _attribution(candidates, said, passages)) is not None:
            return asked
        confidence = weights.probability(confidence_features(features, scores))
        return Reading(candidates, confidence, self._shown(question, candidates), _NEARLY)

    def _shown(self, question: str, candidates: Sequence[Candidate]) -> int:
        """How many candidates make the answer: more than one only where the next is nearly as good."""
        reach = self._calibration.further * (2 if is_open(question) else 1)
        return sum(one.score >= candidates[0].score - reach for one in candidates[:MOST_SHOWN])


def _candidates(
    question: str,
    passages: Sequence[ReadablePassage],
    found: Sequence[Sequence[SentenceSpan]],
    scores: NDArray[np.float64],
) -> tuple[Candidate, ...]:
    """Every sentence with a span, best first; one of signs alone has nothing to mark."""
    places = [(p, s) for p, passage in enumerate(passages) for s in range(len(passage.sentences))]
    marked = {(p, one.sentence): one.span for p, spans in enumerate(found) for one in spans}
    ordered = [(*places[n], float(scores[n])) for n in np.argsort(-scores, kind="stable") if places[n] in marked]
    return tuple(
        Candidate(p, s, _whole_quantity(question, passages[p], s, marked[p, s]), score) for p, s, score in ordered
    )


def _attribution(candidates: Sequence[Candidate], said: str, passages: Sequence[ReadablePassage]) -> Reading | None:
    """The sentence that says what the question quotes, first: it names who says so, or its article does."""
    match where_said(said, passages):
        case None:
            return None
        case place, share:
            first = [one for one in candidates if (one.passage, one.sentence) == place]
            rest = [one for one in candidates if (one.passage, one.sentence) != place]
            best = [replace(one, score=candidates[0].score) for one in first]
            return Reading((*best, *rest), share) if best else None


def _whole_quantity(question: str, passage: ReadablePassage, sentence: int, span: tuple[int, int]) -> tuple[int, int]:
    """A number as it is said, with what qualifies it and what it counts: "approximately 14,000 residents"."""
    kind = answer_kind(question)
    if kind != "number":
        return span
    start, end = passage.sentences[sentence]
    for quantity in kind_spans(kind, passage.text[start:end], question):
        if quantity[0] <= span[0] and span[1] <= quantity[1]:
            return quantity
    return span


def is_readable(question: str) -> bool:
    """Whether a question has words that ask for something or numbers, and is mostly in the Latin script."""
    letters = [sign for sign in question if sign.isalpha()]
    latin = sum(unicodedata.name(sign, "").startswith("LATIN") for sign in letters)
    return latin * 2 >= len(letters) and bool(content_words(question)) and not asks_nothing(question)
