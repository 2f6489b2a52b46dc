"""The fitted weights: read with care, and always a probability."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reader.calibration import (
    CONFIDENCE_FEATURES,
    RANK_FEATURES,
    SHORT_FEATURES,
    Calibration,
    confidence_features,
    rank_features,
    short_features,
)
from assistant.reader.spans import SentenceScore
from index import Hit
from index.errors import ModelError
from tests.assistant.reader.hits import hit_of

row = st.lists(st.floats(-16, 16), min_size=len(RANK_FEATURES), max_size=len(RANK_FEATURES))


def document(**changes: Any) -> dict[str, Any]:
    return {
        "rank": dict.fromkeys(RANK_FEATURES, 0.5),
        "confidence": {**dict.fromkeys(CONFIDENCE_FEATURES, 0.25), "bias": -1.0},
        "short": {**dict.fromkeys(SHORT_FEATURES, 0.25), "bias": 1.0},
        "threshold": 0.4,
        "tentative": 0.2,
        "short_threshold": 0.5,
        "further": 1.5,
        "support": -0.5,
        "model": "some",
    } | changes


def without(name: str) -> dict[str, Any]:
    return {key: held for key, held in document().items() if key != name}


@given(rows=st.lists(row, min_size=1, max_size=30))
def test_confidence_is_a_probability(rows: list[list[float]]) -> None:
    weights = Calibration.of(document())
    features = np.array(rows)
    found = confidence_features(features, features @ weights.rank)
    assert found.shape == (len(CONFIDENCE_FEATURES),)
    assert 0.0 <= weights.confidence.probability(found) <= 1.0


def test_a_better_sentence_is_more_probable() -> None:
    confidence = Calibration.of(document()).confidence
    poor, good = np.zeros(len(CONFIDENCE_FEATURES)), np.ones(len(CONFIDENCE_FEATURES))
    assert confidence.probability(poor) < confidence.probability(good)
    assert confidence.probability(poor) == pytest.approx(1 / (1 + np.e))


def test_extremes_do_not_overflow() -> None:
    confidence = Calibration.of(document()).confidence
    assert confidence.probability(np.full(len(CONFIDENCE_FEATURES), 1e9)) == pytest.approx(1)
    assert confidence.probability(np.full(len(CONFIDENCE_FEATURES), -1e9)) == pytest.approx(0)


def test_weights_are_taken_by_name_not_by_place() -> None:
    turned = dict(reversed(list(document(rank={n: float(i) for i, n in enumerate(RANK_FEATURES)})["rank"].items())))
    assert Calibration.of(document(rank=turned)).rank.tolist() == list(range(len(RANK_FEATURES)))


def test_what_it_reports_beside_the_weights_is_no_concern() -> None:
    assert Calibration.of(document(dev=[], curves=[])).threshold == 0.4


@pytest.mark.parametrize(
    "held",
    [
        "{",
        "[]",
        "{}",
        json.dumps(document(threshold="high")),
        json.dumps(document(threshold=48)),
        json.dumps(document(further=float("nan"))),
        json.dumps(document(threshold=0.1)),  # below the lower one
        json.dumps(document(tentative=-0.1)),
        json.dumps(document(short_threshold=2)),
        json.dumps(document(support=float("inf"))),
        json.dumps(document(rank={"score": 1.0})),
        json.dumps(document(confidence=dict.fromkeys(CONFIDENCE_FEATURES, 0.1))),  # without a bias
        json.dumps(document(short=[])),
        *(json.dumps(without(name)) for name in document()),
    ],
)
def test_a_damaged_file_says_what_to_do(held: str, tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(held, encoding="utf-8")
    with pytest.raises(ModelError, match=r"calibration\.json: is damaged .*install"):
        Calibration.load(path)


def test_the_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(document(model="reader@aa")), encoding="utf-8")
    assert Calibration.load(path, "reader@aa").model == Calibration.load(path).model == "reader@aa"
    with pytest.raises(ModelError, match="fitted for the network reader@aa, not for reader@bb beside it; fit it again"):
        Calibration.load(path, "reader@bb")


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        Calibration.load(tmp_path / "calibration.json")


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
