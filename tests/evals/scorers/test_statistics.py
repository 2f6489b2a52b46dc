"""Errors, intervals and tests against what is known about them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scorers.statistics import cluster_numbers, estimate, mcnemar, paired_difference, resample, wilson


def measured(achieved, clusters=None, of=None):
    pairs = np.column_stack([achieved, np.ones(len(achieved)) if of is None else of]).astype(float)
    clusters = np.arange(len(pairs)) if clusters is None else np.array(clusters)
    draws = resample(pairs[:, None], clusters)
    return estimate(pairs, clusters, draws[:, 0])


def test_the_error_of_a_mean_is_the_textbooks():
    values = np.random.default_rng(1).integers(0, 2, 400)
    found = measured(values)
    assert found.value == values.mean()
    assert found.error == pytest.approx(values.std(ddof=1) / math.sqrt(400))
    assert found.high - found.low == pytest.approx(2 * 1.96 * found.error, rel=0.1)


def test_questions_that_go_together_widen_the_interval():
    values = np.repeat(np.random.default_rng(2).integers(0, 2, 40), 10)
    alone, together = measured(values), measured(values, np.repeat(np.arange(40), 10))
    assert together.error == pytest.approx(alone.error * math.sqrt(10), rel=0.05)
    assert together.high - together.low > 2.5 * (alone.high - alone.low)


def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    generator = np.random.default_rng(3)
    held = 0
    for _ in range(100):
        found = measured(generator.random(80) < 0.7)
        held += found.low <= 0.7 <= found.high
    assert 88 <= held <= 100


def test_where_all_scored_the_same_the_interval_is_not_empty():
    found = measured(np.ones(20))
    assert (found.value, found.error, found.high) == (1, 0, 1)
    assert found.low == pytest.approx(0.8389, abs=1e-3)  # Wilson's, from the textbook


def test_a_measure_that_no_question_counts_for():
    assert measured(np.zeros(3), of=np.zeros(3)) is None


def test_few_clusters_are_not_resampled():
    assert cluster_numbers(["a"] * 50)[1] is False
    assert cluster_numbers([f"a{n}" for n in range(10)])[1] is False
    numbers, clustered = cluster_numbers([f"a{n // 2}" for n in range(60)])
    assert clustered
    assert numbers.tolist() == [n // 2 for n in range(60)]


@pytest.mark.parametrize(
    ("up", "down", "p"), [(0, 0, 1), (5, 5, 1), (0, 5, 0.0625), (1, 9, 0.021484375), (10, 2, 0.0386)]
)
def test_mcnemar(up, down, p):
    assert mcnemar(up, down) == pytest.approx(p, abs=1e-4)


def test_a_paired_difference():
    generator = np.random.default_rng(4)
    before = np.column_stack([generator.integers(0, 2, 300), np.ones(300)]).astype(float)
    same = paired_difference(before, before, np.arange(300))
    assert same[:3] == (0, 0, 0)
    after = before.copy()
    after[:60, 0] = 1
    difference, low, high, p = paired_difference(before, after, np.arange(300))
    assert 0 < low < difference < high
    assert p < 0.01


@given(st.integers(0, 50), st.integers(1, 50))
def test_wilson_is_an_interval_around_the_rate(k, more):
    n = k + more
    low, high = wilson(k / n, n)
    assert 0 <= low <= k / n + 1e-12
    assert k / n - 1e-12 <= high <= 1
