"""Fusion, nearness in time, and folding, as functions."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.fusion import convex_combination, date_prior, fold_duplicates, with_siblings

DAY = dt.date(2031, 3, 14)
scores = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 40, allow_subnormal=False))
queries = st.lists(st.tuples(scores, scores), max_size=3)


def best_first(scored: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(scored.items(), key=lambda each: -each[1])


def test_scores_by_hand():
    dense = [("a", 0.8), ("b", 0.4), ("c", 0.2)]
    found = convex_combination([(dense, [("b", 10.0), ("d", 5.0)])], dense_share=0.6)
    # d is as far as the farthest that was found; a has none of the words, as fewer were found by words than by meaning.
    assert found == pytest.approx({"a": 0.6, "b": 0.3 + 0.4, "c": 0.15, "d": 0.15 + 0.2})


def test_a_search_by_words_that_was_cut_off_may_have_had_more():
    found = convex_combination([([("a", 0.5)], [("b", 10.0)])], dense_share=0.6)
    assert found == pytest.approx({"a": 1.0, "b": 1.0})


def test_queries_count_alike():
    one, two = [("a", 0.5), ("b", 0.25)], [("b", 0.9), ("a", 0.3)]
    found = convex_combination([(one, []), (two, [])], dense_share=1.0)
    assert found == pytest.approx({"a": 1 + 1 / 3, "b": 0.5 + 1})


@given(queries)
def test_no_score_is_beyond_the_number_of_queries_and_what_all_find_better_is_better(asked):
    found = convex_combination([(best_first(dense), best_first(keyword)) for dense, keyword in asked])
    assert set(found) == {item for dense, keyword in asked for item in (*dense, *keyword)}
    assert all(0 <= score <= 1.0001 * len(asked) for score in found.values())
    parts = [part for both in asked for part in both]
    for one in found:
        for other in found:
            if all(one in part and other in part and part[one] >= part[other] for part in parts):
                assert found[one] >= found[other]


def test_passages_of_one_article_vouch_for_each_other():
    scores, articles = {"a1": 1.0, "a2": 0.8, "a3": 0.1, "b1": 1.0}, {"a1": "a", "a2": "a", "a3": "a", "b1": "b"}
    found = with_siblings(scores, articles, share=0.1)
    assert found == pytest.approx({"a1": 1.08, "a2": 0.9, "a3": 0.2, "b1": 1.0})


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 2)), st.integers(1, 4))
def test_siblings_change_no_order_within_an_article(scores, groups):
    article = {item: str(len(item) % groups) for item in scores}
    found = with_siblings(scores, article)
    assert found.keys() == scores.keys()
    for one in scores:
        assert scores[one] <= found[one]
        for other in scores:
            if article[one] == article[other] and scores[one] > scores[other]:
                assert found[one] >= found[other]


def test_the_prior_prefers_the_days_before_the_question():
    ages = [0, 3, 7, 30, 400]
    priors = [date_prior(DAY - dt.timedelta(days=age), DAY) for age in ages]
    assert priors == sorted(priors, reverse=True)
    assert priors[0] == 2.0
    assert priors[-1] < 1.001


def test_the_prior_leaves_the_future_and_the_undated_alone():
    assert date_prior(DAY + dt.timedelta(days=9), DAY) == 1.0
    assert date_prior(None, DAY) == 1.0


STORY = "The river rose by two metres on Monday night, and the lower town was flooded before the sirens went off."


def test_a_copy_with_another_byline_is_folded():
    other = "The council will vote on the new budget on Tuesday, the mayor said after a long meeting."
    assert fold_duplicates([STORY, other, "(CWN) " + STORY], 10) == [[0, 2], [1]]


def test_figures_that_differ_are_not_folded_away():
    texts = ["Four people died in the flood.", "Nine people died in the flood."]
    assert fold_duplicates(texts, 10) == [[0], [1]]


@pytest.mark.parametrize(("one", "other"), [("14,000", "41,000"), ("1.5 million", "1.6 million"), ("ten", "twelve")])
def test_a_report_that_is_sent_again_with_another_figure_is_another_one(one, other):
    more = "Schools are closed, the railway does not run, and the army brings sandbags to the streets by the river."
    reports = [f"{STORY} {more} In all {figure}" for figure in (one, other)]
    assert fold_duplicates(reports, 10) == [[0], [1]]
    assert fold_duplicates([reports[0], "(CWN, 12:30) " + reports[0]], 10) == [[0, 1]]


@given(st.lists(st.text(max_size=40), max_size=12), st.integers(1, 5))
def test_groups_are_in_order_and_within_the_limit(texts, limit):
    groups = fold_duplicates(texts, limit)
    flat = [position for group in groups for position in group]
    assert len(groups) <= limit
    assert len(flat) == len(set(flat))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert all(group == sorted(group) for group in groups)


@given(st.text())
def test_the_same_text_is_always_folded(text):
    assert fold_duplicates([text, text], 5) == [[0, 1]]
