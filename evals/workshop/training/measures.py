"""Exact match and F1 as SQuAD 2.0 defines them, and intervals by bootstrap."""

from __future__ import annotations

import re
import string
import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normal(text: str) -> str:
    """Lower case, without punctuation, articles and extra white space (the official script's `normalize_answer`)."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact(given: str, accepted: Sequence[str]) -> float:
    """Whether an answer equals one of the accepted ones; no accepted answers means that none is right."""
    return float(any(normal(given) == normal(one) for one in accepted or [""]))


def f1(given: str, accepted: Sequence[str]) -> float:
    """The best word overlap with an accepted answer."""
    return max(_f1(normal(given).split(), normal(one).split()) for one in accepted or [""])


def _f1(given: list[str], gold: list[str]) -> float:
    if not given or not gold:
        return float(given == gold)
    shared = sum((Counter(given) & Counter(gold)).values())
    return 2 * shared / (len(given) + len(gold))


def contains(text: str, accepted: Sequence[str]) -> bool:
    """Whether an accepted answer stands in a text, word for word after normalisation."""
    inside = f" {normal(text)} "
    return any(normal(one) and f" {normal(one)} " in inside for one in accepted)


def half_of(group: str) -> int:
    """Which half of a set a text and all questions about it are in, 0 or 1, when each half is judged by the other."""
    return zlib.crc32(group.encode()) % 2


def bootstrap(
    values: Sequence[float], groups: Sequence[str] | None = None, *, draws: int = 2000, seed: int = 5
) -> dict[str, float]:
    """The mean, and its 95 % interval by resampling groups: questions about one text are right or wrong together.

    Args:
        values: one for each question.
        groups: what each belongs to; each to itself without it.
        draws, seed: of the resampling.
    """
    found: npt.NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    if not len(found):
        return {"mean": float("nan"), "low": float("nan"), "high": float("nan"), "n": 0}
    chance = np.random.default_rng(seed)
    _, member = np.unique(np.arange(len(found)) if groups is None else np.asarray(groups), return_inverse=True)
    sums, sizes = np.bincount(member, found), np.bincount(member)
    drawn = (chance.integers(0, len(sums), len(sums)) for _ in range(draws))
    means = [sums[some].sum() / sizes[some].sum() for some in drawn]
    low, high = np.percentile(means, [2.5, 97.5])
    return {
        "mean": round(float(found.mean()), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
        "n": len(found),
    }
