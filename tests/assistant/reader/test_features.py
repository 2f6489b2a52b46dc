"""What the Reader goes by: the network's score, where search put the passage, and where the sentence stands."""

import math

import numpy as np
import pytest

from assistant.reader.features import (
    CONFIDENCE_FEATURES,
    RANK_FEATURES,
    SHORT_FEATURES,
    confidence_features,
    rank_features,
    short_features,
)
from assistant.reader.spans import SentenceScore
from index import Hit
from tests.assistant.reader.hits import hit_of

TEXT = "A dog sat. It barked."
BOTH = [SentenceScore(0, 1.0, (2, 5), -0.5), SentenceScore(1, 2.0, (3, 9), 0.0)]


def column(name: str, passages: list[Hit], scores: list[list[SentenceScore]] | None = None) -> list[float]:
    features, _ = rank_features(passages, scores or [BOTH for _ in passages])
    return [float(value) for value in features[:, RANK_FEATURES.index(name)]]


def test_there_is_a_row_for_each_sentence_that_the_network_scored() -> None:
    passages = [hit_of(TEXT, article=article) for article in "abc"]
    features, owners = rank_features(passages, [BOTH, [], BOTH[1:]])
    assert features.shape == (3, len(RANK_FEATURES))
    assert owners == [(passages[0], BOTH[0]), (passages[0], BOTH[1]), (passages[2], BOTH[1])]
    nothing, nobody = rank_features([], [])
    assert (nothing.shape, nobody) == ((0, len(RANK_FEATURES)), [])


def test_standing_is_the_log_of_the_share_of_the_best_score() -> None:
    passages = [hit_of(TEXT, score=score, article=str(score)) for score in (0.02, 0.04, 0.01)]
    assert column("standing", passages) == pytest.approx([math.log(0.5)] * 2 + [0.0] * 2 + [math.log(0.25)] * 2)


def test_what_search_gives_nothing_stands_lowest() -> None:
    passages = [hit_of(TEXT, score=score, article=str(score)) for score in (0.6, 0.02, 0.0)]
    assert column("standing", passages)[::2] == pytest.approx([0.0, math.log(1 / 30), math.log(0.01)])


def test_where_nothing_was_searched_all_stand_alike() -> None:
    assert column("standing", [hit_of(TEXT)] * 2) == [0.0] * 4


def test_no_score_leaves_the_scale_and_what_is_no_number_stays_none() -> None:
    scores = [[SentenceScore(0, -1e6, (0, 2), 0.0), SentenceScore(1, 1e6, (0, 2), 0.0)]]
    assert column("score", [hit_of(TEXT)], scores) == [-16.0, 16.0]
    broken = [[SentenceScore(0, math.nan, (0, 2), math.nan)]]
    assert math.isnan(column("score", [hit_of(TEXT)], broken)[0])


def test_passages_of_one_article_stand_alike() -> None:
    passages = [hit_of(TEXT, score=score) for score in (0.6, 0.02)]
    assert column("standing", passages) == [0.0] * 4


def test_what_stands_early_in_its_article_is_told_from_what_comes_late() -> None:
    passages = [hit_of(TEXT, start=start) for start in (0, 1000)]
    first, second, third, fourth = column("early", passages)
    assert first == 0.0
    assert third == pytest.approx(-math.log(2))
    assert first > second > third > fourth


def test_sentences_that_mark_the_same_words_agree() -> None:
    text = "A dog sat. The dog barked. It ran."
    scores = [
        SentenceScore(0, 0.0, (2, 5), 0.0),
        SentenceScore(1, 0.0, (4, 7), 0.0),
        SentenceScore(2, 9.0, (0, 2), 0.0),
    ]
    passage = hit_of(text)
    assert column("agreement", [passage], [scores]) == pytest.approx([math.log(1.5), math.log(1.5), 0.0])


def confidence(features: list[list[float]], sums: list[float]) -> dict[str, float]:
    found = confidence_features(np.array(features), np.array(sums))
    return dict(zip(CONFIDENCE_FEATURES, found.tolist(), strict=True))


def test_confidence_goes_by_the_best_sentence_and_how_many_there_were() -> None:
    rows = [[float(10 * number + place) for place in range(len(RANK_FEATURES))] for number in range(7)]
    found = confidence(rows, [0, 3, 1, 9, 8, 7, 2])
    assert found["score"] == rows[3][RANK_FEATURES.index("score")]
    assert found["standing"] == rows[3][RANK_FEATURES.index("standing")]
    assert found["volume"] == math.log(7)


def test_a_short_answer_is_judged_by_its_certainty_and_its_length() -> None:
    found = dict(zip(SHORT_FEATURES, short_features(BOTH[0], TEXT[:10]).tolist(), strict=True))
    assert found == {"certainty": -0.5, "score": 1.0, "length": math.log(2), "whole": 0.3}
