"""The index of meanings beside a ledger: vectors in groups of near ones, so that a question looks at a few groups only.

It is one file, which can be made again from the ledger at any time and is never trusted: a question is answered from the rows of
the ledger, and the index only proposes which. A file that is damaged, of another ledger or of another model is made anew.

The groups are those of spherical k-means, about as many as the square root of the number of statements (an inverted file, as in
Jégou, Douze and Schmid: Product Quantization for Nearest Neighbor Search, 2011). In the nearest groups, up to a million vectors are
compared by the signs of their numbers alone, 16 bytes each (the angle between two vectors is told by how many signs differ: Charikar,
2002); of those nearest by these, some 24,000 are then compared as they are.
"""

from __future__ import annotations

import json
import mmap
import os
import secrets
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.find.columns import TYPES, Array, Columns, Known, likeness

MAGIC = b"onrecord index 2\n"
ABANDONED_SECONDS = 3600.0  # a half-written file so old belongs to nobody
LOOKED_AT = 24_000  # statements whose vectors are compared with a question's
GLANCED_AT = 1_000_000  # of which the signs are
_LOOKED_FOR_IN = 3_000_000  # of which those that passed are looked for
_WORTH_GROUPS = 500_000  # of more that passed the nearest groups are looked through, else each is led to
_FEW = 8  # one in so many or less: then these are led to one by one
_NEVER = 255  # more than all signs
_ALIGNED = 64
_SAMPLED = 64  # statements a group that k-means learns from
_ROUNDS = 6
_MOST_GROUPS = 2048
_AT_ONCE = 16_384
_SHAPES: dict[str, str] = {**TYPES, "rows": "<i4", "places": "<i4", "starts": "<i4", "middles": "<f4", "signs": "<u8", "vectors": "|i1"}


class UnusableIndexError(ValueError):
    """The file is no index, damaged, or does not belong here; the message says which."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What an index covers, and of which ledger.

    Args:
        model: SHA-256 of what made the vectors.
        highest_reading: no later reading is in it, and `recent` are those before it that were there, of the last few.
        tombstones: how many there were. A removal makes the index void.
        landmarks: row ids of some statements with their keys, the last one among them: another ledger has others.
    """

    model: str
    highest_reading: int
    recent: tuple[int, ...]
    tombstones: int
    landmarks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class MeaningIndex:
    """An index at hand, in memory or mapped from its file.

    Vectors stand group by group: `starts` says where each group begins, `middles` are the groups' middles. `rows` leads from the
    place of a vector to the statement's row in `columns`, `places` back. `signs` (N, 2) has a bit for each number of a vector.
    """

    covered: Covered
    columns: Columns
    rows: Array
    places: Array
    starts: Array
    middles: Array
    signs: Array
    vectors: NDArray[np.int8]

    def nearest(self, wanted: NDArray[np.int8], passed: NDArray[np.bool_], count: int) -> Array:
        """The rows of the `count` statements nearest to a vector, of those that passed a filter.

        All that passed are compared if they are no more than 24,000, else those that are nearest by their signs.
        """
        left = int(np.count_nonzero(passed))
        places = self.places[np.flatnonzero(passed)] if left <= LOOKED_AT else self._near(wanted, passed, left)
        return np.asarray(self.rows[best(places, likeness(wanted, self.vectors[places]), count)])

    def _near(self, wanted: NDArray[np.int8], passed: NDArray[np.bool_], left: int) -> Array:
        """Places of those nearest by their signs."""
        if left > _WORTH_GROUPS:
            places = self._of_nearest_groups(wanted, passed, left)
        elif left < len(passed) / _FEW:
            places = self.places[np.flatnonzero(passed)]
        else:
            differing = _differing(self.signs, wanted)
            differing[~passed[self.rows]] = _NEVER
            return _nearest_by(differing, LOOKED_AT)
        return np.asarray(places[_nearest_by(_differing(self.signs[places], wanted), LOOKED_AT)])

    def _of_nearest_groups(self, wanted: NDArray[np.int8], passed: NDArray[np.bool_], left: int) -> Array:
        """Places of what passed in the nearest groups."""
        order = np.argsort(-(self.middles @ wanted.astype(np.float32)), kind="stable")
        sizes = np.diff(self.starts)[order]
        needed = min(GLANCED_AT * (len(self.columns) / left), _LOOKED_FOR_IN)
        groups = np.sort(order[: int(np.searchsorted(np.cumsum(sizes), needed)) + 1])
        places = np.concatenate([np.arange(self.starts[group], self.starts[group + 1], dtype="<i4") for group in groups])
        return np.asarray(places[passed[self.rows[places]]])

    def known(self) -> Known:
        """The columns with each row's vector."""
        return self.columns, self.vectors[self.places]

    def arrays(self) -> dict[str, Array]:
        own = {"rows": self.rows, "places": self.places, "starts": self.starts, "middles": self.middles}
        own |= {"signs": self.signs, "vectors": self.vectors}
        return {name: getattr(self.columns, name) for name in TYPES} | own


def best(rows: Array, scores: Array, count: int) -> Array:
    """The rows with the highest scores, in no order; those with a score of nothing are left out."""
    kept = scores > 0
    rows, scores = rows[kept], scores[kept]
    return rows if len(rows) <= count else rows[np.argpartition(-scores, count)[:count]]


