"""The summary of a run, over hand-made questions."""

import pytest

from evals.runs.outcome import outcome, would_be_right
from evals.runs.summary import summary_of
from evals.scorers.measures import BY_TYPE, score
from tests.evals.samples import answer, citation, found, seen, span

UNANSWERABLE = {"answerable": False, "answers": []}


def record(number, of, type_="number"):
    """The line of the log of one question, as far as a summary reads it."""
    return {
        "id": f"q{number}",
        "type": type_,
        "answerable": of.item.question.answerable,
        "cluster": f"c{number}",
        "answer": of.answer,
        "error": None if of.answer else "too long",
        "scores": score(of),
        "outcome": outcome(of),
        "would_be_right": would_be_right(of),
    }


@pytest.fixture
def records():
    answerable = [
        answer(citation()),
        answer(citation(), tentative=True),
        answer(citation(0, 22)),
        answer(reason="not_answered"),
    ]
    unanswerable = [
        answer(citation()),
        answer(citation(), tentative=True),
        answer(reason="missing"),
        answer(reason="missing"),
        answer(reason="not_answered"),
        None,
    ]
    observed = [seen(of, span(), passages=(found(),)) for of in answerable]
    observed += [seen(of, **UNANSWERABLE) for of in unanswerable]
    return [record(n, of, "near_miss" if n > 6 else "number") for n, of in enumerate(observed)]


def test_tentative_answers_are_shares_of_the_answerable_and_of_the_unanswerable(records):
    measures = summary_of(records)["measures"]
    values = {name: (round(measures[name]["value"], 4), measures[name]["n"]) for name in measures}
    assert values["tentative_answerable"] == (0.25, 4)
    assert values["tentative_unanswerable"] == (0.1667, 6)
    assert values["answerable_refused"] == (0.25, 4)  # the tentative one is not refused
    assert values["refusal_recall"] == (0.5, 6)
    assert values["refused_or_tentative"] == (0.6667, 6)
    assert values["first_citation"] == (0.5, 4)


def test_measures_of_each_type(records):
    types = summary_of(records)["by_type"]
    assert types["number"]["measures"].keys() == set(BY_TYPE) - {"as_expected"}  # of which nothing is expected
    assert types["number"]["measures"]["first_citation"]["value"] == 0.5
    assert types["number"]["measures"]["refusal_recall"]["value"] == pytest.approx(1 / 3)
    assert types["near_miss"]["measures"].keys() == {"refusal_recall", "refused_or_tentative"}
    assert types["near_miss"]["measures"]["refusal_recall"]["n"] == 3
    assert types["number"]["outcomes"]["tentative answer"] == 1


def test_reasons_are_counted_apart_for_questions_with_and_without_an_answer(records):
    reasons = summary_of(records)["reasons"]
    assert reasons == {
        "missing": {"answerable": 0, "unanswerable": 2},
        "not_answered": {"answerable": 1, "unanswerable": 1},
    }
    assert list(reasons) == ["missing", "not_answered"]


def test_a_run_without_reasons_has_none():
    assert summary_of([record(0, seen(answer(citation()), span()))])["reasons"] == {}
