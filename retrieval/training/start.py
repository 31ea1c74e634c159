"""What a training run starts from: an encoder that has not learnt to read, or an exported reader."""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file

from retrieval.training.encoder import LAYERS, SpanReader
from retrieval.training.export import INTEGERS, SCALES, Weight, Weights


def started(folder: Path) -> SpanReader:
    """Load the weights of a folder with `model.safetensors`, or of one that `export` wrote."""
    encoder = folder / "model.safetensors"
    return _pretrained(encoder) if encoder.exists() else _exported(folder / "model.onnx")


def _exported(file: Path) -> SpanReader:
    """A reader's weights, as exactly as 8 bits hold them."""
    constants = {each.name: numpy_helper.to_array(each) for each in onnx.load(file).graph.initializer}
    reader = SpanReader()
    reader.load_state_dict({name: torch.tensor(_weight(constants, name)) for name in reader.state_dict()})
    return reader


def _weight(constants: Weights, name: str) -> Weight:
    if name in constants:
        return constants[name]
    scales = constants[name + SCALES]
    widened: Weight = constants[name + INTEGERS] * scales
    return widened.T if scales.ndim == 1 else widened


def _pretrained(file: Path) -> SpanReader:
    """An encoder's weights under this reader's names; the head is new."""
    weights = load_file(file)
    reader = SpanReader()
    named = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "segments.weight": weights["embeddings.token_type_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
        "head.weight": reader.head.weight.data,
        "head.bias": reader.head.bias.data,
    }
    for number in range(LAYERS):
        there, here = f"encoder.layer.{number}.", f"layers.{number}."
        for kind in ("weight", "bias"):
            parts = [weights[f"{there}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            named[f"{here}mixed.{kind}"] = torch.cat(parts)
            named[f"{here}attended.{kind}"] = weights[f"{there}attention.output.dense.{kind}"]
            named[f"{here}attended_norm.{kind}"] = weights[f"{there}attention.output.LayerNorm.{kind}"]
            named[f"{here}widened.{kind}"] = weights[f"{there}intermediate.dense.{kind}"]
            named[f"{here}narrowed.{kind}"] = weights[f"{there}output.dense.{kind}"]
            named[f"{here}narrowed_norm.{kind}"] = weights[f"{there}output.LayerNorm.{kind}"]
    reader.load_state_dict(named)
    return reader
