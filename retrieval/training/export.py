"""Write a trained reader as a quantised ONNX file.

    python -m retrieval.training.export --checkpoint FILE --vocabulary FILE --to FOLDER

Every matrix is stored as 8-bit integers with a scale for each of its columns (for an embedding, for each of its rows)
and widened when the file is loaded. onnxruntime may round the states that it multiplies with them as well, each row by
itself: the scores stay within a tenth of the checkpoint's, and a passage scores the same alone and in any batch.
"""

import argparse
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from retrieval.training.encoder import EPSILON, HEADS, LAYERS, WIDTH

Weight = NDArray[np.float32]
Weights = Mapping[str, Weight]

INTEGERS = ".integers"
SCALES = ".scales"
"""What the names of a rounded weight's two constants end in."""
_OPSET = 20
_MASKED = -1e4


class Graph:
    """An ONNX graph under construction; each method adds a node and returns the name of its result.

    The reader's weights are constants under their own names, so that an exported reader can be trained further.
    """

    def __init__(self, weights: Weights) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._weights = weights

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        name = f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def constant(self, values: NDArray[np.generic], name: str = "") -> str:
        name = name or f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def linear(self, states: str, layer: str) -> str:
        """Multiply by a matrix of 8-bit integers with a scale for each column, and add the bias."""
        weight = np.ascontiguousarray(self._weights[f"{layer}.weight"].T)
        integers, scale = self._rounded(f"{layer}.weight", weight, np.abs(weight).max(axis=0))
        product = self.add("MatMul", states, self.add("DequantizeLinear", integers, scale, axis=1))
        return self.add("Add", product, self._as_it_is(f"{layer}.bias"))

    def norm(self, states: str, layer: str) -> str:
        weight, bias = self._as_it_is(f"{layer}.weight"), self._as_it_is(f"{layer}.bias")
        return self.add("LayerNormalization", states, weight, bias, axis=-1, epsilon=EPSILON)

    def rows(self, table: str, ids: str) -> str:
        """Look rows up in a table of 8-bit integers; only the rows that are needed are widened."""
        values = self._weights[f"{table}.weight"]
        integers, scale = self._rounded(f"{table}.weight", values, np.abs(values).max(axis=1, keepdims=True))
        found = self.add("Cast", self.add("Gather", integers, ids), to=TensorProto.FLOAT)
        return self.add("Mul", found, self.add("Gather", scale, ids))

    def _as_it_is(self, name: str) -> str:
        return self.constant(self._weights[name], name)

    def _rounded(self, name: str, values: Weight, largest: Weight) -> tuple[str, str]:
        scale = np.maximum(largest / 127, 1e-12).astype(np.float32)
        integers = np.round(values / scale).astype(np.int8)
        return self.constant(integers, name + INTEGERS), self.constant(scale, name + SCALES)


def build(weights: Weights) -> onnx.ModelProto:
    """Build the reader's graph in the terms that exported SQuAD models use for their inputs and outputs."""
    graph = Graph(weights)
    pieces = graph.rows("pieces", "input_ids")
    length = graph.add("Gather", graph.add("Shape", "input_ids"), graph.constant(np.array(1)))
    places = graph.add("Range", graph.constant(np.array(0)), length, graph.constant(np.array(1)))
    states = graph.add("Add", pieces, graph.rows("positions", places))
    states = graph.add("Add", states, graph.rows("segments", "token_type_ids"))
    states = graph.norm(states, "norm")
    mask = _mask(graph)
    for number in range(LAYERS):
        states = _layer(graph, states, mask, f"layers.{number}")
    scores = graph.linear(states, "head")
    for name, column in (("start_logits", 0), ("end_logits", 1)):
        graph.nodes.append(helper.make_node("Gather", [scores, graph.constant(np.array(column))], [name], axis=2))
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length"])
        for name in ("start_logits", "end_logits")
    ]
    made = helper.make_graph(graph.nodes, "reader", inputs, outputs, graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="quotidian")
    model.ir_version = 10
    onnx.checker.check_model(model, full_check=True)
    return model


def _mask(graph: Graph) -> str:
    """0 where there is a piece, a large negative number where there is padding; (batch, 1, 1, length)."""
    seen = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    missing = graph.add("Sub", graph.constant(np.array(1, np.float32)), seen)
    penalty = graph.add("Mul", missing, graph.constant(np.array(_MASKED, np.float32)))
    return graph.add("Unsqueeze", penalty, graph.constant(np.array([1, 2])))


def _layer(graph: Graph, states: str, mask: str, layer: str) -> str:
    shape = graph.constant(np.array([0, 0, 3, HEADS, WIDTH // HEADS]))
    mixed = graph.add("Reshape", graph.linear(states, f"{layer}.mixed"), shape)
    asks, keys, values = (graph.add("Gather", mixed, graph.constant(np.array(part)), axis=2) for part in range(3))
    likeness = graph.add(
        "MatMul", graph.add("Transpose", asks, perm=[0, 2, 1, 3]), graph.add("Transpose", keys, perm=[0, 2, 3, 1])
    )
    scaled = graph.add("Mul", likeness, graph.constant(np.array((WIDTH // HEADS) ** -0.5, np.float32)))
    shares = graph.add("Softmax", graph.add("Add", scaled, mask), axis=-1)
    seen = graph.add("MatMul", shares, graph.add("Transpose", values, perm=[0, 2, 1, 3]))
    heads = graph.add("Transpose", seen, perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", heads, graph.constant(np.array([0, 0, WIDTH])))
    states = graph.norm(graph.add("Add", states, graph.linear(joined, f"{layer}.attended")), f"{layer}.attended_norm")
    narrowed = graph.linear(graph.add("Gelu", graph.linear(states, f"{layer}.widened")), f"{layer}.narrowed")
    return graph.norm(graph.add("Add", states, narrowed), f"{layer}.narrowed_norm")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    state = torch.load(arguments.checkpoint, "cpu", weights_only=True)["reader"]
    arguments.to.mkdir(parents=True, exist_ok=True)
    onnx.save(build({name: value.numpy() for name, value in state.items()}), arguments.to / "model.onnx")
    shutil.copyfile(arguments.vocabulary, arguments.to / "vocab.txt")


if __name__ == "__main__":
    main()
