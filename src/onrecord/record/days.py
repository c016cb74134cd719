"""TIMEX3 values -> days: the first and last day that a value may mean, for sorting and for "since" and "until"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?!\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_YEAR = re.compile(r"(\d{4})(?!\d)")
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 12)}


def days_of(value: str) -> tuple[date, date] | None:
    """The first and last day of a TIMEX3 value ("2031-02": 1 and 28 February); None where it names no stretch of the calendar."""
    try:
        return _days(value)
    except ValueError:
        return None


def first_day(value: str) -> str | None:
    """`YYYY-MM-DD` of the first day that the value may mean."""
    found = days_of(value)
    return found[0].isoformat() if found else None


def last_day(value: str) -> str | None:
    """`YYYY-MM-DD` of the last day that the value may mean."""
    found = days_of(value)
    return found[1].isoformat() if found else None


def _days(value: str) -> tuple[date, date] | None:
    if hit := _DAY.match(value):
        day = date.fromisoformat(hit[1])
        return day, day
    if hit := _WEEK.match(value):
        first = date.fromisocalendar(int(hit[1]), int(hit[2]), 1)
        return first, first + timedelta(days=6)
    if hit := _QUARTER.match(value):
        return _months(int(hit[1]), 3 * int(hit[2]) - 2, 3 * int(hit[2]))
    if hit := _HALF.match(value):
        return _months(int(hit[1]), 6 * int(hit[2]) - 5, 6 * int(hit[2]))
    if hit := _SEASON.match(value):
        return _months(int(hit[1]), *_SEASONS[hit[2]])
    if hit := _MONTH.match(value):
        return _months(int(hit[1]), int(hit[2]), int(hit[2]))
    if hit := _YEAR.match(value):
        return _months(int(hit[1]), 1, 12)
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
