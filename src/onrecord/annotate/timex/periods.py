"""Rules that name a week, month, season, quarter, year, decade or century."""

from __future__ import annotations

import re

from onrecord.annotate.timex.calendar import SEASONS, day_of, month_shifted, quarter_shifted, unit_shifted, year_shifted
from onrecord.annotate.timex.reading import CREATION, NO_ANCHOR, UNDATED, Place, Reading, counted, fixed, mod_of, month_number, unit_letter
from onrecord.annotate.timex.tense import Tense
from onrecord.annotate.timex.words import number, words
from onrecord.data import TimeType

_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_STEP = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "prior": -1,
    "preceding": -1,
    "latest": 0,
    "this": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "ensuing": 1,
}
_BARE_YEAR_BEFORE = re.compile(
    r"\b(?:in|of|since|by|from|until|till|to|before|after|during|circa|year|between|and|"
    r"through|early|late|mid|around|for|as) +$|(?:^|[(,-]) *$"
)
_COUNTED = re.compile(
    r" +(?:[a-z]+ +)?(?:miles|points|people|workers|jobs|dollars|pounds|euros|feet|meters|metres|tons|tonnes"
    r"|shares|votes|employees|troops|soldiers|homes|cars|"
    r"percent|per +cent|million|billion|kilometers|kilometres|acres|barrels|units|students|deaths|cases"
    r"|times|seats|rooms|beds|pages|copies|stores|kg|km|mph|yen)\b"
)


def year(match: re.Match[str], place: Place) -> Reading | None:
    """ "1996", "the year 2000", "late 1996"."""
    value = int(match["year"])
    if _COUNTED.match(place.after(40)) and not re.search(r"\b(?:in|since|the year) +$", place.before()):
        return None
    if value < 1900 and not _BARE_YEAR_BEFORE.search(place.before()) and "year" not in match.group():
        return None
    if place.after(1) == "-" and not match["to"] and not re.match(r"-(?:[a-z]|\d{4}\b)", place.after()):
        return None
    return fixed(match["year"], mod_of(match))


def short_year(match: re.Match[str], place: Place) -> Reading | None:
    """ "'96"."""
    value = int(match["short"])
    century = 2000 if place.today and place.today.year >= 2000 and value <= place.today.year % 100 + 5 else 1900
    return fixed(str(century + value))


def spelt_year(match: re.Match[str], _place: Place) -> Reading | None:
    """ "nineteen ninety-six", "two thousand and one"."""
    if match["thousand"]:
        rest = number(re.sub(r"^.*thousand(?: and)?", "", match["thousand"]).strip() or "0")
        return fixed(str(2000 + int(rest or 0)))
    base, rest = number(match["century"]), number(match["rest"])
    if base is None or rest is None:
        return None
    return fixed(f"{int(base)}{int(rest) % 100:02d}")


def month_year(match: re.Match[str], place: Place) -> Reading | None:
    """ "June 2012", "July last year"."""
    mod, month = mod_of(match), month_number(match["month"])
    if match["year"]:
        return fixed(f"{match['year']}-{month:02d}", mod)
    if match["short"]:
        found = short_year(match, place)
        return fixed(f"{found.value}-{month:02d}", mod) if found else None
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod, UNDATED)
    step = _STEP.get((match["that"] or match["shift"]).split()[0], 0)
    value = year_shifted(place.today, step)
    return counted(f"{value}-{month:02d}" if value else None, place, mod)


def month(match: re.Match[str], place: Place) -> Reading | None:
    """ "in October", "last May", "early December"; not the verbs may and march."""
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod_of(match), UNDATED)
    steps = place.today.month - month_number(match["month"])
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


def season(match: re.Match[str], place: Place) -> Reading | None:
    """ "last fall", "next spring", "the summer of 1996"."""
    code: str = words("seasons")[match["season"] or match["season_year"] or match["season_each"] or match["season_alone"]]
    if match["season_year"]:
        return fixed(f"{match['year']}-{code}", mod_of(match))
    if match["season_each"]:
        return Reading(TimeType.SET, f"XXXX-{code}")
    if place.today is None:
        return Reading(TimeType.DATE, None, None, None, UNDATED)
    begins, now = SEASONS[code], place.today.month
    which = (match["which"] or "").split()[-1:] or [""]
    started = now >= begins
    over = now >= begins + 3 and code != "WI"
    if which[0] in ("last", "past", "previous"):
        step = 0 if over else -1
    elif which[0] in ("next", "coming", "following"):
        step = 1 if started else 0
    else:
        tense = place.tense
        step = -1 if tense is Tense.PAST and not started and which != ["this"] else 1 if tense is Tense.FUTURE and over else 0
    value = year_shifted(place.today, step)
    return counted(f"{value}-{code}" if value else None, place, mod_of(match))


