"""The index file is what was written or is refused, and it finds what a comparison of all finds."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from onrecord.annotate.meaning import SIZE
from onrecord.find import meaning_index
from onrecord.find.columns import TYPES, Columns, Known, likeness
from onrecord.find.meaning_index import Covered, MeaningIndex, UnusableIndexError, made_index, read_index, write_index

COVERED = Covered("a" * 64, 7, (5, 7), 0, ((1, "k1"), (400, "k400")))


def known(count: int = 400) -> Known:
    """Statements whose vectors lie around twenty places."""
    chosen = np.random.default_rng(1)
    places = chosen.standard_normal((20, SIZE))[np.arange(count) % 20] + 0.4 * chosen.standard_normal((count, SIZE))
    vectors = np.rint(places * 320 / np.linalg.norm(places, axis=1, keepdims=True)).astype(np.int8)
    numbers = np.arange(1, count + 1)
    return Columns(*(numbers.astype(kind) for kind in TYPES.values())), vectors


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db.index"


def written(path: Path) -> MeaningIndex:
    index = made_index(known(), COVERED)
    write_index(index, path)
    return index


def same(left: MeaningIndex, right: MeaningIndex) -> bool:
    arrays = ((one, other) for one, other in zip(left.arrays().values(), right.arrays().values(), strict=True))
    return left.covered == right.covered and all(np.array_equal(one, other) for one, other in arrays)


def test_what_is_read_is_what_was_written(path: Path) -> None:
    assert same(written(path), read_index(path))
    assert same(made_index(known(), COVERED), read_index(path))
    assert list(path.parent.iterdir()) == [path]


PLACES = st.one_of(st.integers(0, 700), st.integers(0, 70_000))  # in the head, or anywhere


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(PLACES, st.integers(1, 255))
def test_a_file_with_one_wrong_byte_is_refused(path: Path, place: int, how: int) -> None:
    index = written(path)
    data = bytearray(path.read_bytes())
    data[place] ^= how
    path.write_bytes(data)
    with suppress(UnusableIndexError):
        assert same(read_index(path), index)  # it was a blank between the head and the numbers


@pytest.mark.parametrize("kept", [0, 1, 20, 300, 5000, -1])
def test_a_file_that_breaks_off_is_refused(path: Path, kept: int) -> None:
    written(path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(UnusableIndexError):
        read_index(path)


def brute(vectors: NDArray[np.int8], wanted: NDArray[np.int8], passed: NDArray[np.bool_], count: int) -> set[int]:
    rows = np.flatnonzero(passed)
    scores = likeness(wanted, vectors[rows])
    return set(rows[np.argsort(-scores)[:count]].tolist())


def test_the_nearest_of_those_that_pass_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    columns, vectors = known(2000)
    index = made_index((columns, vectors), COVERED)
    passed = columns.ids % 3 == 0
    assert set(index.nearest(vectors[5], passed, 10).tolist()) == brute(vectors, vectors[5], passed, 10)
    monkeypatch.setattr(meaning_index, "LOOKED_AT", 200)
    found = set(index.nearest(vectors[5], passed, 10).tolist())
    assert all(passed[row] for row in found)
    assert len(found & brute(vectors, vectors[5], passed, 10)) >= 8


def test_nothing_is_near_to_a_text_that_says_nothing() -> None:
    index = made_index(known(), COVERED)
    assert len(index.nearest(np.zeros(SIZE, np.int8), np.ones(400, np.bool_), 10)) == 0


def test_statements_without_vectors_are_never_near() -> None:
    columns, vectors = known()
    vectors = vectors.copy()
    vectors[:50] = 0
    found = made_index((columns, vectors), COVERED).nearest(vectors[60], np.ones(400, np.bool_), 400)
    assert not set(found.tolist()) & set(range(50))


def test_two_that_write_at_once_leave_a_whole_file(path: Path) -> None:
    indexes = [made_index(known(count), COVERED) for count in (300, 400)]
    threads = [threading.Thread(target=write_index, args=(index, path)) for index in indexes * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    read = read_index(path)
    assert any(same(read, index) for index in indexes)
    assert list(path.parent.iterdir()) == [path]


def test_what_killed_programs_left_is_taken_away(path: Path) -> None:
    left, fresh = (path.with_name(f"{path.name}.{name}.new") for name in ("old", "now"))
    for one in (left, fresh):
        one.write_bytes(b"half")
    os.utime(left, (0, 0))
    written(path)
    assert sorted(path.parent.iterdir()) == [path, fresh]


@pytest.mark.parametrize("share", [1, 3, 40])
def test_few_signs_that_are_looked_at_find_most_of_the_nearest(monkeypatch: pytest.MonkeyPatch, share: int) -> None:
    columns, vectors = known(4000)
    index = made_index((columns, vectors), COVERED)
    passed = columns.ids % share == 0
    monkeypatch.setattr(meaning_index, "LOOKED_AT", 200)
    monkeypatch.setattr(meaning_index, "GLANCED_AT", 900)
    found = set(index.nearest(vectors[5], passed, 10).tolist())
    assert all(passed[row] for row in found)
    assert len(found & brute(vectors, vectors[5], passed, 10)) >= 7


@given(st.lists(st.integers(0, 128), max_size=60), st.integers(1, 60))
def test_the_least_numbers_are_taken(numbers: list[int], count: int) -> None:
    found = meaning_index._nearest_by(np.array(numbers, np.uint8), count)
    assert sorted(numbers[place] for place in found) == sorted(numbers)[:count]
    assert len(set(found.tolist())) == len(found)
