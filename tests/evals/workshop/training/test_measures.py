"""Intervals of what was measured."""

import pytest

from evals.workshop.training.measures import bootstrap


def test_questions_that_share_a_text_count_as_one_draw() -> None:
    values = [1.0] * 50 + [0.0] * 50
    alone = bootstrap(values)
    together = bootstrap(values, [f"{value}-{number // 25}" for number, value in enumerate(values)])
    assert alone["mean"] == together["mean"] == 0.5
    assert (alone["low"], alone["high"]) == pytest.approx((0.4, 0.6), abs=0.02)
    assert together["high"] - together["low"] > 2 * (alone["high"] - alone["low"])


def test_where_nothing_was_measured_there_is_no_mean() -> None:
    assert bootstrap([])["n"] == 0
