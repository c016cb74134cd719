"""Rules that name a length of time, a repeated time, or a time without a date."""

from __future__ import annotations

import re

from onrecord.annotate.timex.calendar import day_of, unit_shifted
from onrecord.annotate.timex.periods import same_time_a_year_before
from onrecord.annotate.timex.reading import (
    NO_ANCHOR,
    Place,
    Reading,
    counted,
    mod_of,
    month_number,
    part_of_day,
    unit_letter,
    weekday_number,
)
from onrecord.annotate.timex.words import number, words
from onrecord.data import TimeType

_RATE_BEFORE = re.compile(
    r"(?:\d|\b(?:once|twice|times|percent|per +cent|(?:m|b|tr)illion|thousand|hundred"
    r"|cents|dollars|pounds|euros|hours|minutes|days|weeks|tons|tonnes"
    r"|barrels|miles)),? +$"
)
_AMOUNT_BEFORE = re.compile(r"(?:[$£€]?\d[\d,.]* +(?:\w+ +){0,2}|[$£€]\d[\d,.]* +)$")
_CLOCK_UNITS = {"S", "H"}


def duration(amount: float | None, unit: str, word: str = "") -> str:
    """ "P2D", "PT3H", "P10Y" of decades, "PXM" where the number is vague."""
    if unit == "WE":
        unit = "D" if amount is None else "WE"
    times = {"E": 10, "C": 100}.get(unit, 1)
    letter = "Y" if unit in ("E", "C") and amount is not None else unit
    minutes = word.startswith("minute")
    stem = "PT" if letter in _CLOCK_UNITS or minutes else "P"
    if amount is None:
        return f"{stem}X{letter}"
    total = amount * times
    if total != int(total) and letter == "Y":
        return f"P{int(total)}Y{round((total - int(total)) * 12)}M" if total >= 1 else f"P{round(total * 12)}M"
    if total == 0.5 and letter == "H":
        return "PT30M"
    return f"{stem}{int(total) if total == int(total) else round(total, 2)}{letter}"


def length(match: re.Match[str], place: Place) -> Reading | None:
    """ "two days", "nearly three years", "a two-year", "a week"; "a year" after an amount is a set."""
    words_of, unit_word = match["number"], match["unit"]
    unit = unit_letter(unit_word)
    if re.search(r"to|or", words_of) and re.search(r"\bto\b|\bor\b", words_of):
        return Reading(TimeType.DURATION, duration(None, unit, unit_word), None, mod_of(match))
    amount = number(words_of)
    if _not_a_length(words_of, unit_word, match["joint"], place):
        return None
    if words_of in ("a", "an") and (_RATE_BEFORE.search(place.before()) or _AMOUNT_BEFORE.search(place.before(40))):
        return Reading(TimeType.SET, duration(1, unit, unit_word))
    if amount is not None and re.search(r"and +a +half$", match.group()):
        amount += 0.5
    return Reading(TimeType.DURATION, duration(amount, unit, unit_word), None, mod_of(match))


def _not_a_length(amount: str, unit: str, joint: str, place: Place) -> bool:
    """ "one day" of a tale, "a second" of an ordinal, "some day", "1990 years", "three quarters of"."""
    if unit.startswith("second") and (not unit.endswith("s") or amount in ("a", "an")):
        return amount in ("a", "an") or "-" not in joint
    if unit.startswith("quarter") and (
        not amount.isalpha() or re.match(r" +(?:of|percent|point|century|mile|inch|final)|-", place.after())
    ):
        return True
    if unit.startswith("minute") and amount == "a" and place.after(4).startswith(" book"):
        return True
    if (
        not unit.endswith(("s", "centuries"))
        and "-" not in joint
        and amount not in ("a", "an", "one", "single", "half a", "half an", "many")
        and place.after(1) not in "- "
    ):
        return True
    return amount in ("some", "many", "one") and unit in ("day", "second")


