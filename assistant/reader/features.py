"""What the Reader goes by beside the network's scores; the weights are fitted together (`evals/workshop`)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.reader.spans import SentenceScore
from assistant.tuning import EARLY, LEAST_STANDING, SCORE_CEILING
from index import Hit
from index.language.words import content_words

Array = NDArray[np.float64]

RANK_FEATURES = (
    "score",  # the network: log-odds that the sentence answers, against "no answer in this window"
    "standing",  # log of what search gave the passage over what it gave the best one; 0 where all are of one article
    "early",  # minus the log of how far into its article it stands: news says first what matters
    "agreement",  # log of 1 and the probabilities of the other sentences that mark the same words
)
CONFIDENCE_FEATURES = (
    *RANK_FEATURES,  # of the best sentence
    "volume",  # log of the number of sentences: among many, one of the right form is found for any question
)
SHORT_FEATURES = (
    "certainty",  # log of the share that the span has of its sentence's score
    "score",  # of the sentence
    "length",  # log of 1 and the span's words
    "whole",  # the span's share of its sentence, in code points
)


def rank_features(
    hits: Sequence[Hit], scores: Sequence[Sequence[SentenceScore]]
) -> tuple[Array, list[tuple[Hit, SentenceScore]]]:
    """The features of all sentences that have a score, [sentences, len(RANK_FEATURES)], and whose they are.

    Args:
        hits: the passages that were read.
        scores: of each passage, by the network.

    Returns:
        The features, and for each row its passage and the network's score.
    """
    searched = len({hit.article.id for hit in hits}) > 1
    top = max((hit.score for hit in hits), default=0.0)
    rows, owners, said = [], [], []
    for hit, found in zip(hits, scores, strict=True):
        standing = math.log(max(hit.score / top, LEAST_STANDING)) if searched and top > 0 else 0.0
        for one in found:
            sentence = hit.sentences[one.sentence]
            rows.append((one.score, standing, -math.log1p(sentence.start / EARLY)))
            owners.append((hit, one))
            said.append(tuple(content_words(hit.article.text[sentence.start : sentence.end][slice(*one.span)])))
    own = np.array(rows, dtype=np.float64).reshape(len(rows), 3)
    own[:, 0] = own[:, 0].clip(-SCORE_CEILING, SCORE_CEILING)  # and what is no number stays none
    return np.column_stack([own, _agreement(own[:, 0], said)]), owners


def _agreement(scores: Array, said: Sequence[tuple[str, ...]]) -> Array:
    """For each sentence, how probable the others are that mark the same words: reports that say so independently."""
    chances = 1 / (1 + np.exp(-scores))
    together: dict[tuple[str, ...], float] = defaultdict(float)
    for words, chance in zip(said, chances, strict=True):
        together[words] += chance
    others = [together[words] - chance if words else 0.0 for words, chance in zip(said, chances, strict=True)]
    return np.log1p(np.maximum(others, 0.0))


def confidence_features(features: Array, sums: Array) -> Array:
    """What the confidence in the best of several sentences depends on: [len(CONFIDENCE_FEATURES)].

    Args:
        features: of `rank_features`.
        sums: the weighted sum of each row.
    """
    return np.array([*features[int(np.argmax(sums))], math.log(len(sums))])


def short_features(one: SentenceScore, sentence: str) -> Array:
    """What it depends on whether the best span of a sentence is right by itself: [len(SHORT_FEATURES)]."""
    start, end = one.span
    length = math.log1p(len(sentence[start:end].split()))
    return np.array([one.certainty, one.score, length, (end - start) / max(1, len(sentence))])
