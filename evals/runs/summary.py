"""From the questions of a run to its measures, by type too, and its times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evals.runs.outcome import OUTCOMES, area_under, coverage_curve
from evals.scorers.measures import BY_TYPE, as_document, summarise
from evals.scorers.statistics import cluster_numbers

PERCENTILES = (50, 90, 95, 99)

Record = Mapping[str, Any]


def summary_of(records: Sequence[Record], excluded: Sequence[str] = ()) -> dict[str, Any]:
    """The last line of a run's log.

    Args:
        excluded: what the set has and the run left out, each with the reason.
    """
    labels = [record["cluster"] for record in records]
    counts = Counter(record["outcome"] for record in records)
    types = sorted({record["type"] for record in records if record["type"]})
    return {
        "kind": "end",
        "n": len(records),
        "excluded": list(excluded),
        "failed": [record["id"] for record in records if record["error"] is not None],
        "intervals": "by article or conversation" if cluster_numbers(labels)[1] else "by question",
        "measures": as_document(summarise([record["scores"] for record in records], labels)),
        "outcomes": {name: counts[name] for name in OUTCOMES if counts[name]},
        "by_type": {name: _of_type([record for record in records if record["type"] == name]) for name in types},
        "reasons": _reasons(records),
        "area_under_coverage": _area(records),
        "latency_ms": {
            stage: percentiles([record["answer"]["timings_ms"][stage] for record in records if _timed(record, stage)])
            for stage in ("search", "read", "total")
        },
    }


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """The median and the slowest of a stage, in milliseconds."""
    if not milliseconds:
        return {}
    values = np.percentile(np.array(milliseconds), PERCENTILES)
    return {f"p{p}": round(float(value), 1) for p, value in zip(PERCENTILES, values, strict=True)}


def _of_type(records: Sequence[Record]) -> dict[str, Any]:
    counts = Counter(record["outcome"] for record in records)
    good = counts["right"] + counts["right refusal"]
    scores = [{name: ratio for name, ratio in record["scores"].items() if name in BY_TYPE} for record in records]
    return {
        "n": len(records),
        "good": good,
        "outcomes": {name: counts[name] for name in OUTCOMES if counts[name]},
        "measures": as_document(summarise(scores, [record["cluster"] for record in records])),
    }


def _reasons(records: Sequence[Record]) -> dict[str, dict[str, int]]:
    """Why questions were refused, the commonest reason first: how many that have an answer, and how many without."""
    given = [(record["answer"], record["answerable"]) for record in records if record["answer"] is not None]
    counts = Counter((answer["reason"]["kind"], has_one) for answer, has_one in given if answer.get("reason"))
    kinds = sorted({kind for kind, _ in counts}, key=lambda kind: (-counts[kind, True] - counts[kind, False], kind))
    return {kind: {"answerable": counts[kind, True], "unanswerable": counts[kind, False]} for kind in kinds}


def _area(records: Sequence[Record]) -> float | None:
    answers = [record for record in records if record["answer"] is not None]
    if not answers:
        return None
    confidences = [record["answer"]["confidence"] for record in answers]
    return round(area_under(coverage_curve(confidences, [record["would_be_right"] for record in answers])), 4)


def _timed(record: Record, stage: str) -> bool:
    return record["answer"] is not None and stage in record["answer"]["timings_ms"]
