"""Rules that name a length of time, a repeated time, or a time without a date."""

from __future__ import annotations

import re

from onrecord.annotate.timex.reading import Place, Reading, mod_of, month_number, part_of_day, unit_letter, weekday_number
from onrecord.annotate.timex.words import number, words
from onrecord.data import TimeType

_RATE_BEFORE = re.compile(
    r"(?:\d|\b(?:once|twice|times|percent|per +cent|(?:m|b|tr)illion|thousand|hundred"
    r"|cents|dollars|pounds|euros|hours|minutes|days|weeks|tons|tonnes"
    r"|barrels|miles)),? +$"
)
_AMOUNT_BEFORE = re.compile(
    r"(?:[$£€]?\d[\d,.]* +(?:\w+ +){0,2}|[$£€]\d[\d,.]* +|\b(?:dozens|hundreds|thousands|millions) +of +(?:\w+ +){1,2})$"
)
_A_PAPER = re.compile(r"\b(?:the|an?|this|our|its|his|her|\w+'s) (?:local |national |tabloid )?$")
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
    if total % 1 == 0.5 and letter == "H":
        return f"PT{int(total)}H30M" if total > 1 else "PT30M"
    return f"{stem}{int(total) if total == int(total) else round(total, 2)}{letter}"


def length(match: re.Match[str], place: Place) -> Reading | None:
    """ "two days", "nearly three years", "a two-year", "two to four weeks" (two or more); "a year" after an amount is a set."""
    words_of, unit_word = match["number"], match["unit"]
    unit = unit_letter(unit_word)
    if (least := re.match(r"(.+?)(?: +|-)(?:to|or)(?: +|-)|(\d+) ?- ?\d", words_of)) is not None:
        return Reading(TimeType.DURATION, duration(number(least[1] or least[2]), unit, unit_word), None, "EQUAL_OR_MORE")
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


def every(match: re.Match[str], _place: Place) -> Reading | None:
    """ "every day", "each Thursday", "every other week", "every two years"."""
    if match["weekday"]:
        part = part_of_day(match["weekday_part"]) if match["weekday_part"] else ""
        return Reading(TimeType.SET, f"XXXX-WXX-{weekday_number(match['weekday'])}{part}")
    if match["month"]:
        return Reading(TimeType.SET, f"XXXX-{month_number(match['month']):02d}")
    if match["part"]:
        return Reading(TimeType.SET, f"XXXX-XX-XX{part_of_day(match['part'])}")
    if match["season"]:
        return Reading(TimeType.SET, f"XXXX-{words('seasons')[match['season']]}")
    amount = 2.0 if match["gap"] in ("other", "second") else number(match["gap"]) if match["gap"] else 1.0
    return Reading(TimeType.SET, duration(amount, unit_letter(match["unit"]), match["unit"]))


def weekdays(match: re.Match[str], place: Place) -> Reading | None:
    """ "Mondays", "Tuesday nights"; "two Mondays" are counted, not repeated."""
    if (before := re.search(r"([\w-]+) +$", place.before())) is not None and number(before[1]) is not None:
        return None
    part = re.search(r"[a-z]{2,}$", match["part"])
    return Reading(TimeType.SET, f"XXXX-WXX-{weekday_number(match['weekday'])}{part_of_day(part.group()) if part else ''}")


def weekends(_match: re.Match[str], _place: Place) -> Reading | None:
    """ "on weekends"."""
    return Reading(TimeType.SET, "XXXX-WXX-WE")


def times_a(match: re.Match[str], _place: Place) -> Reading | None:
    """ "twice a week"."""
    return Reading(TimeType.SET, duration(1, unit_letter(match["unit"]), match["unit"]))


def set_word(match: re.Match[str], place: Place) -> Reading | None:
    """ "daily", "annually"; a paper ("the daily Courier", "the weekly") and a daily average are none."""
    if match.group() in ("daily", "weekly", "monthly") and (_is_a_paper(place) or place.before().endswith("average ")):
        return None
    return Reading(TimeType.SET, words("sets")[match.group()])


def _is_a_paper(place: Place) -> bool:
    said = place.page.document.text
    named = re.match(r" [A-Z]\w", said[place.end : place.end + 3]) is not None
    return named or (_A_PAPER.search(place.before()) is not None and re.match(r"[.,;:'\n]|$", place.after(1)) is not None)


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


def lasting(match: re.Match[str], _place: Place) -> Reading | None:
    """ "a week-long strike", "the daylong hearing", "a three-year-long study", "a months-long delay"."""
    word = match["unit"]
    alone = None if word.endswith("s") else 1.0
    return Reading(TimeType.DURATION, duration(number(match["number"]) if match["number"] else alone, unit_letter(word), word))


def quarter_century(match: re.Match[str], _place: Place) -> Reading | None:
    """ "a quarter of a century", "a quarter-century"."""
    return Reading(TimeType.DURATION, "P75Y" if match["three"] else "P25Y", None, mod_of(match))


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
