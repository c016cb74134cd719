"""Packed lessons -> batches of windows, and what the argument tagger looks at around the cues of a batch."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tagger_model import FAR, NEAR, bucket

Ints = NDArray[np.int64]
START, END = 101, 102  # BERT's marks around a window
FAR_SHARE = 0.15  # how often the argument tagger looks far, in training


@dataclass(frozen=True, slots=True)
class Batch:
    """`ids`, `tags` (B, T), mark at 0; `sizes` (B,): of every window the place of its end mark. `cues` (C, 3): window, first and
    one-past-last place; `rows` (C, T): of every cue the tag of each place, 0 outside, 1/2 source, 3/4 content. `marked`: gold."""

    ids: Ints
    tags: Ints
    sizes: Ints
    cues: Ints
    rows: Ints
    marked: bool

    @property
    def mask(self) -> Ints:
        return (np.arange(self.ids.shape[1]) <= self.sizes[:, None]).astype(np.int64)


class Pack:
    """One part of the file that `tagger_pack.py` writes."""

    def __init__(self, path: Path, name: str) -> None:
        with np.load(path) as held:
            self.ids, self.tags, self.sizes, self.cues, self.rows = (
                held[f"{name}/{key}"] for key in ("ids", "tags", "sizes", "cues", "rows")
            )
        self.marked = name != "free"
        self.starts = np.concatenate(([0], np.cumsum(self.sizes)))
        row_sizes = self.sizes[self.cues[:, 0]]
        self.row_starts = np.concatenate(([0], np.cumsum(row_sizes)))
        self.first_cue = np.searchsorted(self.cues[:, 0], np.arange(len(self.sizes) + 1))

    def batches(self, pieces: int, chooser: random.Random) -> Iterator[Batch]:
        """All windows in batches of about `pieces` pieces and of like length, in an order drawn anew."""
        order = list(range(len(self.sizes)))
        chooser.shuffle(order)
        groups: list[list[int]] = []
        for first in range(0, len(order), 512):
            group: list[int] = []
            for number in sorted(order[first : first + 512], key=lambda n: int(self.sizes[n])):
                if group and (len(group) + 1) * int(self.sizes[number]) > pieces:
                    groups.append(group)
                    group = []
                group.append(number)
            groups.append(group)
        chooser.shuffle(groups)
        for group in groups:
            yield self.batch(group)

    def batch(self, numbers: list[int]) -> Batch:
        longest = int(self.sizes[numbers].max()) + 2
        ids, tags = np.zeros((len(numbers), longest), np.int64), np.full((len(numbers), longest), -100, np.int64)
        cues: list[tuple[int, int, int]] = []
        rows: list[NDArray[np.int8]] = []
        for b, n in enumerate(numbers):
            size, start = int(self.sizes[n]), self.starts[n]
            ids[b, 0], ids[b, size + 1] = START, END
            ids[b, 1 : size + 1] = self.ids[start : start + size]
            tags[b, 1 : size + 1] = self.tags[start : start + size]
            for c in range(self.first_cue[n], self.first_cue[n + 1]):
                cues.append((b, int(self.cues[c, 1]) + 1, int(self.cues[c, 2]) + 1))
                rows.append(self.rows[self.row_starts[c] : self.row_starts[c + 1]])
        wide = np.zeros((len(rows), longest), np.int64)
        for i, row in enumerate(rows):
            wide[i, 1 : len(row) + 1] = row
        return Batch(ids, tags, self.sizes[numbers].astype(np.int64) + 1, np.array(cues, np.int64).reshape(-1, 3), wide, self.marked)


class Around(NamedTuple):
    """What the argument tagger sees of C cues: `places` (C, L) in the flattened (B * T) states, `distance` buckets, `weights` of the
    cue's pieces, `inside` booleans; and `wanted` (C, L) tags where rows were given."""

    places: Tensor
    distance: Tensor
    weights: Tensor
    inside: Tensor
    wanted: Tensor | None


def reach_drawn() -> tuple[int, int]:
    return FAR if random.random() < FAR_SHARE else NEAR


def around(cues: Ints, one: Batch, reach: tuple[int, int], device: torch.device, rows: Ints | None = None) -> Around:
    """The places up to `reach` before and after each cue (window, start, end), padded to the longest; the window's marks left out."""
    window, start, end = cues[:, :1], cues[:, 1:2], cues[:, 2:]
    low, high = np.maximum(1, start - reach[0]), np.minimum(one.sizes[cues[:, 0]][:, None], end + reach[1])
    place = low + np.arange((high - low).max())
    inside = place < high
    offset = np.where(place < start, place - start, np.where(place >= end, place - end + 1, 0))
    weights = ((place >= start) & (place < end)) / (end - start)
    kept = np.minimum(place, one.ids.shape[1] - 1)
    wanted = None
    if rows is not None:
        tags = np.where(inside, rows[np.arange(len(cues))[:, None], kept], 0)
        tags[:, 0] -= (tags[:, 0] == 2) | (tags[:, 0] == 4)  # a span that is cut begins here
        wanted = _sent(tags, device)
    distance = bucket(_sent(offset, device))
    flat = _sent(window * one.ids.shape[1] + kept, device)
    return Around(flat, distance, _sent(weights.astype(np.float32), device), _sent(inside, device), wanted)


def _sent(array: NDArray, device: torch.device) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(array)).to(device, non_blocking=True)


def tensors(one: Batch, device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    """ids, mask and tags of a batch on the device."""
    return _sent(one.ids, device), _sent(one.mask, device), _sent(one.tags, device)


def likely_cues(chance: NDArray[np.float32], one: Batch, least: float, barred: tuple[int, ...] = (3, 4)) -> Ints:
    """(C, 3) runs of at most eight pieces likelier than `least`, (B, T), to be in a cue, none of a `barred` tag (gold cues)."""
    inside = (np.arange(one.ids.shape[1]) < one.sizes[:, None]) & (np.arange(one.ids.shape[1]) > 0)
    likely = (chance > least) & inside & ~np.isin(one.tags, barred)
    edges = np.diff(np.pad(likely, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    window, start = np.nonzero(edges == 1)
    _, end = np.nonzero(edges == -1)
    found = np.stack((window, start, end), 1).astype(np.int64)
    return found[found[:, 2] - found[:, 1] <= 8]


def moved(cues: Ints, one: Batch, share: float) -> Ints:
    """The cues, `share` of them with ends that are off by a piece or two: the cue tagger's may be, too."""
    out = cues.copy()
    for i in range(len(out)):
        if random.random() < share:
            window, start, end = (int(n) for n in cues[i])
            first = random.randint(max(1, start - 1), min(start + 1, end - 1))
            out[i, 1] = first
            out[i, 2] = random.randint(max(first + 1, end - 2), max(first + 1, min(int(one.sizes[window]), end + 2)))
    return out
