"""Standard errors, intervals and paired tests. Everything is a ratio of sums over questions that come in clusters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pairs = NDArray[np.float64]
"""For each question, what was achieved and out of what; (0, 0) where it does not count: shape [questions, 2]."""

DRAWS = 2000
_BATCH = 200  # draws at a time, so that 6,000 clusters fit into little memory
_FEWEST = 20  # clusters; with fewer, resampling them says little
_LARGEST = 0.2  # share of the questions in one cluster, above which the same holds


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its uncertainty.

    Attributes:
        value: sum of what was achieved over sum of what it is out of.
        n: questions that count.
        error: standard error, from the clusters (linearised ratio).
        low, high: 95 % interval (percentile bootstrap over clusters; Wilson's where every question scored the same).
    """

    value: float
    n: int
    error: float
    low: float
    high: float


def cluster_numbers(labels: Sequence[str]) -> tuple[NDArray[np.int64], bool]:
    """A number from 0 for each question's cluster, and whether clusters are used.

    Where there are few clusters, or one holds much of the set (all questions on one article, say), every question is a
    cluster of its own; the intervals then hold for further questions on these articles, not for other articles.
    """
    sizes = Counter(labels)
    if len(sizes) < _FEWEST or max(sizes.values()) > _LARGEST * len(labels):
        return np.arange(len(labels)), False
    known = {label: number for number, label in enumerate(sizes)}
    return np.array([known[label] for label in labels]), True


def resample(pairs: Pairs, clusters: NDArray[np.int64], *, seed: int = 0, draws: int = DRAWS) -> NDArray[np.float64]:
    """The ratios that come out when clusters are drawn again with replacement.

    Args:
        pairs: shape [questions, measures, 2].
        clusters: for each question, its number.

    Returns:
        shape [draws, measures]; NaN where nothing was drawn that counts.
    """
    sums = np.zeros((int(clusters.max(initial=-1)) + 1, *pairs.shape[1:]))
    np.add.at(sums, clusters, pairs)
    count = len(sums)
    flat = sums.reshape(count, -1)
    generator = np.random.default_rng(seed)
    results = []
    for start in range(0, draws, _BATCH):
        weights = generator.multinomial(count, np.full(count, 1 / count), size=min(_BATCH, draws - start))
        results.append((weights @ flat).reshape(len(weights), *pairs.shape[1:]))
    drawn = np.concatenate(results)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(drawn[..., 0] / drawn[..., 1])


def estimate(pairs: Pairs, clusters: NDArray[np.int64], draws: NDArray[np.float64]) -> Estimate | None:
    """A measure with its standard error and interval; None where no question counts.

    Args:
        draws: this measure's column of `resample`.
    """
    achieved, of = (float(total) for total in pairs.sum(axis=0))
    n = int((pairs[:, 1] > 0).sum())
    if not of:
        return None
    value = achieved / of
    residuals = np.bincount(clusters, weights=pairs[:, 0] - value * pairs[:, 1])
    count = int(np.count_nonzero(np.bincount(clusters, weights=pairs[:, 1])))
    error = math.sqrt(float((residuals**2).sum()) * count / max(1, count - 1)) / of
    if error < 1e-12 and 0 <= value <= 1:
        return Estimate(value, n, error, *wilson(value, count))
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    return Estimate(value, n, error, float(low), float(high))


def wilson(rate: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a rate: unlike the bootstrap it is not empty where all of n scored the same."""
    z = 1.959964
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def mcnemar(better: int, worse: int) -> float:
    """Exact two-sided p-value: as many as `better` and `worse` questions changed, were the two equally likely?"""
    n = better + worse
    tail = sum(math.comb(n, k) for k in range(min(better, worse) + 1))
    return min(1.0, float(2 * tail / 2**n)) if n else 1.0


def paired_difference(
    before: Pairs, after: Pairs, clusters: NDArray[np.int64], *, seed: int = 0
) -> tuple[float, float, float, float]:
    """By how much a measure differs between two runs over the same questions.

    Returns:
        the difference, its 95 % interval, and a two-sided bootstrap p-value.
    """
    drawn = resample(np.stack([before, after], axis=1), clusters, seed=seed)
    differences = drawn[:, 1] - drawn[:, 0]
    differences = differences[np.isfinite(differences)]
    of_before, of_after = before.sum(axis=0), after.sum(axis=0)
    difference = float(of_after[0] / of_after[1] - of_before[0] / of_before[1])
    low, high = np.percentile(differences, [2.5, 97.5])
    p = 2 * min(float((differences <= 0).mean()), float((differences >= 0).mean()))
    return difference, float(low), float(high), min(1.0, max(p, 1 / len(differences)))
