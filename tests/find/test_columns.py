"""What is told of many statements at once is what would be told of them one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.find import columns as module
from onrecord.find.columns import TYPES, Columns
from onrecord.find.filters import _any_of


def columns(days: list[int]) -> Columns:
    """Statements of these days."""
    numbers = np.arange(1, len(days) + 1)
    return Columns(*(np.array(days if name == "days" else numbers, kind) for name, kind in TYPES.items()))


@pytest.mark.parametrize("steps", [module._STEPS, (3, 1)])
@pytest.mark.parametrize("count", [1, 5, 40, 2000])
@pytest.mark.parametrize("share", [1, 7])
def test_the_latest_are_found_with_all_of_their_last_day(
    steps: tuple[int, ...], count: int, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STEPS", steps)
    held = columns(np.random.default_rng(1).integers(20300101, 20300365, 3000).tolist())
    mask = held.ids % share == 0
    rows = np.flatnonzero(mask)
    wanted = sorted(held.days[rows].tolist(), reverse=True)[:count]
    assert set(held.latest(mask, count).tolist()) == {row for row in rows.tolist() if held.days[row] >= wanted[-1]}


@given(st.lists(st.integers(0, 1 << 20), max_size=50), st.sets(st.integers(0, 1 << 20), max_size=12))
def test_any_number_of_numbers_is_looked_for(numbers: list[int], wanted: set[int]) -> None:
    wide = [number << 13 for number in numbers]
    asked = {number << 13 for number in wanted} | set(wide[::5])
    assert _any_of(np.array(wide, "<u8"), asked).tolist() == [number in asked for number in wide]
