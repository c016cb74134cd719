"""Rules that name a day of the calendar or of the week."""

from __future__ import annotations

import re
from datetime import date

from onrecord.annotate.timex.calendar import day_of, month_shifted, nth_weekday, real_day, shifted, weekday_near, year_shifted
from onrecord.annotate.timex.order import Country
from onrecord.annotate.timex.reading import (
    UNDATED,
    Place,
    Reading,
    day_counted,
    fixed,
    mod_of,
    month_number,
    unclear,
    weekday_number,
)
from onrecord.annotate.timex.tense import Tense
from onrecord.annotate.timex.words import number, words
from onrecord.data import TimeType

_STEPS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
_BOTH_ORDERS = "the day or the month may stand first: neither the publisher nor the spelling tells which"
_RANGE_YEAR = re.compile(
    r"(?: ?- ?|,? +(?:to|and|or|through|until) +(?:the +)?)(?:[a-z]{3,9}\.? +)?[0-3]?\d(?:st|nd|rd|th)?"
    r"(?: +(?:of +)?[a-z]{3,9}\.?)?,? +((?:19|20)\d\d)\b"
)
_WHICH = "the text does not tell which one"
_ANY = re.compile(r"\b(?:an?|one|some|any|another) +$")
_NOT_ONE_OF_A_KIND = re.compile(r" *(?:[.,;:!?)\n]|$| (?:in|of|and|or|when|is|was|to)\b)")
_ON = re.compile(r"\b(?:on|by|until|till|before|since|from) +$")
_ATTACKS = re.compile(r" +(?:terror|attack|hijack)")


def iso(match: re.Match[str], _place: Place) -> Reading:
    """ "2025-02-14", "2025-02-14T09:30"."""
    value = match["iso"] if day_of(match["iso"]) else None
    if value and match["clock"]:
        return Reading(TimeType.TIME, f"{value}T{match['clock']}")
    return fixed(value)


def slashed(match: re.Match[str], place: Place) -> Reading:
    """ "11/30/89", "30/11/1989"; where both orders give a day, by the country of the page; with full stops the day is first."""
    year = _whole_year(int(match["year"]), place)
    first, second = int(match["first"]), int(match["second"])
    month_first, day_first = real_day(year, first, second), real_day(year, second, first)
    if match["mark"] == ".":
        return fixed(day_first or month_first)
    if month_first is None or day_first is None or month_first == day_first:
        return fixed(month_first or day_first)
    if place.page.country is None:
        return unclear(_BOTH_ORDERS)
    return fixed(month_first if place.page.country is Country.UNITED_STATES else day_first)


def _whole_year(year: int, place: Place) -> int:
    if year >= 100:
        return year
    pivot = place.today.year % 100 + 5 if place.today else 50
    return year + (2000 if year <= pivot and (place.today is None or place.today.year >= 2000) else 1900)


def calendar(match: re.Match[str], place: Place, prefix: str = "") -> Reading | None:
    """ "Feb. 9", "9 February 2016", "Wednesday, Feb. 9", "last Oct. 23"."""
    month = month_number(match[f"{prefix}month"] or match[f"{prefix}month_after"])
    day = int(match[f"{prefix}day"] or match[f"{prefix}day_first"])
    year = match[f"{prefix}year"] or match[f"{prefix}year_after"]
    mod = mod_of(match)
    if not 1 <= day <= 31:
        return None
    if year is None and (ends := _RANGE_YEAR.match(place.after(48))) is not None:
        year = ends[1]
    if year:
        return fixed(real_day(int(year), month, day), mod)
    if (month, day) == (9, 11) and _ATTACKS.match(place.after()):
        return fixed("2001-09-11")
    if not prefix and "that" in match.re.groupindex and match["that"]:
        return _day_of_year(place, month, day, match["that"])._replace(mod=mod)
    which = "" if prefix or "which" not in match.re.groupindex or match["weekday"] else match["which"] or ""
    return _day_in_year(place, month, day, which)._replace(mod=mod)


