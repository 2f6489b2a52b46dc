"""Fitting: a listwise ranking, a logistic regression, and the threshold that serves answers and refusals alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Listed(Protocol):
    """Sentences to be ranked: features [sentences, features], and which of them are right."""

    @property
    def features(self) -> Array:
        """[sentences, features]."""
        ...

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each sentence is right."""
        ...


def fit_ranking(sets: Sequence[Sequence[Listed]], steps: int = 600, rate: float = 0.05, decay: float = 1e-4) -> Array:
    """Weights that make a right sentence score above the others: the listwise softmax (Cao et al. 2007) by Adam.

    Every set counts alike, however many examples it has.
    """
    groups = [[one for one in examples if one.right.any()] for examples in sets]
    data = [one for group in groups for one in group]
    share = np.concatenate([np.full(len(group), 1 / len(group) / len(groups)) for group in groups if group])
    features = np.concatenate([one.features for one in data])
    right = np.concatenate([one.right for one in data])
    lengths = np.array([len(one.right) for one in data])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    weights = np.zeros(features.shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = features @ weights
        every = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
        every /= np.repeat(np.add.reduceat(every, starts), lengths)
        wanted = np.where(right, every, 0)
        wanted /= np.repeat(np.add.reduceat(wanted, starts), lengths)
        gradient = decay * weights + ((every - wanted) * np.repeat(share, lengths)) @ features
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_logistic(features: Array, labels: Array, decay: float = 1e-3) -> Array:
    """Weights, the bias last, of a logistic regression by Newton's method."""
    design = np.hstack([features, np.ones((len(features), 1))])
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (guess - labels) + decay * weights
        hessian = (design * (guess * (1 - guess))[:, None]).T @ design + decay * np.eye(len(weights))
        weights -= np.linalg.solve(hessian, gradient)
    return weights


def f1(chosen: NDArray[np.bool_], hits: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> float:
    """F1 of a choice: `hits` are the right ones among all, `wanted` those that ought to have been chosen."""
    true = float((chosen & hits).sum())
    return 2 * true / max(1.0, float(chosen.sum() + wanted.sum()))


class DevSet:
    """A dev set as the threshold sees it.

    Args:
        name: of the set.
        confidence: of each question's reading.
        right: 1 where the best sentence is right.
        answerable: whether the question can be answered.
    """

    def __init__(self, name: str, confidence: Array, right: Array, answerable: Sequence[bool]) -> None:
        self.name = name
        self.confidence = confidence
        self.right = right > 0
        self.answerable = np.array(answerable, dtype=bool)

    def scores(self, threshold: float) -> tuple[float, float]:
        """F1 of right answers, and F1 of right refusals, with this threshold."""
        answered = self.confidence >= threshold
        answers = f1(answered, self.right, self.answerable)
        return answers, f1(~answered, ~self.answerable, ~self.answerable)

    def right_from(self, threshold: float) -> float:
        """The share that is right of what has this confidence or more; 1 where nothing has."""
        judged = self.right[self.confidence >= threshold]
        return float(judged.mean()) if len(judged) else 1.0

    def report(self, threshold: float) -> dict[str, Any]:
        """What is written down of it."""
        refused = self.confidence < threshold
        refusals = int((refused & ~self.answerable).sum())
        answers_f1, refusals_f1 = self.scores(threshold)
        return {
            "set": self.name,
            "n": len(self.answerable),
            "answerable": int(self.answerable.sum()),
            "first_sentence_right": round(float(self.right.sum() / self.answerable.sum()), 3),
            "f1_answers": round(answers_f1, 3),
            "f1_refusals": round(refusals_f1, 3),
            "refusal_precision": round(refusals / max(1, int(refused.sum())), 3),
            "refusal_recall": round(refusals / max(1, int((~self.answerable).sum())), 3),
        }
