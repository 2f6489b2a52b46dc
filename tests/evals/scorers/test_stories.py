"""B-cubed against examples worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scorers.stories import b_cubed

LABELS = {"a": "flood", "b": "flood", "c": "flood", "d": "strike"}


def groups(*members):
    return {article: str(n) for n, some in enumerate(members) for article in some}


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        (groups("abc", "d"), 1, 1),
        (groups("abcd"), (3 * 3 / 4 + 1 / 4) / 4, 1),
        (groups("a", "b", "c", "d"), 1, (3 * 1 / 3 + 1) / 4),
        ({}, 1, 0.5),  # what is in no group is one by itself
        (groups("ab", "cd"), (1 + 1 + 1 / 2 + 1 / 2) / 4, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4),
        (groups("abx", "cyz", "d"), 1, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4),  # x, y and z have no label
    ],
)
def test_by_hand(found, precision, recall):
    scores = b_cubed(found, LABELS)
    assert scores.precision == pytest.approx(precision)
    assert scores.recall == pytest.approx(recall)
    assert scores.f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_a_group_may_be_named_like_an_article():
    assert b_cubed({"a": "b"}, {"a": "x", "b": "x"}).recall == 0.5


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.data())
def test_exchanging_groups_and_labels_exchanges_precision_and_recall(stories, data):
    labels = {str(n): story for n, story in enumerate(stories)}
    found = {article: data.draw(st.sampled_from("xyz")) for article in labels}
    there, back = b_cubed(found, labels), b_cubed(labels, found)
    assert there.precision == pytest.approx(back.recall)
    assert there.recall == pytest.approx(back.precision)
    assert 0 < there.f1 <= 1
