"""TIMEX3 values of two announcements -> whether they can be the same day."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK = re.compile(r"\d{4}-W\d{2}")


def is_one_day(one: str, other: str) -> bool:
    """Whether the coarser value holds the finer: a month its days, a week its days, a day its hours."""
    a, b = one[:10], other[:10]
    return a.startswith(b) or b.startswith(a) or _holds(a, b) or _holds(b, a)


def is_a_day(value: str) -> bool:
    """Whether the value is a calendar day, with or without an hour."""
    return _DAY.match(value) is not None


def is_week_before(one: str, other: str | None) -> bool:
    """Whether the first is the same weekday of the week before the second; both are calendar days."""
    if other is None or not (is_a_day(one) and is_a_day(other)):
        return False
    return date.fromisoformat(other[:10]) - date.fromisoformat(one[:10]) == timedelta(days=7)


def _holds(week: str, day: str) -> bool:
    if not (_WEEK.fullmatch(week[:8]) and _DAY.fullmatch(day)):
        return False
    year, number, _ = date.fromisoformat(day).isocalendar()
    return week[:8] == f"{year}-W{number:02}"
