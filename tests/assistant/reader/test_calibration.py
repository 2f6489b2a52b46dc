"""The fitted weights: read with care, and always a probability."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from assistant.reader.span_features import CONFIDENCE_FEATURES, SPAN_FEATURES, confidence_features
from hypothesis import given
from hypothesis import strategies as st

from assistant.reader.calibration import Calibration
from index.errors import ModelError

row = st.lists(st.floats(-16, 16), min_size=len(SPAN_FEATURES), max_size=len(SPAN_FEATURES))


def weights(size: float) -> dict[str, Any]:
    return {
        "rank": dict.fromkeys(SPAN_FEATURES, size),
        "confidence": {**dict.fromkeys(CONFIDENCE_FEATURES, size / 2), "bias": -1.0},
    }


def document(**changes: Any) -> dict[str, Any]:
    return {"whole": weights(0.5), "terse": weights(0.25), "threshold": 0.4, "further": 1.5, "model": "some"} | changes


@given(rows=st.lists(row, min_size=1, max_size=30))
def test_confidence_is_a_probability(rows: list[list[float]]) -> None:
    weights = Calibration.of(document()).whole
    features = np.array(rows)
    found = confidence_features(features, features @ weights.rank)
    assert found.shape == (len(CONFIDENCE_FEATURES),)
    assert 0.0 <= weights.probability(found) <= 1.0


def test_a_few_key_words_are_weighed_apart() -> None:
    calibration = Calibration.of(document())
    assert calibration.weights("how many displaced?") is calibration.terse
    assert calibration.weights("How many people were displaced?") is calibration.whole


def test_a_better_sentence_is_more_probable() -> None:
    calibration = Calibration.of(document()).whole
    poor, good = np.zeros(len(CONFIDENCE_FEATURES)), np.ones(len(CONFIDENCE_FEATURES))
    assert calibration.probability(poor) < calibration.probability(good)
    assert calibration.probability(poor) == pytest.approx(1 / (1 + np.e))


def test_extremes_do_not_overflow() -> None:
    calibration = Calibration.of(document()).whole
    assert calibration.probability(np.full(len(CONFIDENCE_FEATURES), 1e9)) == pytest.approx(1)
    assert calibration.probability(np.full(len(CONFIDENCE_FEATURES), -1e9)) == pytest.approx(0)


@pytest.mark.parametrize(
    "held",
    [
        "{",
        "[]",
        "{}",
        json.dumps(document(threshold="high")),
        json.dumps(document(threshold=48)),
        json.dumps(document(further=float("nan"))),
        json.dumps(document(terse={"rank": {"span": 1.0}})),
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
