"""The best span of each sentence, against a search through all of them."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reader.spans import MAX_ANSWER_TOKENS, best_spans

score = st.floats(-20, 20, width=32)


@given(rows=st.lists(st.tuples(score, score), max_size=90), cuts=st.sets(st.integers(1, 89)))
def test_equals_a_search_through_all_spans(rows: list[tuple[float, float]], cuts: set[int]) -> None:
    starts, ends = (np.array([row[side] for row in rows], dtype=np.float32) for side in (0, 1))
    offsets = [(4 * number, 4 * number + 3) for number in range(len(rows))]
    edges = [0, *sorted(4 * cut for cut in cuts if cut < len(rows)), 4 * len(rows)]
    sentences = list(itertools.pairwise(edges))
    found = {one.sentence: one for one in best_spans(starts, ends, offsets, sentences)}
    for number, (begin, end) in enumerate(sentences):
        inside = [token for token, (a, b) in enumerate(offsets) if a >= begin and b <= end]
        scores = {
            (first, last): starts[first] + ends[last]
            for first in inside
            for last in inside
            if first <= last < first + MAX_ANSWER_TOKENS
        }
        if not scores:
            assert number not in found
            continue
        one = found[number]
        assert one.score == pytest.approx(max(scores.values()))
        first, last = ((one.span[0] + begin) // 4, (one.span[1] + begin) // 4)
        assert scores[first, last] == pytest.approx(one.score)


def test_a_token_over_the_edge_of_a_sentence_is_not_chosen() -> None:
    high = np.array([9.0, 9.0, 1.0], dtype=np.float32)
    found = best_spans(high, high, [(0, 2), (2, 6), (6, 8)], [(0, 4), (4, 8)])
    assert [(one.sentence, one.span) for one in found] == [(0, (0, 2)), (1, (2, 4))]


def test_nothing_to_choose_from() -> None:
    none = np.zeros(0, dtype=np.float32)
    assert best_spans(none, none, [], [(0, 4)]) == []
