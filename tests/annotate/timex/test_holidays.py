"""The table of days with a name: every rule of it gives days."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.annotate.timex.holidays import holiday, holiday_rules

RULES = sorted({rule for one in holiday_rules().values() for rule in ([one] if isinstance(one, str) else one.values())})


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_gives_a_day_in_each_term_of_four_years(rule: str) -> None:
    for first in range(2001, 2029, 4):
        days = [day for year in range(first, first + 4) for day in holiday(rule, year)]
        assert days
        assert days == sorted(days)


@pytest.mark.parametrize(
    ("rule", "year", "wanted"),
    [
        ("12-25", 2031, ["2031-12-25"]),
        ("11 4 4", 2024, ["2024-11-28"]),
        ("5 -1 1", 2025, ["2025-05-26"]),
        ("11 1 1 +1", 2024, ["2024-11-05"]),
        ("11 1 1 +1", 2022, ["2022-11-08"]),
        ("easter -2", 2025, ["2025-04-18"]),
        ("01-20 in 4n+1", 2025, ["2025-01-20"]),
        ("01-20 in 4n+1", 2026, []),
        ("feast eid al-fitr", 2000, ["2000-01-08", "2000-12-27"]),
        ("easter 1 or 5 1 1", 2025, ["2025-04-21", "2025-05-05"]),
        ("feast passover", 1900, []),
    ],
)
def test_a_rule_gives_the_days_of_the_calendar(rule: str, year: int, wanted: list[str]) -> None:
    assert holiday(rule, year) == [date.fromisoformat(day) for day in wanted]
