"""What the Reader goes by beside the network's scores; the weights are fitted together (`evals/fit_reader.py`)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.reader.protocol import ReadablePassage
from assistant.reader.spans import SentenceScore

__all__ = [
    "CONFIDENCE_FEATURES",
    "RANK_FEATURES",
    "SHORT_FEATURES",
    "confidence_features",
    "rank_features",
    "short_features",
]

Array = NDArray[np.float64]

RANK_FEATURES = (
    "score",  # the network: log-odds that the sentence answers, against "no answer in this window"
    "standing",  # log of what search gave the passage over what it gave the best one: 0 or less
    "early",  # where it stands in its article: 1 at the beginning, falling to 0
)
CONFIDENCE_FEATURES = (
    "score",  # what the network gives the best sentence
    "lead",  # how far its sum is above that of the next one of another passage
    "volume",  # log of the number of sentences: among many, one of the right form is found for any question
    "standing",  # as of the best sentence
)
SHORT_FEATURES = (
    "certainty",  # log of the share that the span has of its sentence's score
    "score",  # of the sentence
    "length",  # log of 1 and the span's words
    "whole",  # the span's share of its sentence, in code points
)

_CEILING = 16.0
_LEAST_STANDING = 0.01  # search gives 0 to what fits no better than chance
_EARLY = 1500  # code points of an article after which what stands there counts a third of its beginning


def rank_features(
    passages: Sequence[ReadablePassage], scores: Sequence[Sequence[SentenceScore]]
) -> tuple[Array, list[tuple[int, SentenceScore]]]:
    """The features of all sentences that have a score, [sentences, len(RANK_FEATURES)], and whose they are.

    Args:
        passages: what was read.
        scores: of each passage, by the network.

    Returns:
        The features, and for each row the position of its passage and the network's score.
    """
    top = max((passage.score for passage in passages), default=0.0)
    rows, owners = [], []
    for number, (passage, found) in enumerate(zip(passages, scores, strict=True)):
        standing = math.log(max(passage.score / top, _LEAST_STANDING)) if top > 0 else 0.0
        for one in found:
            early = math.exp(-(passage.start + passage.sentences[one.sentence][0]) / _EARLY)
            rows.append((one.score, standing, early))
            owners.append((number, one))
    features = np.array(rows, dtype=np.float64).reshape(len(rows), len(RANK_FEATURES))
    features[:, 0] = features[:, 0].clip(-_CEILING, _CEILING)  # and what is no number stays none
    return features, owners


def confidence_features(features: Array, sums: Array, owners: Sequence[int]) -> Array:
    """What the confidence in the best of several sentences depends on: [len(CONFIDENCE_FEATURES)].

    Args:
        features: of `rank_features`.
        sums: the weighted sum of each row.
        owners: the passage of each row.
    """
    best = int(np.argmax(sums))
    others = [total for total, owner in zip(sums, owners, strict=True) if owner != owners[best]]
    lead = float(sums[best]) - max(others, default=-_CEILING)
    score, standing, _ = features[best]
    return np.array([score, min(lead, _CEILING), math.log(len(sums)), standing])


def short_features(one: SentenceScore, sentence: str) -> Array:
    """What it depends on whether the best span of a sentence is right by itself: [len(SHORT_FEATURES)]."""
    start, end = one.span
    length = math.log1p(len(sentence[start:end].split()))
    return np.array([one.certainty, one.score, length, (end - start) / max(1, len(sentence))])
