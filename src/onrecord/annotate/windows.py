"""Long texts in windows: how they are cut, and how what comes out of them is joined with no seam."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.floating[Any])


class Window(NamedTuple):
    """Pieces `start` to `end` are read together; of the result, `keep_start` to `keep_end` are kept."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def windows(length: int, size: int, overlap: int) -> tuple[Window, ...]:
    """Windows of equal length (at most `size`) over `length` pieces; neighbours share at least `overlap`.

    Every piece is kept from the window in whose middle it lies nearest, so each is read with context on both sides.
    """
    if length <= 0:
        return ()
    if length <= size:
        return (Window(0, length, 0, length),)
    count = -(-(length - overlap) // (size - overlap))
    each = min(size, -(-(length + (count - 1) * overlap) // count))
    starts = [round(i * (length - each) / (count - 1)) for i in range(count)]
    cuts = [0, *((starts[i] + starts[i - 1] + each) // 2 for i in range(1, count)), length]
    return tuple(Window(start, start + each, cuts[i], cuts[i + 1]) for i, start in enumerate(starts))


def joined(parts: list[NDArray[Number]], cut: tuple[Window, ...]) -> NDArray[Number]:
    """The kept pieces of every window's (T, K) result, in order: (length, K)."""
    return np.concatenate([part[w.keep_start - w.start : w.keep_end - w.start] for part, w in zip(parts, cut, strict=True)])
