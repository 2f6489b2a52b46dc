"""The shipped int8 model against its float32 original through sentence-transformers."""

from __future__ import annotations

import numpy as np
import pytest

from index.embedding import Embedding
from index.embedding.runtime import OnnxEncoder


@pytest.fixture(scope="module")
def long_passages(passages: list[str]) -> list[str]:
    """Passages as the store makes them, of several sentences, and one that is far longer than the window."""
    return [" ".join(passages[i : i + 3]) for i in range(0, len(passages), 8)] + [" ".join(passages)]


def test_vectors_are_near_those_of_the_original(
    shipped: OnnxEncoder, original: Embedding, passages: list[str], long_passages: list[str]
) -> None:
    texts = passages + long_passages
    assert len(texts) >= 60
    cosines = (shipped.encode(texts) * original.encode(texts)).sum(axis=1)
    assert cosines.mean() > 0.997
    assert cosines.min() > 0.994


def test_questions_find_the_same_passages(
    shipped: OnnxEncoder, original: Embedding, news: list[tuple[str, str]], passages: list[str]
) -> None:
    asked = [(question, answer) for answer, (question, _) in enumerate(news) if question]
    assert len(asked) >= 30
    ranks, nearest = {}, {}
    for label, model in (("int8", shipped), ("float32", original)):
        order = np.argsort(-model.encode([q for q, _ in asked]) @ model.encode(passages).T, axis=1)
        nearest[label] = order[:, :5]
        ranks[label] = np.array([list(row).index(answer) for row, (_, answer) in zip(order, asked, strict=True)])
    assert (ranks["int8"] == 0).mean() >= (ranks["float32"] == 0).mean() - 1 / len(asked)
    assert (ranks["int8"] < 5).mean() >= (ranks["float32"] < 5).mean()
    shared = [len(set(a) & set(b)) / 5 for a, b in zip(nearest["int8"], nearest["float32"], strict=True)]
    assert np.mean(shared) > 0.85


def test_tokens_are_counted_as_the_original_counts_them(
    shipped: OnnxEncoder, original: Embedding, long_passages: list[str]
) -> None:
    texts = [*long_passages, "", "Zürich – naïve 東京 \u0000 ñ", "x" * 300]
    assert shipped.count_tokens(texts) == original.count_tokens(texts)
    assert max(shipped.count_tokens(texts)) > shipped.max_tokens


def test_window_and_size_are_those_of_the_original(shipped: OnnxEncoder, original: Embedding) -> None:
    assert (shipped.dimensions, shipped.max_tokens) == (original.dimensions, original.max_tokens) == (384, 256)
    assert shipped.fingerprint != original.fingerprint
