"""Rules that name a day, or a time of a day."""

from __future__ import annotations

import re
from datetime import date

from onrecord.annotate.timex.calendar import day_of, holiday, nth_weekday, real_day, shifted, week_shifted, weekday_near
from onrecord.annotate.timex.reading import (
    CREATION,
    NO_ANCHOR,
    UNDATED,
    Place,
    Reading,
    counted,
    fixed,
    mod_of,
    month_number,
    part_of_day,
    weekday_number,
)
from onrecord.annotate.timex.tense import Tense
from onrecord.annotate.timex.words import words
from onrecord.data import TimeType

_STEPS = {"yesterday": -1, "today": 0, "tomorrow": 1}


def iso(match: re.Match[str], _place: Place) -> Reading:
    """ "2025-02-14", "2025-02-14T09:30"."""
    value = match["iso"] if day_of(match["iso"]) else None
    if value and match["clock"]:
        return Reading(TimeType.TIME, f"{value}T{match['clock']}")
    return fixed(value)


def slashed(match: re.Match[str], place: Place) -> Reading:
    """ "11/30/89": the month first, unless it cannot be."""
    year = int(match["year"])
    if year < 100:
        pivot = place.today.year % 100 + 5 if place.today else 50
        year += 2000 if year <= pivot and (place.today is None or place.today.year >= 2000) else 1900
    first, second = int(match["first"]), int(match["second"])
    if match["mark"] == ".":
        first, second = second, first
    return fixed(real_day(year, first, second) or real_day(year, second, first))


def stamp(match: re.Match[str], place: Place) -> Reading:
    """ "21.05" in front of a paragraph of a live report: that time on the day of the report."""
    return _at(counted(place.today.isoformat() if place.today else None, place), f"T{match['hour']}:{match['minute']}")


def nine_eleven(_match: re.Match[str], _place: Place) -> Reading:
    """The attacks of 2001 by their day."""
    return fixed("2001-09-11")


def calendar(match: re.Match[str], place: Place, prefix: str = "") -> Reading | None:
    """ "Feb. 9", "9 February 2016", "Wednesday, Feb. 9"."""
    month = month_number(match[f"{prefix}month"] or match[f"{prefix}month_after"])
    day = int(match[f"{prefix}day"] or match[f"{prefix}day_first"])
    year = match[f"{prefix}year"] or match[f"{prefix}year_after"]
    mod = mod_of(match)
    if not 1 <= day <= 31:
        return None
    if year:
        return fixed(real_day(int(year), month, day), mod)
    if (month, day) == (9, 11) and re.match(r" +(?:terror|attack|hijack)", place.after()):
        return fixed("2001-09-11")
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod, UNDATED)
    return counted(_nearest_year(place.today, month, day, place.tense), place, mod)


def _nearest_year(today: date, month: int, day: int, tense: Tense) -> str | None:
    found = [real for year in (today.year - 1, today.year, today.year + 1) if 0 < year < 10000 and (real := real_day(year, month, day))]
    by_distance = sorted((abs((date.fromisoformat(real) - today).days), real) for real in found)
    if len(by_distance) > 1 and tense is not Tense.NONE and by_distance[0][0] * 3 >= by_distance[1][0]:
        wanted = [real for _, real in by_distance if ((real > today.isoformat()) - (real < today.isoformat())) * tense.value >= 0]
        return wanted[0] if wanted else by_distance[0][1]
    return by_distance[0][1] if by_distance else None


def weekday(match: re.Match[str], place: Place) -> Reading:
    """ "Friday", "last Friday", "early on Friday", "Friday last week"."""
    if match["relative"]:
        return relative(match, place)
    mod = mod_of(match)
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod, UNDATED)
    wanted = weekday_number(match["weekday"])
    week = ("week" in match.re.groupindex and match["week"]) or _week_after(place)
    if week:
        monday = shifted(place.today, 1 - place.today.isoweekday())
        step = {"last": -7, "this": 0, "next": 7}[week]
        found = shifted(monday, step + wanted - 1) if monday else None
    else:
        found = _weekday_from(place, match["which"] or "", wanted)
    return counted(found.isoformat() if found else None, place, mod)


def _week_after(place: Place) -> str | None:
    hit = re.match(r" +(?:of +)?(last|next|this) +week\b", place.after())
    return hit[1] if hit else None


def _weekday_from(place: Place, which: str, wanted: int) -> date | None:
    today = place.today
    if today is None:
        return None
    told = day_of(place.told)
    match which.rsplit(maxsplit=1)[-1] if which else "":
        case "last" | "past":
            return weekday_near(today, wanted, -1, same_day=False)
        case "next" | "coming":
            return weekday_near(today, wanted, 1, same_day=False)
        case "previous" if told:
            return weekday_near(told, wanted, -1, same_day=False)
        case "following" if told:
            return weekday_near(told, wanted, 1, same_day=False)
        case "that" if told:
            return weekday_near(told, wanted, 1, same_day=True)
    owner = place.after(2).startswith("'s")
    return weekday_near(today, wanted, 1 if place.tense is Tense.FUTURE and not owner else -1, same_day=True)