def quarter(match: re.Match[str], place: Place) -> Reading | None:
    """ "the third quarter", "the first half of 1996", "this year's fourth quarter"."""
    word = match["ordinal"] or match["q"]
    number_in_year = int(word[1]) if match["q"] else _QUARTERS[word]
    half = match["span"] == "half"
    if half and not (match["year"] or match["shift"] or re.match(r"\d{4}|(?:last|this|next) year", match["before"] or "")):
        return None
    code = f"{'H' if half else 'Q'}{min(number_in_year, 2) if half else number_in_year}"
    mod = "END" if re.match("(?:the +)?(?:end|close)", match["about"] or "") else "START" if match["about"] else None
    stated = match["year"] or (match["before"] if (match["before"] or "").isdigit() else None)
    if stated:
        return fixed(f"{stated}-{code}", mod)
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod, UNDATED)
    shift = (match["shift"] or match["before"] or "").split()[:1]
    if shift and shift[0] in ("last", "this", "next"):
        step = _STEP[shift[0]]
    else:
        step = _year_of_quarter(match["before"] or "", number_in_year, place)
    value = year_shifted(place.today, step)
    return counted(f"{value}-{code}" if value else None, place, mod)


def _year_of_quarter(before: str, number_in_year: int, place: Place) -> int:
    now = (place.today.month - 1) // 3 + 1 if place.today else 1
    step = 0 if number_in_year <= now else -1
    if number_in_year > now and (place.tense is Tense.FUTURE or number_in_year == now + 1):
        step = 0
    if number_in_year < now - 1 and place.tense is Tense.FUTURE:
        step = 1
    return step - 1 if before.startswith("year-") else step


def year_ago(_match: re.Match[str], place: Place) -> Reading | None:
    """ "the year-earlier period": the same quarter or day, a year before the one told last."""
    if place.today is None:
        return Reading(TimeType.DATE, None, None, None, UNDATED)
    return Reading(TimeType.DATE, same_time_a_year_before(place), place.told_words or CREATION)


def same_time_a_year_before(place: Place) -> str | None:
    """The quarter told last, a year before; without one, the year before."""
    told = place.told or ""
    if re.fullmatch(r"\d{4}-Q\d", told):
        return f"{int(told[:4]) - 1:04d}{told[4:]}"
    if place.today and re.search("quarter|period", place.text[place.start : place.end]):
        return quarter_shifted(place.today, -5)
    return year_shifted(place.today, -1) if place.today else None


def fiscal(match: re.Match[str], place: Place) -> Reading | None:
    """ "fiscal 1989", "fiscal year '97"."""
    return fixed(match["year"], mod_of(match)) if match["year"] else short_year(match, place)


def decade(match: re.Match[str], place: Place) -> Reading | None:
    """ "the 1990s", "the '60s", "the nineties"."""
    if match["full"]:
        return fixed(match["full"] + match["tens"], mod_of(match))
    tens = match["bare"] or str(words("decades")[match["name"]])
    if not re.search(r"(?:the|early|late|mid-?|'|through) *$", place.before() + (match["about"] or "")) and "'" not in match.group():
        return None
    return fixed(f"19{tens}", mod_of(match))


def century(match: re.Match[str], _place: Place) -> Reading | None:
    """ "the 19th century"."""
    word = match["ordinal"]
    number_of = int(re.sub(r"\D", "", word)) if word[0].isdigit() else words("ordinals")[word]
    return fixed(f"{number_of - 1:02d}", mod_of(match)) if 1 <= number_of <= 30 else None


def passing(match: re.Match[str], place: Place) -> Reading | None:
    """ "last week", "this year", "the previous month", "that year", "early next year"."""
    which, unit = match["which"], unit_letter(match["unit"]) if match["unit"] != "period" else "Q"
    if match["unit"] == "day" or (match["unit"] == "period" and which not in ("latest", "same")):
        return None
    mod = mod_of(match) or {"early": "START", "late": "END"}.get(match["later"] or "")
    if which == "past" or (which in ("last", "next") and match.group().startswith("the ")):
        return _span_of(unit, mod)
    if which in ("previous", "following", "preceding", "same", "that", "prior", "ensuing"):
        return _from_told(which, unit, place, mod)
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod, UNDATED)
    step = _STEP[which]
    if which == "latest":
        step = -1
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


def the_unit(match: re.Match[str], place: Place) -> Reading | None:
    """ "the quarter": the one told last, else the last full one; "the weekend": this or the last."""
    if place.today is None:
        return Reading(TimeType.DATE, None, None, None, UNDATED)
    if match["unit"] == "weekend":
        step = -1 if place.today.isoweekday() <= 5 and place.tense is Tense.PAST else 0
        return counted(unit_shifted(place.today, "WE", step), place)
    if re.fullmatch(r"\d{4}-Q\d", place.told or ""):
        return Reading(TimeType.DATE, place.told, place.told_words)
    return counted(quarter_shifted(place.today, -1), place)
