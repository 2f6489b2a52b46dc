"""Scorers on hand-made questions whose scores can be counted on the fingers."""

import pytest

from evals.runs.outcome import calibration, coverage_curve, outcome
from evals.scorers import answers, citations, retrieval
from evals.scorers.measures import MEASURES, score
from tests.evals.samples import TEXT, answer, citation, found, seen, span

RIGHT = seen(answer(citation(), short="Four"), span(), passages=(found(),))
WRONG = seen(answer(citation(0, 22)), span(), passages=(found(),))
REFUSED = seen(answer(), span(), passages=(found(),))
UNANSWERABLE = {"answerable": False, "answers": []}
RIGHTLY_REFUSED = seen(answer(), **UNANSWERABLE)
FALSE = seen(answer(citation()), **UNANSWERABLE)
FAILED = seen(None, span())
MAYBE = seen(answer(citation(), tentative=True), span(), passages=(found(),))
MAYBE_FALSE = seen(answer(citation(), tentative=True), **UNANSWERABLE)
FAILED_UNANSWERABLE = seen(None, **UNANSWERABLE)


@pytest.mark.parametrize(
    ("scorer", "right", "wrong", "refused", "rightly_refused", "false"),
    [
        (answers.contained, (1, 1), (0, 1), (0, 1), None, None),
        (answers.exact_match, (1, 1), (0, 1), (0, 1), (1, 1), (0, 1)),
        (answers.f1, (1, 1), (0, 1), (0, 1), (1, 1), (0, 1)),
        (answers.f1_answerable, (1, 1), (0, 1), (0, 1), None, None),
        (answers.answer_rate, (1, 1), (1, 1), (0, 1), (0, 1), (1, 1)),
        (answers.refusal_precision, None, None, (0, 1), (1, 1), None),
        (answers.refusal_recall, None, None, None, (1, 1), (0, 1)),
        (answers.refusal_f1, None, None, (0, 1), (2, 2), (0, 1)),
        (citations.first_citation, (1, 1), (0, 1), (0, 1), None, None),
        (citations.first_citation_answered, (1, 1), (0, 1), None, None, None),
        (citations.precision, (1, 1), (0, 1), None, None, None),
        (citations.recall, (1, 1), (0, 1), (0, 1), None, None),
        (citations.markers_in_order, (1, 1), (1, 1), None, None, (1, 1)),
        (citations.unsupported_numbers, (0, 1), (0, 1), None, None, (0, 1)),
    ],
)
def test_scorers(scorer, right, wrong, refused, rightly_refused, false):
    observed = [scorer(of) for of in (RIGHT, WRONG, REFUSED, RIGHTLY_REFUSED, FALSE)]
    assert observed == [right, wrong, refused, rightly_refused, false]


@pytest.mark.parametrize(
    ("scorer", "right", "refused", "maybe", "rightly_refused", "false", "maybe_false"),
    [
        (answers.answerable_refused, (0, 1), (1, 1), (0, 1), None, None, None),
        (answers.refused_or_tentative, None, None, None, (1, 1), (0, 1), (1, 1)),
        (answers.refusal_recall, None, None, None, (1, 1), (0, 1), (0, 1)),
        (answers.tentative_answerable, (0, 1), (0, 1), (1, 1), None, None, None),
        (answers.tentative_unanswerable, None, None, None, (0, 1), (0, 1), (1, 1)),
        (answers.contained, (1, 1), (0, 1), (1, 1), None, None, None),
        (citations.first_citation, (1, 1), (0, 1), (1, 1), None, None, None),
    ],
)
def test_scorers_of_tentative_answers(scorer, right, refused, maybe, rightly_refused, false, maybe_false):
    observed = [scorer(of) for of in (RIGHT, REFUSED, MAYBE, RIGHTLY_REFUSED, FALSE, MAYBE_FALSE)]
    assert observed == [right, refused, maybe, rightly_refused, false, maybe_false]


def test_a_failure_is_neither_refused_nor_tentative():
    assert answers.answerable_refused(FAILED) == answers.tentative_answerable(FAILED) == (0, 1)
    assert answers.refused_or_tentative(FAILED_UNANSWERABLE) == (0, 1)


def test_an_answer_of_an_older_log_is_not_tentative():
    older = {name: value for name, value in answer(citation()).items() if name not in ("tentative", "reason")}
    assert answers.tentative_answerable(seen(older, span())) == (0, 1)


def test_a_failure_is_no_refusal_and_no_answer():
    assert answers.refusal_recall(FAILED_UNANSWERABLE) == (0, 1)
    assert answers.f1(FAILED_UNANSWERABLE) == (0, 1)
    assert answers.refusal_precision(FAILED) is None
    assert answers.contained(FAILED) == (0, 1)