def relative(match: re.Match[str], place: Place) -> Reading:
    """ "yesterday", "late yesterday", "tomorrow"."""
    found = shifted(place.today, _STEPS[match["relative"]]) if place.today else None
    return counted(found.isoformat() if found else None, place, mod_of(match))


def relative_day(match: re.Match[str], place: Place) -> Reading | None:
    """ "the day before", "the next day", "that day": counted from the date told last."""
    step = match["step"]
    if "day before yesterday" in step or "day after tomorrow" in step:
        found = shifted(place.today, -2 if "before" in step else 2) if place.today else None
        return counted(found.isoformat() if found else None, place)
    if step == "the day":
        return None
    told = day_of(place.told)
    if told is None:
        return Reading(TimeType.DATE, None, None, None, NO_ANCHOR)
    days = -1 if re.search("before|previous|earlier", step) else 1 if re.search("next|following|after", step) else 0
    moved = shifted(told, days)
    return Reading(TimeType.DATE, moved.isoformat() if moved else None, place.told_words)


def part(match: re.Match[str], place: Place) -> Reading | None:
    """ "Thursday night", "this morning", "tonight", "yesterday afternoon", "the next morning"."""
    if match["part"]:
        day = weekday_or_calendar(match, place)
        return day and _at(day, part_of_day(match["part"]))
    if match["tonight"]:
        return _at(counted(place.today.isoformat() if place.today else None, place), "TNI")
    told = day_of(place.told)
    if match["last"]:
        that_day = place.today
        if match["last"] == "last":
            that_day = shifted(place.today, -1) if place.today else None
        elif match["last"] == "that":
            that_day = told or place.today
        return _at(counted(that_day.isoformat() if that_day else None, place), part_of_day(match["part_alone"]))
    word = match["part_other"] or (match["prior"] or "").split()[-1]
    step = match["other"] or match.group()
    days = -1 if re.search("previous|before", step) else 0 if re.search("later|same", step) else 1
    base = told or (None if place.told else place.today)
    moved = shifted(base, days) if base else None
    return _at(
        Reading(TimeType.DATE, moved.isoformat() if moved else None, place.told_words or CREATION, None, None if moved else NO_ANCHOR),
        part_of_day(word),
    )


def weekday_or_calendar(match: re.Match[str], place: Place) -> Reading | None:
    """The day that stands beside a clock time or a part of the day."""
    if match["weekday"] and not (match["month"] or match["month_after"]):
        return weekday(match, place)
    if match["relative"]:
        return relative(match, place)
    return calendar(match, place)


def _at(day: Reading, time: str) -> Reading:
    return day._replace(type=TimeType.TIME, value=f"{day.value[:10]}{time}" if day.value and day_of(day.value) else None)


def clock(match: re.Match[str], place: Place) -> Reading | None:
    """ "5 p.m. ET", "noon Thursday", "17:30"."""
    time = _time_of(match)
    if time is None:
        return None
    if match["weekday"] or match["relative"]:
        day = weekday_or_calendar(match, place)
    elif match["calendar"]:
        day = calendar(match, place, "c_")
    else:
        base = day_of(place.told)
        on = base or place.today
        day = Reading(TimeType.DATE, on.isoformat() if on else None, place.told_words if base else CREATION, None, None if on else UNDATED)
    return _at(day, time)._replace(mod=mod_of(match)) if day else None


def _time_of(match: re.Match[str]) -> str | None:
    if match["named"]:
        return "T12:00" if match["named"] == "noon" else "T24:00"
    if match["hour24"]:
        return f"T{int(match['hour24']):02d}:{match['minute24']}"
    hour = int(match["hour"] or match["oclock"])
    if hour > 12 or (match["half"] and hour == 0):
        return None
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    return f"T{hour:02d}:{(match['minute'] or ':00')[1:]}"


def holiday_day(match: re.Match[str], place: Place) -> Reading:
    """ "Christmas", "last Easter", "Labor Day 2016"."""
    rule: str = words("holidays")[" ".join(match["holiday"].split())]
    if match["year"]:
        return fixed(holiday(rule, int(match["year"])).isoformat(), mod_of(match))
    if place.today is None or not 1 < place.today.year < 9998:
        return Reading(TimeType.DATE, None, None, None, UNDATED)
    days = [holiday(rule, place.today.year + step) for step in (-1, 0, 1)]
    before, after = max(day for day in days if day <= place.today), min(day for day in days if day >= place.today)
    tense = place.tense
    if match["which"] in ("last", "next"):
        found = before if match["which"] == "last" else after
    elif tense is Tense.NONE:
        found = min(before, after, key=lambda day: abs((day - place.today).days))  # type: ignore[operator]
    else:
        found = before if tense is Tense.PAST else after
    return counted(found.isoformat(), place, mod_of(match))


def election_day(_match: re.Match[str], place: Place) -> Reading:
    """The Tuesday after the first Monday in November of this year."""
    if place.today is None:
        return Reading(TimeType.DATE, None, None, None, UNDATED)
    monday = nth_weekday(place.today.year, 11, 1, 1)
    return counted(monday.replace(day=monday.day + 1).isoformat(), place)


def weekend(place: Place, step: int) -> str | None:
    """ "2025-W07-WE"."""
    week = week_shifted(place.today, step) if place.today else None
    return f"{week}-WE" if week else None
