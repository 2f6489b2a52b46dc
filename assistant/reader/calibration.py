"""The fitted weights of the Reader: which sentence is best, how sure that is, when to answer, and how briefly."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reader.features import CONFIDENCE_FEATURES, RANK_FEATURES, SHORT_FEATURES
from index.errors import ModelError

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression.

    Attributes:
        weights: one for each feature.
        bias: what is added to their sum.
    """

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
            path: the file.
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
