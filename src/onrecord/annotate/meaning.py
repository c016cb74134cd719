"""Text -> 128 small whole numbers, near for texts that mean the like.

Every word piece has a vector, which a large sentence encoder gave it beforehand; a text's is the sum of its pieces',
brought to one length. There is no network to run, so a statement costs some twenty microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tagger import shipped_folder
from onrecord.annotate.tokenise import Tokeniser, tokeniser
from onrecord.annotate.weights import digest, present, weights_folder
from onrecord.errors import WeightsError

SIZE = 128
LENGTH = 320  # of every vector: its numbers then fill a byte and next to none is cut off
WORDS_READ = 512  # of one text; what follows adds nothing
TEXTS_READ = 1024  # at a time: few enough for the processor's cache
WORDS_KEPT = 100_000  # with their pieces: some 25 MB, and nineteen in twenty words of news
ROWS_SCORED = 16_384

_SURROGATE = re.compile("[\ud800-\udfff]")  # no tokeniser takes one

Bytes = NDArray[np.int8]
Floats = NDArray[np.float32]


def meaning_folder() -> Path:
    """Where the package keeps the vectors of the word pieces."""
    return weights_folder("meaning")


class Meaning:
    """Holds the vectors. Making one reads no file; the first use does (4 MB). Several threads may share one."""

    def __init__(self, folder: Path | None = None) -> None:
        (self._path,) = present(folder or meaning_folder(), ("vectors.npz",))
        (self._pieces_path,) = present(shipped_folder(), ("tokenizer.json",))
        self._known: dict[str, list[int]] = {}

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 over the vectors and the tokeniser, in this order: vectors of one digest can be compared."""
        return digest((self._path, self._pieces_path))

    @cached_property
    def _tokeniser(self) -> Tokeniser:
        return tokeniser(self._pieces_path)

    @cached_property
    def _rows(self) -> Floats:
        """(V, 128): the vector of every word piece; zeros for those that say nothing, such as punctuation."""
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                rows = kept["rows"].astype(np.float32) * kept["scales"][:, None]
        except Exception as error:
            raise WeightsError(f"{self._path} cannot be loaded: install onrecord again", code="weights.damaged") from error
        if rows.shape != (self._tokeniser.size, SIZE):
            raise WeightsError(f"{self._path} does not fit the tokeniser: install onrecord again", code="weights.damaged")
        return np.asarray(rows, np.float32)

    def vectors(self, texts: Sequence[str]) -> Bytes:
        """(N, 128): the vector of each text, 128 bytes to store; zeros where nothing in it says anything.

        A text has the same vector alone as among others.
        """
        out = np.zeros((len(texts), SIZE), np.int8)
        for start in range(0, len(texts), TEXTS_READ):
            out[start : start + TEXTS_READ] = self._some(texts[start : start + TEXTS_READ])
        return out

    def _some(self, texts: Sequence[str]) -> Bytes:
        words = [_SURROGATE.sub("\ufffd", text).split()[:WORDS_READ] for text in texts]
        pieces = self._pieces(set(chain.from_iterable(words)))
        return _unit(_sums(self._rows, [list(chain.from_iterable(map(pieces.__getitem__, some))) for some in words]))

    def _pieces(self, words: set[str]) -> dict[str, list[int]]:
        """At least these words with their pieces' numbers. What was cut into pieces once is remembered, up to WORDS_KEPT."""
        if len(self._known) > WORDS_KEPT:
            self._known = {}  # a new one: another thread may be reading the old
        known = self._known
        new = [word for word in words if word not in known]
        known.update(zip(new, self._tokeniser.ids(new), strict=True))
        return known

    @staticmethod
    def scores(query: Bytes, matrix: Bytes) -> Floats:
        """(N,): the cosine of one vector (128,) to each row of `matrix` (N, 128), between -1 and 1; 0 for zeros.

        Sums of products of such small numbers are exact in float32, so every machine gives the same.
        """
        out = np.empty(len(matrix), np.float32)
        wanted = query.astype(np.float32)
        for start in range(0, len(matrix), ROWS_SCORED):
            some = slice(start, start + ROWS_SCORED)
            np.matmul(matrix[some].astype(np.float32), wanted, out=out[some])
        out /= np.float32(LENGTH * LENGTH)
        return np.clip(out, -1, 1, out=out)

    @staticmethod
    def similarity(left: Bytes, right: Bytes) -> Floats:
        """(N,): the cosine of each row of `left` to the same row of `right`, both (N, 128)."""
        dots = np.einsum("ij,ij->i", left.astype(np.float32), right.astype(np.float32))
        return np.asarray(np.clip(dots / np.float32(LENGTH * LENGTH), -1, 1), np.float32)


def _sums(rows: Floats, places: Sequence[Sequence[int]]) -> Floats:
    """(N, 128): of each list of places the sum of these rows, in order; zeros for an empty list.

    All first places are added at once, then all second ones: a third of the time of `np.add.reduceat`.
    """
    lengths = np.array([len(some) for some in places], np.int64)
    order = np.argsort(-lengths, kind="stable")
    starts = (lengths.cumsum() - lengths)[order]
    flat = np.fromiter(chain.from_iterable(places), np.int64, int(lengths.sum()))
    sums = np.zeros((len(places), SIZE), np.float32)
    for nth in range(int(lengths.max(initial=0))):
        so_long = int(np.searchsorted(-lengths[order], -nth))  # those with a place left
        sums[:so_long] += rows.take(flat[starts[:so_long] + nth], axis=0)
    out = np.empty_like(sums)
    out[order] = sums
    return out


def _unit(sums: Floats) -> Bytes:
    """Each row brought to LENGTH and rounded to bytes; zeros stay."""
    lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))[:, None]
    brought = np.clip(np.rint(sums * (LENGTH / np.maximum(lengths, 1e-6))), -127, 127)
    return np.asarray(brought, np.int8)
