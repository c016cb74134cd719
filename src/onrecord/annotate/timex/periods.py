"""Rules that name a week, month or season, or the unit that is passing."""

from __future__ import annotations

import re
from datetime import date

from onrecord.annotate.timex.calendar import SEASONS, day_of, month_shifted, shifted, unit_shifted, weekday_near, year_shifted
from onrecord.annotate.timex.quarters import compared_year, latest
from onrecord.annotate.timex.reading import (
    NO_ANCHOR,
    UNDATED,
    Place,
    Reading,
    counted,
    day_counted,
    fixed,
    mod_of,
    month_number,
    unclear,
    unit_letter,
    weekday_number,
)
from onrecord.annotate.timex.tense import Tense
from onrecord.annotate.timex.words import number, words
from onrecord.annotate.timex.years import short_year
from onrecord.data import TimeType

_RANGE_YEAR = re.compile(r"(?: ?- ?| +(?:to|and|or|through|until) +)([a-z]+)\.?,? +(?:of +)?((?:19|20)\d\d|(?:last|this|next) +year)\b")
_SEASON_GROUPS = ("season", "season_year", "season_shift", "season_each", "season_part", "season_alone")
_WITHIN = re.compile(r"\b(?:over|in|during|for|within|through|throughout|of) +$")
_STEP = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "prior": -1,
    "preceding": -1,
    "this": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "ensuing": 1,
}


def month_year(match: re.Match[str], place: Place) -> Reading | None:
    """ "June 2012", "July last year"."""
    mod, month = mod_of(match), month_number(match["month"])
    if match["year"]:
        return fixed(f"{match['year']}-{month:02d}", mod)
    if match["short"]:
        return fixed(f"{short_year(match, place).value}-{month:02d}", mod)
    if match["spelt"]:
        return fixed(f"19{int(number(match['spelt'].split(maxsplit=1)[1].replace('-', ' ')) or 0):02d}-{month:02d}", mod)
    words_of_year = (match["that"] or match["shift"]).split()[:-1]
    step = _STEP.get(words_of_year[-1], 0)
    if words_of_year[-1] in ("that", "same", "previous", "following") and re.match(r"\d{4}", place.told or ""):
        step += words_of_year[-1] == "following"
        return Reading(TimeType.DATE, f"{int((place.told or '')[:4]) + step:04d}-{month:02d}", place.told_words, mod)
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod, UNDATED)
    value = year_shifted(place.today, step)
    return counted(f"{value}-{month:02d}" if value else None, place, mod)


def month(match: re.Match[str], place: Place) -> Reading | None:
    """ "in October", "last May", "early December"; not the verbs may and march."""
    number_of = month_number(match["month"])
    if (ends := _RANGE_YEAR.match(place.after(40))) is not None and ends[1] in words("months"):
        return _month_of_range(ends, number_of, place, mod_of(match))
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod_of(match), UNDATED)
    if re.match(r"\d{4}-\d\d", since := place.since or ""):
        return counted(f"{int(since[:4]) + (number_of < int(since[5:7])):04d}-{number_of:02d}", place, mod_of(match))
    steps = place.today.month - number_of
    which = (match["which"] or "").split()[-1:] or [""]
    if which in (["last"], ["past"]):
        back = -(steps % 12 or 12)
    elif which in (["next"], ["coming"]):
        back = -steps % 12 or 12
    else:
        tense = place.tense
        forward, backward = -steps % 12, -(steps % 12)
        nearest = forward if forward < 6 and not re.search(r"\b(?:in|since|from) +$", place.before()) else backward
        if forward * 3 >= -backward and forward <= -backward * 3:
            back = forward if tense is Tense.FUTURE else backward if tense is Tense.PAST else nearest
        else:
            back = min(forward, backward, key=abs)
    return counted(month_shifted(place.today, back), place, mod_of(match))


