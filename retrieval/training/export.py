"""Write a trained reader as a quantised ONNX file.

    python -m retrieval.training.export --checkpoint FILE --vocabulary FILE --to FOLDER

Every matrix is stored as 8-bit integers with a scale for each of its columns (for an embedding, for each of its rows)
and widened to floats when the file is loaded: the answers stay those of the checkpoint, and a passage scores the same
alone and in any batch, because no activation is ever rounded.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from retrieval.training.encoder import EPSILON, HEADS, LAYERS, WIDTH

_OPSET = 20
_MASKED = -1e4


class Graph:
    """An ONNX graph under construction; each method adds a node and returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        name = f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def constant(self, values: NDArray[np.generic]) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def rounded(self, values: NDArray[np.float32], axis: int) -> str:
        """A matrix as 8-bit integers, with a scale along `axis`."""
        scale = np.abs(values).max(axis=1 - axis) / 127
        shape = (-1, 1) if axis == 0 else (1, -1)
        integers = np.round(values / np.maximum(scale, 1e-12).reshape(shape)).astype(np.int8)
        return self.add("DequantizeLinear", self.constant(integers), self.constant(scale.astype(np.float32)), axis=axis)

    def linear(self, states: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        product = self.add("MatMul", states, self.rounded(np.ascontiguousarray(weight.T), axis=1))
        return self.add("Add", product, self.constant(bias))

    def norm(self, states: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return self.add(
            "LayerNormalization", states, self.constant(weight), self.constant(bias), axis=-1, epsilon=EPSILON
        )

    def rows(self, table: NDArray[np.float32], ids: str) -> str:
        """Look rows up in a table of 8-bit integers; only the rows that are needed are widened."""
        scale = (np.abs(table).max(axis=1, keepdims=True) / 127).astype(np.float32)
        integers = np.round(table / np.maximum(scale, 1e-12)).astype(np.int8)
        found = self.add("Cast", self.add("Gather", self.constant(integers), ids), to=TensorProto.FLOAT)
        return self.add("Mul", found, self.add("Gather", self.constant(scale), ids))


def build(weights: dict[str, NDArray[np.float32]]) -> onnx.ModelProto:
    """Build the reader's graph in the terms that exported SQuAD models use for their inputs and outputs."""
    graph = Graph()
    pieces = graph.rows(weights["pieces.weight"], "input_ids")
    length = graph.add("Gather", graph.add("Shape", "input_ids"), graph.constant(np.array(1)))
    places = graph.add("Range", graph.constant(np.array(0)), length, graph.constant(np.array(1)))
    states = graph.add("Add", pieces, graph.rows(weights["positions.weight"], places))
    states = graph.add("Add", states, graph.rows(weights["segments.weight"], "token_type_ids"))
    states = graph.norm(states, weights["norm.weight"], weights["norm.bias"])
    mask = _mask(graph)
    for number in range(LAYERS):
        layer = {name.removeprefix(f"layers.{number}."): value for name, value in weights.items()}
        states = _layer(graph, states, mask, layer)
    scores = graph.linear(states, weights["head.weight"], weights["head.bias"])
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


def _layer(graph: Graph, states: str, mask: str, weights: dict[str, NDArray[np.float32]]) -> str:
    shape = graph.constant(np.array([0, 0, HEADS, WIDTH // HEADS]))
    parts = []
    for part in range(3):
        rows = slice(part * WIDTH, (part + 1) * WIDTH)
        made = graph.linear(states, weights["mixed.weight"][rows], weights["mixed.bias"][rows])
        order = [0, 2, 3, 1] if part == 1 else [0, 2, 1, 3]
        parts.append(graph.add("Transpose", graph.add("Reshape", made, shape), perm=order))
    likeness = graph.add("MatMul", parts[0], parts[1])
    scaled = graph.add("Mul", likeness, graph.constant(np.array((WIDTH // HEADS) ** -0.5, np.float32)))
    shares = graph.add("Softmax", graph.add("Add", scaled, mask), axis=-1)
    heads = graph.add("Transpose", graph.add("MatMul", shares, parts[2]), perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", heads, graph.constant(np.array([0, 0, WIDTH])))
    attended = graph.linear(joined, weights["attended.weight"], weights["attended.bias"])
    states = graph.add("Add", states, attended)
    states = graph.norm(states, weights["attended_norm.weight"], weights["attended_norm.bias"])
    widened = graph.add("Gelu", graph.linear(states, weights["widened.weight"], weights["widened.bias"]))
    narrowed = graph.linear(widened, weights["narrowed.weight"], weights["narrowed.bias"])
    states = graph.add("Add", states, narrowed)
    return graph.norm(states, weights["narrowed_norm.weight"], weights["narrowed_norm.bias"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    state = torch.load(arguments.checkpoint, weights_only=True)["reader"]
    arguments.to.mkdir(parents=True, exist_ok=True)
    onnx.save(build({name: value.numpy() for name, value in state.items()}), arguments.to / "model.onnx")
    shutil.copyfile(arguments.vocabulary, arguments.to / "vocab.txt")


if __name__ == "__main__":
    main()
