"""From the scores of a reading to the probability that its best candidate answers the question."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import ModelError

__all__ = ["FEATURES", "Calibration", "features_of"]

FEATURES = ("best", "lead", "rivals")
"""What the logistic regression sees: the best score, its lead over the second, and how many others come near it."""

_CEILING = 12.0
_NEAR = 2.0


def features_of(scores: Sequence[float]) -> tuple[float, ...]:
    """The features of a reading from the scores of its candidates, best first."""
    if not scores:
        return (-_CEILING, 0.0, 0.0)
    best = max(-_CEILING, min(_CEILING, scores[0]))
    lead = min(_CEILING, scores[0] - scores[1]) if len(scores) > 1 else _CEILING
    rivals = sum(score > scores[0] - _NEAR for score in scores[1:])
    return (best, lead, math.log1p(rivals))


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression, fitted on development sets alone.

    Attributes:
        weights: one for each of `FEATURES`.
        bias: what is added.
        threshold: the confidence from which on a question counts as answered.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float

    @classmethod
    def load(cls, path: Path) -> Calibration:
        """Read a calibration file; it also records on what data and how it was fitted.

        Raises:
            ModelError: the file is missing or is no calibration for these features.
        """
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            if tuple(held["features"]) != FEATURES:
                raise ModelError(f"{path}: was fitted for other features; install the reader's model again")
            made = cls(
                tuple(float(weight) for weight in held["weights"]), float(held["bias"]), float(held["threshold"])
            )
        except OSError as error:
            raise ModelError(f"{path}: cannot be read ({error.strerror}); install the reader's model again") from error
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{path}: is damaged ({error}); install the reader's model again") from error
        if len(made.weights) != len(FEATURES) or not all(map(math.isfinite, (*made.weights, made.bias))):
            raise ModelError(f"{path}: is damaged (its weights cannot be used); install the reader's model again")
        return made

    def confidence(self, scores: Sequence[float]) -> float:
        """The probability that the best of these scores (best first) belongs to a right answer; 0 without scores."""
        if not scores:
            return 0.0
        total = self.bias
        for weight, value in zip(self.weights, features_of(scores), strict=True):
            total += weight * value
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))
