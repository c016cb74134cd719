"""A checkpoint of the tagger -> the files that ship: encoder.onnx (int8), arguments.onnx, tagger.json, tokenizer.json.

    python train/export_tagger.py build/tagger/second/pass-2.pt build/tagger/export

The encoder's graph is written out with onnxruntime's fused operators (MultiHeadAttention, BiasGelu) and then quantised: weights to
int8 per channel (seven bits of it, so that sums do not overflow on processors without VNNI), activations at run time, the
word embeddings to int8 per row.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.annotate.tokenise import Tokeniser
from tagger import saved_tagger
from tagger_bases import minilm_folder
from tagger_model import DISTANCES, FAR, NEAR, WIDTH, ArgumentTagger, Tagger, bucket

HEADS = 12
CONTRIB = "com.microsoft"
LAYERS = "layers"  # the output for other models
SHOWN = (4, 6)  # the layers, counted from 1, that the stance model reads


class Graph:
    """Collects nodes and weights of an ONNX graph."""

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def array(self, name: str) -> np.ndarray:
        return self.state[name].float().numpy()

    def node(self, kind: str, inputs: list[str], *, outputs: int = 1, domain: str = "", **attributes: object) -> str:
        name = f"{kind}_{len(self.nodes)}"
        names = [name if i == 0 else f"{name}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=name, domain=domain, **attributes))
        return name

    def linear(self, x: str, name: str) -> str:
        """x @ W, without the bias."""
        return self.node("MatMul", [x, self.weight(f"{name}.w", self.array(f"{name}.weight").T)])


def embeddings(g: Graph) -> str:
    """Word (int8 a row) and position embeddings, added and normalised; the one segment is folded into the positions."""
    words = g.array("encoder.embeddings.word_embeddings.weight")
    scale = np.maximum(np.abs(words).max(1, keepdims=True), 1e-9) / 127
    rows = g.weight("words.int8", np.clip(np.round(words / scale), -127, 127).astype(np.int8))
    scales = g.weight("words.scale", scale.astype(np.float32))
    places = g.array("encoder.embeddings.position_embeddings.weight") + g.array("encoder.embeddings.token_type_embeddings.weight")[0]
    taken = g.node("Cast", [g.node("Gather", [rows, "ids"], axis=0)], to=TensorProto.FLOAT)
    vectors = g.node("Mul", [taken, g.node("Gather", [scales, "ids"], axis=0)])
    length = g.node("Gather", [g.node("Shape", ["ids"]), g.weight("one", np.array([1], np.int64))], axis=0)
    zero, step = g.weight("zero", np.array([0], np.int64)), g.weight("axis", np.array([0], np.int64))
    position = g.node("Slice", [g.weight("positions", places.astype(np.float32)), zero, length, step])
    summed = g.node("Add", [vectors, position])
    gamma = g.weight("embed.gamma", g.array("encoder.embeddings.LayerNorm.weight"))
    beta = g.weight("embed.beta", g.array("encoder.embeddings.LayerNorm.bias"))
    return g.node("LayerNormalization", [summed, gamma, beta], axis=-1, epsilon=1e-12)


def layer(g: Graph, x: str, number: int, heads: int = HEADS, mask: str = "") -> str:
    """One transformer layer; `mask`: an input of (B, T), 1 where a piece is."""
    p = f"encoder.encoder.layer.{number}."
    parts = [f"{p}attention.self.{part}" for part in ("query", "key", "value")]
    threes = [g.node("Add", [g.linear(x, part), g.weight(f"{part}.b", g.array(f"{part}.bias"))]) for part in parts]
    mixed = g.node("MultiHeadAttention", [*threes, "", mask] if mask else threes, domain=CONTRIB, num_heads=heads)
    x = added(g, g.linear(mixed, f"{p}attention.output.dense"), x, f"{p}attention.output")
    wide = g.linear(x, f"{p}intermediate.dense")
    wide = g.node("BiasGelu", [wide, g.weight(f"{p}up.bias", g.array(f"{p}intermediate.dense.bias"))], domain=CONTRIB)
    return added(g, g.linear(wide, f"{p}output.dense"), x, f"{p}output")


def added(g: Graph, x: str, skip: str, name: str) -> str:
    """x with its bias and what went round it, normalised: in parts, for the fused operator takes six times as long."""
    whole = g.node("Add", [g.node("Add", [x, g.weight(f"{name}.bias", g.array(f"{name}.dense.bias"))]), skip])
    gamma, beta = (
        g.weight(f"{name}.{part}", g.array(f"{name}.LayerNorm.{source}")) for part, source in (("gamma", "weight"), ("beta", "bias"))
    )
    return g.node("LayerNormalization", [whole, gamma, beta], axis=-1, epsilon=1e-12)


def encoder_model(model: Tagger) -> onnx.ModelProto:
    """ids (B, T) -> cue (B, T, 3): log probabilities of outside, begin, inside of a cue; states (B, T, WIDTH); layers: what those of SHOWN
    make of each piece."""
    g = Graph(model.state_dict())
    x = embeddings(g)
    behind = []
    for number in range(model.encoder.config.num_hidden_layers):
        x = layer(g, x, number)
        behind.append(x)
    g.nodes.append(helper.make_node("Concat", [behind[number - 1] for number in SHOWN], [LAYERS], name=LAYERS, axis=-1))
    heads = np.concatenate((g.array("tags.weight"), g.array("project.weight"))).T
    bias = np.concatenate((g.array("tags.bias"), g.array("project.bias")))
    both = g.node("Add", [g.node("MatMul", [x, g.weight("heads.w", heads)]), g.weight("heads.bias", bias)])
    sizes = g.weight("sizes", np.array([7, WIDTH], np.int64))
    logits = g.node("Split", [both, sizes], outputs=2, axis=-1)
    states = f"{logits}_1"
    logs = g.node("LogSoftmax", [logits], axis=-1)
    other = g.node("Gather", [logs, g.weight("other", np.array([0, 1, 2, 5, 6], np.int64))], axis=-1)
    outside = g.node("ReduceLogSumExp", [other, g.weight("last", np.array([-1], np.int64))], keepdims=1)
    cue = g.node("Gather", [logs, g.weight("cues", np.array([3, 4], np.int64))], axis=-1)
    g.nodes.append(helper.make_node("Concat", [outside, cue], ["cue"], axis=-1))
    g.nodes.append(helper.make_node("Identity", [states], ["states"]))
    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"])]
    widths = (("cue", 3), ("states", WIDTH), (LAYERS, model.encoder.config.hidden_size * len(SHOWN)))
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["batch", "length", k]) for n, k in widths]
    graph = helper.make_graph(g.nodes, "encoder", inputs, outputs, g.weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)])
    made.ir_version = 9
    return made


def quantised(source: Path, target: Path, *, kinds: list[str], narrow: bool) -> None:
    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=narrow,
        op_types_to_quantize=kinds,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )


def export_arguments(model: ArgumentTagger, path: Path) -> None:
    example = (torch.randn(2, 30, WIDTH), torch.randint(0, DISTANCES, (2, 30)), torch.rand(2, 30), torch.ones(2, 30))
    names = ["states", "distance", "cue_weights", "mask"]
    axes = {n: {0: "cues", 1: "length"} for n in names} | {"emissions": {0: "cues", 1: "length"}, "real": {0: "cues"}}
    torch.onnx.export(
        model, example, path, input_names=names, output_names=["emissions", "real"], dynamic_axes=axes, opset_version=18, dynamo=False
    )


def settings(model: Tagger) -> dict[str, object]:
    first, transitions = model.crf.scores()
    return {
        "window": 254,
        "calibration": {"bias": 0.0, "real": 1.0, "cue": 0.0, "nested": 0.0},
        "near": list(NEAR),
        "far": list(FAR),
        "distance_buckets": bucket(torch.arange(-400, 401)).tolist(),
        "first": [round(v, 5) for v in first.tolist()],
        "transitions": [[round(v, 5) for v in row] for row in transitions.tolist()],
    }


def tokenizer_json(base: Path) -> str:
    """The base's WordPiece vocabulary without its padding and truncation."""
    held = json.loads((base / "tokenizer.json").read_text(encoding="utf8"))
    held["truncation"] = held["padding"] = None
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def export(checkpoint: Path, out: Path, *, narrow: bool) -> None:
    base = minilm_folder()
    model = saved_tagger(checkpoint, base, Tokeniser(base / "tokenizer.json"))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "encoder.onnx"
        onnx.save(encoder_model(model), plain)
        quantised(plain, out / "encoder.onnx", kinds=["MatMul"], narrow=narrow)
        arguments = Path(folder) / "arguments.onnx"
        export_arguments(model.arguments, arguments)
        quantised(arguments, out / "arguments.onnx", kinds=["MatMul", "Gemm"], narrow=narrow)
    (out / "tagger.json").write_text(json.dumps(settings(model), indent=1) + "\n", encoding="utf8")
    (out / "tokenizer.json").write_text(tokenizer_json(base), encoding="utf8")
    for path in sorted(out.iterdir()):
        print(f"{path.stat().st_size / 1e6:7.2f} MB  {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}  {path}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--wide", action="store_true", help="eight-bit weights: they overflow on processors without VNNI")
    args = parser.parse_args()
    export(args.checkpoint, args.out, narrow=not args.wide)


if __name__ == "__main__":
    main()
