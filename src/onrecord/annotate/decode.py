"""Scores of word pieces -> whole spans.

A tag sequence is decoded under the transitions that its scheme allows (Viterbi 1967), so a span always has a beginning
and no holes. Tags come in pairs: 2k-1 begins a span of role k, 2k goes on with it, 0 is outside.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Range(NamedTuple):
    """Word pieces `start` to `end`, half-open."""

    start: int
    end: int


def best_paths(emissions: Floats, lengths: NDArray[np.int64], first: Floats, transitions: Floats) -> NDArray[np.int8]:
    """The best tag sequence of each row under a linear chain.

    Args:
        emissions: (N, L, K) scores.
        lengths: (N,) how many positions of each row count; at least 1.
        first: (K,) scores of the tag at the start.
        transitions: (K, K) scores of going from the first to the second tag.

    Returns:
        (N, L) tags; 0 from `lengths` on.
    """
    count, length, _ = emissions.shape
    back = np.zeros((length, *emissions.shape[::2]), np.int8)
    scores = emissions[:, 0] + first
    for step in range(1, length):
        moves = scores[:, :, None] + transitions
        back[step] = moves.argmax(1)
        following = moves.max(1) + emissions[:, step]
        scores = np.where((step < lengths)[:, None], following, scores)
    tags = np.zeros((count, length), np.int8)
    now = scores.argmax(1)
    rows = np.arange(count)
    for step in range(length - 1, -1, -1):
        counts = step < lengths
        tags[:, step] = np.where(counts, now, 0)
        if step:
            now = np.where(counts, back[step, rows, now], now)
    return tags


def ranges(tags: NDArray[np.int8], role: int) -> list[Range]:
    """The spans of `role` (1, 2, ...) in one tag sequence, as ranges of pieces."""
    begin, inside = 2 * role - 1, 2 * role
    found: list[Range] = []
    for start in np.flatnonzero(tags == begin).tolist():
        end = start + 1
        while end < len(tags) and tags[end] == inside:
            end += 1
        found.append(Range(start, end))
    return found


def cue_ranges(outside: Floats, begin: Floats, inside: Floats) -> list[Range]:
    """Spans of one role from (N,) log probabilities of outside, begin and inside, decoded run by run.

    Only runs where something speaks for a span are decoded, which keeps the cost at the number of cues.
    """
    lively = np.maximum(begin, inside) > outside
    edges = np.flatnonzero(np.diff(np.concatenate(([False], lively, [False]))))
    found: list[Range] = []
    for start, end in edges.reshape(-1, 2).tolist():
        found.extend(_runs(start, outside[start:end], begin[start:end], inside[start:end]))
    return found


def _runs(offset: int, outside: Floats, begin: Floats, inside: Floats) -> list[Range]:
    if len(begin) == 1:
        return [Range(offset, offset + 1)]
    emissions = np.stack((outside, begin, inside), 1)[None]
    forbidden = np.float32(-1e4)
    first = np.array([0, 0, forbidden], np.float32)
    transitions = np.array([[0, 0, forbidden], [0, 0, 0], [0, 0, 0]], np.float32)
    tags = best_paths(emissions, np.array([len(begin)]), first, transitions)[0]
    return [Range(offset + r.start, offset + r.end) for r in ranges(tags, 1)]
