"""The models behind LlamaIndex and behind sentence-transformers."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Embedding, load_embedding
from index.embedding.runtime import OnnxEncoder
from index.errors import ModelError

QUESTION = "How many homes lost power?"


def test_llama_index_gets_the_same_vectors(shipped: OnnxEncoder, passages: list[str]) -> None:
    embedding = shipped.as_llama_index()
    expected = shipped.encode([QUESTION, *passages[:5]])
    assert embedding.model_name == shipped.name
    assert np.array_equal(np.array(embedding.get_query_embedding(QUESTION), dtype=np.float32), expected[0])
    assert np.array_equal(np.array(embedding.get_text_embedding(passages[0]), dtype=np.float32), expected[1])
    assert np.array_equal(np.array(embedding.get_text_embedding_batch(passages[:5]), dtype=np.float32), expected[1:])


def test_llama_index_gets_the_same_vectors_asynchronously(shipped: OnnxEncoder, passages: list[str]) -> None:
    embedding = shipped.as_llama_index()

    async def ask() -> tuple[list[float], list[float], list[list[float]]]:
        query = await embedding.aget_query_embedding(QUESTION)
        text = await embedding.aget_text_embedding(passages[0])
        return query, text, await embedding.aget_text_embedding_batch(passages[:5])

    query, text, batch = asyncio.run(ask())
    expected = shipped.encode([QUESTION, *passages[:5]])
    assert np.array_equal(np.array([query, text], dtype=np.float32), expected[:2])
    assert np.array_equal(np.array(batch, dtype=np.float32), expected[1:])


def test_the_adapter_takes_the_shipped_model_by_itself(shipped: OnnxEncoder) -> None:
    from index.embedding.onnx import OnnxEmbedding

    embedding = OnnxEmbedding()
    assert embedding.class_name() == "OnnxEmbedding"
    assert np.array_equal(embedding.encode([QUESTION]), shipped.encode([QUESTION]))


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
    query = original.as_llama_index().get_query_embedding(passages[0])
    assert np.array(query) == pytest.approx(vectors[0], abs=1e-5)


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
