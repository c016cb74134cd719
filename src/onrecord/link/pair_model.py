"""The shipped pair model: whether two claims say the same, the opposite, or have nothing to do with each other.

A small network over the signs of a pair (`pair_signs`). The card in `weights/pairs` tells how it was made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np

from onrecord.annotate.meaning import Meaning
from onrecord.errors import WeightsError
from onrecord.link.claims import Claim
from onrecord.link.pair_signs import Floats, signs

FILE = "pairs.npz"
NOTHING, SAME, OPPOSED = range(3)


def shipped_folder() -> Path:
    """Where the package keeps the model's file."""
    return Path(str(files("onrecord"))) / "weights" / "pairs"


@cache
def shipped() -> PairModel:
    """The shipped model, loaded once."""
    return PairModel()


class PairModel:
    """Holds the model. Making one reads no model file; the first use does."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or shipped_folder()) / FILE
        if not self._path.is_file():
            raise WeightsError(f"{self._path} is missing: install onrecord again", path=str(self._path))

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the model's file and of the vectors that it looks at, in this order."""
        return hashlib.sha256(self._path.read_bytes() + self._meaning.sha256.encode()).hexdigest()

    @cached_property
    def _meaning(self) -> Meaning:
        return Meaning()

    @cached_property
    def _weights(self) -> dict[str, Floats]:
        with np.load(self._path, allow_pickle=False) as kept:
            return {name: kept[name].astype(np.float32) for name in kept.files}

    def chances(self, pairs: Sequence[tuple[Claim, Claim]]) -> Floats:
        """(N, 3): how likely each pair, the earlier claim first, has nothing to do with each other, says the same, is opposed."""
        given, held = signs(pairs, self._meaning), self._weights
        x = (given - held["mean"]) / held["spread"]
        hidden = np.maximum(x @ held["hidden"] + held["hidden_bias"], 0.0)
        logits = (hidden @ held["out"] + held["out_bias"]) / held["temperature"] - held["rarer"]
        risen = np.exp(logits - logits.max(1, keepdims=True))
        return np.asarray(risen / risen.sum(1, keepdims=True), np.float32)
