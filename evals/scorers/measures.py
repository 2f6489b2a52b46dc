"""The catalogue of measures: name, what it says, which way is better, and the scorer behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.scorers import answers, citations, forms, retrieval
from evals.scorers.answers import Ratio
from evals.scorers.observation import Observation
from evals.scorers.statistics import Estimate, cluster_numbers, estimate, resample

Scores = dict[str, Ratio]
"""For one question: measure to (achieved, out of what). A measure for which the question does not count is absent."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a run.

    Attributes:
        name: in logs and in the gate's settings.
        title: in tables.
        family: "Answer", "Form", "Citation", "Refusal", "Promise" or "Search".
        scorer: its first line of documentation says what is measured.
        higher_is_better: whether more is good; None where neither is.
        explanation: what it says, where the documentation of the scorer does not.
    """

    name: str
    title: str
    family: str
    scorer: Callable[[Observation], Ratio | None]
    higher_is_better: bool | None = True
    explanation: str = ""

    @property
    def says(self) -> str:
        """What it measures, in one sentence."""
        return self.explanation or " ".join((self.scorer.__doc__ or "").split())


def _hit(depth: int) -> Measure:
    says = f"Some evidence stands in {'the best passage' if depth == 1 else f'one of the best {depth} passages'}."
    return Measure(f"hit@{depth}", f"Passage hit@{depth}", "Search", retrieval.hit(depth), explanation=says)


def _doc_hit(depth: int) -> Measure:
    says = f"An article with evidence is {'the best one' if depth == 1 else f'among the best {depth}'}."
    return Measure(f"doc_hit@{depth}", f"Article hit@{depth}", "Search", retrieval.doc_hit(depth), explanation=says)


def _doc_recall(depth: int) -> Measure:
    says = f"How many of the articles with evidence are among the best {depth} articles."
    return Measure(
        f"doc_recall@{depth}", f"Article recall@{depth}", "Search", retrieval.doc_recall(depth), explanation=says
    )


RETRIEVAL: tuple[Measure, ...] = (
    *(_hit(depth) for depth in (1, 3, 5, 10)),
    Measure("mrr@10", "Passage MRR@10", "Search", retrieval.mrr),
    Measure("all_evidence@10", "All-evidence recall@10", "Search", retrieval.all_evidence),
    *(_doc_hit(depth) for depth in (1, 10)),
    *(_doc_recall(depth) for depth in (5, 10)),
    Measure("doc_ndcg@10", "Article nDCG@10", "Search", retrieval.doc_ndcg),
)
"""What can be measured without reading."""

MEASURES: tuple[Measure, ...] = (
    Measure("answer_contained", "Answer contained", "Answer", answers.contained),
    Measure("exact_match", "Exact match", "Answer", answers.exact_match),
    Measure("f1", "F1", "Answer", answers.f1),
    Measure("f1_answerable", "F1, answerable", "Answer", answers.f1_answerable),
    Measure("as_expected", "As expected", "Form", forms.as_expected),
    Measure("form_right", "Form right", "Form", forms.form_right),
    Measure("leads_right", "Lead right", "Form", forms.leads_right),
    Measure("shows_expected", "Shows what it should", "Form", forms.shows_expected),
    Measure("dispute_right", "Disagreement told from update", "Form", forms.dispute_right),
    Measure("within_days", "Within the days asked about", "Form", forms.within_days),
    Measure("withdrawn_shown", "Withdrawn claims shown", "Form", forms.withdrawn_shown, False),
    Measure("first_citation", "First citation right", "Citation", citations.first_citation),
    Measure("first_citation_strict", "First citation is listed evidence", "Citation", citations.first_citation_strict),
    Measure("first_citation_answered", "First citation, of answered", "Citation", citations.first_citation_answered),
    Measure("citation_precision", "Citation precision", "Citation", citations.precision),
    Measure("citation_recall", "Citation recall", "Citation", citations.recall),
    Measure("refusal_precision", "Refusal precision", "Refusal", answers.refusal_precision),
    Measure("refusal_recall", "Refusal recall", "Refusal", answers.refusal_recall),
    Measure("refusal_f1", "Refusal F1", "Refusal", answers.refusal_f1),
    Measure("refused_or_tentative", "Refused or tentative", "Refusal", answers.refused_or_tentative),
    Measure("answerable_refused", "Answerable refused", "Refusal", answers.answerable_refused, False),
    Measure("tentative_answerable", "Tentative, answerable", "Refusal", answers.tentative_answerable, None),
    Measure("tentative_unanswerable", "Tentative, unanswerable", "Refusal", answers.tentative_unanswerable, None),
    Measure("answer_rate", "Answered", "Refusal", answers.answer_rate, None),
    Measure("byte_exact", "Citations exact to the byte", "Promise", citations.byte_exact),
    Measure("markers_in_order", "Markers in order", "Promise", citations.markers_in_order),
    Measure("unsupported_numbers", "Unsupported numbers", "Promise", citations.unsupported_numbers, False),
    Measure("unsupported_quotations", "Unsupported quotations", "Promise", citations.unsupported_quotations, False),
    *RETRIEVAL,
)
"""All measures of a run, in the order of the tables."""

BY_TYPE = (
    "as_expected",
    "first_citation",
    "answer_contained",
    "answerable_refused",
    "refusal_recall",
    "refused_or_tentative",
)
"""Those that are given for each type of question, too."""


def score(seen: Observation, measures: Sequence[Measure] = MEASURES) -> Scores:
    """The scores of one question."""
    found = {measure.name: measure.scorer(seen) for measure in measures}
    return {name: ratio for name, ratio in found.items() if ratio is not None}


def pairs_of(scores: Sequence[Mapping[str, Sequence[float]]], names: Sequence[str]) -> NDArray[np.float64]:
    """The scores of many questions as an array [questions, measures, 2]; (0, 0) where a question does not count."""
    none = (0.0, 0.0)
    return np.array([[tuple(of.get(name, none)) for name in names] for of in scores], dtype=np.float64).reshape(
        len(scores), len(names), 2
    )


def summarise(scores: Sequence[Mapping[str, Sequence[float]]], labels: Sequence[str]) -> dict[str, Estimate]:
    """Every measure that some question counts for, with its uncertainty."""
    names = [m.name for m in MEASURES if any(m.name in of for of in scores)]
    if not names:
        return {}
    pairs = pairs_of(scores, names)
    clusters, _ = cluster_numbers(labels)
    draws = resample(pairs, clusters)
    estimates = {name: estimate(pairs[:, n], clusters, draws[:, n]) for n, name in enumerate(names)}
    return {name: found for name, found in estimates.items() if found is not None}


def as_document(found: Mapping[str, Estimate]) -> dict[str, dict[str, Any]]:
    """Estimates as JSON."""
    return {
        name: {"value": e.value, "n": e.n, "error": e.error, "low": e.low, "high": e.high} for name, e in found.items()
    }
