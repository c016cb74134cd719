"""Which pairs are worth reading: those that look likeliest linked at a glance, as it is when a ledger is linked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from onrecord.annotate.meaning import Meaning
from onrecord.link.pair_model import scored
from onrecord.link.pair_signs import Floats, signs
from pairs_data import NONE, Pair

COMPARED = 8  # pairs of a statement that are read beside it where they are not linked
_AT_A_TIME = 4096


def hard(pairs: Iterable[Pair], glance: Path, most: int = COMPARED) -> list[Pair]:
    """The linked pairs, and of the others those, so many of a statement, that look likeliest linked to it."""
    told = list(pairs)
    nothing, counts, kept = glanced(told, glance)[:, NONE], Counter[int](), []
    for place in np.argsort(nothing, kind="stable").tolist():
        ends = (told[place].earlier.id, told[place].later.id)
        if told[place].label != NONE or any(counts[end] < most for end in ends):
            kept.append(told[place])
        counts.update(ends)
    return kept


def glanced(pairs: Sequence[Pair], path: Path) -> Floats:
    """(N, 3) logits of the network over signs."""
    with np.load(path) as kept:
        held = {name: kept[name].astype(np.float32) for name in kept.files}
    told, meaning = [(one.earlier, one.later) for one in pairs], Meaning()
    parts = [scored(signs(told[at : at + _AT_A_TIME], meaning), held) for at in range(0, len(told), _AT_A_TIME)]
    return np.concatenate(parts)
