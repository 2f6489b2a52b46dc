"""What a whole answer is expected to look like, on hand-made answers."""

import pytest

from evals.scorers import forms
from tests.evals.samples import answer, citation, seen

TEN = citation(0, 30, "b", 1, "2031-03-11", "Ten people, not eleven, died in the flood.")
ELEVEN = citation(0, 30, "a", 2, "2031-03-08", "Two more bodies bring the death toll to eleven.")
NINE = citation(0, 30, "c", 3, "2031-03-06", "The toll rose to nine.")
OLD_FIRST = [{**ELEVEN, "marker": 1}, {**TEN, "marker": 2}]


def expecting(an_answer, form="sentence", /, answerable=True, **expects):
    return seen(an_answer and {**an_answer, "form": form}, answerable=answerable, expects=expects)


def test_the_form():
    assert forms.form_right(expecting(answer(TEN), "figures", form="figures")) == (1, 1)
    assert forms.form_right(expecting(answer(TEN), form="figures")) == (0, 1)
    assert forms.form_right(expecting(answer(), "figures", form="figures")) == (0, 1)  # a refusal
    assert forms.form_right(expecting(answer(TEN), leads_with=["ten"])) is None
    assert forms.form_right(seen(answer(TEN))) is None


def test_the_lead_is_the_short_answer_or_else_the_first_statement():
    assert forms.leads_right(expecting(answer(TEN, ELEVEN), leads_with=["10", "ten"])) == (1, 1)
    assert forms.leads_right(expecting(answer(TEN, short="eleven"), leads_with=["ten"])) == (0, 1)
    assert forms.leads_right(expecting(answer(*OLD_FIRST), leads_with=["ten"])) == (0, 1)
    assert forms.leads_right(expecting(None, leads_with=["ten"])) == (0, 1)


@pytest.mark.parametrize(
    ("expects", "score"),
    [
        ({"shows": [["Ten people"], ["rose to nine"]]}, 1),
        ({"shows": [["b"], ["c", "d"]]}, 1),  # articles
        ({"shows": [["Ten people"], ["Four people"]]}, 0.5),
        ({"shows": [["Ten people"], ["Four people"]], "at_least": 1}, 1),
        ({"shows": [["a"], ["b"], ["c"]], "at_least": 2}, 1),
        ({"shows": [["c"], ["a"], ["b"]], "in_order": True}, pytest.approx(1 / 3)),
        ({"shows": [["b"], ["c"], ["a"]], "in_order": True}, pytest.approx(2 / 3)),
        ({"shows": [["b"], ["a"], ["c"]], "in_order": True}, 1),
    ],
)
def test_what_is_shown(expects, score):
    assert forms.shows_expected(expecting(answer(TEN, ELEVEN, NINE), **expects)) == (score, 1)
    assert forms.shows_expected(expecting(answer(), **expects)) == (0, 1)


@pytest.mark.parametrize(
    ("expects", "score"),
    [
        ({"until": "2031-03-11"}, 1),
        ({"until": "2031-03-10"}, 0),
        ({"since": "2031-03-08"}, 1),
        ({"since": "2031-03-09", "until": "2031-03-11"}, 0),
    ],
)
def test_days(expects, score):
    assert forms.within_days(expecting(answer(TEN, ELEVEN), **expects)) == (score, 1)
    assert forms.within_days(expecting(answer(), **expects)) == (0, 1)
    undated = {**TEN, "date": None}
    assert forms.within_days(expecting(answer(undated), since="2031-03-01")) == (0, 1)


@pytest.mark.parametrize(
    ("an_answer", "claims"),
    [
        (answer(TEN), False),
        (answer(TEN, short="eleven"), True),
        (answer(TEN, short="not eleven"), False),
        (answer({**ELEVEN, "marker": 1}), True),
        (answer({**ELEVEN, "marker": 1}, short="two more bodies"), True),
        (answer(TEN, NINE), False),
        (answer(TEN, ELEVEN), True),
        ({**answer(TEN, ELEVEN), "notices": [{"citation": 2, "kind": "corrected"}]}, False),
        ({**answer({**ELEVEN, "marker": 1}), "notices": [{"citation": 1, "kind": "corrected"}]}, True),
        (answer(TEN, {**ELEVEN, "article_id": "b"}), False),  # in the article that corrects it
        (answer(), False),
        (None, False),
    ],
)
def test_a_withdrawn_claim_leads_nowhere_and_stands_nowhere_without_a_notice(an_answer, claims):
    of = expecting(an_answer, leads_with=["ten"], never=["eleven"])
    assert forms.withdrawn_shown(of) == (float(claims), 1)


def figure(text, marker, standing):
    return {
        "value": 1,
        "text": text,
        "counted": "",
        "date": None,
        "source": None,
        "citation": marker,
        "standing": standing,
    }


@pytest.mark.parametrize(
    ("standing", "notices", "claims"),
    [("withdrawn", [], 0), ("earlier", [], 1), ("earlier", [{"citation": 2, "kind": "corrected"}], 0)],
)
def test_a_withdrawn_figure_is_struck_out_or_has_a_notice(standing, notices, claims):
    figures = [figure("eleven", 2, standing), figure("Ten", 1, "latest")]
    an_answer = {**answer(TEN), "citations": [TEN, ELEVEN], "figures": figures, "notices": notices}
    assert forms.withdrawn_shown(expecting(an_answer, leads_with=["ten"], never=["eleven"])) == (claims, 1)


def test_a_disagreement_is_told_from_an_update():
    disputed = {**answer(TEN), "figures": [figure("260", 1, "disputed"), figure("310", 1, "disputed")]}
    assert forms.dispute_right(expecting(disputed, disputed=True)) == (1, 1)
    assert forms.dispute_right(expecting(disputed, disputed=False)) == (0, 1)
    assert forms.dispute_right(expecting(answer(TEN), disputed=False)) == (1, 1)
    assert forms.dispute_right(expecting(answer(), disputed=False)) == (0, 1)
    assert forms.dispute_right(expecting(disputed)) is None


def test_all_that_is_expected():
    expects = {"form": "figures", "leads_with": ["ten"], "shows": [["rose to nine"]], "until": "2031-03-11"}
    assert forms.as_expected(expecting(answer(TEN, NINE), "figures", **expects)) == (1, 1)
    for worse in ({"form": "timeline"}, {"leads_with": ["12"]}, {"shows": [["Four"]]}, {"until": "2031-03-10"}):
        assert forms.as_expected(expecting(answer(TEN, NINE), "figures", **expects | worse)) == (0, 1)
    assert forms.as_expected(expecting(answer(TEN, NINE), never=["nine"])) == (0, 1)
    assert forms.as_expected(expecting(answer(), never=["nine"])) == (0, 1)  # a refusal of what is answered
    assert forms.as_expected(seen(answer(TEN))) is None


def test_of_what_no_article_says_a_refusal_is_expected():
    assert forms.as_expected(expecting(answer(), answerable=False)) == (1, 1)
    assert forms.as_expected(expecting(answer(TEN), answerable=False)) == (0, 1)
    assert forms.as_expected(expecting(None, answerable=False)) == (0, 1)
    assert forms.leads_right(expecting(answer(TEN), answerable=False, leads_with=["ten"])) is None
