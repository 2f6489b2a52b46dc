"""Fusion, nearness in time, and folding, as functions."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import date_prior, first_place, fold_duplicates, reciprocal_rank_fusion

DAY = dt.date(2031, 3, 14)
rankings = st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), max_size=4)


def test_scores_by_hand():
    assert reciprocal_rank_fusion([["a", "b"], ["b"]]) == {"a": 1 / 61, "b": 1 / 62 + 1 / 61}


def test_a_ranking_counts_by_its_weight():
    assert reciprocal_rank_fusion([["a"], ["b"]], [0.5, 2]) == {"a": 0.5 / 61, "b": 2 / 61}
    assert reciprocal_rank_fusion([["a"]]) == {"a": first_place()}
    with pytest.raises(ValueError, match="shorter"):
        reciprocal_rank_fusion([["a"], ["b"]], [1])


@given(rankings)
def test_what_both_rank_higher_scores_higher(lists):
    scores = reciprocal_rank_fusion(lists)
    for one in scores:
        for other in scores:
            if all(one in found and (other not in found or found.index(one) < found.index(other)) for found in lists):
                assert scores[one] > scores[other]


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
