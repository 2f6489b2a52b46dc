"""The weights of a network that ships, as training takes them: so anybody can train on without the files of its run.

The integers of the int8 graph are multiplied out. What rounding has taken is gone (600 questions of SQuAD 2.0 had the
same best span in .950 of the cases), and a few hundred steps of training make up for it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from assistant.reader.network import NETWORK, ModelFiles
from evals.workshop.embedding.graph import Array
from evals.workshop.training.model import SpanModel
from index.errors import ModelError

_SELF = ("query", "key", "value")


def recover(folder: Path, model: SpanModel) -> None:
    """Give a span model the weights of the int8 network in a model folder.

    Raises:
        ModelError: a file is missing or damaged, or the network is none of `export`'s int8 ones of this shape.
    """
    ModelFiles.open(folder)
    graph = onnx.load(str(folder / NETWORK)).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    try:
        state = {name: torch.from_numpy(np.array(_weight(name, held), dtype=np.float32)) for name in model.state_dict()}
        model.load_state_dict(state)
    except (KeyError, RuntimeError) as error:
        raise ModelError(f"{folder}: is no int8 network of this shape ({error}); name another") from error


def _weight(name: str, held: dict[str, Array]) -> Array:
    """One entry of a span model's state from the constants of the graph."""
    if name.startswith(("head.", "support.")):
        return held[name].T
    name = name.removeprefix("encoder.")
    match name:
        case "embeddings.word_embeddings.weight":
            return held["words"].astype(np.float32) * held["words.scale"]
        case "embeddings.position_embeddings.weight":
            return held["positions"]  # the graph has added the first token type's vector to them
        case "embeddings.token_type_embeddings.weight":
            return held["types"]
    layer, _, part = name.rpartition(".")
    owner, _, which = layer.rpartition(".")
    if which in _SELF and part == "bias":
        return np.split(held[f"{owner}.bias"], len(_SELF))[_SELF.index(which)]
    if part == "weight" and f"{layer}.quantised" in held:
        smoothed = held[f"{layer}.quantised"].astype(np.float32) * held[f"{layer}.scale"]
        return (smoothed * held[f"{layer}.smoothing"][:, None]).T
    return held[name]
