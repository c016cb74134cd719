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
    emitted = np.ascontiguousarray(emissions.transpose(1, 2, 0))
    scores = np.empty_like(emitted)  # (L, K, N): of the best path to each tag
    scores[0] = emitted[0] + first[:, None]
    moves, shortest = transitions[:, :, None], int(lengths.min())
    for step in range(1, length):
        np.add((scores[step - 1][:, None] + moves).max(0), emitted[step], out=scores[step])
        if step >= shortest:
            ended = step >= lengths
            scores[step][:, ended] = scores[step - 1][:, ended]
    tags = np.zeros((length, count), np.int8)
    now = scores[-1].argmax(0)
    for step in range(length - 1, 0, -1):
        tags[step] = now
        before = (scores[step - 1] + transitions[:, now]).argmax(0)
        now = np.where(step < lengths, before, now) if step >= shortest else before
    tags[0] = now
    tags[np.arange(length)[:, None] >= lengths] = 0
    return np.ascontiguousarray(tags.T)


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