def test_outcomes():
    expected = ["right", "wrong sentence", "false refusal", "right refusal", "false answer", "failed"]
    assert outcome(MAYBE) == "right"
    assert outcome(MAYBE_FALSE) == "tentative answer"
    assert [outcome(of) for of in (RIGHT, WRONG, REFUSED, RIGHTLY_REFUSED, FALSE, FAILED)] == expected
    assert outcome(seen(answer(citation(0, 22)), span(), passages=(found(0, 22),))) == "wrong passage"
    assert outcome(seen(answer(citation(), short="the mayor"), span())) == "wrong span"
    assert outcome(seen(answer(citation(), text="Five people died."), span())) == "wrong span"


@pytest.mark.parametrize(
    ("cited", "is_right"),
    [
        (citation(), True),
        (citation(0, 56), True),  # the sentence and the one before it
        (citation(30, 40), True),  # a part of it
        (citation(0, 30), False),  # the one before it, and a few characters
        (citation(doc_id="copy", start=500, end=533, sentence=TEXT[23:56]), True),  # a syndicated copy
        (citation(doc_id="b", start=500, end=533, sentence="Four people died, he said."), False),
    ],
)
def test_when_a_citation_is_evidence(cited, is_right):
    assert citations.first_citation_strict(seen(answer(cited), span())) == (float(is_right), 1.0)


@pytest.mark.parametrize(
    ("asked_on", "date", "is_right"),
    [
        ("2031-03-14", "2031-03-01", True),
        ("2031-03-14", "2031-03-16", True),
        ("2031-03-14", "2031-03-17", False),
        ("2031-03-14", "2031-02-20", False),
        (None, "2031-03-14", False),
        ("2031-03-14", None, False),
    ],
)
def test_a_sentence_near_the_day_that_holds_the_answer_is_right(asked_on, date, is_right):
    other = citation(doc_id="b", start=0, end=20, date=date, sentence="Four died at the dam.")
    of = seen(answer(other), span(), asked_on=asked_on)
    assert citations.first_citation(of) == (float(is_right), 1.0)
    assert citations.first_citation_strict(of) == (0.0, 1.0)


def test_precision_and_recall_over_several_citations():
    of = seen(answer(citation(), citation(0, 22, marker=2)), span(), span(57, 86), span(57, 86, doc_id="copy"))
    assert citations.precision(of) == (1, 2)
    assert citations.recall(of) == (1, 2)  # the copy of the second sentence is not a third


@pytest.mark.parametrize(
    ("text", "numbers", "quotations"),
    [
        ("Four people died, the mayor said.", 0, 0),
        ("14 people died.", 1, 0),
        ("“Nobody knew,” the mayor said.", 0, 1),
        ('"Nobody knew", 3 said.', 1, 1),
    ],
)
def test_what_the_citation_does_not_support(text, numbers, quotations):
    of = seen(answer(citation(), text=text), span())
    assert citations.unsupported_numbers(of) == (numbers, 1)
    assert citations.unsupported_quotations(of) == (quotations, 1)


def test_markers_out_of_order():
    swapped = answer(citation(marker=2), citation(0, 22, marker=1))
    assert citations.markers_in_order(seen(swapped, span())) == (0, 1)


def test_byte_exactness_counts_every_citation():
    assert citations.byte_exact(seen(answer(citation()), span(), resolves=(True, False))) == (1, 2)
    assert citations.byte_exact(seen(answer(citation()), span(), resolves=())) is None


def test_retrieval():
    passages = (found(0, 22), found(0, 10, "b"), found(23, 86, "c", also=("a",)))
    of = seen(None, span(), span(doc_id="z"), passages=passages)
    assert retrieval.hit(2)(of) == (0, 1)
    assert retrieval.hit(3)(of) == (1, 1)  # folded: the copy of it was brought
    assert retrieval.mrr(of) == (1 / 3, 1)
    assert retrieval.all_evidence(of) == (1, 1)  # the two are copies of one sentence
    assert retrieval.doc_hit(1)(of) == (1, 1)
    assert retrieval.doc_recall(2)(of) == (0.5, 1)  # of a and z, a
    assert retrieval.doc_recall(5)(seen(None, span(doc_id="c"), span(), passages=passages)) == (1, 1)
    assert retrieval.doc_recall(1)(seen(None, span(doc_id="c"), passages=passages)) == (0, 1)
    assert retrieval.hit(1)(seen(None, span())) is None  # nothing was searched
    assert retrieval.hit(1)(seen(None, passages=passages, **UNANSWERABLE)) is None


def test_every_measure_says_what_it_measures():
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)
    for measure in MEASURES:
        assert measure.says.endswith(".")
    assert score(RIGHT).keys() > {"answer_contained", "hit@1", "byte_exact"}


def test_the_coverage_curve():
    points = coverage_curve([0.9, 0.5, 0.5, 0.1], [True, True, False, False])
    assert points == [(0.9, 0.25, 1.0), (0.5, 0.75, pytest.approx(2 / 3)), (0.1, 1.0, 0.5)]


def test_calibration_counts_every_question_once():
    bins = calibration([0.0, 0.05, 0.95, 1.0], [False, False, True, False])
    assert [(b.n, b.right) for b in bins] == [(2, 0.0), (2, 0.5)]
