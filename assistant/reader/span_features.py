"""What the span reader goes by: the network's score of each sentence, and what its words say.

The network alone is led astray by a sentence of another event that has the right form ("... killed 12 people"); the
words alone do not know what is asked; and neither knows how well the whole passage suits the question and its day, as
search does. The weights of all are fitted together (`evals/fit_reader.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.reader.lexical import LEXICAL_FEATURES, lexical_features
from assistant.reader.protocol import ReadablePassage
from assistant.reader.span_choice import SentenceSpan

__all__ = ["CONFIDENCE_FEATURES", "SPAN_FEATURES", "confidence_features", "span_features"]

SPAN_FEATURES = (
    "span",  # the network: log-odds of the best span of the sentence against "no answer in this window"
    "standing",  # log of what search gave the passage over what it gave the best one: 0 or less
    *LEXICAL_FEATURES,
)
CONFIDENCE_FEATURES = (
    "total",  # the fitted score of the best sentence
    "lead",  # its lead over the fifth, or the last; of weight in terse questions only
    "span",  # what the network gives it
    "volume",  # log of the number of sentences: the more was read, the likelier it holds the answer
)

_CEILING = 16.0
_RIVAL = 5


def span_features(
    question: str, passages: Sequence[ReadablePassage], spans: Sequence[Sequence[SentenceSpan]]
) -> NDArray[np.float64]:
    """The features of all sentences of all passages, in order: [sentences, len(SPAN_FEATURES)]."""
    scores: list[float] = []
    standing: list[float] = []
    top = max((passage.score for passage in passages), default=0.0)
    for passage, found in zip(passages, spans, strict=True):
        of = {one.sentence: one.score for one in found}
        scores += [of.get(number, -_CEILING) for number in range(len(passage.sentences))]
        standing += [math.log(passage.score / top) if passage.score > 0 else 0.0] * len(passage.sentences)
    return np.column_stack([np.clip(scores, -_CEILING, _CEILING), standing, lexical_features(question, passages)])


def confidence_features(features: NDArray[np.float64], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the confidence in the best of several sentences depends on: [len(CONFIDENCE_FEATURES)]."""
    order = np.argsort(-scores, kind="stable")
    best, rival = order[0], order[min(_RIVAL - 1, len(order) - 1)]
    span = features[best, SPAN_FEATURES.index("span")]
    return np.array([scores[best], scores[best] - scores[rival], span, math.log(len(scores))])
