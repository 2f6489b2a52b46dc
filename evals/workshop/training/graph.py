"""The ONNX graph of a span model, in float32 or int8, by the builder of the shipped embedding model.

That builder's int8 is made to be right on every processor and for every text by itself (see `embedding.graph`).
Here come the second token type, and two heads in place of the mean. The graph takes windows of equal length,
`input_ids` and `token_type_ids` [batch, sequence]; its outputs are `logits` [batch, sequence, 2], of start and end, and
`support` [batch, 1], the log-odds that the claim in the first segment is supported by the text in the second. There is
no mask because there is no padding.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime as ort  # type: ignore[import-untyped]
from onnx import TensorProto, helper

from evals.workshop.embedding.graph import Array, GraphBuilder
from evals.workshop.training.model import SpanModel

Ids = npt.NDArray[np.int64]


class SpanGraphBuilder(GraphBuilder):
    """Builds one graph from the weights of a `SpanModel`: the encoder's, and those of `head` and `support`."""

    def build(self, layers: int) -> onnx.ModelProto:
        """The model with that many transformer layers."""
        hidden = self._encoder(layers)
        # The heads are small and decide: they stay in float32.
        self._head(hidden, "head", "logits")
        first = self._node("Gather", hidden, self._ints("first_token", 0), axis=1)
        self._head(self._node("Squeeze", first, self._ints("first_axis", 1)), "support", "support")
        shape = ["batch", "sequence"]
        graph = helper.make_graph(
            self._nodes,
            "span-reader",
            [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "token_type_ids")],
            [
                helper.make_tensor_value_info("logits", TensorProto.FLOAT, [*shape, 2]),
                helper.make_tensor_value_info("support", TensorProto.FLOAT, ["batch", 1]),
            ],
            list(self._constants.values()),
        )
        domains = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=domains, ir_version=10, producer_name="dateline")

    def _head(self, value: str, name: str, output: str) -> None:
        product = self._node("MatMul", value, self._constant(f"{name}.weight", self.weights[f"{name}.weight"].T))
        self._node("Add", product, self._constant(f"{name}.bias", self.weights[f"{name}.bias"]), output=output)

    def _layer_norm(self, value: str, name: str) -> str:
        if name == "embeddings.LayerNorm":
            # The builder has added the first type to every position; tokens of the second get the difference.
            types = self.weights["embeddings.token_type_embeddings.weight"]
            row = self._node("Gather", self._constant("types", types - types[0]), "token_type_ids")
            value = self._node("Add", value, row)
        return super()._layer_norm(value, name)


def build_graph(model: SpanModel, windows: Iterable[tuple[Ids, Ids]] | None) -> bytes:
    """The graph of a model: int8 where windows (of training data) are given to find the ranges on, else float32."""
    weights: dict[str, Array] = {
        name: tensor.float().numpy()
        for name, tensor in model.encoder.state_dict().items()
        if tensor.is_floating_point()
    }
    for head in ("head", "support"):
        state = getattr(model, head).state_dict()
        weights |= {f"{head}.{name}": tensor.float().numpy() for name, tensor in state.items()}
    layers = model.encoder.config.num_hidden_layers
    if windows is None:
        return bytes(SpanGraphBuilder(weights).build(layers).SerializeToString())
    ranges = _input_ranges(SpanGraphBuilder(weights), layers, windows)
    return bytes(SpanGraphBuilder(weights, ranges).build(layers).SerializeToString())


def _input_ranges(builder: SpanGraphBuilder, layers: int, windows: Iterable[tuple[Ids, Ids]]) -> dict[str, Array]:
    """The largest absolute value of each input channel of each linear layer."""
    graph = builder.build(layers)
    tensors = sorted(set(builder.taps.values()))
    graph.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in tensors)
    session = ort.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    largest: dict[str, Array] = {}
    for ids, types in windows:
        held: list[Any] = session.run(tensors, {"input_ids": ids, "token_type_ids": types})
        for name, value in zip(tensors, held, strict=True):
            values = np.abs(value).max(axis=0)
            largest[name] = np.maximum(largest.get(name, values), values)
    return {layer: np.round(largest[tensor], 2) for layer, tensor in builder.taps.items()}
