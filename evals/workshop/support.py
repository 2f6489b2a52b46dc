"""The threshold of the support head: on claims with the sentences that they cite, each judged by people."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.verifier import Verifier
from assistant.verifier.verifier import SupportNetwork
from evals.questions.claims import Claim, cited_by, half_of
from evals.runs.verifier import right_by_kind


def support_threshold(claims: Sequence[Claim], network: SupportNetwork) -> tuple[float, dict[str, Any]]:
    """The log-odds from which on a claim counts as supported, and how well the Verifier then judges.

    Args:
        claims: of a set that says which sentences they cite.
        network: judges those that the rules let pass.

    Returns:
        The threshold with the best balanced accuracy, and a report: that accuracy with each half of the articles judged
        by the threshold of the other, and the share of each kind that is judged rightly.
    """
    verifier = Verifier(network, float("-inf"))  # the rules alone decide, and the network is asked what it thinks
    verdicts = verifier.verify_all([cited_by(one, one.cited) for one in claims])
    scores = np.array([verdict.support for verdict in verdicts])
    supported = np.array([one.supported for one in claims])
    part = np.array([half_of(one) for one in claims])
    limits = [_best(scores[part == n], supported[part == n]) for n in (0, 1)]
    passed = scores >= np.where(part == 0, limits[1], limits[0])
    report = {
        "n": len(claims),
        "balanced_accuracy": round(_balanced(passed, supported), 3),
        "supported_that_pass": round(float(passed[supported].mean()), 3),
        "right": dict(sorted(right_by_kind(claims, passed).items())),
    }
    return math.floor(100 * _best(scores, supported)) / 100, report


def _best(scores: NDArray[np.float64], supported: NDArray[np.bool_]) -> float:
    """One that something reaches: what a rule stops never does."""
    limits = np.unique(scores[np.isfinite(scores)])
    return float(max(limits, key=lambda limit: _balanced(scores >= limit, supported)))


def _balanced(passed: NDArray[np.bool_], supported: NDArray[np.bool_]) -> float:
    return float((passed[supported].mean() + (~passed[~supported]).mean()) / 2)
