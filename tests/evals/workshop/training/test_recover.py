"""The network that ships, taken back into training: its scores are those of the int8 graph, but for rounding."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

import onnxruntime as ort  # type: ignore[import-untyped]
from transformers import BertConfig

from assistant.reader import SHIPPED_READER
from assistant.reader.encoding import WindowEncoder
from assistant.reader.network import NETWORK, TOKENIZER
from evals.workshop.training.graph import build_graph
from evals.workshop.training.model import SpanModel
from evals.workshop.training.recover import recover
from index.errors import ModelError
from tests.assistant.reader.test_reader import make_folder

SHAPE = BertConfig(hidden_size=384, num_hidden_layers=12, intermediate_size=1536)
TEXT = "The flood forced 14,000 people from their homes in Harle. Anna Kern, the mayor, said on Monday it was over."
QUESTIONS = ("How many people fled?", "Who is the mayor of Harle?", "When was it over?", "Who won the cup?")


def test_the_scores_are_those_of_the_network_that_ships() -> None:
    model = SpanModel(SHAPE)
    recover(SHIPPED_READER, model)
    sources = (build_graph(model.eval(), None), (SHIPPED_READER / NETWORK).read_bytes())
    sessions = [ort.InferenceSession(source, providers=["CPUExecutionProvider"]) for source in sources]
    encoder = WindowEncoder(SHIPPED_READER / TOKENIZER)
    (body,) = encoder.bodies([TEXT])
    for question in QUESTIONS:
        window = encoder.window(encoder.question(question), encoder.title("Floods"), body, 0, len(body.ids))
        ids = np.array([window.ids])
        types = np.array([[int(place >= window.second) for place in range(len(window.ids))]])
        found = [s.run(["logits", "support"], {"input_ids": ids, "token_type_ids": types}) for s in sessions]
        ours, shipped = (np.concatenate([one.ravel() for one in both]) for both in found)
        assert np.corrcoef(ours, shipped)[0, 1] > 0.995
        assert np.abs(ours - shipped).mean() < 0.1 * np.abs(shipped).mean()


def test_another_network_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is no int8 network of this shape"):
        recover(make_folder(tmp_path / "table"), SpanModel(BertConfig(hidden_size=12, num_hidden_layers=1)))
