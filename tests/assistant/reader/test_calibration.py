"""The fitted weights: read with care, and always a probability."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reader.calibration import Calibration
from assistant.reader.features import CONFIDENCE_FEATURES, RANK_FEATURES, SHORT_FEATURES, confidence_features
from index.errors import ModelError

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
