"""Scorers of the answer itself. Each gives (what was achieved, out of what), or None where the question does not count.

A measure is the sum of the first over the sum of the second, which makes means, precision, recall and F1 one thing.
"""

from __future__ import annotations

from evals.scorers import squad
from evals.scorers.observation import Observation

Ratio = tuple[float, float]


def contained(seen: Observation) -> Ratio | None:
    """Answerable questions: an acceptable answer stands in the displayed answer. A refusal is a miss."""
    question = seen.item.question
    if not question.answerable or not question.answers:
        return None
    return float(squad.contains_any(seen.displayed, question.answers)), 1.0


def exact_match(seen: Observation) -> Ratio | None:
    """Official SQuAD 2.0 exact match of the short answer; for unanswerable questions, a refusal is the match."""
    gold = _gold(seen)
    return None if gold is None else (_failed_or(seen, squad.exact_match(seen.prediction, gold)), 1.0)


def f1(seen: Observation) -> Ratio | None:
    """Official SQuAD 2.0 F1 of the short answer; for unanswerable questions, a refusal scores 1."""
    gold = _gold(seen)
    return None if gold is None else (_failed_or(seen, squad.f1(seen.prediction, gold)), 1.0)


def f1_answerable(seen: Observation) -> Ratio | None:
    """The same over answerable questions only, where a refusal scores 0."""
    return f1(seen) if seen.item.question.answerable else None


def answer_rate(seen: Observation) -> Ratio | None:
    """How many of all questions are answered rather than refused."""
    return float(seen.answered), 1.0


def refusal_precision(seen: Observation) -> Ratio | None:
    """Of the refusals, how many are right: the question set says that the articles do not answer."""
    return (float(not seen.item.question.answerable), 1.0) if seen.refused else None


def refusal_recall(seen: Observation) -> Ratio | None:
    """Of the questions that the articles do not answer, how many are refused."""
    return None if seen.item.question.answerable else (float(seen.refused), 1.0)


def refusal_f1(seen: Observation) -> Ratio | None:
    """The harmonic mean of the two, over the whole set."""
    unanswerable = not seen.item.question.answerable
    if not seen.refused and not unanswerable:
        return None
    return 2.0 * (seen.refused and unanswerable), float(seen.refused) + float(unanswerable)


def answerable_refused(seen: Observation) -> Ratio | None:
    """Of the questions that the articles answer, how many are refused; "this may answer it" is no refusal."""
    return (float(seen.refused), 1.0) if seen.item.question.answerable else None


def refused_or_tentative(seen: Observation) -> Ratio | None:
    """Of the questions that the articles do not answer, how many are refused, or answered with "this may answer it"."""
    return None if seen.item.question.answerable else (float(seen.refused or seen.tentative), 1.0)


def tentative_answerable(seen: Observation) -> Ratio | None:
    """Of the questions that the articles answer, how many are answered with "this may answer it"."""
    return (float(seen.tentative), 1.0) if seen.item.question.answerable else None


def tentative_unanswerable(seen: Observation) -> Ratio | None:
    """Of the questions that the articles do not answer, how many are answered with "this may answer it"."""
    return None if seen.item.question.answerable else (float(seen.tentative), 1.0)


def _gold(seen: Observation) -> list[str] | None:
    question = seen.item.question
    if not question.answerable:
        return []
    return question.answers or None


def _failed_or(seen: Observation, score: float) -> float:
    # Asking failed: the empty prediction that results must not pass for a refusal.
    return 0.0 if seen.answer is None else score