def made_index(known: Known, covered: Covered) -> MeaningIndex:
    """An index of statements. The same statements give the same index."""
    columns, vectors = known
    middles = _middles(vectors)
    groups = _groups(vectors, middles)
    rows = np.argsort(groups, kind="stable").astype("<i4")
    places = np.empty_like(rows)
    places[rows] = np.arange(len(rows), dtype="<i4")
    starts = np.searchsorted(groups[rows], np.arange(len(middles) + 1)).astype("<i4")
    grouped = vectors[rows]
    return MeaningIndex(covered, columns, rows, places, starts, middles, _signs(grouped), grouped)


def _signs(vectors: NDArray[np.int8]) -> Array:
    """(N, 2): a bit for each number, set where it is above 0."""
    return np.ascontiguousarray(np.packbits(vectors > 0, axis=1)).view("<u8")


def _differing(signs: Array, wanted: NDArray[np.int8]) -> NDArray[np.uint8]:
    """(N,): how many of the 128 signs are other than those of a vector."""
    first, second = _signs(wanted[None])[0]
    return np.asarray(np.bitwise_count(signs[:, 0] ^ first) + np.bitwise_count(signs[:, 1] ^ second), np.uint8)


def _nearest_by(differing: NDArray[np.uint8], count: int) -> Array:
    """Where the `count` least numbers stand, with as many of those that are equal to the greatest of them as fit."""
    if len(differing) <= count:
        return np.arange(len(differing))
    cut = int(np.searchsorted(np.cumsum(np.bincount(differing)), count))
    nearer = np.flatnonzero(differing < cut)
    return np.concatenate([nearer, np.flatnonzero(differing == cut)[: count - len(nearer)]])


def _middles(vectors: NDArray[np.int8]) -> Array:
    """(K, 128): the middles of K groups, learnt from a sample."""
    count = max(1, min(_MOST_GROUPS, int(len(vectors) ** 0.5)))
    chosen = np.random.default_rng(0)
    sample = vectors[np.sort(chosen.choice(len(vectors), min(len(vectors), count * _SAMPLED), replace=False))].astype(np.float32)
    middles = _unit(sample[np.sort(chosen.choice(len(sample), count, replace=False))])
    for _ in range(_ROUNDS):
        groups = _groups(sample, middles)
        order = np.argsort(groups, kind="stable")
        held, first = np.unique(groups[order], return_index=True)
        middles[held] = _unit(np.add.reduceat(sample[order], first, axis=0))
    return middles


def _groups(vectors: Array, middles: Array) -> Array:
    """(N,): the group of each vector, that with the nearest middle."""
    out = np.empty(len(vectors), np.int32)
    for start in range(0, len(vectors), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        out[some] = (vectors[some].astype(np.float32) @ middles.T).argmax(axis=1)
    return out


def _unit(rows: Array) -> Array:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)


def write_index(index: MeaningIndex, path: Path) -> None:
    """Writes the file, whole or not at all: beside its place, to the disk, and then in one step into its place.

    Two programs may do so at once; the later one's stays.

    Raises:
        OSError: it cannot be written.
    """
    arrays = index.arrays()
    told = {"covered": asdict(index.covered), "shapes": {name: one.shape for name, one in arrays.items()}}
    head = json.dumps(told).encode()
    check = zlib.crc32(head)
    for block in _blocks(arrays):
        check = zlib.crc32(block, check)
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear(path)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with beside.open("xb") as file:
            file.write(b"%s%08x\n%s\n" % (MAGIC, check, head))
            file.write(bytes(-file.tell() % _ALIGNED))
            for block in _blocks(arrays):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Takes away what programs that were killed while they wrote have left."""
    for left in path.parent.glob(f"{path.name}.*.new"):
        try:
            if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
                left.unlink()
        except OSError:
            continue


def _blocks(arrays: Mapping[str, Array]) -> Iterator[memoryview | bytes]:
    """The bytes of the arrays, each filled up so that the next one begins at a round place."""
    for name, kind in _SHAPES.items():
        data = np.ascontiguousarray(arrays[name], kind).reshape(-1).view(np.uint8).data
        yield data
        yield bytes(-len(data) % _ALIGNED)


def read_index(path: Path) -> MeaningIndex:
    """The index in a file, mapped into memory.

    Raises:
        UnusableIndexError: it is not what was written, down to the last byte.
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        if file.readline(len(MAGIC)) != MAGIC:
            raise UnusableIndexError("it is no index of this version")
        check, head = file.readline(9), file.readline().removesuffix(b"\n")
        start = file.tell() + -file.tell() % _ALIGNED
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    body = memoryview(whole)[start:]
    if b"%08x\n" % zlib.crc32(body, zlib.crc32(head)) != check:
        raise UnusableIndexError("it is damaged")
    told = json.loads(head)
    return _index(_covered(told["covered"]), told["shapes"], body)


def _covered(head: Mapping[str, Any]) -> Covered:
    landmarks = tuple((int(number), str(key)) for number, key in head["landmarks"])
    recent = tuple(int(number) for number in head["recent"])
    return Covered(str(head["model"]), int(head["highest_reading"]), recent, int(head["tombstones"]), landmarks)


def _index(covered: Covered, shapes: Mapping[str, Sequence[int]], body: memoryview) -> MeaningIndex:
    arrays: dict[str, Array] = {}
    start = 0
    for name, kind in _SHAPES.items():
        count = int(np.prod(shapes[name], dtype=np.int64))
        size = count * np.dtype(kind).itemsize
        arrays[name] = np.frombuffer(body, kind, count, start).reshape(shapes[name])
        start += size + -size % _ALIGNED
    columns = Columns(*(arrays.pop(name) for name in TYPES))
    return MeaningIndex(covered, columns, **arrays)
