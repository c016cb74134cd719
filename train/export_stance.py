"""A checkpoint of the stance model -> stance.onnx (int8), the file that ships.

build/train-venv/bin/python train/export_stance.py build/stance/model.pt src/onrecord/weights/stance/stance.onnx
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from export_tagger import CONTRIB, Graph, embeddings, layer, quantised
from small_encoder import Sizes
from stance_data import LABELS, tokeniser
from stance_model import PER_PIECE, StanceModel


def saved(path: Path) -> StanceModel:
    """The model of a checkpoint."""
    held = torch.load(path)
    model = StanceModel(tokeniser().size, Sizes(**held["sizes"]))
    model.load_state_dict(held["state"])
    return model.eval()


def graph(model: StanceModel) -> onnx.ModelProto:
    """ids, mask (B, T) -> logits (B, labels), attention (B, T, labels), told (B, T, 2): event or not, how factual."""
    g = Graph(model.encoder.bert_names())
    x = embeddings(g)
    for number, one in enumerate(model.encoder.layers):
        x = layer(g, x, number, one.heads, "mask")
    state = {name: value.float().numpy() for name, value in model.state_dict().items()}
    heads = np.concatenate((state["pieces.weight"], state["values.weight"])).T
    both = g.node("MatMul", [x, g.weight("heads.w", heads)])
    sizes = g.weight("sizes", np.array([len(LABELS), PER_PIECE, len(LABELS)], np.int64))
    scores = g.node("Split", [both, sizes], outputs=3, axis=-1)
    told, values = f"{scores}_1", f"{scores}_2"
    absent = g.node("Sub", [g.node("Cast", ["mask"], to=TensorProto.FLOAT), g.weight("1.0", np.array(1, np.float32))])
    hidden = g.node(
        "Mul", [g.node("Unsqueeze", [absent, g.weight("last", np.array([2], np.int64))]), g.weight("1e4", np.array(1e4, np.float32))]
    )
    biased = g.node("Add", [scores, g.weight("scores.bias", state["pieces.bias"][: len(LABELS)])])
    attention = g.node("Softmax", [g.node("Add", [biased, hidden])], axis=1)
    summed = g.node("ReduceSum", [g.node("Mul", [attention, values]), g.weight("pieces", np.array([1], np.int64))], keepdims=0)
    outputs = {
        "logits": g.node("Add", [summed, g.weight("values.bias", state["values.bias"])]),
        "attention": attention,
        "told": g.node("Add", [told, g.weight("told.bias", state["pieces.bias"][len(LABELS) :])]),
    }
    shapes: dict[str, list[str | int]] = {
        "logits": ["batch", len(LABELS)],
        "attention": ["batch", "length", len(LABELS)],
        "told": ["batch", "length", PER_PIECE],
    }
    g.nodes.extend(helper.make_node("Identity", [name], [output]) for output, name in outputs.items())
    inputs = [
        helper.make_tensor_value_info(n, kind, ["batch", "length"]) for n, kind in (("ids", TensorProto.INT64), ("mask", TensorProto.INT32))
    ]
    given = [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in shapes.items()]
    made = helper.make_model(
        helper.make_graph(g.nodes, "stance", inputs, given, g.weights),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)],
    )
    made.ir_version = 9
    return made


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("checkpoint", type=Path)
    asked.add_argument("out", type=Path)
    given = asked.parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(graph(saved(given.checkpoint)), plain)
        quantised(plain, given.out, kinds=["MatMul"], narrow=True)
    print(f"{given.out.stat().st_size / 1e6:.2f} MB  {hashlib.sha256(given.out.read_bytes()).hexdigest()[:16]}  {given.out}")


if __name__ == "__main__":
    main()
