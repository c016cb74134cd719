from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.windows import joined, windows


@given(length=st.integers(0, 3000), size=st.integers(20, 300), overlap=st.integers(0, 15))
def test_every_piece_is_kept_once_and_read_with_its_neighbours(length: int, size: int, overlap: int) -> None:
    cut = windows(length, size, overlap)
    assert [i for w in cut for i in range(w.keep_start, w.keep_end)] == list(range(length))
    assert all(w.start <= w.keep_start < w.keep_end <= w.end <= length for w in cut)
    assert all(w.end - w.start <= size for w in cut)
    assert len({w.end - w.start for w in cut}) <= 1
    for one, following in itertools.pairwise(cut):
        assert one.end - following.start >= overlap


def test_a_short_text_is_one_window() -> None:
    assert [tuple(w) for w in windows(10, 254, 48)] == [(0, 10, 0, 10)]


@given(length=st.integers(1, 900))
def test_joining_gives_back_what_was_cut(length: int) -> None:
    whole = np.arange(length * 2, dtype=np.float32).reshape(length, 2)
    cut = windows(length, 254, 48)
    assert np.array_equal(joined([whole[w.start : w.end] for w in cut], cut), whole)
