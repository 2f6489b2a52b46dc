"""What the Reader goes by beside the network's scores, and its fitted weights: the best sentence, how sure that is.

The weights are fitted together (`evals/workshop`); they also say when to answer, and how briefly.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reader.spans import SentenceScore
from assistant.tuning import EARLY, LEAST_STANDING, SCORE_CEILING
from index import Hit
from index.errors import ModelError
from index.language.text import parsed

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
            said.append(parsed(hit.article.text[sentence.start : sentence.end][slice(*one.span)]).content_words)
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
    """
    return np.array([*features[int(np.argmax(sums))], math.log(len(sums))])


def short_features(one: SentenceScore, sentence: str) -> Array:
    """What it depends on whether the best span of a sentence is right by itself: [len(SHORT_FEATURES)]."""
    start, end = one.span
    length = math.log1p(len(sentence[start:end].split()))
    return np.array([one.certainty, one.score, length, (end - start) / max(1, len(sentence))])


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression."""

    weights: Array
    bias: float

    @classmethod
    def of(cls, held: dict[str, Any], names: Sequence[str]) -> Logistic:
        """From a part of a calibration document.

        Raises:
            KeyError, TypeError, ValueError: it is no such part.
        """
        weights = _numbers(held, [*names, "bias"])
        return cls(weights[:-1], float(weights[-1]))

    def probability(self, features: Array) -> float:
        """Of one row of features."""
        total = float(features @ self.weights) + self.bias
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is fitted on development sets alone; the file also records on which, and how.

    Attributes:
        rank: one weight for each of `RANK_FEATURES`; their sum scores a sentence.
        confidence: of `CONFIDENCE_FEATURES`; the probability that the best sentence is right.
        short: of `SHORT_FEATURES`; the probability that its best span is right by itself.
        threshold: the confidence from which on a question counts as answered.
        tentative: the lower one, from which on an answer is shown as one that may be right.
        short_threshold: the probability from which on a short answer is shown.
        further: how far below the best sum another sentence may be and still be shown with it.
        support: the log-odds from which on a claim counts as supported.
        model: the name of the network that they were fitted for.
    """

    rank: Array
    confidence: Logistic
    short: Logistic
    threshold: float
    tentative: float
    short_threshold: float
    further: float
    support: float
    model: str = ""

    @classmethod
    def load(cls, path: Path, model: str = "") -> Calibration:
        """Read a calibration file.

        Args:
            model: the name of the network that it must have been fitted for; empty for any.

        Raises:
            ModelError: the file is missing, damaged, or was fitted for another network or other features.
        """
        try:
            found = cls.of(json.loads(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise ModelError(f"{path}: cannot be read ({error.strerror}); install the reader's model again") from error
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{path}: is damaged ({error!r}); install the reader's model again") from error
        if model and found.model != model:
            raise ModelError(
                f"{path}: was fitted for the network {found.model}, not for {model} beside it; "
                "fit it again with `python -m evals.workshop.fit_reader`, or install the reader's model again."
            )
        return found

    @classmethod
    def of(cls, held: dict[str, Any]) -> Calibration:
        """From the document that such a file holds.

        Raises:
            KeyError, TypeError, ValueError: it is no such document.
        """
        threshold, tentative, short, further, support = _numbers(
            held, ["threshold", "tentative", "short_threshold", "further", "support"]
        )
        if not (0 <= tentative <= threshold <= 1 and 0 <= short <= 1):
            raise ValueError("a threshold is no probability, or the lower one is above the other")
        return cls(
            _numbers(held["rank"], RANK_FEATURES),
            Logistic.of(held["confidence"], CONFIDENCE_FEATURES),
            Logistic.of(held["short"], SHORT_FEATURES),
            float(threshold),
            float(tentative),
            float(short),
            float(further),
            float(support),
            str(held["model"]),
        )


def _numbers(held: dict[str, Any], names: Sequence[str]) -> Array:
    found = np.array([float(held[name]) for name in names])
    if not np.isfinite(found).all():
        raise ValueError("a weight is not a number")
    return found