def _month_of_range(ends: re.Match[str], first: int, place: Place, mod: str | None) -> Reading:
    """ "May" of "May to July 2022": the year stands behind the second month."""
    earlier = first > month_number(ends[1])
    if ends[2].isdigit():
        return fixed(f"{int(ends[2]) - earlier:04d}-{first:02d}", mod)
    year = year_shifted(place.today, _STEP[ends[2].split()[0]] - earlier) if place.today else None
    return counted(year and f"{year}-{first:02d}", place, mod)


def season(match: re.Match[str], place: Place) -> Reading | None:
    """ "last fall", "next spring", "the summer of 1996"."""
    code: str = words("seasons")[next(word for group in _SEASON_GROUPS if (word := match[group]))]
    mod = mod_of(match) or {"early": "START", "late": "END", "mid": "MID"}.get(match["piece"] or "")
    if match["season_year"]:
        return fixed(f"{match['year']}-{code}", mod)
    if match["season_each"]:
        return Reading(TimeType.SET, f"XXXX-{code}")
    if place.today is None:
        return Reading(TimeType.DATE, None, None, None, UNDATED)
    if match["season_shift"]:
        year_meant = year_shifted(place.today, _STEP[match["shift"]])
        return counted(year_meant and f"{year_meant}-{code}", place, mod)
    begins, now = SEASONS[code], place.today.month
    which = (match["which"] or "").split()[-1:] or [""]
    started = now >= begins
    over = now >= begins + 3 and code != "WI"
    if which[0] in ("following", "previous", "that") and re.match(r"\d{4}", place.told or ""):
        return _season_told(which[0], code, place)
    if which[0] in ("last", "past", "previous"):
        step = 0 if over else -1
    elif which[0] in ("next", "coming", "following"):
        step = 1 if started else 0
    else:
        tense = place.tense
        step = -1 if tense is Tense.PAST and not started and which != ["this"] else 1 if tense is Tense.FUTURE and over else 0
    value = year_shifted(place.today, step)
    return counted(f"{value}-{code}" if value else None, place, mod)


def _season_told(which: str, code: str, place: Place) -> Reading:
    """ "the following spring": the one after the date told last."""
    told = place.told or ""
    year, month = int(told[:4]), int(told[5:7]) if re.match(r"\d{4}-\d\d", told) else None
    later = month is None or SEASONS[code] <= month
    earlier = month is None or SEASONS[code] >= month
    step = {"following": int(later), "previous": -int(earlier)}.get(which, 0)
    return Reading(TimeType.DATE, f"{year + step:04d}-{code}", place.told_words)


def before_last(match: re.Match[str], place: Place) -> Reading:
    """ "the week before last", "the month after next", "the Monday before last", "the night before last"."""
    if place.today is None:
        return unclear(UNDATED)
    sign = -1 if match["way"].startswith("before") else 1
    if match["part"]:
        return day_counted(shifted(place.today, 2 * sign), place)._replace(type=TimeType.TIME, value=_night(shifted(place.today, 2 * sign)))
    if match["weekday"]:
        near = weekday_near(place.today, weekday_number(match["weekday"]), sign, same_day=False)
        return day_counted(shifted(near, 7 * sign) if near else None, place)
    if match["unit"] in words("seasons"):
        code = words("seasons")[match["unit"]]
        over, begun = place.today.month >= SEASONS[code] + 3, place.today.month >= SEASONS[code]
        year = year_shifted(place.today, sign + (begun if sign > 0 else over - 1))
        return counted(year and f"{year}-{code}", place)
    return counted(unit_shifted(place.today, unit_letter(match["unit"]), 2 * sign), place)


def _night(day: date | None) -> str | None:
    return f"{day.isoformat()}TNI" if day else None


def in_the(match: re.Match[str], place: Place) -> Reading:
    """ "later in the day" is the day told last; "earlier in the year" is this year."""
    mod = {"early": "START", "late": "END"}.get(match["later"])
    unit = unit_letter(match["unit"])
    if unit == "D" and place.story.day is not None:
        return Reading(TimeType.DATE, place.story.day.isoformat(), place.story.day_words, mod)
    return counted(unit_shifted(place.today, unit, 0) if place.today else None, place, mod)