def _day_in_year(place: Place, month: int, day: int, which: str = "") -> Reading:
    """A day without its year: in a range the first on or after its start, else by "last" and "next", else the nearer, by the verb."""
    if place.today is None:
        return unclear(UNDATED)
    today, start = place.today, day_of(place.since)
    days = sorted(one for year in (-1, 0, 1, 2) if (one := day_of(real_day(today.year + year, month, day))) is not None)
    if which == "last":
        found = next((one for one in reversed(days) if one < today), None)
    elif which == "next":
        found = next((one for one in days if one > today), None)
    else:
        found = _nearest(days, place)
    if found is not None and start is not None and found < start:
        found = next((one for one in days if one >= start), None)
    return day_counted(found, place)


def _day_of_year(place: Place, month: int, day: int, which: str) -> Reading:
    """ "July 4 last year", "July 4 of that year"."""
    if which in ("that", "the same") and re.match(r"\d{4}", place.told or ""):
        return Reading(TimeType.DATE, real_day(int((place.told or "")[:4]), month, day), place.told_words)
    year = year_shifted(place.today, {"last": -1, "next": 1}.get(which, 0)) if place.today else None
    return day_counted(day_of(real_day(int(year), month, day)) if year else None, place)


def _nearest(days: list[date], place: Place) -> date | None:
    today = place.today or date.min
    near = sorted(days, key=lambda day: abs(day - today))
    if len(near) > 1 and abs(near[0] - today) * 3 >= abs(near[1] - today) and (tense := place.tense) is not Tense.NONE:
        return next((day for day in near if ((day > today) - (day < today)) * tense.value >= 0), near[0])
    return near[0] if near else None


def day_start(match: re.Match[str], place: Place) -> Reading | None:
    """ "3" of "3-5 May" and of "3 and 5 May 2024"."""
    end = re.match(r"[^a-z]*(?:[a-z]{2,5} +){0,2}[0-3]?\d(?:st|nd|rd|th)? +(?:of +)?([a-z]+)\.?(?:,? +((?:19|20)\d\d))?", place.after(40))
    if end is None or end[1] not in words("months") or not 1 <= int(match["day"]) <= 31:
        return None
    month, day = month_number(end[1]), int(match["day"])
    return fixed(real_day(int(end[2]), month, day)) if end[2] else _day_in_year(place, month, day)


def range_day(match: re.Match[str], place: Place) -> Reading | None:
    """ "5" of "May 3-5" and of "from May 3 to 5": a later day of the month told last."""
    start = day_of(place.since or place.told)
    if start is None or not start.day < int(match["day"]) <= 31:
        return None
    value = real_day(start.year, start.month, int(match["day"]))
    return Reading(TimeType.DATE, value, place.told_words) if value else None


def weekday(match: re.Match[str], place: Place) -> Reading:
    """ "Friday", "last Friday", "early on Friday", "Friday last week"."""
    if match["relative"]:
        return relative(match, place)
    mod = mod_of(match)
    if _ANY.search(place.before()) and _NOT_ONE_OF_A_KIND.match(place.after()):
        return unclear(_WHICH, mod)
    if place.today is None:
        return unclear(UNDATED, mod)
    wanted = weekday_number(match["weekday"])
    if "week" in match.re.groupindex and match["week"]:
        monday = shifted(place.today, 1 - place.today.isoweekday())
        step = {"last": -7, "this": 0, "next": 7}[match["week"]]
        return day_counted(shifted(monday, step + wanted - 1) if monday else None, place, mod)
    which = (match["which"] or "").split()[-1:]
    if which in (["previous"], ["following"], ["that"]) and place.near.day is not None:
        found = weekday_near(place.near.day, wanted, -1 if which == ["previous"] else 1, same_day=which == ["that"])
        return Reading(TimeType.DATE, found.isoformat() if found else None, place.near.day_words, mod)
    return day_counted(_weekday_from(place, which[0] if which else "", wanted), place, mod)