def ago(match: re.Match[str], place: Place) -> Reading | None:
    """ "two days ago", "a year earlier", "three weeks later", "five years from now"."""
    amount, unit, way = number(match["number"]), unit_letter(match["unit"]), match["way"]
    mod = mod_of(match)
    if match["unit"].startswith(("minute", "hour", "second")):
        return Reading(TimeType.TIME, None, None, mod, "finer than the creation time")
    if amount is None:
        future = way in ("from now", "hence", "later", "after")
        return Reading(TimeType.DATE, "FUTURE_REF" if future else "PAST_REF", None, mod)
    count = round(amount * (2 if match["unit"].startswith("fortnight") else 1))
    if way in ("ago", "from now", "hence"):
        if amount == 1 and unit == "Y" and way == "ago" and re.fullmatch(r"\d{4}-Q\d", place.told or ""):
            return Reading(TimeType.DATE, same_time_a_year_before(place), place.told_words)
        return counted(_moved(place, unit, count if way != "ago" else -count), place, mod)
    return _told_ago(place, unit, count if way in ("later", "after", "after that") else -count, mod)


def _moved(place: Place, unit: str, count: int) -> str | None:
    return unit_shifted(place.today, unit, count) if place.today else None


def _told_ago(place: Place, unit: str, count: int, mod: str | None) -> Reading:
    told = place.told or ""
    if unit == "Y" and re.match(r"\d{4}", told):
        rest = told[4:] if "Q" in told else ""
        return Reading(
            TimeType.DATE, f"{int(told[:4]) + count:04d}{rest}" if 0 < int(told[:4]) + count < 10000 else None, place.told_words, mod
        )
    base = day_of(told) or (day_of(f"{told}-01") if unit == "M" else None)
    if base is None:
        if place.today is None or told:
            return Reading(TimeType.DATE, None, None, mod, NO_ANCHOR)
        return counted(unit_shifted(place.today, unit, count), place, mod)
    return Reading(TimeType.DATE, unit_shifted(base, unit, count), place.told_words, mod)


def every(match: re.Match[str], _place: Place) -> Reading | None:
    """ "every day", "each Thursday", "every other week", "every two years"."""
    if match["weekday"]:
        return Reading(TimeType.SET, f"XXXX-WXX-{weekday_number(match['weekday'])}")
    if match["month"]:
        return Reading(TimeType.SET, f"XXXX-{month_number(match['month']):02d}")
    if match["part"]:
        return Reading(TimeType.SET, f"XXXX-XX-XX{part_of_day(match['part'])}")
    if match["season"]:
        return Reading(TimeType.SET, f"XXXX-{words('seasons')[match['season']]}")
    amount = 2.0 if match["gap"] == "other" else number(match["gap"]) if match["gap"] else 1.0
    return Reading(TimeType.SET, duration(amount, unit_letter(match["unit"]), match["unit"]))


def weekdays(match: re.Match[str], _place: Place) -> Reading | None:
    """ "Mondays", "Tuesday nights"."""
    part = re.search(r"[a-z]{2,}$", match["part"])
    return Reading(TimeType.SET, f"XXXX-WXX-{weekday_number(match['weekday'])}{part_of_day(part.group()) if part else ''}")


def times_a(match: re.Match[str], _place: Place) -> Reading | None:
    """ "twice a week"."""
    return Reading(TimeType.SET, duration(1, unit_letter(match["unit"]), match["unit"]))


def set_word(match: re.Match[str], _place: Place) -> Reading | None:
    """ "daily", "annually"."""
    return Reading(TimeType.SET, words("sets")[match.group()])


def past_span(match: re.Match[str], _place: Place) -> Reading | None:
    """ "the past two months", "the next five years", "the first nine months"."""
    unit = unit_letter(match["unit"])
    return Reading(TimeType.DURATION, duration(number(match["number"]), unit, match["unit"]))


def plural_span(match: re.Match[str], _place: Place) -> Reading | None:
    """ "in recent weeks", "the coming months"."""
    way = match["way"]
    if way.startswith(("recent", "past", "last", "previous")):
        return Reading(TimeType.DATE, "PAST_REF")
    return Reading(TimeType.DATE, "FUTURE_REF")


def plural(match: re.Match[str], _place: Place) -> Reading | None:
    """ "for years", "within days"."""
    return Reading(TimeType.DURATION, duration(None, unit_letter(match["unit"]), match["unit"]))


def reference(match: re.Match[str], place: Place) -> Reading | None:
    """ "now", "recently", "soon"."""
    phrase = " ".join(match.group().split())
    if phrase in ("now", "recent", "current", "future", "soon") and re.match(r"-[a-z]|'s|s\b", place.after()):
        return None
    if phrase == "soon" and re.search(r"\b(?:as|too|how|so) +$", place.before()):
        return None
    value = next(name for name, phrases in words("references").items() if phrase in phrases) if phrase != "the past" else "PAST_REF"
    return Reading(TimeType.DATE, value)
