"""Days with a name: Christmas, Labor Day, Remembrance Sunday, Eid. The table is holidays.toml."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from onrecord.annotate.timex.calendar import easter, nth_weekday, week_shifted
from onrecord.annotate.timex.reading import UNDATED, Place, Reading, counted, day_counted, fixed, mod_of, unclear
from onrecord.annotate.timex.tense import Tense
from onrecord.annotate.timex.words import lexicon

_COUNTRY = "Britain and America keep it on different days, and the text does not tell which is meant"
_NOT_IN_TABLE = "the day differs from year to year and is not in the table"
_NEAR = 10
_YEARS = re.compile(r" in (\d)n\+(\d)$")
_LATER = re.compile(r" ([+-]\d+)$")


@cache
def holiday_rules() -> dict[str, str | dict[str, str]]:
    """{name: rule} of all holidays; a rule by country is a table."""
    return {name: rule for group in lexicon("holidays").values() for name, rule in group.items()}


def holiday(rule: str, year: int) -> list[date]:
    """The days on which a rule of the table falls in a year: none, one or several."""
    return [day for one in rule.split(" or ") for day in _days(one, year)]


def _days(rule: str, year: int) -> list[date]:
    if (every := _YEARS.search(rule)) is not None:
        return _days(rule[: every.start()], year) if year % int(every[1]) == int(every[2]) else []
    if rule.startswith("easter "):
        return [easter(year) + timedelta(days=int(rule.split()[1]))]
    if rule.startswith("feast "):
        return list(_feasts().get((rule.removeprefix("feast "), year), []))
    if (later := _LATER.search(rule)) is not None and rule.count(" ") == len(("nth", "weekday", "later")):
        return [day + timedelta(days=int(later[1])) for day in _days(rule[: later.start()], year)]
    if " " in rule:
        month, nth, weekday = (int(part) for part in rule.split())
        return [nth_weekday(year, month, nth, weekday)]
    month, day = (int(part) for part in rule.split("-"))
    return [date(year, month, day)]


@cache
def _feasts() -> dict[tuple[str, int], list[date]]:
    lines = files(__package__).joinpath("feasts.tsv").read_text(encoding="utf8").splitlines()
    names, *rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {
        (name, int(row[0])): [date.fromisoformat(f"{row[0]}-{day}") for day in cell.split()]
        for row in rows
        for name, cell in zip(names[1:], row[1:], strict=True)
    }


def holiday_day(match: re.Match[str], place: Place) -> Reading:
    """ "Christmas", "last Easter", "Labor Day 2016", "Memorial Day weekend", "Easter week"."""
    found = holiday_rules()[" ".join(match["holiday"].split())]
    rule = found if isinstance(found, str) else place.page.country and found[place.page.country.value]
    if not rule:
        return unclear(_COUNTRY, mod_of(match))
    if match["year"]:
        days = holiday(rule, int(match["year"]))
        reading = fixed(days[0].isoformat() if len(days) == 1 else None, mod_of(match))
        return reading if reading.value else unclear(_NOT_IN_TABLE, mod_of(match))
    if place.today is None or not 5 < place.today.year < 9995:
        return unclear(UNDATED, mod_of(match))
    day = _meant(rule, match["which"] or "", place, stretched=match["around"] is not None)
    if day is None:
        return unclear(_NOT_IN_TABLE, mod_of(match))
    return _around(day, match["around"], place, mod_of(match))


def _meant(rule: str, which: str, place: Place, *, stretched: bool) -> date | None:
    """The one before or after the day of the paper, by "last" and "next", else by the verb, else the nearer."""
    today = place.today or date.min
    days = sorted(day for step in range(-4, 5) for day in holiday(rule, today.year + step))
    before, after = [day for day in days if day <= today], [day for day in days if day >= today]
    if not before or not after:
        return None
    if which == "this":
        return next((day for day in days if day.year == today.year), None)
    if which == "last":
        return max(day for day in days if day < today)
    if which == "next":
        return min(day for day in days if day > today)
    nearer = min(before[-1], after[0], key=lambda day: abs((day - today).days))
    if place.tense is Tense.NONE or (stretched and abs((nearer - today).days) <= _NEAR):
        return nearer
    return before[-1] if place.tense is Tense.PAST else after[0]


def _around(day: date, around: str | None, place: Place, mod: str | None) -> Reading:
    if around is None:
        return day_counted(day, place, mod)
    if around == "week":
        return counted(week_shifted(day, 0), place, mod)
    saturday = min((day + timedelta(days=step) for step in range(-3, 4)), key=lambda one: one.isoweekday() != 6)
    week = week_shifted(saturday, 0)
    return counted(week and f"{week}-WE", place, mod)
