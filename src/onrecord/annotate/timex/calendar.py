"""Counting days, weeks, months and quarters: the arithmetic behind the values."""

from __future__ import annotations

from datetime import date, timedelta

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which a season starts (northern half of the world, as the news agencies use it)."""


def day_of(value: str | None) -> date | None:
    """The day that a value such as "2025-02-13TNI" names; null where it names none or names none that exists."""
    try:
        return date.fromisoformat(value[:10]) if value and value[4:5] == "-" and len(value) >= 10 else None
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """The day so many days on; null outside the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def month_shifted(day: date, months: int) -> str | None:
    """The month so many months on, as "2025-02"."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}" if 0 < year < 10000 else None


def quarter_shifted(day: date, quarters: int) -> str | None:
    """The quarter so many quarters on, as "2025-Q1"."""
    year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + quarters, 4)
    return f"{year:04d}-Q{quarter + 1}" if 0 < year < 10000 else None


def week_shifted(day: date, weeks: int) -> str | None:
    """The ISO week so many weeks on, as "2025-W07"."""
    moved = shifted(day, 7 * weeks)
    if moved is None:
        return None
    year, week, _ = moved.isocalendar()
    return f"{year:04d}-W{week:02d}"


def year_shifted(day: date, years: int) -> str | None:
    """The year so many years on, as "2025"."""
    return f"{day.year + years:04d}" if 0 < day.year + years < 10000 else None


def unit_shifted(day: date, unit: str, count: int) -> str | None:
    """The day, week, month, quarter, year, decade or century so many on; the precision is that of the unit."""
    match unit:
        case "D":
            moved = shifted(day, count)
            return moved.isoformat() if moved else None
        case "W":
            return week_shifted(day, count)
        case "WE":
            week = week_shifted(day, count)
            return f"{week}-WE" if week else None
        case "M":
            return month_shifted(day, count)
        case "Q":
            return quarter_shifted(day, count)
        case "Y":
            return year_shifted(day, count)
    year = year_shifted(day, count * (10 if unit == "E" else 100))
    return year and (year[:3] if unit == "E" else year[:2])


def weekday_near(day: date, weekday: int, direction: int, *, same_day: bool) -> date | None:
    """The nearest such weekday (1 Monday to 7 Sunday) before (-1) or after (+1) the day, or the day itself if `same_day`."""
    distance = (weekday - day.isoweekday()) * direction % 7
    if distance == 0 and not same_day:
        distance = 7
    return shifted(day, distance * direction)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The n-th such weekday of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian method, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def real_day(year: int, month: int, day: int) -> str | None:
    """ "YYYY-MM-DD", or null where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
