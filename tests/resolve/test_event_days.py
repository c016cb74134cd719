"""Days of two announcements."""

from __future__ import annotations

import pytest

from onrecord.resolve.event_days import is_a_day, is_one_day, is_week_before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2031-03-14", "2031-03-14", True),
        ("2031-03-14", "2031-03-14T10:00", True),
        ("2031-03", "2031-03-14", True),
        ("2031-W11", "2031-03-14", True),
        ("2031-03-14TMO", "2031-W11", True),
        ("2031-W12", "2031-03-14", False),
        ("2031-04", "2031-03-14", False),
        ("2031-03-14", "2031-03-15", False),
        ("2031-W11", "2031-W12", False),
    ],
)
def test_the_coarser_value_may_hold_the_finer(one: str, other: str, same: bool) -> None:
    assert is_one_day(one, other) is is_one_day(other, one) is same


def test_a_month_is_no_day() -> None:
    assert [is_a_day(value) for value in ("2031-03-14", "2031-03-14T10:00", "2031-03", "2031-W11")] == [True, True, False, False]


def test_a_week_before_is_the_same_weekday() -> None:
    assert is_week_before("2031-03-14", "2031-03-21T10:00")
    assert not any(is_week_before("2031-03-14", other) for other in ("2031-03-14", "2031-03-20", "2031-03", None))
