"""Vectors without weights: the lengths of the words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SIZE = 128


class FakeMeaning:
    """Stands in for `onrecord.annotate.meaning.Meaning`."""

    sha256 = "0" * 64

    def vectors(self, texts: Sequence[str]) -> NDArray[np.int8]:
        out = np.zeros((len(texts), SIZE), np.int8)
        for row, text in enumerate(texts):
            for place, word in enumerate(text.split()[:SIZE]):
                out[row, place] = min(len(word), 127)
        return out
