"""The shipped int8 files -> the weights of the networks that they came from, so that learning can go on where no checkpoint is left.

What the eight bits lost is learnt again within a few hundred steps.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from small_encoder import AS_IN_BERT

AS_SHIPPED = {"norm_1": "attention.output", "norm_2": "output"}  # where a norm's weight and bias stand in the file: gamma, beta
BIASES = {
    "query": "attention.self.query.b",
    "key": "attention.self.key.b",
    "value": "attention.self.value.b",
    "out": "attention.output.bias",
    "up": "up.bias",
    "down": "output.bias",
}


class Shipped:
    """The arrays of one shipped file, as numbers again."""

    def __init__(self, path: Path) -> None:
        self._held = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}

    def array(self, name: str) -> Tensor:
        """As it stands."""
        return torch.tensor(self._held[name].astype(np.float32))

    def matrix(self, name: str) -> Tensor:
        """(out, in) as torch keeps it, of an (in, out) one that was quantised by columns."""
        whole = self._held[f"{name}_quantized"].astype(np.float32) - self._held[f"{name}_zero_point"].astype(np.float32)
        return torch.tensor((whole * self._held[f"{name}_scale"]).T.copy())

    def encoder(self, layers: int) -> dict[str, Tensor]:
        """The state of a `small_encoder.Encoder` with so many layers."""
        state = {
            "words.weight": self.array("words.int8") * self.array("words.scale"),
            "places.weight": self.array("positions"),
            "norm.weight": self.array("embed.gamma"),
            "norm.bias": self.array("embed.beta"),
        }
        for number in range(layers):
            ours, theirs = f"layers.{number}.", f"encoder.encoder.layer.{number}."
            for name, bias in BIASES.items():
                state[f"{ours}{name}.weight"] = self.matrix(f"{theirs}{AS_IN_BERT[name]}.w")
                state[f"{ours}{name}.bias"] = self.array(f"{theirs}{bias}")
            for name, place in AS_SHIPPED.items():
                state[f"{ours}{name}.weight"] = self.array(f"{theirs}{place}.gamma")
                state[f"{ours}{name}.bias"] = self.array(f"{theirs}{place}.beta")
        return state


def pairs_state(path: Path, layers: int) -> dict[str, Tensor]:
    """The state of a `pairs_model.ReadingModel`."""
    held = Shipped(path)
    heads = {
        f"{name}.{part}": value
        for name in ("dense", "head")
        for part, value in (("weight", held.matrix(f"{name}.w")), ("bias", held.array(f"{name}.b")))
    }
    return {f"encoder.{name}": value for name, value in held.encoder(layers).items()} | heads


def weights_of(path: Path, layers: int, shipped: Callable[[Path, int], dict[str, Tensor]]) -> dict[str, Tensor]:
    """The state of a checkpoint, or of a shipped file (`*.onnx`) as `shipped` reads it."""
    state: dict[str, Tensor] = shipped(path, layers) if path.suffix == ".onnx" else torch.load(path)["state"]
    return state
