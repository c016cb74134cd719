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
    glanced: list[tuple[str, str]] = field(default_factory=list)

    def glances(self, pairs: Sequence[tuple[Claim, Claim]]) -> NDArray[np.float32]:
        self.glanced += [(one.words, other.words) for one, other in pairs]
        return np.asarray(np.log(self.chances_of(pairs) + np.float32(1e-6)), np.float32)

    def chances(self, pairs: Sequence[tuple[Claim, Claim]], _: NDArray[np.float32]) -> NDArray[np.float32]:
        self.asked += [(one.words, other.words) for one, other in pairs]
        return self.chances_of(pairs)

    def chances_of(self, pairs: Sequence[tuple[Claim, Claim]]) -> NDArray[np.float32]:
        return np.array([self._of(one.words, other.words) for one, other in pairs], np.float32).reshape(-1, 3)

    @staticmethod
    def _of(first: str, second: str) -> tuple[float, float, float]:
        if first == second:
            return 0.1, 0.9, 0.0
        return (0.2, 0.0, 0.8) if first.replace(" not", "") == second.replace(" not", "") else (1.0, 0.0, 0.0)
