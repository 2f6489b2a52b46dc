"""What became of a question, in one word, and how sure the assistant was: for tables, curves and the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from evals.scorers.citations import is_right
from evals.scorers.observation import Observation, carries
from evals.scorers.squad import contains_any, f1

Outcome = Literal[
    "right",
    "right refusal",
    "wrong passage",
    "wrong sentence",
    "wrong span",
    "false refusal",
    "tentative answer",
    "false answer",
    "failed",
]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""All outcomes; the first two are the good ones."""


def outcome(seen: Observation) -> Outcome:
    """What became of a question. The first that holds, in this order:

    failed: asking raised an error. tentative answer, false answer, right refusal: of unanswerable questions, the first
    where it was only said that something may answer them. false refusal. right: the first citation is right, and the
    answer holds an acceptable one. wrong span: the sentence is right, and what is shown or marked of it is not. wrong
    sentence: evidence was among the passages, and another sentence was cited. wrong passage: the search did not bring
    the evidence. A tentative answer to an answerable question is an answer like another.
    """
    question = seen.item.question
    if seen.answer is None:
        return "failed"
    if not question.answerable:
        if seen.tentative:
            return "tentative answer"
        return "false answer" if seen.answered else "right refusal"
    if not seen.answered:
        return "false refusal"
    if seen.spans and not is_right(seen, seen.citations[0]):
        brought = seen.found is None or any(carries(found, span) for found in seen.found for span in seen.spans)
        return "wrong sentence" if brought else "wrong passage"
    return "right" if _says_it(seen) else "wrong span"


def would_be_right(seen: Observation) -> bool:
    """Whether the sentence that came first, shown or not, answers the question: what confidence should predict."""
    question, cited = seen.item.question, seen.would_cite
    if not question.answerable or cited is None:
        return False
    if seen.spans:
        return is_right(seen, cited)
    return contains_any(cited["sentence"], question.answers)


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions with about the same confidence: their mean confidence, the share that was right, and how many."""

    confidence: float
    right: float
    n: int


def calibration(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Questions in bins of equal width by confidence; empty bins are left out."""
    placed: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right_one in zip(confidences, right, strict=True):
        placed.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, is_right_one))
    return [
        Bin(sum(c for c, _ in some) / len(some), sum(r for _, r in some) / len(some), len(some))
        for _, some in sorted(placed.items())
    ]


def coverage_curve(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float, float]]:
    """What would be answered, and how much of that rightly, at every threshold: (threshold, coverage, accuracy)."""
    ranked = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points: list[tuple[float, float, float]] = []
    good = 0
    for n, (confidence, is_right_one) in enumerate(ranked, start=1):
        good += is_right_one
        if n == len(ranked) or ranked[n][0] < confidence:  # equal confidences cannot be told apart by a threshold
            points.append((confidence, n / len(ranked), good / n))
    return points


def area_under(points: Sequence[tuple[float, float, float]]) -> float:
    """Mean accuracy over all coverages; 1 is best."""
    area, last = 0.0, 0.0
    for _, coverage, accuracy in points:
        area += (coverage - last) * accuracy
        last = coverage
    return area


def _says_it(seen: Observation) -> bool:
    answers = seen.item.question.answers
    if not answers:
        return True
    short = (seen.answer or {}).get("short_answer")
    marked = short is None or f1(short, answers) > 0
    return marked and contains_any(seen.displayed, answers)