def new_year(_match: re.Match[str], place: Place) -> Reading:
    """ "in the new year": the start of the coming one, or in the first half of a year of this one."""
    if place.today is None:
        return unclear(UNDATED)
    return counted(year_shifted(place.today, int(place.today.month > 6)), place, "START")


def passing(match: re.Match[str], place: Place) -> Reading | None:
    """ "last week", "this year", "the previous month", "that year", "early next year"."""
    which, unit = match["which"], unit_letter(match["unit"]) if match["unit"] != "period" else "Q"
    if match["unit"] == "day" or (match["unit"] == "period" and which not in ("latest", "same")):
        return None
    mod = mod_of(match) or {"early": "START", "late": "END"}.get(match["later"] or "")
    if which == "next" and match["the"] and place.told and _WITHIN.search(place.before()) is None and place.tense is Tense.PAST:
        which = "following"
    if which == "past" or (which in ("last", "next") and match["the"]):
        return _span_of(unit, mod)
    if which in ("previous", "following", "preceding", "same", "that", "prior", "ensuing"):
        return _from_told(which, unit, place, mod)
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod, UNDATED)
    if which == "latest":
        return latest(unit, place)
    if which == "last" and unit == "Y" and not (mod or match["later"]) and (quarter := compared_year(place)) is not None:
        return Reading(TimeType.DATE, quarter, place.told_words)
    step = _STEP[which]
    if unit == "WE" and which == "this" and place.today.isoweekday() <= 5 and place.tense is Tense.PAST:
        step = -1
    return counted(unit_shifted(place.today, unit, step), place, mod)


def _span_of(unit: str, mod: str | None) -> Reading | None:
    if unit == "WE":
        return None
    return Reading(TimeType.DURATION, {"E": "P10Y", "C": "P100Y"}.get(unit, f"P1{unit}"), None, mod)


def _from_told(which: str, unit: str, place: Place, mod: str | None) -> Reading | None:
    told = place.told or ""
    step = {"previous": -1, "preceding": -1, "prior": -1, "following": 1, "ensuing": 1}.get(which, 0)
    if unit == "Y" and re.match(r"\d{4}", told):
        return Reading(TimeType.DATE, f"{int(told[:4]) + step:04d}", place.told_words, mod)
    if re.fullmatch(r"\d{4}-Q\d", told) and unit == "Q" and step == 0:
        return Reading(TimeType.DATE, told, place.told_words, mod)
    base = day_of(told) or (day_of(f"{told}-01") if unit in ("M", "Q") else None)
    if base is None:
        return Reading(TimeType.DATE, None, None, mod, NO_ANCHOR)
    return Reading(TimeType.DATE, unit_shifted(base, unit, step), place.told_words, mod)


def year_end(match: re.Match[str], place: Place) -> Reading | None:
    """ "year-end", "the end of the month", "the end of the year"."""
    if match["year"]:
        return fixed(match["year"], "END")
    unit = unit_letter(match["what"] or "year")
    if unit == "D":
        return None
    return counted(unit_shifted(place.today, unit, 0) if place.today else None, place, "END")


def for_the(match: re.Match[str], place: Place) -> Reading:
    """ "for the week, the index fell": this one, or at the start of a week, month or year the one that has just ended."""
    if place.today is None:
        return unclear(UNDATED)
    unit = unit_letter(match["unit"])
    into = {"W": place.today.isoweekday(), "M": place.today.day, "Y": place.today.timetuple().tm_yday}[unit]
    just_begun = into <= {"W": 2, "M": 5, "Y": 31}[unit] and place.tense is Tense.PAST
    return counted(unit_shifted(place.today, unit, -just_begun), place)


def the_unit(match: re.Match[str], place: Place) -> Reading | None:
    """ "the quarter": the one told last, else the last full one; "the weekend": this or the last."""
    if place.today is None:
        return Reading(TimeType.DATE, None, None, None, UNDATED)
    if match["unit"] == "weekend":
        step = -1 if place.today.isoweekday() <= 5 and place.tense is Tense.PAST else 0
        return counted(unit_shifted(place.today, "WE", step), place)
    return latest("Q", place)
