"""The shipped stance model: what the holder does with the content, how factual he tells it, and which words decide.

It reads what the tagger's encoder made of the pieces of source, cue and content (`stance_pieces`) beside what the lexicon hears; every
label reads off the pieces that it attends to (Mullenbach et al., 2018). The card in `weights/stance` tells how it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.sessions import ort, session
from onrecord.annotate.tagger import Seen
from onrecord.annotate.weights import digest, present, weights_folder
from onrecord.data import Factuality, Stance
from onrecord.resolve.stance_pieces import CONTENT, SOURCE, Pieces

FILE = "stance.onnx"
BATCH = 4  # statements of like length at a time: few enough for the processor's cache
_LABELS = tuple(Stance)
_FACTUAL = tuple(Factuality)  # 3, 2, 1, 0, -1, -2, -3
_SHARE, _MOST = 0.5, 6  # the pieces that hold this share of the attention decided, at most so many

Floats = NDArray[np.float32]


class Judged(NamedTuple):
    """What the model makes of one statement. `factuality` from -3 (certainly not so) to 3 (certainly so); `decided`: the pieces that
    told, by their first characters, weightiest first; `probabilities` of the labels in their order."""

    stance: Stance
    factuality: float
    decided: tuple[int, ...]
    probabilities: Floats


def factuality(value: float) -> Factuality:
    """The FactBank value nearest to a number from -3 to 3."""
    return _FACTUAL[min(range(len(_FACTUAL)), key=lambda place: abs(value - (3 - place)))]


def shipped_folder() -> Path:
    """Where the package keeps the model's file."""
    return weights_folder("stance")


@cache
def shipped() -> StanceModel:
    """The shipped model, loaded once."""
    return StanceModel()


class StanceModel:
    """Holds the model. Making one reads no model file; the first use does."""

    def __init__(self, folder: Path | None = None) -> None:
        (self._path,) = present(folder or shipped_folder(), (FILE,))

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the model's file."""
        return digest((self._path,))

    @cached_property
    def _session(self) -> ort.InferenceSession:
        return session(self._path)  # the batches are too small to share

    @cached_property
    def _width(self) -> int:
        """How many numbers of a piece it reads."""
        return int(next(one.shape[-1] for one in self._session.get_inputs() if one.name == "layers"))

    def judged(self, statements: Sequence[Pieces], seen: Seen) -> list[Judged]:
        """What each statement of a text does, in the order given."""
        found: dict[int, Judged] = {}
        for places, (logits, attention, told) in self._ran(statements, seen):
            some = [statements[place] for place in places]
            factual = _pooled(told[..., 0], told[..., 1], _content(some, told.shape[1]))
            for row, (place, one) in enumerate(zip(places, some, strict=True)):
                label = int(logits[row].argmax())
                decided = _decided(attention[row, 1 : 1 + len(one.places), label], float(attention[row, 0, label]), one, seen)
                found[place] = Judged(_LABELS[label], float(factual[row]), decided, _softmax(logits[row]))
        return [found[place] for place in range(len(statements))]

    def events(self, statement: Pieces, seen: Seen) -> Floats:
        """(T, 2): of each piece of a statement the log odds that it is an event that is told, and how factual it is."""
        ((_, (_, _, told)),) = self._ran([statement], seen)
        return told[0, 1:]

    def _ran(self, given: Sequence[Pieces], seen: Seen) -> Iterator[tuple[list[int], list[Floats]]]:
        """The network's outputs, some statements of like length at a time, with their places; the clue stands before the first piece."""
        order = sorted(range(len(given)), key=lambda place: len(given[place].places))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            some = [given[place] for place in places]
            shape = (len(some), max(len(one.places) for one in some))
            layers, roles, mask = np.zeros((*shape, self._width), np.float32), np.zeros(shape, np.int64), np.zeros(shape, np.int32)
            for row, one in enumerate(some):
                if length := len(one.places):
                    layers[row, :length], roles[row, :length], mask[row, :length] = seen.layers[one.places], one.roles, 1
            inputs = {"layers": layers, "roles": roles, "mask": mask, "clue": np.array([one.clue for one in some], np.int64)}
            yield places, self._session.run(["logits", "attention", "told"], inputs)


def _content(given: Sequence[Pieces], length: int) -> NDArray[np.bool_]:
    """(B, length): the pieces of the contents, behind the clue."""
    found = np.zeros((len(given), length), bool)
    for row, one in enumerate(given):
        found[row, 1 : 1 + len(one.roles)] = one.roles == CONTENT
    return found


def _pooled(event: Floats, factual: Floats, content: NDArray[np.bool_]) -> Floats:
    """(B,) the mean over the content's pieces, weighted by how surely each is an event."""
    weights = _softmax(np.where(content, event, np.float32(-1e4)))
    return np.asarray((weights * factual).sum(1), np.float32)


def _softmax(scores: Floats) -> Floats:
    risen = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(risen / risen.sum(-1, keepdims=True), np.float32)


def _decided(attention: Floats, of_clue: float, given: Pieces, seen: Seen) -> tuple[int, ...]:
    """The first characters of the most attended pieces of cue and content that, with clue and source, hold the share of the attention."""
    whole, held, found = of_clue + float(attention.sum()), of_clue, list[int]()
    for piece in np.argsort(-attention)[:_MOST]:
        if held >= _SHARE * whole:
            break
        held += float(attention[piece])
        if given.roles[piece] != SOURCE:
            found.append(int(seen.tokens.starts[given.places[piece]]))
    return tuple(found)
