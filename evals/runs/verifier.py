"""Measures the Verifier against people: how much of what is supported it lets pass, how much of the rest it stops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.verifier import FaultKind, Verdict, Verifier
from assistant.verifier.support import support
from assistant.verifier.verdict import rule_faults
from evals.errors import QuestionSetError
from evals.questions.claims import Claim, documents, nearest
from evals.scorers.statistics import cluster_numbers, resample
from index import Embedding

__all__ = ["Judged", "balanced_accuracy", "judge", "measure"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what the Verifier says of it.

    Attributes:
        claim: the claim.
        cited: the sentences that it was held against.
        kinds: what the rules found wrong, each kind once.
        score: the support score.
        verdict: of the Verifier as it is used.
    """

    claim: Claim
    cited: tuple[str, ...]
    kinds: tuple[FaultKind, ...]
    score: float
    verdict: Verdict

    def passes(self, threshold: float) -> bool:
        """Whether it is let pass with another threshold of the support score."""
        return not self.kinds and self.score >= threshold


def judge(claims: Sequence[Claim], embedding: Embedding, count: int, progress: Progress) -> list[Judged]:
    """Hold every claim against the `count` sentences of its document that are nearest to it."""
    verifier = Verifier(embedding)
    judged = []
    for n, claim in enumerate(claims):
        progress("Verifying", n, len(claims))
        cited = tuple(nearest(claim, embedding, count))
        kinds = dict.fromkeys(fault.kind for fault in rule_faults(claim.text, cited))
        score = support(claim.text, cited, embedding)
        judged.append(Judged(claim, cited, tuple(kinds), score, verifier.verify(claim.text, cited)))
    return judged


def measure(judged: Sequence[Judged]) -> dict[str, Any]:
    """Rates with 95 % intervals (bootstrap over documents), and what each kind of fault found, rightly and wrongly.

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
        faults = Counter(
            kind for each in judged if each.claim.supported is right for kind in {f.kind for f in each.verdict.faults}
        )
        for kind, number in faults.items():
            kinds.setdefault(str(kind), {"not_supported": 0, "supported": 0})[
                "supported" if right else "not_supported"
            ] = number
    return {
        "n": len(judged),
        "supported": int(supported.sum()),
        "balanced_accuracy": value,
        **rates,
        "faults": {kind: kinds[kind] for kind in map(str, FaultKind) if kind in kinds},
    }


def balanced_accuracy(
    passed: NDArray[np.bool_], supported: NDArray[np.bool_], clusters: Sequence[str]
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """The mean of the share of supported claims that pass and of the others that are stopped, and these two.

    Args:
        passed: for each claim, whether it was let pass.
        supported: whether it should have been.
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
