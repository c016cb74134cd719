"""A pair model that decides by the words alone, so that a test knows what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.link.claims import Claim


@dataclass
class Twin:
    """Takes equal words for the same and words that differ by a "not" for opposed; remembers what it was asked."""

    sha256: str = "twin"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def chances(self, pairs: Sequence[tuple[Claim, Claim]]) -> NDArray[np.float32]:
        self.asked += [(one.words, other.words) for one, other in pairs]
        return np.array([self._of(one.words, other.words) for one, other in pairs], np.float32)

    @staticmethod
    def _of(first: str, second: str) -> tuple[float, float, float]:
        if first == second:
            return 0.1, 0.9, 0.0
        return (0.2, 0.0, 0.8) if first.replace(" not", "") == second.replace(" not", "") else (1.0, 0.0, 0.0)
