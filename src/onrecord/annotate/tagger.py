"""The shipped model: Document text -> attributions (source, cue and content spans that belong together).

One pass of the encoder over the text finds cues and gives every word piece 128 numbers. The argument tagger then looks
at the pieces around each cue and tells, with a linear chain over them, which are its source and which its content.
What the encoder's layers made of each piece is kept (`Seen`), for other models read it too.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.decode import Floats, Range, best_paths, cue_ranges, ranges
from onrecord.annotate.sessions import ort, session
from onrecord.annotate.tokenise import Tokeniser, Tokens, tokeniser
from onrecord.annotate.weights import digest, present, weights_folder
from onrecord.annotate.windows import joined, windows
from onrecord.errors import WeightsError

FILES = ("encoder.onnx", "arguments.onnx", "tagger.json", "tokenizer.json")
OVERLAP = 48  # pieces that two windows share
CUE_BATCH = 8  # small enough for the processor's cache
SOURCE, CONTENT = 1, 2


class Frame(NamedTuple):
    """What the model found around one cue, in word pieces. `real` is the log odds that the cue is one."""

    cue: Range
    sources: tuple[Range, ...]
    contents: tuple[Range, ...]
    real: float
    cue_log_odds: float


class Seen(NamedTuple):
    """A text as the encoder sees it, N word pieces. `cues` (N, 3): log probabilities of no cue, a cue's first piece, its other pieces;
    `states` (N, 128): what the argument tagger reads; `layers` (N, K): what the layers that `resolve/stance_model` reads made of each."""

    tokens: Tokens
    cues: Floats
    states: Floats
    layers: NDArray[np.float16]


class _Argued(NamedTuple):
    """The arguments of one cue; `to_edge` where they run to the edge of what was looked at."""

    sources: tuple[Range, ...]
    contents: tuple[Range, ...]
    real: float
    to_edge: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log odds of an attribution from the model's two beliefs: `bias + real * r + cue * c`, and `nested` more where another tells it."""

    bias: float
    real: float
    cue: float
    nested: float

    def probability(self, frame: Frame, *, nested: bool = False) -> float:
        """Between 0 and 1: of many frames given 0.9, nine in ten should be right."""
        odds = self.bias + self.real * frame.real + self.cue * frame.cue_log_odds + self.nested * nested
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def shipped_folder() -> Path:
    """Where the package keeps the tagger's files."""
    return weights_folder("tagger")


@cache
def shipped() -> Tagger:
    """The shipped model, loaded once."""
    return Tagger()


