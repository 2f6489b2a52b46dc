"""The models behind sentence-transformers."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Embedding, load_embedding
from index.errors import ModelError


def test_sentence_transformers_keeps_the_contract(original: Embedding, passages: list[str]) -> None:
    seen: list[tuple[int, int]] = []
    texts = [*passages[:4], "", "\x00", "lone \ud800 surrogate"]
    vectors = original.encode(texts, progress=lambda done, total: seen.append((done, total)))
    assert vectors.shape == (7, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(7), abs=1e-5)
    assert seen == [(7, 7)]
    assert original.encode([]).shape == (0, 384)
    assert original.count_tokens([]) == []
    assert len(original.fingerprint) == 16


@pytest.mark.usefixtures("original")
def test_a_model_that_is_not_here_is_refused_at_once(tmp_path: Path) -> None:
    for name in ("nobody/no-such-model-at-all", str(tmp_path)):
        with pytest.raises(ModelError, match="there is no sentence-transformers model") as caught:
            load_embedding(name)
        assert "\n" not in str(caught.value)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match=r"pip install '.\[sentence-transformers\]'"):
        load_embedding("some/model")
