"""The fast decoder gives what a slow and obvious one gives."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.decode import Floats, Range, best_paths, cue_ranges, ranges


def score_of(path: tuple[int, ...], emissions: Floats, first: Floats, transitions: Floats) -> float:
    moves = sum(float(transitions[a, b]) for a, b in itertools.pairwise(path))
    return float(first[path[0]]) + moves + sum(float(emissions[i, tag]) for i, tag in enumerate(path))


def best_by_trying_all(emissions: Floats, first: Floats, transitions: Floats) -> float:
    tags = range(emissions.shape[1])
    return max(score_of(path, emissions, first, transitions) for path in itertools.product(tags, repeat=len(emissions)))


@given(seed=st.integers(0, 10_000), lengths=st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_the_path_found_is_the_best_of_all_paths(seed: int, lengths: list[int]) -> None:
    chance = np.random.default_rng(seed)
    emissions = chance.normal(size=(len(lengths), max(lengths), 3)).astype(np.float32)
    first, transitions = chance.normal(size=3).astype(np.float32), chance.normal(size=(3, 3)).astype(np.float32)
    paths = best_paths(emissions, np.array(lengths), first, transitions)
    for row, length in enumerate(lengths):
        mine = tuple(int(tag) for tag in paths[row, :length])
        wanted = best_by_trying_all(emissions[row, :length], first, transitions)
        assert score_of(mine, emissions[row], first, transitions) == pytest.approx(wanted, abs=1e-4)
        assert not paths[row, length:].any()


@given(seed=st.integers(0, 10_000))
def test_the_neighbours_in_a_batch_do_not_matter(seed: int) -> None:
    chance = np.random.default_rng(seed)
    emissions = chance.normal(size=(3, 6, 5)).astype(np.float32)
    lengths = np.array([6, 2, 4])
    first, transitions = chance.normal(size=5).astype(np.float32), chance.normal(size=(5, 5)).astype(np.float32)
    together = best_paths(emissions, lengths, first, transitions)
    for row in range(3):
        alone = best_paths(emissions[row : row + 1, : lengths[row]], lengths[row : row + 1], first, transitions)
        assert together[row, : lengths[row]].tolist() == alone[0].tolist()


@pytest.mark.parametrize(
    ("tags", "role", "wanted"),
    [
        ([0, 1, 2, 2, 0], 1, [Range(1, 4)]),
        ([1, 1, 2], 1, [Range(0, 1), Range(1, 3)]),
        ([3, 4, 0, 3], 2, [Range(0, 2), Range(3, 4)]),
        ([3, 4], 1, []),
        ([], 1, []),
    ],
)
def test_tags_become_whole_spans(tags: list[int], role: int, wanted: list[Range]) -> None:
    assert ranges(np.array(tags, np.int8), role) == wanted


def logs(rows: list[tuple[float, float, float]]) -> tuple[Floats, Floats, Floats]:
    table = np.log(np.array(rows, np.float32))
    return table[:, 0], table[:, 1], table[:, 2]


def test_a_cue_of_three_pieces_is_one_span() -> None:
    assert cue_ranges(*logs([(0.9, 0.05, 0.05), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8), (0.2, 0.1, 0.7), (0.9, 0.05, 0.05)])) == [Range(1, 4)]


def test_two_cues_that_touch_stay_two() -> None:
    assert cue_ranges(*logs([(0.1, 0.8, 0.1), (0.1, 0.8, 0.1)])) == [Range(0, 1), Range(1, 2)]


def test_a_cue_never_starts_inside() -> None:
    assert cue_ranges(*logs([(0.9, 0.05, 0.05), (0.1, 0.1, 0.8), (0.1, 0.1, 0.8)])) == [Range(1, 3)]


def test_nothing_likely_is_no_cue() -> None:
    assert cue_ranges(*logs([(0.9, 0.05, 0.05)] * 4)) == []