def _weekday_from(place: Place, which: str, wanted: int) -> date | None:
    today = place.today or date.min
    if which in ("last", "past"):
        return weekday_near(today, wanted, -1, same_day=False)
    if which in ("next", "coming"):
        return weekday_near(today, wanted, 1, same_day=False)
    owner = place.after(2).startswith("'s")
    found = weekday_near(today, wanted, 1 if place.tense is Tense.FUTURE and not owner else -1, same_day=True)
    start = day_of(place.since)
    return weekday_near(start, wanted, 1, same_day=False) if start and found and found < start else found


def weekday_week(match: re.Match[str], place: Place) -> Reading | None:
    """ "Friday week", "tomorrow week", as Britain says: a week after the coming one."""
    if place.today is None:
        return unclear(UNDATED)
    later = 14 if match["fortnight"] == "fortnight" else 7
    if match["weekday"] in _STEPS:
        return day_counted(shifted(place.today, _STEPS[match["weekday"]] + later), place)
    if place.tense is Tense.PAST:
        return None
    coming = weekday_near(place.today, weekday_number(match["weekday"]), 1, same_day=False)
    return day_counted(shifted(coming, later) if coming else None, place)


def weeks_from(match: re.Match[str], place: Place) -> Reading | None:
    """ "a week on Monday", "two weeks from tomorrow", "a week ago Friday", "a fortnight today"."""
    amount, way = number(match["number"]), (match["way"] or "").split()[:1]
    days = {"d": 1, "w": 7, "f": 14}[match["unit"][0]] * int(amount or 0)
    if not amount or (way != ["from"] and days % 7) or (way in ([], ["on"]) and place.tense is Tense.PAST):
        return None
    if place.today is None:
        return unclear(UNDATED)
    if match["relative"]:
        base = shifted(place.today, _STEPS[match["relative"]])
    else:
        base = weekday_near(place.today, weekday_number(match["weekday"]), -1 if way == ["ago"] else 1, same_day=False)
    return day_counted(shifted(base, -days if way == ["ago"] else days) if base else None, place)


def nth_weekday_of(match: re.Match[str], place: Place) -> Reading:
    """ "the first Monday in March", "the last Friday of this month"; "of each month" is a set."""
    if match["each"] in ("each", "every"):
        return Reading(TimeType.SET, "P1M")
    if place.today is None and not match["year"]:
        return unclear(UNDATED)
    nth, wanted = _NTH[match["nth"]], weekday_number(match["weekday"])
    if match["year"]:
        return fixed(_nth_day(int(match["year"]), month_number(match["month"]), nth, wanted).isoformat())
    today = place.today or date.min
    if match["month"] is None:
        step = {"last": -1, "next": 1}.get(match["which"] or "", 0)
        year, month = map(int, (month_shifted(today, step) or "1-01").split("-"))
        return day_counted(_nth_day(year, month, nth, wanted), place)
    days = [_nth_day(today.year + year, month_number(match["month"]), nth, wanted) for year in (-1, 0, 1) if 1 < today.year < 9998]
    return day_counted(_nearest(days, place), place)


def _nth_day(year: int, month: int, nth: int, weekday: int) -> date:
    return nth_weekday(year, month, nth, weekday)


def day_of_month(match: re.Match[str], place: Place) -> Reading | None:
    """ "the 21st of this month", "on the 21st": of the month told last, else of the nearest."""
    day = int(match["day"])
    if (match["which"] is None and _ON.search(place.before()) is None) or not 1 <= day <= 31:
        return None
    if place.today is None:
        return unclear(UNDATED)
    told = place.story.day if match["which"] in (None, "the") else None
    if told is not None:
        value = real_day(told.year, told.month, day)
        return Reading(TimeType.DATE, value, place.story.day_words) if value else None
    step = {"last": -1, "next": 1}.get(match["which"] or "", 0)
    if match["which"] is None and place.tense is Tense.FUTURE and day < place.today.day:
        step = 1
    if match["which"] is None and place.tense is Tense.PAST and day > place.today.day:
        step = -1
    return day_counted(day_of(f"{month_shifted(place.today, step)}-{day:02d}"), place)


def relative(match: re.Match[str], place: Place) -> Reading:
    """ "yesterday", "late yesterday", "tomorrow"."""
    return day_counted(shifted(place.today, _STEPS[match["relative"]]) if place.today else None, place, mod_of(match))
