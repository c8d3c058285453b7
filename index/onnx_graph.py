"""The bundled model as an ONNX graph with 8-bit weights, for processors without bfloat16.

The graph begins at the word vectors, which are looked up outside of it, and ends
at the sum over all tokens: ``words`` float32 (1, tokens, hidden) -> ``sum``
float32 (1, hidden). It has no padding and no mask: one text at a time.

A reader's graph ends otherwise: at ``span`` float32 (1, tokens, 2), how well an
answer starts and ends at each token, and ``relevant`` float32 (1, 1).

Linear layers multiply 8-bit numbers. Weights have 7 bits and one scale a column:
with 8, the instruction that processors without VNNI have for it overflows. The
numbers that go into a layer have one scale for the whole text; a few of them are
a hundred times larger than the rest (33 and 66 in some layers, where the median is
0.5), so they are first divided by factors that the weights are multiplied with:
SmoothQuant, https://arxiv.org/abs/2211.10438. The cosine to the float32 vectors
is then 0.9989 on average, without it 0.9973.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

OPSET, FORM = 18, 9  # of the operators, of the file: what ONNX Runtime 1.14 and later reads
CONTRIB = "com.microsoft"  # ONNX Runtime's own operators
WEIGHT_LEVELS = 63
# Share of the range that goes from activations to weights. Mean cosine to float32, without the
# floor below: 0.9981 at 0.5, 0.9986 at 0.7, 0.9965 at 0.85.
SMOOTHING = 0.7
# Columns that stay small on a few texts may grow on another: their range is taken to be what
# nine in ten columns stay below. The least cosine of 240 passages was 0.990 without it.
FLOOR = 0.9
LAYER = "encoder.layer.{}."
HEAD = "span.weight"  # a reader has it

Weights = Mapping[str, np.ndarray]
Ranges = Mapping[str, np.ndarray]


def read_weights(folder: Path) -> dict[str, np.ndarray]:
    """Return the tensors of a sentence-transformers BERT folder, as stored."""
    from safetensors.numpy import load_file

    return dict(load_file(folder / "model.safetensors"))


def build_graph(folder: Path, weights: Weights, ranges: Ranges | None) -> bytes:
    """Return the serialised graph of the BERT model in ``folder``.

    Args:
        folder: has the ``config.json``.
        weights: as ``read_weights`` gives them.
        ranges: for each output that the graph without ranges has beside ``sum``, the
            largest absolute value a column has on typical texts. None builds the
            graph in float32, with these outputs, each (columns,).
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return _Graph(config, weights, ranges).serialized()


