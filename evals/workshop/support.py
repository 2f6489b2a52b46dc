"""The threshold of the support head: on claims with the sentences that they cite, each judged by people."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reader.network import OnnxNetwork
from evals.workshop.reader_examples import read_lines
from evals.workshop.training.measures import half_of

__all__ = ["support_threshold"]


def support_threshold(claims: Path, network: OnnxNetwork) -> tuple[float, dict[str, Any]]:
    """The log-odds from which on a claim counts as supported, and how well the head judges.

    Args:
        claims: lines with `question` (the claim), `cited` (sentences with `text`), `answers` and `context_doc`.
        network: judges.

    Returns:
        The threshold with the best balanced accuracy, and a report: that accuracy with each half of the articles judged
        by the threshold of the other, and the share of each kind that is judged rightly.
    """
    items = read_lines(claims)
    scores = np.array([network.support(one["question"], " ".join(c["text"] for c in one["cited"])) for one in items])
    supported = np.array([one["answers"][0] == "supported" for one in items])
    part = np.array([half_of(one["context_doc"]) for one in items])
    limits = [_best(scores[part == n], supported[part == n]) for n in (0, 1)]
    passed = scores >= np.where(part == 0, limits[1], limits[0])
    kinds: dict[str, list[bool]] = defaultdict(list)
    for one, right in zip(items, passed == supported, strict=True):
        kinds[one["type"]].append(bool(right))
    report = {
        "n": len(items),
        "balanced_accuracy": round(_balanced(passed, supported), 3),
        "right": {kind: round(float(np.mean(held)), 2) for kind, held in sorted(kinds.items())},
    }
    return round(_best(scores, supported), 2), report


def _best(scores: NDArray[np.float64], supported: NDArray[np.bool_]) -> float:
    return float(max(np.unique(scores), key=lambda limit: _balanced(scores >= limit, supported)))


def _balanced(passed: NDArray[np.bool_], supported: NDArray[np.bool_]) -> float:
    return float((passed[supported].mean() + (~passed[~supported]).mean()) / 2)
