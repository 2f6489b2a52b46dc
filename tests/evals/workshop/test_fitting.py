"""Fitting finds the weights that made the data, and treats every set alike."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.workshop.fitting import DevSet, fit_logistic, fit_ranking


@dataclass
class Listed:
    features: NDArray[np.float64]
    right: NDArray[np.bool_]


def listed(weights: list[float], count: int, seed: int) -> list[Listed]:
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        features = chance.normal(size=(int(chance.integers(2, 9)), len(weights)))
        right = np.zeros(len(features), dtype=bool)
        right[np.argmax(features @ np.array(weights))] = True
        made.append(Listed(features, right))
    return made


def first_right(examples: list[Listed], weights: NDArray[np.float64]) -> float:
    return float(np.mean([one.right[np.argmax(one.features @ weights)] for one in examples]))


def test_ranking_learns_what_puts_the_right_one_first() -> None:
    weights = fit_ranking([listed([2.0, -1.0, 0.0], 200, 1)])
    assert first_right(listed([2.0, -1.0, 0.0], 200, 2), weights) > 0.95
    assert weights[0] > 0 > weights[1]


def test_examples_with_nothing_right_are_left_out() -> None:
    good = listed([1.0, 0.5], 50, 3)
    nothing = [Listed(np.ones((3, 2)), np.zeros(3, dtype=bool))]
    assert fit_ranking([good + nothing]) == pytest.approx(fit_ranking([good]))


def test_a_large_set_does_not_drown_a_small_one() -> None:
    small, large = listed([1.0, 0.0], 20, 4), listed([0.0, 1.0], 20, 5)
    assert fit_ranking([small, large * 10]) == pytest.approx(fit_ranking([small, large]), abs=1e-6)


def test_logistic_regression_finds_the_weights() -> None:
    chance = np.random.default_rng(6)
    features = chance.normal(size=(20_000, 2))
    labels = (chance.random(20_000) < 1 / (1 + np.exp(-(features @ [1.5, -0.5] + 0.7)))).astype(float)
    assert fit_logistic(features, labels) == pytest.approx([1.5, -0.5, 0.7], abs=0.1)


def test_a_threshold_parts_right_answers_from_questions_without_one() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.3, 0.2, 0.1])
    one = DevSet("made", confidence, np.array([1.0, 1, 1, 0, 0, 0]), [True] * 3 + [False] * 3)
    assert one.scores(0.5) == (1.0, 1.0)
    assert one.report(0.5)["refusal_recall"] == 1.0
