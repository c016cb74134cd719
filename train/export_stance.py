r"""A checkpoint of the stance model -> stance.onnx (int8), and the tagger's encoder with one output more: the layers that it reads.

    python train/export_stance.py build/stance/model.pt src/onrecord/weights/stance/stance.onnx \
        --tagger src/onrecord/weights/tagger/encoder.onnx
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from export_tagger import CONTRIB, LAYERS, Graph, layer, quantised
from small_encoder import HEAD, WIDTH, Sizes, layers_as_in_bert
from stance_model import LABELS, PER_PIECE, StanceModel


def with_layers(path: Path, layers: Sequence[int]) -> None:
    """Writes the tagger's encoder anew with what these layers, counted from 1, make of each piece: (B, T, WIDTH * layers)."""
    model = onnx.load(path)
    kept = [one for one in model.graph.output if one.name != LAYERS]
    nodes = [one for one in model.graph.node if LAYERS not in one.output]
    norms = [one.output[0] for one in nodes if one.op_type == "LayerNormalization"]  # of the embeddings, then two a layer
    behind = [norms[2 * number] for number in layers]
    nodes.append(helper.make_node("Concat", behind, [LAYERS], name=LAYERS, axis=-1))
    del model.graph.output[:], model.graph.node[:]
    model.graph.node.extend(nodes)
    shape = ["batch", "length", WIDTH * len(layers)]
    model.graph.output.extend([*kept, helper.make_tensor_value_info(LAYERS, TensorProto.FLOAT, shape)])
    onnx.save(model, path)


def saved(path: Path) -> tuple[StanceModel, list[int]]:
    """The model of a checkpoint, and the layers of the tagger that it reads."""
    held = torch.load(path, map_location="cpu")
    sizes = Sizes(**held["sizes"])
    model = StanceModel(WIDTH * len(held["layers"]), sizes)
    model.load_state_dict(held["state"])
    return model.eval(), held["layers"]


def graph(model: StanceModel, given: int) -> onnx.ModelProto:
    """layers (B, T, given), roles, mask (B, T), clue (B,) -> logits (B, LABELS), attention (B, 1 + T, LABELS), told (B, 1 + T, 2)."""
    state = {name: value.float() for name, value in model.state_dict().items()}
    g = Graph(layers_as_in_bert(state, len(model.layers)))
    heads = model.layers[0].query.out_features // HEAD
    last = g.weight("second", np.array([1], np.int64))
    projected = g.node("MatMul", [LAYERS, g.weight("project.w", state["project.weight"].numpy().T)])
    roles = g.node("Gather", [g.weight("roles.w", (state["roles.weight"] + state["project.bias"]).numpy()), "roles"], axis=0)
    clue = g.node("Unsqueeze", [g.node("Gather", [g.weight("clues.w", state["clues.weight"].numpy()), "clue"], axis=0), last])
    x = g.node("Concat", [clue, g.node("Add", [projected, roles])], axis=1)
    gamma, beta = (g.weight(f"norm.{part}", state[f"norm.{part}"].numpy()) for part in ("weight", "bias"))
    x = g.node("LayerNormalization", [x, gamma, beta], axis=-1, epsilon=1e-12)
    first = g.node(
        "Unsqueeze",
        [g.node("Add", [g.node("Mul", ["clue", g.weight("nought", np.array(0, np.int64))]), g.weight("1", np.array(1, np.int64))]), last],
    )
    whole = g.node("Concat", [g.node("Cast", [first], to=TensorProto.INT32), "mask"], axis=1)
    for number in range(len(model.layers)):
        x = layer(g, x, number, heads, whole)
    outputs = told(g, x, whole, {name.removeprefix("heads."): value.numpy() for name, value in state.items() if name.startswith("heads.")})
    g.nodes.extend(helper.make_node("Identity", [name], [output]) for output, name in outputs.items())
    kinds = ((LAYERS, TensorProto.FLOAT, ["batch", "length", given]), ("roles", TensorProto.INT64, ["batch", "length"]))
    more = (("mask", TensorProto.INT32, ["batch", "length"]), ("clue", TensorProto.INT64, ["batch"]))
    shapes = {"logits": ["batch", LABELS], "attention": ["batch", "whole", LABELS], "told": ["batch", "whole", PER_PIECE]}
    made = helper.make_model(
        helper.make_graph(
            g.nodes,
            "stance",
            [helper.make_tensor_value_info(*one) for one in (*kinds, *more)],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()],
            g.weights,
        ),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)],
    )
    made.ir_version = 9
    return made


def told(g: Graph, x: str, mask: str, state: dict[str, np.ndarray]) -> dict[str, str]:
    """The heads over states `x`: the name of each output, and of what it is."""
    both = g.node("MatMul", [x, g.weight("heads.w", np.concatenate((state["pieces.weight"], state["values.weight"])).T)])
    sizes = g.weight("sizes", np.array([LABELS, PER_PIECE, LABELS], np.int64))
    scores = g.node("Split", [both, sizes], outputs=3, axis=-1)
    events, values = f"{scores}_1", f"{scores}_2"
    absent = g.node("Sub", [g.node("Cast", [mask], to=TensorProto.FLOAT), g.weight("1.0", np.array(1, np.float32))])
    hidden = g.node(
        "Mul", [g.node("Unsqueeze", [absent, g.weight("last", np.array([2], np.int64))]), g.weight("1e4", np.array(1e4, np.float32))]
    )
    biased = g.node("Add", [scores, g.weight("scores.bias", state["pieces.bias"][:LABELS])])
    attention = g.node("Softmax", [g.node("Add", [biased, hidden])], axis=1)
    summed = g.node("ReduceSum", [g.node("Mul", [attention, values]), g.weight("pieces", np.array([1], np.int64))], keepdims=0)
    return {
        "logits": g.node("Add", [summed, g.weight("values.bias", state["values.bias"])]),
        "attention": attention,
        "told": g.node("Add", [events, g.weight("told.bias", state["pieces.bias"][LABELS:])]),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("checkpoint", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--tagger", type=Path, required=True, help="the encoder that is to give the layers too")
    given = asked.parse_args()
    model, layers = saved(given.checkpoint)
    with_layers(given.tagger, layers)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(graph(model, WIDTH * len(layers)), plain)
        quantised(plain, given.out, kinds=["MatMul"], narrow=True)
    for path in (given.out, given.tagger):
        print(f"{path.stat().st_size / 1e6:.2f} MB  {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}  {path}")


if __name__ == "__main__":
    main()
