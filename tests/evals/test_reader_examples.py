"""What was read for fitting is kept with what it was made from."""

from pathlib import Path

import numpy as np
from assistant.reader.span_features import SPAN_FEATURES

from evals.reader_examples import ReaderExample, load, save, source


def example(key: str, sentences: int) -> ReaderExample:
    features = np.random.default_rng(sentences).normal(size=(sentences, len(SPAN_FEATURES)))
    right = np.arange(sentences) == 1
    return ReaderExample(key, True, False, features, right, right, np.arange(sentences) // 2, f"article of {key}")


def test_examples_come_back_as_they_were_kept(tmp_path: Path) -> None:
    made = [example("a", 5), example("b", 3)]
    save(tmp_path / "kept.npz", made, "network 1, read 10")
    again = load(tmp_path / "kept.npz")
    assert source(tmp_path / "kept.npz") == "network 1, read 10"
    assert [(one.key, one.group, one.answerable, one.open) for one in again] == [
        (one.key, one.group, one.answerable, one.open) for one in made
    ]
    for one, two in zip(again, made, strict=True):
        np.testing.assert_allclose(one.features, two.features, atol=1e-6)
        for name in ("right", "holds", "passage"):
            np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_fewer_passages_leave_fewer_sentences() -> None:
    assert example("a", 5).first(2).passage.tolist() == [0, 0, 1, 1]
