"""The score and the best span of each sentence, against a search through all spans."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reader.spans import score_sentences

score = st.floats(-20, 20, width=32)


@given(rows=st.lists(st.tuples(score, score), max_size=90), cuts=st.sets(st.integers(1, 89)))
def test_equals_a_search_through_all_spans(rows: list[tuple[float, float]], cuts: set[int]) -> None:
    starts, ends = (np.array([row[side] for row in rows], dtype=np.float32) for side in (0, 1))
    offsets = [(4 * number, 4 * number + 3) for number in range(len(rows))]
    edges = [0, *sorted(4 * cut for cut in cuts if cut < len(rows)), 4 * len(rows)]
    sentences = list(itertools.pairwise(edges))
    found = {one.sentence: one for one in score_sentences(starts, ends, offsets, sentences)}
    for number, (begin, end) in enumerate(sentences):
        inside = [token for token, (a, b) in enumerate(offsets) if a >= begin and b <= end]
        scores = {(first, last): starts[first] + ends[last] for first in inside for last in inside if first <= last}
        if not scores:
            assert number not in found
            continue
        one = found[number]
        starting, ending = (math.fsum(math.exp(side[token]) for token in inside) for side in (starts, ends))
        assert one.score == pytest.approx(math.log(starting) + math.log(ending), abs=1e-4)
        first, last = ((one.span[0] + begin) // 4, (one.span[1] + begin) // 4)
        assert scores[first, last] == pytest.approx(max(scores.values()))
        assert one.certainty == pytest.approx(max(scores.values()) - one.score, abs=1e-4)
        assert one.certainty < 1e-4


def test_a_token_over_the_edge_of_a_sentence_is_not_chosen() -> None:
    high = np.array([9.0, 9.0, 1.0], dtype=np.float32)
    found = score_sentences(high, high, [(0, 2), (2, 6), (6, 8)], [(0, 4), (4, 8)])
    assert [(one.sentence, one.span) for one in found] == [(0, (0, 2)), (1, (2, 4))]


def test_nothing_to_choose_from() -> None:
    none = np.zeros(0, dtype=np.float32)
    assert score_sentences(none, none, [], [(0, 4)]) == []


def test_a_sentence_of_one_word_is_certain_of_it() -> None:
    (one,) = score_sentences(np.array([2.0]), np.array([1.0]), [(1, 4)], [(0, 6)])
    assert (one.sentence, one.score, one.span, one.certainty) == (0, 3.0, (1, 4), 0.0)


def test_words_that_answer_alike_do_not_take_from_each_other() -> None:
    low, same = -20.0, 3.0
    starts = np.array([same, same, low, same, low, low], dtype=np.float32)
    ends = np.array([low, same, low, same, low, low], dtype=np.float32)
    offsets = [(number, number + 1) for number in range(6)]
    two, one = score_sentences(starts, ends, offsets, [(0, 3), (3, 6)])
    assert two.score > one.score
    assert two.certainty < one.certainty == pytest.approx(0, abs=1e-6)


def test_no_score_overflows() -> None:
    huge = np.array([1e4, -1e4], dtype=np.float32)
    (one,) = score_sentences(huge, huge, [(0, 1), (1, 2)], [(0, 2)])
    assert (one.score, one.span, one.certainty) == (2e4, (0, 1), 0.0)
