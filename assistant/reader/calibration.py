"""The fitted weights of the span reader: which sentence is best, how sure that is, and when to answer."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reader.cues import is_terse
from assistant.reader.span_features import CONFIDENCE_FEATURES, SPAN_FEATURES
from index.errors import ModelError

__all__ = ["Calibration", "Weights"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Which sentence is best, and how sure that is.

    Attributes:
        rank: one for each of `SPAN_FEATURES`; their sum scores a sentence.
        confidence: one for each of `CONFIDENCE_FEATURES`.
        bias: what is added to theirs.
    """

    rank: Array
    confidence: Array
    bias: float

    @classmethod
    def of(cls, held: dict[str, Any]) -> Weights:
        """From a part of a calibration document.

        Raises:
            KeyError, TypeError, ValueError: it is no such part.
        """
        rank = np.array([float(held["rank"][name]) for name in SPAN_FEATURES])
        confidence = np.array([float(held["confidence"][name]) for name in CONFIDENCE_FEATURES])
        bias = float(held["confidence"]["bias"])
        if not all(map(math.isfinite, (*rank, *confidence, bias))):
            raise ValueError("a weight is not a number")
        return cls(rank, confidence, bias)

    def probability(self, features: Array) -> float:
        """The confidence of a reading from its `confidence_features`."""
        total = float(features @ self.confidence) + self.bias
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights that are fitted on development sets alone; the file also records on which, and how.

    Attributes:
        whole: for questions that are sentences.
        terse: for questions of a few key words (`cues.is_terse`), which the network never saw in training: its score
            counts for less there.
        threshold: the confidence from which on a question counts as answered.
        further: how far below the best score another sentence may be and still be shown with it.
        model: the name of the network that they were fitted for.
    """

    whole: Weights
    terse: Weights
    threshold: float
    further: float
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
                "fit it again with `python -m evals.fit_reader`, or install the reader's model again."
            )
        return found

    @classmethod
    def of(cls, held: dict[str, Any]) -> Calibration:
        """From the document that such a file holds.

        Raises:
            KeyError, TypeError, ValueError: it is no such document.
        """
        threshold, further = float(held["threshold"]), float(held["further"])
        if not (0 <= threshold <= 1 and math.isfinite(further)):
            raise ValueError("a threshold is no probability")
        return cls(Weights.of(held["whole"]), Weights.of(held["terse"]), threshold, further, str(held["model"]))

    def weights(self, question: str) -> Weights:
        """Those for a question of this kind."""
        return self.terse if is_terse(question) else self.whole
