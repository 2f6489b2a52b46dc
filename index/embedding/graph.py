"""Builds the ONNX graph of a BERT sentence encoder, in float32 or int8. Only the export needs this (extra `export`).

The int8 graph is made by hand because the usual dynamic quantisation gives a whole tensor one scale. One outlier then
costs every token its precision, and a text's vector comes to depend on the texts in its batch. Here:

* Activations get a scale for each token, at run time. A vector depends on nothing but its text.
* Weights are symmetric, with a scale for each output, and use 7 bits. On x86 processors without VNNI (AVX2 only),
  onnxruntime adds two products of an unsigned and a signed byte into 16 bits, with saturation. 2 * 255 * 63 = 32130
  fits into them; 2 * 255 * 127 does not, and would silently give other vectors on such machines. Sums of integers that
  never saturate are the same on every processor.
* Before they are quantised, input channels are divided, and the weights multiplied, by factors that even out the
  outlier channels of a transformer ("SmoothQuant", Xiao et al. 2022, https://arxiv.org/abs/2211.10438, alpha = 0.5).
* The input of the second feed-forward layer comes out of a GELU and has hardly any negative part: it is quantised from
  its own minimum.
* Embeddings are 8 bits with a scale for each word.

The graph takes texts of equal length, `input_ids` [batch, sequence] of int64, without a mask: there is no padding. Its
output `embedding` [batch, hidden] is the mean over the tokens, of length 1. It uses onnxruntime's MultiHeadAttention.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

__all__ = ["HEADS", "Array", "GraphBuilder"]

Array: TypeAlias = NDArray[np.float32]

HEADS = 12
_LAYER_NORM_EPSILON = 1e-12
_WEIGHT_LIMIT = 63  # 7 bits: see above
_WORD_LIMIT = 127
_SMOOTHING = 0.5
_OPSET = 20


class GraphBuilder:
    """Builds one graph from the weights of a `BertModel`.

    Args:
        weights: the state of the model, by the names that transformers gives it.
        ranges: for each linear layer, the largest absolute value of each input channel, as `taps` names them; None
            builds the float32 graph.

    Attributes:
        taps: after `build`, the tensor that is the input of each linear layer, by the layer's name.
    """

    def __init__(self, weights: Mapping[str, Array], ranges: Mapping[str, Array] | None = None) -> None:
        self.weights = weights
        self.ranges = ranges
        self.taps: dict[str, str] = {}
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def build(self, layers: int) -> onnx.ModelProto:
        """The model with that many transformer layers."""
        hidden = self._embed()
        for number in range(layers):
            hidden = self._layer(hidden, f"encoder.layer.{number}.")
        mean = self._node("ReduceMean", hidden, self._ints("middle_axis", 1), keepdims=0)
        length = self._node("ReduceL2", mean, self._ints("last_axis", -1))
        self._node("Div", mean, self._node("Max", length, self._number("tiny", 1e-12)), output="embedding")
        width = self.weights["embeddings.word_embeddings.weight"].shape[1]
        graph = helper.make_graph(
            self._nodes,
            "sentence-encoder",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "sequence"])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", width])],
            list(self._constants.values()),
        )
        domains = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=domains, ir_version=10, producer_name="dateline")

    def _embed(self) -> str:
        words = self.weights["embeddings.word_embeddings.weight"]
        if self.ranges is None:
            word = self._node("Gather", self._constant("words", words), "input_ids")
        else:
            quantised, scale = _quantise(words, axis=1, limit=_WORD_LIMIT)
            row = self._node("Gather", self._constant("words", quantised), "input_ids")
            factor = self._node("Gather", self._constant("words.scale", scale), "input_ids")
            word = self._node("Mul", self._node("Cast", row, to=TensorProto.FLOAT), factor)
        # Every token is of the first type, so its embedding is added to the positions here once.
        position = self.weights["embeddings.position_embeddings.weight"]
        position = position + self.weights["embeddings.token_type_embeddings.weight"][0]
        length = self._node("Shape", "input_ids", start=1, end=2)
        place = self._node(
            "Slice", self._constant("positions", position), self._ints("zero", 0), length, self._ints("first_axis", 0)
        )
        return self._layer_norm(self._node("Add", word, place), "embeddings.LayerNorm")

    def _layer(self, hidden: str, prefix: str) -> str:
        query, key, value = (self._linear(hidden, f"{prefix}attention.self.{n}") for n in ("query", "key", "value"))
        context = self._node("MultiHeadAttention", query, key, value, domain="com.microsoft", num_heads=HEADS)
        attended = self._node("Add", self._linear(context, f"{prefix}attention.output.dense"), hidden)
        attended = self._layer_norm(attended, f"{prefix}attention.output.LayerNorm")
        inner = self._node("Gelu", self._linear(attended, f"{prefix}intermediate.dense"), approximate="none")
        out = self._node("Add", self._linear(inner, f"{prefix}output.dense", offset=True), attended)
        return self._layer_norm(out, f"{prefix}output.LayerNorm")

    def _layer_norm(self, value: str, name: str) -> str:
        scale = self._constant(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self._constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self._node("LayerNormalization", value, scale, bias, axis=-1, epsilon=_LAYER_NORM_EPSILON)

    def _linear(self, value: str, name: str, *, offset: bool = False) -> str:
        self.taps[name] = value
        weight = self.weights[f"{name}.weight"].T
        if self.ranges is None:
            product = self._node("MatMul", value, self._constant(f"{name}.weight", weight))
        else:
            factor = _smoothing(self.ranges[name], weight)
            smooth = self._node("Mul", value, self._constant(f"{name}.smoothing", 1 / factor))
            quantised, scale = _quantise(weight * factor[:, None], axis=0, limit=_WEIGHT_LIMIT)
            self._constant(f"{name}.quantised", quantised)
            product = self._with_offset(smooth, name, quantised) if offset else self._symmetric(smooth, name)
            product = self._node("Mul", product, self._constant(f"{name}.scale", scale[0]))
        return self._node("Add", product, self._constant(f"{name}.bias", self.weights[f"{name}.bias"]))

    def _symmetric(self, value: str, name: str) -> str:
        """Value @ quantised, with the value of each token as integers from -127 to 127, stored as 1 to 255."""
        largest = self._node("ReduceMax", self._node("Abs", value), self._ints("last_axis", -1))
        scale = self._token_scale(largest, 127)
        levels = self._node("Round", self._node("Div", value, scale))
        levels = self._node("Cast", self._node("Add", levels, self._number("128", 128)), to=TensorProto.UINT8)
        zero = self._constant("zero_point", np.array(128, dtype=np.uint8))
        product = self._node("MatMulInteger", levels, f"{name}.quantised", zero)
        return self._node("Mul", self._node("Cast", product, to=TensorProto.FLOAT), scale)

    def _with_offset(self, value: str, name: str, quantised: NDArray[np.int8]) -> str:
        """Value @ quantised, with the value of each token as integers from 0 to 255 above its own minimum.

        With value = levels * scale + least: value @ weight = (levels @ weight) * scale + least * (sum of weight).
        """
        least = self._node("ReduceMin", value, self._ints("last_axis", -1))
        largest = self._node("ReduceMax", value, self._ints("last_axis", -1))
        scale = self._token_scale(self._node("Sub", largest, least), 255)
        levels = self._node("Round", self._node("Div", self._node("Sub", value, least), scale))
        levels = self._node("Cast", levels, to=TensorProto.UINT8)
        product = self._node("MatMulInteger", levels, f"{name}.quantised")
        product = self._node("Mul", self._node("Cast", product, to=TensorProto.FLOAT), scale)
        sums = self._constant(f"{name}.sums", quantised.sum(axis=0, dtype=np.float32))
        return self._node("Add", product, self._node("Mul", least, sums))

    def _token_scale(self, span: str, levels: int) -> str:
        span = self._node("Max", span, self._number("tiny", 1e-12))  # a token of nothing but zeros must not divide by 0
        return self._node("Mul", span, self._number(f"1/{levels}", 1 / levels))

    def _node(self, kind: str, *inputs: str, output: str | None = None, domain: str = "", **attributes: Any) -> str:
        output = output or f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], name=output, domain=domain, **attributes))
        return output

    def _constant(self, name: str, value: NDArray[np.generic]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _number(self, name: str, value: float) -> str:
        return self._constant(name, np.array(value, dtype=np.float32))

    def _ints(self, name: str, *values: int) -> str:
        return self._constant(name, np.array(values, dtype=np.int64))


def _quantise(weight: Array, *, axis: int, limit: int) -> tuple[NDArray[np.int8], Array]:
    """Integers from -limit to limit and their scales along an axis, so that integers * scales is near the weight."""
    scale = np.abs(weight).max(axis=axis, keepdims=True) / limit
    scale[scale == 0] = 1
    return np.clip(np.rint(weight / scale), -limit, limit).astype(np.int8), scale.astype(np.float32)


def _smoothing(inputs: Array, weight: Array) -> Array:
    """What each input channel is divided by and its weights multiplied by, around 1."""
    factor = np.maximum(inputs, 1e-3) ** _SMOOTHING / np.maximum(np.abs(weight).max(axis=1), 1e-5) ** (1 - _SMOOTHING)
    scaled: Array = (factor / np.exp(np.log(factor).mean())).astype(np.float32)
    return scaled
