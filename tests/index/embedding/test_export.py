"""The script that makes the shipped model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError

pytest.importorskip("onnx", reason="needs the extra export")

from evals.workshop.embedding import export as script
from evals.workshop.embedding.graph import _quantise, _smoothing


def test_other_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is missing"):
        script.export(tmp_path, tmp_path / "out")
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(ModelError, match="is not the official"):
        script.export(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_weights_fit_into_the_range_in_which_no_processor_saturates() -> None:
    onnx = pytest.importorskip("onnx")
    from index.embedding.runtime import SHIPPED_MODEL

    model = onnx.load(SHIPPED_MODEL / "model.onnx")
    quantised = [t for t in model.graph.initializer if t.name.endswith(".quantised")]
    assert len(quantised) == 36
    for tensor in quantised:
        largest = int(np.abs(onnx.numpy_helper.to_array(tensor).astype(np.int16)).max())
        assert 2 * 255 * largest < 2**15, tensor.name


def test_quantised_weights_are_within_half_a_step() -> None:
    weight = np.random.default_rng(1).normal(size=(8, 5)).astype(np.float32)
    weight[:, 2] = 0
    levels, scale = _quantise(weight, axis=0, limit=63)
    assert levels.dtype == np.int8
    assert (np.abs(levels * scale - weight) <= scale / 2 + 1e-6).all()


def test_smoothing_evens_out_and_is_centred_on_one() -> None:
    weight = np.ones((3, 4), dtype=np.float32)
    factor = _smoothing(np.array([1, 100, 1], dtype=np.float32), weight)
    assert factor[1] > factor[0] == factor[2]
    assert np.log(factor).mean() == pytest.approx(0, abs=1e-6)
