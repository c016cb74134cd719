"""The lessons that `stance_pack.py` wrote, as batches: for a teacher the text around a statement, for the small model its pieces."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

BEFORE, AFTER, NEAR = 24, 16, 8  # pieces around a statement that a teacher sees; around each of its pieces where they lie far apart
WIDEST = 200  # pieces that a teacher sees at most
BUCKET = 40  # batches that are sorted by length together

Ints = NDArray[np.int64]


class Shaped(NamedTuple):
    """Statements side by side, shorter ones filled up: `pieces` (B, T), their places among all pieces; `roles` (B, T), 1 source, 2 cue,
    3 content, 0 what only stands beside; `mask` (B, T); `clue` (B,)."""

    pieces: Tensor
    roles: Tensor
    mask: Tensor
    clue: Tensor


class Lessons:
    """All statements; those of a set are found by `rows`."""

    def __init__(self, path: Path, device: torch.device) -> None:
        with np.load(path) as held:
            given = {name: held[name] for name in held.files}
        self.device = device
        self.ids = torch.from_numpy(given["ids"].astype(np.int64)).to(device)
        self.lengths = given["lengths"].astype(np.int64)
        self.starts = np.concatenate(([0], np.cumsum(self.lengths)))
        self.sets = [str(name) for name in given["sets"]]
        self.wanted, self.clue, self.doubtful = given["wanted"].astype(np.int64), given["clue"].astype(np.int64), given["doubtful"]
        self.factuality, self.complete = given["factuality"].astype(np.float32), given["complete"]
        self._of, self._set = given["of"].astype(np.int64), given["set"]
        cuts = np.cumsum(given["sizes"].astype(np.int64))[:-1]
        self._places = np.split(given["places"].astype(np.int64), cuts)
        self._roles = np.split(given["roles"].astype(np.int64), cuts)
        self.sizes = given["sizes"].astype(np.int64)
        self.targets: dict[int, list[tuple[int, float]]] = {}
        for (row, place), value in zip(given["targets"].tolist(), given["values"].astype(np.float32).tolist(), strict=True):
            self.targets.setdefault(row, []).append((place, value))

    def rows(self, *names: str) -> list[int]:
        """The statements of these sets."""
        wanted = [number for number, name in enumerate(self.sets) if name in names]
        return [int(row) for row in np.flatnonzero(np.isin(self._set, wanted))]

    def own(self, rows: Sequence[int]) -> Shaped:
        """The pieces of statements and nothing else."""
        return self._shaped(rows, [(self._places[row], self._roles[row]) for row in rows])

    def around(self, rows: Sequence[int]) -> Shaped:
        """The text around statements."""
        return self._shaped(rows, [self._crop(row) for row in rows])

    def _crop(self, row: int) -> tuple[Ints, Ints]:
        places, roles, length = self._places[row], self._roles[row], self.lengths[self._of[row]]
        seen = np.arange(max(0, places.min() - BEFORE), min(length, places.max() + 1 + AFTER))
        if len(seen) > WIDEST:
            near = np.unique(places[:, None] + np.arange(-NEAR, NEAR + 1))
            seen = near[(near >= 0) & (near < length)][:WIDEST]
        told = np.zeros(len(seen), np.int64)
        inside = np.isin(places, seen)
        told[np.searchsorted(seen, places[inside])] = roles[inside]
        return seen, told

    def _shaped(self, rows: Sequence[int], found: Sequence[tuple[Ints, Ints]]) -> Shaped:
        longest = max(len(places) for places, _ in found)
        pieces, roles = (np.zeros((len(rows), longest), np.int64) for _ in range(2))
        mask = np.zeros((len(rows), longest), bool)
        for number, (row, (places, told)) in enumerate(zip(rows, found, strict=True)):
            pieces[number, : len(places)] = places + self.starts[self._of[row]]
            roles[number, : len(told)] = told
            mask[number, : len(places)] = True
        arrays = (pieces, roles, mask, self.clue[list(rows)])
        return Shaped(*(torch.from_numpy(one).to(self.device, non_blocking=True) for one in arrays))


def batches(rows: Sequence[int], sizes: NDArray[np.int64], count: int, chooser: random.Random) -> Iterator[list[int]]:
    """The statements in batches of like length, in random order."""
    order = list(rows)
    chooser.shuffle(order)
    found = []
    for start in range(0, len(order), count * BUCKET):
        part = sorted(order[start : start + count * BUCKET], key=lambda row: int(sizes[row]))
        found.extend(part[at : at + count] for at in range(0, len(part), count))
    chooser.shuffle(found)
    yield from found


def scored(guess: NDArray[np.int64], wanted: NDArray[np.int64], labels: int) -> str:
    """accuracy/macro F1 over the labels with ten or more."""
    each = []
    for label in range(labels):
        if (wanted == label).sum() >= 10:
            hit = ((guess == label) & (wanted == label)).sum()
            each.append(2 * hit / max(1, (guess == label).sum() + (wanted == label).sum()))
    return f"{(guess == wanted).mean():.3f}/{np.mean(each):.3f}"
