"""Measures the Verifier against people: how much of what is supported it lets pass, how much of the rest it stops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.verifier import FaultKind, Verdict, Verifier
from evals.errors import QuestionSetError
from evals.questions.claims import Claim, documents, held_against
from evals.scorers.statistics import cluster_numbers, resample
from index import Embedding

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what the Verifier says of it."""

    claim: Claim
    verdict: Verdict


def judge(
    claims: Sequence[Claim], verifier: Verifier, embedding: Embedding, count: int, progress: Progress
) -> list[Judged]:
    """Hold every claim against the sentences that it cites.

    Args:
        embedding: finds the sentences of a claim that cites none: the nearest of its document.
    """
    judged = []
    for n, claim in enumerate(claims):
        progress("Verifying", n, len(claims))
        (verdict,) = verifier.verify_all([held_against(claim, embedding, count)])
        judged.append(Judged(claim, verdict))
    return judged


def measure(judged: Sequence[Judged]) -> dict[str, Any]:
    """Rates with 95 % intervals (bootstrap over documents), the share of each kind of claim that is judged rightly, and
    what each kind of fault found, rightly and wrongly.

    Raises:
        QuestionSetError: there are no claims of one of both kinds, so there is nothing to balance.
    """
    if len({each.claim.supported for each in judged}) < 2:
        raise QuestionSetError(["claims of one kind only, or none, cannot be balanced; take more of the set."])
    passed = np.array([each.verdict.supported for each in judged])
    supported = np.array([each.claim.supported for each in judged])
    value, rates = balanced_accuracy(passed, supported, documents([each.claim for each in judged]))
    kinds: dict[str, dict[str, int]] = {}
    for right in (False, True):
        found = Counter(
            kind for each in judged if each.claim.supported is right for kind in {f.kind for f in each.verdict.faults}
        )
        for kind, number in found.items():
            kinds.setdefault(str(kind), {"not_supported": 0, "supported": 0})[
                "supported" if right else "not_supported"
            ] = number
    return {
        "n": len(judged),
        "supported": int(supported.sum()),
        "balanced_accuracy": value,
        **rates,
        "right": dict(sorted(right_by_kind([each.claim for each in judged], passed).items())),
        "faults": {kind: kinds[kind] for kind in map(str, FaultKind) if kind in kinds},
    }


def right_by_kind(claims: Sequence[Claim], passed: NDArray[np.bool_]) -> dict[str, float]:
    """The share of the claims of each kind that are judged rightly; nothing of claims without a kind."""
    right: dict[str, list[bool]] = {}
    for claim, passes in zip(claims, passed, strict=True):
        if claim.kind:
            right.setdefault(claim.kind, []).append(bool(passes) == claim.supported)
    return {kind: round(sum(held) / len(held), 2) for kind, held in right.items()}


def balanced_accuracy(
    passed: NDArray[np.bool_], supported: NDArray[np.bool_], clusters: Sequence[str]
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """The mean of the share of supported claims that pass and of the others that are stopped, and these two.

    Args:
        clusters: claims with the same are not independent.
    """
    right = np.stack([passed & supported, ~passed & ~supported], axis=1)
    out_of = np.stack([supported, ~supported], axis=1)
    pairs = np.stack([right, out_of], axis=2).astype(np.float64)
    numbers, _ = cluster_numbers(clusters)
    draws = resample(pairs, numbers)
    rates = pairs[..., 0].sum(axis=0) / pairs[..., 1].sum(axis=0)

    def with_interval(value: float, drawn: NDArray[np.float64]) -> dict[str, float]:
        low, high = np.nanpercentile(drawn, [2.5, 97.5])
        return {"value": float(value), "low": float(low), "high": float(high)}

    named = {
        "supported_that_pass": with_interval(rates[0], draws[:, 0]),
        "others_that_are_stopped": with_interval(rates[1], draws[:, 1]),
    }
    return with_interval(float(rates.mean()), draws.mean(axis=1)), named
