"""The shipped stance model: what the holder does with the content, how factual he tells it, and which words decide.

A small encoder over what the lexicon hears, source, cue and content (`stance_pieces`); every label reads off the pieces that it attends to
(Mullenbach et al., 2018). The card in `weights/stance` tells how it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.sessions import ort, session
from onrecord.annotate.tagger import shipped_folder as tagger_folder
from onrecord.annotate.tokenise import Tokeniser, tokeniser
from onrecord.annotate.weights import digest, present, weights_folder
from onrecord.data import Factuality, Stance
from onrecord.resolve.stance_pieces import CONTENT, Parts, Pieces, Place, pieces

FILE = "stance.onnx"
BATCH = 4  # statements of like length at a time: few enough for the processor's cache
_LABELS = tuple(Stance)
_FACTUAL = tuple(Factuality)  # 3, 2, 1, 0, -1, -2, -3
_SHARE, _MOST = 0.5, 6  # the pieces that hold this share of the attention decided, at most so many

Floats = NDArray[np.float32]


class Judged(NamedTuple):
    """What the model makes of one statement. `factuality` from -3 (certainly not so) to 3 (certainly so); `decided`: the pieces that
    told, weightiest first, with null for the lexicon's clue; `probabilities` of the labels in their order."""

    stance: Stance
    factuality: float
    decided: tuple[Place | None, ...]
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
    """Holds the model. Making one reads no model file; the first use does (about 14 MB)."""

    def __init__(self, folder: Path | None = None) -> None:
        (self._path,) = present(folder or shipped_folder(), (FILE,))

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the model's file."""
        return digest((self._path,))

    @cached_property
    def _tokeniser(self) -> Tokeniser:
        return tokeniser(tagger_folder() / "tokenizer.json")

    @cached_property
    def _session(self) -> ort.InferenceSession:
        return session(self._path)  # the batches are too small to share

    def judged(self, statements: Sequence[Parts]) -> list[Judged]:
        """What each statement does, in the order given."""
        given = pieces(self._tokeniser, statements)
        found: dict[int, Judged] = {}
        for places, (logits, attention, told) in self._ran(given):
            some = [given[place] for place in places]
            factual = _pooled(told[..., 0], told[..., 1], _content(some, told.shape[1]))
            for row, place in enumerate(places):
                label = int(logits[row].argmax())
                decided = _decided(attention[row, : len(some[row].ids), label], some[row])
                found[place] = Judged(_LABELS[label], float(factual[row]), decided, _softmax(logits[row]))
        return [found[place] for place in range(len(given))]

    def events(self, statements: Sequence[Parts]) -> list[tuple[Pieces, Floats]]:
        """The pieces of each statement with (T, 2): log odds that a piece is an event that is told, and how factual it is."""
        given = pieces(self._tokeniser, statements)
        found: dict[int, tuple[Pieces, Floats]] = {}
        for places, (_, _, told) in self._ran(given):
            found.update({place: (given[place], told[row, : len(given[place].ids)]) for row, place in enumerate(places)})
        return [found[place] for place in range(len(given))]

    def _ran(self, given: list[Pieces]) -> Iterator[tuple[list[int], list[Floats]]]:
        """The network's outputs, some statements of like length at a time, with their places."""
        order = sorted(range(len(given)), key=lambda place: len(given[place].ids))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            longest = max(len(given[place].ids) for place in places)
            ids, mask = np.zeros((len(places), longest), np.int64), np.zeros((len(places), longest), np.int32)
            for row, place in enumerate(places):
                ids[row, : len(given[place].ids)] = given[place].ids
                mask[row, : len(given[place].ids)] = 1
            yield places, self._session.run(["logits", "attention", "told"], {"ids": ids, "mask": mask})


def _content(given: Sequence[Pieces], length: int) -> NDArray[np.bool_]:
    """(B, length): the pieces of the contents."""
    found = np.zeros((len(given), length), bool)
    for row, one in enumerate(given):
        found[row, : len(one.places)] = [place is not None and place.part == CONTENT for place in one.places]
    return found


def _pooled(event: Floats, factual: Floats, content: NDArray[np.bool_]) -> Floats:
    """(B,) the mean over the content's pieces, weighted by how surely each is an event."""
    weights = _softmax(np.where(content, event, np.float32(-1e4)))
    return np.asarray((weights * factual).sum(1), np.float32)


def _softmax(scores: Floats) -> Floats:
    risen = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(risen / risen.sum(-1, keepdims=True), np.float32)


def _decided(attention: Floats, given: Pieces) -> tuple[Place | None, ...]:
    """The places of the most attended pieces that together hold the share; the marks between parts tell nothing."""
    order = [int(place) for place in np.argsort(-attention) if place == 0 or given.places[place] is not None]
    whole, held, found = float(sum(attention[place] for place in order)), 0.0, []
    for place in order[:_MOST]:
        found.append(given.places[place])
        held += float(attention[place])
        if held >= _SHARE * whole:
            break
    return tuple(found)
