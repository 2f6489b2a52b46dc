"""Two runs over the same questions: what changed, by how much, and whether it can be chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.errors import RunMismatchError
from evals.runs.log import RunLog, differences
from evals.runs.outcome import OUTCOMES
from evals.scorers.measures import MEASURES, Measure, pairs_of
from evals.scorers.statistics import cluster_numbers, mcnemar, paired_difference

_GOOD = OUTCOMES[:2]


def compare(before: RunLog, after: RunLog, *, across_corpora: bool = False) -> dict[str, Any]:
    """Everything that changed from one run to the other.

    Rates over the same questions are tested with McNemar's exact test, all else with a paired bootstrap over clusters.

    Raises:
        RunMismatchError: the questions differ, or the articles do.
    """
    _check(before, after, across_corpora=across_corpora)
    labels = [record["cluster"] for record in before.records]
    clusters, clustered = cluster_numbers(labels)
    old, new = ([record["scores"] for record in log.records] for log in (before, after))
    measures = [m for m in MEASURES if any(m.name in s for s in old) and any(m.name in s for s in new)]
    names = [m.name for m in measures]
    pairs_before, pairs_after = pairs_of(old, names), pairs_of(new, names)
    changes = _changes(before, after)
    return {
        "before": str(before.path),
        "after": str(after.path),
        "n": len(before.records),
        "intervals": "by article or conversation" if clustered else "by question",
        "differs": [name for name in differences(before.head, after.head) if name != "started"],
        "measures": {
            m.name: _measure(m, pairs_before[:, n], pairs_after[:, n], clusters) for n, m in enumerate(measures)
        },
        "better": [change for change in changes if change["after"] in _GOOD],
        "worse": [change for change in changes if change["before"] in _GOOD],
        "other": [change for change in changes if change["before"] not in _GOOD and change["after"] not in _GOOD],
    }


def _check(before: RunLog, after: RunLog, *, across_corpora: bool) -> None:
    if before.head["questions"]["fingerprint"] != after.head["questions"]["fingerprint"]:
        raise RunMismatchError(
            f"{before.path} and {after.path} are over different questions "
            f"({before.head['questions']['name']}, {after.head['questions']['name']}, or another --limit); "
            "run the same set twice."
        )
    if before.head["corpus"]["fingerprint"] != after.head["corpus"]["fingerprint"] and not across_corpora:
        raise RunMismatchError(
            f"{before.path} and {after.path} are over different articles; if that is what is to be compared, "
            "say --across-corpora."
        )


def _measure(
    measure: Measure, before: NDArray[np.float64], after: NDArray[np.float64], clusters: NDArray[np.int64]
) -> dict[str, Any]:
    difference, low, high, p = paired_difference(before, after, clusters)
    document = {
        "before": float(before[:, 0].sum() / before[:, 1].sum()),
        "after": float(after[:, 0].sum() / after[:, 1].sum()),
        "difference": difference,
        "low": low,
        "high": high,
        "p": p,
        "test": "paired bootstrap",
    }
    if _is_rate(before) and _is_rate(after) and np.array_equal(before[:, 1], after[:, 1]):
        up, down = int((after[:, 0] > before[:, 0]).sum()), int((after[:, 0] < before[:, 0]).sum())
        document |= {"p": mcnemar(up, down), "test": "McNemar", "gained": up, "lost": down}
    if measure.higher_is_better is None or difference == 0:
        direction = "same" if difference == 0 else "changed"
    else:
        direction = "better" if (difference > 0) == measure.higher_is_better else "worse"
    return {**document, "direction": direction}


def _is_rate(pairs: NDArray[np.float64]) -> bool:
    return bool(np.isin(pairs, (0.0, 1.0)).all())


def _changes(before: RunLog, after: RunLog) -> list[dict[str, Any]]:
    """The questions that came out otherwise."""
    return [
        {
            "id": old["id"],
            "question": old["question"],
            "before": old["outcome"],
            "after": new["outcome"],
            "answer_before": _answer(old),
            "answer_after": _answer(new),
        }
        for old, new in zip(before.records, after.records, strict=True)
        if old["outcome"] != new["outcome"]
    ]


def _answer(record: dict[str, Any]) -> str | None:
    answer = record["answer"]
    statements: Sequence[Any] = answer["statements"] if answer else []
    return " ".join(statement["text"] for statement in statements) or None
