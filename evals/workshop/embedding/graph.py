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
output `embedding` [batch, hidden] is the mean over the tokens, of length 1. Between attention, the tokens of all texts
are the rows of one matrix. What can be done in one pass is one operator: those of onnxruntime (`com.microsoft`) that
quantise a row by its own scale, multiply integers into floats, and add, add a bias and normalise. Written out in small
operators, the same arithmetic took half as long again as the multiplications themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array: TypeAlias = NDArray[np.float32]

HEADS = 12
_MICROSOFT = "com.microsoft"
_LAYER_NORM_EPSILON = 1e-12
_WEIGHT_LIMIT = 63  # 7 bits: see above
_WORD_LIMIT = 127
_MIDDLE = 128  # what stands for zero in an unsigned byte
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
        hidden = self._encoder(layers)
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
        domains = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=domains, ir_version=10, producer_name="dateline")

    def _encoder(self, layers: int) -> str:
        """The hidden states [batch, sequence, hidden] after that many layers."""
        width = self.weights["embeddings.word_embeddings.weight"].shape[1]
        hidden = self._node("Reshape", self._embed(), self._ints("rows", -1, width))
        shape = self._node("Concat", self._node("Shape", "input_ids"), self._ints("last_axis", -1), axis=0)
        count = self._node("Shape", hidden, start=0, end=1)
        middle = helper.make_tensor("middle", TensorProto.UINT8, [1], [_MIDDLE])
        middles = self._node("ConstantOfShape", count, value=middle) if self.ranges is not None else ""
        for number in range(layers):
            hidden = self._layer(hidden, f"encoder.layer.{number}.", shape, middles)
        return self._node("Reshape", hidden, shape)

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

    def _layer(self, hidden: str, prefix: str, shape: str, middles: str) -> str:
        names = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
        parts = [self._node("Reshape", self._product(hidden, name, middles), shape) for name in names]
        biases = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        bias = self._constant(f"{prefix}attention.self.bias", biases)
        context = self._node("MultiHeadAttention", *parts, bias, domain=_MICROSOFT, num_heads=HEADS)
        width = self.weights[f"{names[0]}.weight"].shape[0]
        context = self._node("Reshape", context, self._ints("rows", -1, width))
        attended = self._add_and_norm(context, hidden, f"{prefix}attention.output", middles)
        name = f"{prefix}intermediate.dense"
        product = self._product(attended, name, middles)
        inner = self._node("BiasGelu", product, self._weight(f"{name}.bias"), domain=_MICROSOFT)
        return self._add_and_norm(inner, attended, f"{prefix}output", "")

    def _add_and_norm(self, value: str, skip: str, prefix: str, middles: str) -> str:
        """A linear layer, what came past it, and the normalisation of their sum."""
        norm = [self._weight(f"{prefix}.LayerNorm.{name}") for name in ("weight", "bias")]
        inputs = [self._product(value, f"{prefix}.dense", middles), skip, *norm, self._weight(f"{prefix}.dense.bias")]
        return self._node("SkipLayerNormalization", *inputs, domain=_MICROSOFT, epsilon=_LAYER_NORM_EPSILON)

    def _layer_norm(self, value: str, name: str) -> str:
        norm = [self._weight(f"{name}.{part}") for part in ("weight", "bias")]
        return self._node("LayerNormalization", value, *norm, axis=-1, epsilon=_LAYER_NORM_EPSILON)

    def _product(self, value: str, name: str, middles: str) -> str:
        """Value [rows, inputs] @ weight, without the bias. The zero point is `middles`; without it, a row's minimum."""
        self.taps[name] = value
        weight = self.weights[f"{name}.weight"].T
        if self.ranges is None:
            return self._node("MatMul", value, self._constant(f"{name}.weight", weight))
        factor = _smoothing(self.ranges[name], weight)
        smooth = self._node("Mul", value, self._constant(f"{name}.smoothing", 1 / factor))
        quantised, scale = _quantise(weight * factor[:, None], axis=0, limit=_WEIGHT_LIMIT)
        integers = self._constant(f"{name}.quantised", quantised)
        one = self._constant("one", np.array(1, dtype=np.float32))  # the scale of the rows comes after, row by row
        scales = [one, self._constant(f"{name}.scale", scale[0])]
        if middles:
            return self._symmetric(smooth, integers, scales, middles)
        sums = self._constant(f"{name}.sums", quantised.sum(axis=0, dtype=np.float32) * scale[0])
        return self._with_offset(smooth, integers, scales, sums)

    def _symmetric(self, value: str, integers: str, scales: list[str], middles: str) -> str:
        """Value @ integers, with the value of each token as integers from -127 to 127, stored as 1 to 255."""
        largest = self._node("ReduceMax", self._node("Abs", value), self._ints("last_axis", -1))
        scale = self._token_scale(largest, 127)
        levels = self._node("QuantizeLinear", value, self._flat(scale), middles, axis=0)
        zero = self._constant("zero_point", np.array(_MIDDLE, dtype=np.uint8))
        product = self._node("MatMulIntegerToFloat", levels, integers, *scales, zero, domain=_MICROSOFT)
        return self._node("Mul", product, scale)

    def _with_offset(self, value: str, integers: str, scales: list[str], sums: str) -> str:
        """Value @ integers, with the value of each token as integers from 0 to 255 above its own minimum.

        With value = levels * scale + least: value @ weight = (levels @ weight) * scale + least * (sum of weight).
        """
        least = self._node("ReduceMin", value, self._ints("last_axis", -1))
        largest = self._node("ReduceMax", value, self._ints("last_axis", -1))
        scale = self._token_scale(self._node("Sub", largest, least), 255)
        levels = self._node("QuantizeLinear", self._node("Sub", value, least), self._flat(scale), axis=0)
        product = self._node("MatMulIntegerToFloat", levels, integers, *scales, domain=_MICROSOFT)
        return self._node("Add", self._node("Mul", product, scale), self._node("Mul", least, sums))

    def _flat(self, column: str) -> str:
        return self._node("Reshape", column, self._ints("last_axis", -1))

    def _token_scale(self, span: str, levels: int) -> str:
        span = self._node("Max", span, self._number("tiny", 1e-12))  # a token of nothing but zeros must not divide by 0
        return self._node("Mul", span, self._number(f"1/{levels}", 1 / levels))

    def _node(self, kind: str, *inputs: str, output: str | None = None, domain: str = "", **attributes: Any) -> str:
        output = output or f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], name=output, domain=domain, **attributes))
        return output

    def _weight(self, name: str) -> str:
        return self._constant(name, self.weights[name])

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
