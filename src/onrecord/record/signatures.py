"""The words of a text -> what tells its near-copies: its shingles, their MinHash signature, and the bands under which it is found again.

    one = signed(["A wire story of some length ..."])
    share(one.shingles, other.shingles)         # how much of the shorter stands in the longer, word for word

The signature has the least of the mixed digests of all shingles, for each of 128 seeds; two texts agree at about as many places as they
share shingles (Broder, 1997). Two places make a band, and whoever shares a band is worth comparing (Indyk and Motwani, 1998): of texts that
share a fifth of all their shingles nine in ten pairs do. Texts of fewer than 40 words are found by all of their words only, those of fewer
than eight not at all.

This is own code because signatures are kept for as long as a ledger is, and must be the same under every version and machine. `rensa`, the
light library for it, redefined its signatures in 0.5 (those of before have to be made anew) and has no wheels for some machines;
`datasketch` brings scipy, which is larger than all that the package needs besides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.record.wordings import content_words, wording

Hashes = NDArray[np.uint64]
WIDTH = 4  # words of a shingle
LEAST_WORDS = 40  # of a text that is compared by its shingles
FEWEST_WORDS = 8  # of one that has copies at all
PLACES, ROWS = 128, 2  # of a signature, and how many of them make a band
_AT_ONCE = 4096  # shingles mixed at a time, so that a long text takes no more memory than a short one
_SEEDS = np.frombuffer(b"".join(hashlib.blake2b(b"%d" % n, digest_size=8).digest() for n in range(PLACES)), "<u8").astype(np.uint64)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)  # of the finaliser of SplitMix64 (Steele et al., 2014)


@dataclass(frozen=True, slots=True)
class Signed:
    """What a text is known by. `shingles` are digests, each once, in order; `bands` are numbers that fit a signed integer of 64 bits."""

    words: int
    shingles: Hashes
    signature: bytes
    bands: tuple[int, ...]


def signed(passages: Iterable[str]) -> Signed:
    """What tells the near-copies of a text, of which these passages are kept: the whole of it, or what stands around its statements."""
    told = [folded(one) for one in passages]
    count = sum(map(len, told))
    found = _shingles(told, count)
    if count < LEAST_WORDS:
        return Signed(count, found, b"", (int(found.view(np.int64)[0]),) if count >= FEWEST_WORDS else ())
    least = _least(found)
    return Signed(count, found, (least >> np.uint64(32)).astype("<u4").tobytes(), tuple(_bands(least)))


@lru_cache(maxsize=256)
def shingles(passages: tuple[str, ...]) -> Hashes:
    """The shingles alone; those of the texts that were asked for last are at hand, for the next copy of one is compared with them again."""
    told = [folded(one) for one in passages]
    return _shingles(told, sum(map(len, told)))


def folded(text: str) -> tuple[str, ...]:
    """The words of a text without case, marks and white space; two texts that differ in these only have the same."""
    return content_words(wording(text).words)


def share(one: Hashes, other: Hashes) -> float:
    """From 0 to 1: how many of the shingles of the shorter text the longer one has (containment)."""
    fewer = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / fewer if fewer else 0.0


def likely_share(one: tuple[bytes, int], other: tuple[bytes, int]) -> float:
    """The same as far as signatures tell it; each comes with the number of the text's shingles."""
    first, second = (np.frombuffer(signature, "<u4") for signature, _ in (one, other))
    alike = float(np.count_nonzero(first == second)) / PLACES
    both = alike / (1 + alike) * (one[1] + other[1])
    return min(1.0, both / min(one[1], other[1]))


def _shingles(told: Sequence[Sequence[str]], count: int) -> Hashes:
    """The digests of all runs of four words; of a short text one, of all its words."""
    if count < LEAST_WORDS:
        runs: Iterable[Sequence[str]] = [[word for some in told for word in some]] if count else []
    else:
        runs = (some[at : at + WIDTH] for some in told for at in range(max(1, len(some) - WIDTH + 1)) if some)
    joint = b"".join(hashlib.blake2b(" ".join(run).encode("utf8", "replace"), digest_size=8).digest() for run in runs)
    return np.unique(np.frombuffer(joint, "<u8").astype(np.uint64))


def _least(given: Hashes) -> Hashes:
    """(128,): for each seed the least of the mixed digests."""
    out = np.full(PLACES, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(given), _AT_ONCE):
        mixed = given[start : start + _AT_ONCE, None] ^ _SEEDS
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
        out = np.minimum(out, (mixed ^ (mixed >> np.uint64(31))).min(axis=0))
    return out


def _bands(least: Hashes) -> Iterator[int]:
    for band in range(PLACES // ROWS):
        held = least[band * ROWS : (band + 1) * ROWS].astype("<u8").tobytes()
        yield int.from_bytes(hashlib.blake2b(b"%d " % band + held, digest_size=8).digest(), "little", signed=True)