class Tagger:
    """Holds the model. Making one reads no model file; the first use does (about 25 MB)."""

    def __init__(self, folder: Path | None = None, *, threads: int = 0) -> None:
        """`threads` of 0 takes all cores."""
        self._folder = folder or shipped_folder()
        self._threads = threads
        self._paths = present(self._folder, FILES)

    @cached_property
    def tokeniser(self) -> Tokeniser:
        return tokeniser(self._folder / "tokenizer.json")

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 over the model's files, in order."""
        return digest(self._paths)

    @cached_property
    def calibration(self) -> Calibration:
        """How the model's beliefs become a probability; fitted on articles kept out of training."""
        return Calibration(**self._settings["calibration"])

    @cached_property
    def _settings(self) -> dict[str, Any]:
        return dict(json.loads((self._folder / "tagger.json").read_text(encoding="utf8")))

    @cached_property
    def _encoder(self) -> ort.InferenceSession:
        return self._session("encoder.onnx")

    @cached_property
    def _arguments(self) -> ort.InferenceSession:
        return self._session("arguments.onnx")

    @cached_property
    def _first(self) -> Floats:
        return np.asarray(self._settings["first"], np.float32)

    @cached_property
    def _transitions(self) -> Floats:
        return np.asarray(self._settings["transitions"], np.float32)

    @cached_property
    def _buckets(self) -> NDArray[np.int64]:
        return np.asarray(self._settings["distance_buckets"], np.int64)

    def _session(self, name: str) -> ort.InferenceSession:
        try:
            return session(self._folder / name, threads=self._threads)
        except Exception as error:
            raise WeightsError(f"{self._folder / name} cannot be loaded: install onrecord again", code="weights.damaged") from error

    def frames(self, seen: Seen) -> list[Frame]:
        """Every cue that the model half believes in, with its source and content, in order of the text."""
        logs, states = seen.cues, seen.states
        cues = cue_ranges(logs[:, 0], logs[:, 1], logs[:, 2])
        near, far = (tuple(self._settings[key]) for key in ("near", "far"))
        found = self._argued(states, cues, near) if cues else []
        again = [i for i, one in enumerate(found) if one.to_edge]
        wider = self._argued(states, [cues[i] for i in again], far) if again else []
        for i, one in zip(again, wider, strict=True):
            found[i] = one
        return [Frame(cue, one.sources, one.contents, one.real, _log_odds(logs, cue)) for cue, one in zip(cues, found, strict=True)]

    def seen(self, text: str) -> Seen:
        """The encoder's pass over a text."""
        tokens = self.tokeniser.tokens(text)
        cut = windows(len(tokens), int(self._settings["window"]), OVERLAP)
        if not cut:
            return Seen(tokens, np.zeros((0, 3), np.float32), np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float16))
        cues: list[Floats] = []
        states: list[Floats] = []
        layers: list[NDArray[np.float16]] = []
        for window in cut:  # one at a time: a batch of windows falls out of the processor's cache and is slower
            ids = np.empty((1, window.end - window.start + 2), np.int64)
            ids[0, 0], ids[0, 1:-1], ids[0, -1] = self.tokeniser.start_id, tokens.ids[window.start : window.end], self.tokeniser.end_id
            cue, state, layer = self._encoder.run(["cue", "states", "layers"], {"ids": ids})
            cues.append(cue[0, 1:-1])
            states.append(state[0, 1:-1])
            layers.append(layer[0, 1:-1].astype(np.float16))
        return Seen(tokens, joined(cues, cut), joined(states, cut), joined(layers, cut))

    def _argued(self, states: Floats, cues: list[Range], reach: tuple[int, ...]) -> list[_Argued]:
        """What belongs to each cue, from the pieces up to `reach` before and after it."""
        crops = [Range(max(0, cue.start - reach[0]), min(len(states), cue.end + reach[1])) for cue in cues]
        emissions = np.zeros((len(cues), max((c.end - c.start for c in crops), default=0), len(self._first)), np.float32)
        real = np.zeros(len(cues), np.float32)
        for start in range(0, len(cues), CUE_BATCH):
            some = slice(start, start + CUE_BATCH)
            scores, belief = self._arguments.run(["emissions", "real"], self._inputs(states, cues[some], crops[some]))
            emissions[some, : scores.shape[1]] = scores
            real[some] = belief
        lengths = np.array([c.end - c.start for c in crops])
        paths = best_paths(emissions, lengths, self._first, self._transitions)
        return [self._placed(paths[i], cue, crops[i], float(real[i]), len(states)) for i, cue in enumerate(cues)]

    def _placed(self, path: NDArray[np.int8], cue: Range, crop: Range, real: float, length: int) -> _Argued:
        path[cue.start - crop.start : cue.end - crop.start] = 0
        last = crop.end - crop.start - 1
        to_edge = bool((path[0] and crop.start) or (path[last] and crop.end < length))
        return _Argued(_ranges_at(path, SOURCE, crop.start), _ranges_at(path, CONTENT, crop.start), real, to_edge)

    def _inputs(self, states: Floats, cues: list[Range], crops: list[Range]) -> dict[str, NDArray[Any]]:
        start, end = (np.array(part)[:, None] for part in zip(*cues, strict=True))
        low, high = (np.array(part)[:, None] for part in zip(*crops, strict=True))
        place = low + np.arange((high - low).max())
        inside = place < high
        offset = np.minimum(place - start, 0) + np.maximum(place - end + 1, 0)
        zero = len(self._buckets) // 2
        around = states[np.minimum(place, len(states) - 1)]
        around[~inside] = 0
        return {
            "states": around,
            "distance": self._buckets[np.clip(offset + zero, 0, len(self._buckets) - 1)],
            "cue_weights": (((place >= start) & (place < end)) / (end - start)).astype(np.float32),
            "mask": inside.astype(np.float32),
        }


def _ranges_at(path: NDArray[np.int8], role: int, offset: int) -> tuple[Range, ...]:
    return tuple(Range(r.start + offset, r.end + offset) for r in ranges(path, role))


def _log_odds(logs: Floats, cue: Range) -> float:
    """Mean log odds, over the cue's pieces, of being in a cue."""
    part = logs[cue.start : cue.end]
    return float((np.logaddexp(part[:, 1], part[:, 2]) - part[:, 0]).mean())
