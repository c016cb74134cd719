"""The signals by which statements are linked, and the shipped pair model without some of them: what `links.py --without` takes away.

Who holds a statement, its day and its stance are taken away from all that the model sees. The others are signs of the glance
(`link/pair_signs.py`), each set to its mean over the training; the reading still has the words. `reading` and `glance` leave one of the
two parts out as a whole; `answers` drops what an article itself reports of words in another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from onrecord.data import Stance
from onrecord.link.pair_model import PairModel, scored
from onrecord.link.pair_signs import CUES, NAMES, Floats, signs
from onrecord.run.linking import LinkOptions

VEILS: dict[str, dict[str, Any]] = {
    "holder": {"holder": None, "name": "", "role": ""},
    "day": {"said_on": None},
    "stance": {"stance": Stance.ASSERTS, "conditional": False},
}
SIGNS: dict[str, tuple[str, ...]] = {
    "meaning": ("cosine", "leftovers alike"),
    "words": ("shared of shorter", "shared of longer", "shared", "left of earlier", "left of later"),
    "negation": ("one negated", "both negated"),
    "figures": ("figures differ", "figures shared", "figures in one"),
    "opposites": ("opposite words",),
    "names": ("names shared", "names differ", "later names holder", "earlier names holder"),
    "quotations": ("identical", "cut", "altered"),
    "place": ("one document", "statements apart", "next to each other"),
    "cues": tuple(f"{which} cue: {label}" for which in ("earlier", "later") for label in CUES),
}
PARTS = ("reading", "glance", "answers")
SIGNALS = (*VEILS, *SIGNS, *PARTS)


def without(names: Iterable[str]) -> LinkOptions:
    """The options with these signals taken away."""
    gone = frozenset(names)
    return LinkOptions(model=Blind(gone)) if gone else LinkOptions()


class Blind(PairModel):
    """The shipped model without some of the signals."""

    def __init__(self, gone: frozenset[str]) -> None:
        super().__init__()
        self._gone = gone
        self._veil = {key: value for name in gone & VEILS.keys() for key, value in VEILS[name].items()}
        self._columns = [NAMES.index(one) for name in gone & SIGNS.keys() for one in SIGNS[name]]

    def glances(self, pairs: Any) -> Floats:
        """As the shipped model's."""
        seen = signs(self._veiled(pairs), self._meaning)
        seen[:, self._columns] = self._weights["mean"][self._columns]
        return _logs(scored(seen, self._weights))

    def read(self, pairs: Any) -> Floats:
        """As the shipped model's."""
        return super().read(self._veiled(pairs))

    def chances(self, pairs: Any, glances: Floats | None = None) -> Floats:
        """As the shipped model's, or of one of its parts."""
        seen = self.glances(pairs) if glances is None else glances
        if "reading" in self._gone:
            return np.asarray(np.exp(seen), np.float32)
        return np.asarray(np.exp(self.read(pairs)), np.float32) if "glance" in self._gone else super().chances(pairs, seen)

    def _veiled(self, pairs: Any) -> Any:
        return [(replace(a, **self._veil), replace(b, **self._veil)) for a, b in pairs] if self._veil else pairs


def _logs(scores: Floats) -> Floats:
    lifted = scores - scores.max(1, keepdims=True)
    return np.asarray(lifted - np.log(np.exp(lifted).sum(1, keepdims=True)), np.float32)
