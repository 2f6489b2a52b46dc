"""Scorers of the search alone: is the evidence among the passages, and how far up.

Written here rather than taken from a library, because each is three lines and the library (ir-measures) brings scipy,
which nothing else needs; the tests hold them against it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from evals.scorers.answers import Ratio
from evals.scorers.observation import Observation, carries


def hit(depth: int) -> Callable[[Observation], Ratio | None]:
    """A scorer: some evidence stands in one of the best `depth` passages."""

    def score(seen: Observation) -> Ratio | None:
        relevant = _relevant(seen)
        return None if relevant is None else (float(any(relevant[:depth])), 1.0)

    return score


def mrr(seen: Observation) -> Ratio | None:
    """One over the rank of the first of ten passages with evidence in it; 0 where none has."""
    relevant = _relevant(seen)
    return None if relevant is None else (reciprocal_rank(relevant[:10]), 1.0)


def all_evidence(seen: Observation) -> Ratio | None:
    """How much of a question's evidence stands in the best ten passages; copies of one sentence count once."""
    if _relevant(seen) is None or seen.found is None:
        return None
    spans = {span.text or span.doc_id: span for span in seen.spans}.values()
    return sum(any(carries(found, span) for found in seen.found[:10]) for span in spans) / len(spans), 1.0


def doc_hit(depth: int) -> Callable[[Observation], Ratio | None]:
    """A scorer: an article with evidence in it is among the best `depth` articles."""

    def score(seen: Observation) -> Ratio | None:
        ranked = ranks_of_documents(seen)
        return None if ranked is None else (float(any(ranked[0][:depth])), 1.0)

    return score


def doc_recall(depth: int) -> Callable[[Observation], Ratio | None]:
    """A scorer: how many of the articles with evidence are among the best `depth` articles."""

    def score(seen: Observation) -> Ratio | None:
        ranked = ranks_of_documents(seen)
        return None if ranked is None else (sum(ranked[0][:depth]) / ranked[1], 1.0)

    return score


def doc_ndcg(seen: Observation) -> Ratio | None:
    """Normalised discounted gain of the best ten articles; those with evidence are all equally relevant."""
    ranked = ranks_of_documents(seen)
    return None if ranked is None else (ndcg(ranked[0][:10], ranked[1], 10), 1.0)


def reciprocal_rank(relevant: Sequence[bool]) -> float:
    """One over the rank of the first relevant result; 0 where there is none."""
    return next((1 / rank for rank, is_relevant in enumerate(relevant, start=1) if is_relevant), 0.0)


def ndcg(relevant: Sequence[bool], existing: int, depth: int) -> float:
    """Discounted gain over that of the best possible ranking of `existing` relevant results."""
    gain = sum(1 / math.log2(rank + 1) for rank, is_relevant in enumerate(relevant[:depth], start=1) if is_relevant)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(existing, depth) + 1))


def ranks_of_documents(seen: Observation) -> tuple[list[bool], int] | None:
    """For each article found, best first and each once, whether it has evidence; and how many articles have."""
    if _relevant(seen) is None or seen.found is None:
        return None
    wanted = {span.doc_id for span in seen.spans}
    ranked = dict.fromkeys(doc_id for found in seen.found for doc_id in (found.doc_id, *found.also))
    return [doc_id in wanted for doc_id in ranked], len(wanted)


def _relevant(seen: Observation) -> list[bool] | None:
    """For each passage, whether it has evidence; None where there is none to find, or nothing was searched."""
    if seen.found is None or not seen.item.question.answerable or not seen.spans:
        return None
    return [any(carries(found, span) for span in seen.spans) for found in seen.found]
