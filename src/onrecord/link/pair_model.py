"""The shipped pair model: whether two claims say the same, the opposite, or have nothing to do with each other.

At a glance, a small network over the signs of a pair (`pair_signs`) sorts out what is not worth reading. The rest a small encoder reads,
both contents side by side (`pair_pieces`), and the two are weighed together. The card in `weights/pairs` tells how it was made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from onrecord.annotate.meaning import Meaning
from onrecord.annotate.sessions import ort, session
from onrecord.annotate.tokenise import Tokeniser, tokeniser
from onrecord.annotate.weights import digest, present, weights_folder
from onrecord.link.claims import Claim
from onrecord.link.pair_pieces import ids_of
from onrecord.link.pair_signs import Floats, signs

FILES = ("pairs.npz", "pairs.onnx")
NOTHING, SAME, OPPOSED = range(3)
BATCH = 8  # pairs of like length at a time: few enough for the processor's cache


@cache
def shipped() -> PairModel:
    """The shipped model, loaded once."""
    return PairModel()


class PairModel:
    """Holds the model. Making one reads no model file; the first use does (about 20 MB)."""

    def __init__(self, folder: Path | None = None) -> None:
        self._net, self._encoder = self._paths = present(folder or weights_folder("pairs"), FILES)

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the model's files and of the vectors that it looks at, in this order."""
        return hashlib.sha256((digest(self._paths) + self._meaning.sha256).encode()).hexdigest()

    @cached_property
    def _meaning(self) -> Meaning:
        return Meaning()

    @cached_property
    def _tokeniser(self) -> Tokeniser:
        return tokeniser(weights_folder("tagger") / "tokenizer.json")

    @cached_property
    def _weights(self) -> dict[str, Floats]:
        with np.load(self._net, allow_pickle=False) as kept:
            return {name: kept[name].astype(np.float32) for name in kept.files}

    @cached_property
    def _session(self) -> ort.InferenceSession:
        return session(self._encoder, is_arena_kept=False)  # a desk and a watch link now and then, and hold it for weeks

    def glances(self, pairs: Sequence[tuple[Claim, Claim]]) -> Floats:
        """(N, 3): the log chances, by signs alone, that each pair, the earlier claim first, has nothing to do with each other, says the
        same, is opposed."""
        return _logs(scored(signs(pairs, self._meaning), self._weights))

    def read(self, pairs: Sequence[tuple[Claim, Claim]]) -> Floats:
        """(N, 3): the same by the words, as the encoder reads them."""
        given = ids_of(self._tokeniser, pairs)
        found = np.zeros((len(given), 3), np.float32)
        order = sorted(range(len(given)), key=lambda place: len(given[place]))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            longest = len(given[places[-1]])
            ids, mask = np.zeros((len(places), longest), np.int64), np.zeros((len(places), longest), np.int32)
            for row, place in enumerate(places):
                ids[row, : len(given[place])] = given[place]
                mask[row, : len(given[place])] = 1
            found[places] = self._session.run(["logits"], {"ids": ids, "mask": mask})[0]
        return _logs(found)

    def chances(self, pairs: Sequence[tuple[Claim, Claim]], glances: Floats | None = None) -> Floats:
        """(N, 3): how likely each pair, the earlier claim first, has nothing to do with each other, says the same, is opposed.

        Args:
            pairs: claims, the earlier of each pair first.
            glances: what `glances` gave for these pairs, where that is known.
        """
        seen = self.glances(pairs) if glances is None else glances
        held = self._weights
        both = _weighed(seen, held["of_glance"]) + _weighed(self.read(pairs), held["of_reading"])
        return np.asarray(np.exp(_logs(both + held["bias"])), np.float32)


def scored(given: Floats, held: Mapping[str, Floats]) -> Floats:
    """(N, 3) scores that a network over signs, of these weights, gives to N pairs.

    In double precision, so that a pair's score is the same whatever others stand beside it.
    """
    inner = ((given - held["mean"]) / held["spread"]).astype(np.float64) @ held["hidden"].astype(np.float64)
    return np.asarray(np.maximum(inner + held["hidden_bias"], 0.0) @ held["out"].astype(np.float64) + held["out_bias"], np.float32)


def _weighed(logs: Floats, weights: Floats) -> Floats:
    """(N, 3) @ (3, 3), summed in one order however many there are: a product of matrices is not."""
    return np.asarray(logs[:, :1] * weights[0] + logs[:, 1:2] * weights[1] + logs[:, 2:] * weights[2], np.float32)


def _logs(scores: Floats) -> Floats:
    """Logarithms of the chances that the scores mean."""
    lifted = scores - scores.max(1, keepdims=True)
    return np.asarray(lifted - np.log(np.exp(lifted).sum(1, keepdims=True)), np.float32)
