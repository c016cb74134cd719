"""Rules that name a quarter, a half or the business year of a company."""

from __future__ import annotations

import re

from onrecord.annotate.timex.calendar import quarter_shifted, unit_shifted, year_shifted
from onrecord.annotate.timex.reading import CREATION, UNDATED, Place, Reading, counted, fixed, month_number, unclear
from onrecord.annotate.timex.tense import Tense
from onrecord.data import TimeType

_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_OF_A_FIRM = re.compile(r" +(?:profits?|loss(?:es)?|earnings|results?|revenues?|sales|figures|net|pre-?tax|operating)\b")
_END_OF_QUARTER = re.compile(
    r" +(?:ended|ending|to|that +ended) +(?:on +)?(?:the +)?([a-z]+)\.?(?: +(\d{1,2})\b)?(?:,? +((?:19|20)\d\d)\b)?"
)
_COMPARED = re.compile(r"\b(?:from|compared +with|compared +to|against|versus|than)\b[^.;]*$")
_CLOSING_DAYS = 10
_REPORTING_MONTHS = 4
_THIS = {"last": -1, "this": 0, "next": 1}


def quarter(match: re.Match[str], place: Place) -> Reading | None:
    """ "the third quarter", "the first half of 1996", "this year's fourth quarter"."""
    word = match["ordinal"] or match["q"]
    number_in_year = int(word[1]) if match["q"] else _QUARTERS[word]
    half = match["span"] == "half" or word.startswith("h")
    of_a_year = match["year"] or match["shift"] or re.match(r"\d{4}|(?:last|this|next) year", match["before"] or "")
    if half and not (of_a_year or match["q"] or _OF_A_FIRM.match(place.after())):
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
        step = _THIS[shift[0]]
    elif half:
        step = 0 if place.tense is Tense.FUTURE or (place.today.month > 6 and number_in_year == 1) else -1
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


def quarter_ended(_match: re.Match[str], place: Place) -> Reading:
    """ "the quarter" ended Sept. 30: the one of the calendar in which that month lies; days into the next are still its own."""
    end = _END_OF_QUARTER.match(place.after(48))
    if place.today is None and (end is None or not end[3]):
        return unclear(UNDATED)
    month = month_number(end[1]) if end else 1
    if end and end[2] and int(end[2]) <= _CLOSING_DAYS and month % 3 == 1:
        month -= 1
    year = int(end[3]) if end and end[3] else (place.today.year if place.today else 1)
    if place.today and not (end and end[3]) and month > place.today.month and place.tense is not Tense.FUTURE:
        year -= 1
    if month == 0:
        year, month = year - 1, 12
    return Reading(TimeType.DATE, f"{year:04d}-Q{(month + 2) // 3}", CREATION if place.today else None)


def corresponding(match: re.Match[str], place: Place) -> Reading:
    """ "the 1988 period", "the 1988 quarter": the quarter told last, of that year."""
    told = place.told or ""
    return fixed(match["year"] + (told[4:] if re.fullmatch(r"\d{4}-[QH]\d", told) else ""))


def latest(unit: str, place: Place) -> Reading:
    """ "the latest quarter", "the quarter": the one told last, else the last that is over."""
    now = quarter_shifted(place.today, 0) if place.today else None
    if unit == "Q" and place.told and re.fullmatch(r"\d{4}-Q\d", place.told) and (now is None or place.told < now):
        return Reading(TimeType.DATE, place.told, place.told_words)
    return counted(unit_shifted(place.today, unit, -1) if place.today else None, place)


def half_of(match: re.Match[str], place: Place) -> Reading | None:
    """ "the first half of May", "the second half of the 1990s", "the early part of this year"."""
    late = match["nth"] in ("second", "latter", "2nd")
    mod = "END" if late else "START"
    if match["decade"]:
        return fixed(match["decade"][:3], mod)
    if place.today is None and not match["month_year"]:
        return unclear(UNDATED, mod)
    if match["month"]:
        return _half_month(match, place, mod)
    step = _THIS.get(match["which"], 0)
    if match["unit"] == "year" and match["what"] == "half":
        year = year_shifted(place.today, step) if place.today else None
        return counted(year and f"{year}-H{1 + late}", place)
    unit = {"year": "Y", "month": "M", "week": "W", "decade": "E", "century": "C"}[match["unit"]]
    return counted(unit_shifted(place.today, unit, step) if place.today else None, place, mod)


def _half_month(match: re.Match[str], place: Place, mod: str) -> Reading:
    month = month_number(match["month"])
    if match["month_year"]:
        return fixed(f"{match['month_year']}-{month:02d}", mod)
    today = place.today
    near = min((-1, 0, 1), key=lambda step: abs(step * 12 + month - (today.month if today else 1)))
    return counted(f"{(today.year if today else 1) + near:04d}-{month:02d}", place, mod)


def whole_year(match: re.Match[str], place: Place) -> Reading:
    """ "the full year": this one, or in its first months the last; "the year ended June 30" and "the fiscal year" are a length."""
    if "full" not in match.group():
        return Reading(TimeType.DURATION, "P1Y")
    if match["year"]:
        return fixed(match["year"])
    if place.today is None:
        return unclear(UNDATED)
    over = place.today.month <= _REPORTING_MONTHS and place.tense is not Tense.FUTURE
    return counted(year_shifted(place.today, -over), place)


def compared_year(place: Place) -> str | None:
    """ "from last year's $2 million", of a quarter: the same quarter of last year; null where no quarter is compared."""
    told = place.told or ""
    if not re.fullmatch(r"\d{4}-Q\d", told) or _COMPARED.search(place.before(90)) is None:
        return None
    return same_time_a_year_before(place)
