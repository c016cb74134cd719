"""The two parts of the pair model -> pairs.onnx (int8) and pairs.npz, the files that ship.

    build/train-venv/bin/python train/export_pairs.py build/pairs/glance.npz build/pairs/model.pt src/onrecord/weights/pairs

The first file is what `pairs_glance.py` wrote, or the shipped `pairs.npz`, of which then only the weights of the two parts change.
How much either counts, and what makes their joint chances true, is fitted on the affairs that were held back, on pairs as they are compared
when a ledger is linked.
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
from torch import nn

from export_tagger import CONTRIB, Graph, embeddings, layer, quantised
from onrecord.find.alike import Reach
from onrecord.link.pair_model import PairModel
from pairs_compared import hard
from pairs_data import OPPOSED, SAME, Pair, affair_pairs, matter_pairs, measured
from pairs_measure import f1
from pairs_model import ReadingModel
from small_encoder import Sizes
from stance_data import tokeniser

DECAY = 1e-3


def saved(path: Path) -> ReadingModel:
    """The model of a checkpoint."""
    held = torch.load(path)
    model = ReadingModel(tokeniser().size, Sizes(**held["sizes"]))
    model.load_state_dict(held["state"])
    return model.eval()


def graph(model: ReadingModel) -> onnx.ModelProto:
    """ids, mask (B, T) -> logits (B, 3) of nothing, the same, opposed."""
    g = Graph(model.encoder.bert_names())
    x = embeddings(g)
    for number, one in enumerate(model.encoder.layers):
        x = layer(g, x, number, one.heads, "mask")
    state = {name: value.float().numpy() for name, value in model.state_dict().items()}
    taken = g.node("Gather", [x, g.weight("first", np.array([0], np.int64))], axis=1)
    first = g.node("Squeeze", [taken, g.weight("second", np.array([1], np.int64))])
    dense = g.node("MatMul", [first, g.weight("dense.w", state["dense.weight"].T)])
    risen = g.node("Tanh", [g.node("Add", [dense, g.weight("dense.b", state["dense.bias"])])])
    head = g.node("MatMul", [risen, g.weight("head.w", state["head.weight"].T)])
    g.nodes.append(helper.make_node("Add", [head, g.weight("head.b", state["head.bias"])], ["logits"]))
    kinds = (("ids", TensorProto.INT64), ("mask", TensorProto.INT32))
    inputs = [helper.make_tensor_value_info(name, kind, ["batch", "length"]) for name, kind in kinds]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 3])]
    made = helper.make_model(
        helper.make_graph(g.nodes, "pairs", inputs, outputs, g.weights),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)],
    )
    made.ir_version = 9
    return made


def weights(model: PairModel, pairs: list[Pair]) -> dict[str, np.ndarray]:
    """What the log chances of each part count for each outcome, (3, 3), and a bias, such that the pairs' labels are likeliest."""
    told = [(one.earlier, one.later) for one in pairs]
    seen, read = torch.tensor(model.glances(told)), torch.tensor(model.read(told))
    wanted = torch.tensor([one.label for one in pairs])
    of_glance, of_reading, bias = (torch.nn.Parameter(start) for start in (0.5 * torch.eye(3), 0.5 * torch.eye(3), torch.zeros(3)))
    optimiser = torch.optim.LBFGS([of_glance, of_reading, bias], max_iter=200)

    def again() -> torch.Tensor:
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(seen @ of_glance + read @ of_reading + bias, wanted)
        loss = loss + DECAY * sum((one**2).sum() for one in (of_glance, of_reading, bias))
        loss.backward()
        return loss

    optimiser.step(again)
    found = {"of_glance": of_glance, "of_reading": of_reading, "bias": bias - bias.mean()}
    return {name: value.detach().numpy().astype(np.float32) for name, value in found.items()}


def report(model: PairModel, sets: dict[str, list[Pair]]) -> None:
    """F1 of the same and of opposed, or the accuracy of contradiction against the rest."""
    for name, pairs in sets.items():
        found, wanted = model.chances([(one.earlier, one.later) for one in pairs]), np.array([one.label for one in pairs])
        if name in ("matters", "affairs"):
            guess = found.argmax(1)
            told = f"same F1 {f1(guess == SAME, wanted == SAME):.3f}, opposed F1 {f1(guess == OPPOSED, wanted == OPPOSED):.3f}"
        else:
            read = np.exp(model.read([(one.earlier, one.later) for one in pairs]))
            told = f"accuracy {((read[:, OPPOSED] > 0.5) == (wanted == OPPOSED)).mean():.3f}"
        print(f"{name:22} {told}   ({len(pairs)} pairs)")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("glance", type=Path)
    asked.add_argument("checkpoint", type=Path)
    asked.add_argument("out", type=Path)
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(graph(saved(given.checkpoint)), plain)
        quantised(plain, given.out / "pairs.onnx", kinds=["MatMul"], narrow=True)
    alone = {"of_glance": np.eye(3, dtype=np.float32), "of_reading": np.eye(3, dtype=np.float32), "bias": np.zeros(3, np.float32)}
    with np.load(given.glance) as kept:
        held = {name: kept[name] for name in kept.files if name not in alone}
    np.savez(given.out / "pairs.npz", **held, **alone)
    compared = hard(affair_pairs(held=True), given.glance, Reach().compared)
    found = weights(PairModel(given.out), compared)
    np.savez(given.out / "pairs.npz", **held, **found)
    print({name: value.round(2).tolist() for name, value in found.items()})
    report(PairModel(given.out), {"matters": list(matter_pairs(held=True)), "affairs": compared, **measured()})
    for path in sorted(given.out.glob("pairs.*")):
        print(f"{path.stat().st_size / 1e6:7.2f} MB  {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}  {path}")


if __name__ == "__main__":
    main()
