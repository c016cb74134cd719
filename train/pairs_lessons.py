"""The packed pairs, drawn in batches of like length. All numbers lie on the device, so that a step only picks rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

EVEN = 8  # the length of a batch is a multiple of it, but for the longest
BUCKET = 40  # batches that are sorted by length together
DAYS_UNKNOWN, HOLDERS_UNKNOWN = 0.15, 0.08  # how often the days, or the holders, of a pair are not known
MASK = 103  # of the vocabulary
FIRST_WORD = 999  # of the vocabulary; what is before it are marks
Rows = NDArray[np.int64]


class Shape(NamedTuple):
    """Pieces of the vocabulary, marks that follow it, pieces of the longest pair."""

    vocabulary: int
    marks: int
    longest: int


class Batch(NamedTuple):
    """`ids` and `mask` (B, T), and `rows` (B,) of the file."""

    ids: Tensor
    mask: Tensor
    rows: Tensor


class Lessons:
    """What `pairs_pack.py` wrote."""

    def __init__(self, path: Path, device: torch.device) -> None:
        with np.load(path) as held:
            ids, self.sizes, self.labels = held["ids"], held["sizes"].astype(np.int64), held["labels"].astype(np.int64)
            of, self.names, measures = held["of"], held["sets"].tolist(), held["measures"]
            self.shape = Shape(*held["shape"].tolist())
        self._rows = {name: np.flatnonzero(of == number) for number, name in enumerate(self.names)}
        self.measured = [name for name, only in zip(self.names, measures, strict=True) if only]
        filled = np.zeros((len(self.sizes), self.shape.longest), np.int32)
        filled[np.arange(self.shape.longest) < self.sizes[:, None]] = ids
        self._ids, self._sizes = torch.from_numpy(filled).to(device), torch.from_numpy(self.sizes).to(device)
        self.wanted = torch.from_numpy(self.labels).to(device)
        self.device = device

    def rows(self, name: str) -> Rows:
        """Where the pairs of a set are."""
        return self._rows[name]

    def at(self, places: Tensor, longest: int) -> Batch:
        """These pairs side by side."""
        return Batch(self._ids[places, :longest].long(), torch.arange(longest, device=self.device) < self._sizes[places, None], places)

    def batches(self, rows: Rows, size: int) -> Iterator[Batch]:
        """These pairs in their order, none shown twice."""
        places = torch.from_numpy(rows).to(self.device)
        for at in range(0, len(rows), size):
            longest = -(-int(self.sizes[rows[at : at + size]].max()) // EVEN) * EVEN
            yield self.at(places[at : at + size], min(longest, self.shape.longest))

    def ordered(self, rows: Rows) -> Rows:
        """The rows by length."""
        return rows[np.argsort(self.sizes[rows], kind="stable")]

    def drawn(self, shares: dict[str, float], linked: int, size: int, rng: np.random.Generator) -> list[Rows]:
        """The rows of a pass: all our own, linked ones `linked` times, and of each other set its share."""
        own = self._rows["own"]
        chosen = np.concatenate((own, np.repeat(own[self.labels[own] > 0], linked - 1)))
        others = [rng.permutation(self._rows[name])[: int(share * len(self._rows[name]))] for name, share in shares.items()]
        rows = rng.permutation(np.concatenate((chosen, *others)))
        parts = [self.ordered(rows[at : at + size * BUCKET]) for at in range(0, len(rows), size * BUCKET)]
        cut = [part[at : at + size] for part in parts for at in range(0, len(part), size)]
        return [cut[number] for number in rng.permutation(len(cut))]


def veiled(given: Batch, shape: Shape, words: float) -> Batch:
    """The batch as it would be where a day, a holder or a word here and there is not known."""
    ids = given.ids.clone()
    relation = ids[:, 0] - shape.vocabulary
    days, holders = (torch.rand(len(ids), device=ids.device) < share for share in (DAYS_UNKNOWN, HOLDERS_UNKNOWN))
    relation = torch.where(days, relation // 3 * 3 + 2, relation)
    relation = torch.where(holders, 6 + relation % 3, relation)
    ids[:, 0] = relation + shape.vocabulary
    hidden = (torch.rand(ids.shape, device=ids.device) < words) & (ids >= FIRST_WORD) & (ids < shape.vocabulary)
    return given._replace(ids=ids.masked_fill(hidden, MASK))