class _Graph:
    """Builds the nodes one after another; every method returns the name of its output."""

    def __init__(self, config: Mapping[str, Any], weights: Weights, ranges: Ranges | None) -> None:
        self._config = config
        self._weights = weights
        self._ranges = ranges
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._measured: list[str] = []

    def serialized(self) -> bytes:
        from onnx import TensorProto, helper

        rows = self._embeddings()
        for number in range(self._config["num_hidden_layers"]):
            rows = self._layer(number, rows)
        hidden = self._config["hidden_size"]
        shapes = self._answer(rows) if HEAD in self._weights else self._sum(rows, hidden)
        value = helper.make_tensor_value_info
        outputs = [value(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()]
        outputs += [value(name, TensorProto.FLOAT, [None]) for name in self._measured]
        graph = helper.make_graph(
            self._nodes,
            "bert",
            [value("words", TensorProto.FLOAT, [1, "tokens", hidden])],
            outputs,
            self._constants,
        )
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=FORM)
        serialized: bytes = model.SerializeToString()
        return serialized

    def _sum(self, rows: str, hidden: int) -> dict[str, list[Any]]:
        self._add("ReduceSum", [rows, self._constant("tokens", np.array([1]))], "sum", keepdims=0)
        return {"sum": [1, hidden]}

    def _answer(self, rows: str) -> dict[str, list[Any]]:
        """Add the heads of a reader; they are small, and stay in float32."""
        self._exact(rows, "span", "span")
        first = self._add("Gather", [rows, self._constant("at", np.array(0))], "mark", axis=1)
        dense = self._add("Tanh", [self._exact(first, "dense", "dense.out")], "dense.tanh")
        self._exact(dense, "relevant", "relevant")
        return {"span": [1, "tokens", 2], "relevant": [1, 1]}

    def _embeddings(self) -> str:
        kind = self._weight("embeddings.token_type_embeddings.weight")[0]
        places = self._weight("embeddings.position_embeddings.weight") + kind
        first, axis = self._constant("first", np.array([0])), self._constant("axis", np.array([0]))
        self._add("Shape", ["words"], "length", start=1, end=2)
        inputs = [self._constant("places", places), first, "length", axis]
        placed = self._add("Add", ["words", self._add("Slice", inputs, "here")], "placed")
        return self._norm(placed, "embeddings.LayerNorm")

    def _layer(self, number: int, rows: str) -> str:
        """Attention and the two layers after it, each with what it adds to normalised."""
        at = LAYER.format(number)
        heads = [at + "attention.self." + name for name in ("query", "key", "value")]
        attention = self._add(
            "MultiHeadAttention",
            self._linear(rows, heads),
            at + "attended",
            domain=CONTRIB,
            num_heads=self._config["num_attention_heads"],
        )
        (out,) = self._linear(attention, [at + "attention.output.dense"])
        rows = self._norm(
            self._add("Add", [out, rows], at + "first"), at + "attention.output.LayerNorm"
        )
        (inner,) = self._linear(rows, [at + "intermediate.dense"])
        curved = self._add("Gelu", [inner], at + "gelu", domain=CONTRIB)
        (out,) = self._linear(curved, [at + "output.dense"])
        return self._norm(self._add("Add", [out, rows], at + "second"), at + "output.LayerNorm")

    def _linear(self, rows: str, names: list[str]) -> list[str]:
        """Add the linear layers of ``names``, which all read ``rows``."""
        matrices = [self._weight(f"{name}.weight").T for name in names]
        measured = f"{names[0]}.range"
        if self._ranges is None:
            self._measure(rows, measured)
            return [self._exact(rows, name, name) for name in names]
        factors = smoothing_factors(self._ranges[measured], matrices)
        inverse = self._constant(f"{names[0]}.smoothing", 1 / factors)
        even = self._add("Mul", [rows, inverse], f"{names[0]}.even")
        parts = [f"{names[0]}.{part}" for part in ("codes", "scale", "zero")]
        self._add("DynamicQuantizeLinear", [even], *parts)
        return [
            self._product(parts, name, factors[:, None] * matrix)
            for name, matrix in zip(names, matrices, strict=True)
        ]

    def _exact(self, rows: str, name: str, output: str) -> str:
        """Add one linear layer in float32."""
        matrix = self._constant(f"{name}.w", self._weight(f"{name}.weight").T)
        product = self._add("MatMul", [rows, matrix], f"{name}.m")
        bias = self._constant(f"{name}.b", self._weight(f"{name}.bias"))
        return self._add("Add", [product, bias], output)

    def _product(self, parts: list[str], name: str, matrix: np.ndarray) -> str:
        codes, scales = quantised_columns(matrix)
        bias = self._weight(f"{name}.bias")
        inputs = [parts[0], self._constant(f"{name}.w", codes), parts[1]]
        inputs += [self._constant(f"{name}.s", scales), parts[2], ""]
        inputs += [self._constant(f"{name}.b", bias)]
        return self._add("MatMulIntegerToFloat", inputs, name, domain=CONTRIB)

    def _measure(self, rows: str, name: str) -> None:
        axes = self._constant(f"{name}.axes", np.array([0, 1]))
        size = self._add("Abs", [rows], f"{name}.size")
        self._measured.append(self._add("ReduceMax", [size, axes], name, keepdims=0))

    def _norm(self, rows: str, name: str) -> str:
        inputs = [rows] + [
            self._constant(f"{name}.{part}", self._weight(f"{name}.{part}"))
            for part in ("weight", "bias")
        ]
        epsilon = self._config["layer_norm_eps"]
        return self._add("LayerNormalization", inputs, f"{name}.out", axis=-1, epsilon=epsilon)

    def _weight(self, name: str) -> np.ndarray:
        return self._weights[name].astype(np.float32)

    def _constant(self, name: str, value: np.ndarray) -> str:
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def _add(self, kind: str, inputs: list[str], *outputs: str, **settings: Any) -> str:  # noqa: ANN401
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, list(outputs), **settings))
        return outputs[0]


def smoothing_factors(ranges: np.ndarray, matrices: list[np.ndarray]) -> np.ndarray:
    """Return what to divide each input column by, and to multiply its weights with.

    Args:
        ranges: largest absolute value of each input, shape (inputs,).
        matrices: that the input is multiplied with, each (inputs, outputs).
    """
    ranges = np.maximum(ranges, max(np.quantile(ranges, FLOOR), 1e-4))
    weights = np.max([np.abs(matrix).max(axis=1) for matrix in matrices], axis=0)
    factors = ranges**SMOOTHING / np.maximum(weights, 1e-4) ** (1 - SMOOTHING)
    even: np.ndarray = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
    return even


def quantised_columns(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return ``matrix`` as int8 codes and one scale a column (code * scale = weight)."""
    scales = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / WEIGHT_LEVELS
    return np.round(matrix / scales).astype(np.int8), scales.astype(np.float32)
