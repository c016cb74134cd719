"""Rules that name a year, a decade or a century."""

from __future__ import annotations

import re
from functools import cache

from onrecord.annotate.timex.reading import Place, Reading, fixed, mod_of
from onrecord.annotate.timex.words import lexicon, number, words
from onrecord.annotate.word_patterns import one_of
from onrecord.data import TimeType

_AGE_OR_HEAT = re.compile(
    r"\b(?:his|her|their|my|our|your|whose|its)(?: own)? +$|\b(?:temperatures?|highs?|lows?|scor\w+|shot|in the low"
    r"|upper|turnout|approval|ratings?)\b[^.]*$"
)
_BARE_YEAR_BEFORE = re.compile(
    r"\b(?:in|of|since|by|from|until|till|to|before|after|during|circa|year|between|and|"
    r"through|early|late|mid|around|for|as) +$|(?:^|[(,-]) *$"
)


def year(match: re.Match[str], place: Place) -> Reading | None:
    """ "1996", "the year 2000", "late 1996"."""
    value = int(match["year"])
    if _counted_things().match(place.after(40)) and not re.search(r"\b(?:in|since|the year) +$", place.before()):
        return None
    if _label().search(place.before()) is not None:
        return None
    if value < 1900 and not _BARE_YEAR_BEFORE.search(place.before()) and "year" not in match.group():
        return None
    if place.after(1) == "-" and not re.match(r"-(?:[a-z]|\d\d\b|\d{4}\b)", place.after()):
        return None
    return fixed(match["year"], mod_of(match))


@cache
def _counted_things() -> re.Pattern[str]:
    return re.compile(rf" +(?:[a-z]+ +)?{one_of(lexicon('names')['counted'])}\b")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(lexicon('names')['numbered'])} +$")


def range_year(match: re.Match[str], place: Place) -> Reading | None:
    """ "14" of "2011-14": the year that ends so and comes after the one told last."""
    start = int((place.told or "0")[:4])
    year = start - start % 100 + int(match["year"])
    year += 100 if year < start and start % 100 > 90 else 0
    return Reading(TimeType.DATE, f"{year:04d}", place.told_words) if start < year <= start + 50 else None


def short_year(match: re.Match[str], place: Place) -> Reading:
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


def decade(match: re.Match[str], place: Place) -> Reading | None:
    """ "the 1990s", "the '60s", "the nineties"."""
    if match["full"]:
        return fixed(match["full"] + match["tens"], mod_of(match))
    tens = match["bare"] or str(words("decades")[match["name"]])
    if _AGE_OR_HEAT.search(place.before(40)) is not None:
        return None
    if not re.search(r"(?:the|early|late|mid-?|'|through) *$", place.before() + (match["about"] or "")) and "'" not in match.group():
        return None
    return fixed("200" if tens == "10" else f"19{tens}", mod_of(match))


def century(match: re.Match[str], _place: Place) -> Reading | None:
    """ "the 19th century"."""
    word = match["ordinal"]
    number_of = int(re.sub(r"\D", "", word)) if word[0].isdigit() else words("ordinals")[word]
    return fixed(f"{number_of - 1:02d}", mod_of(match)) if 1 <= number_of <= 30 else None


def fiscal(match: re.Match[str], place: Place) -> Reading | None:
    """ "fiscal 1989", "fiscal year '97"."""
    return fixed(match["year"], mod_of(match)) if match["year"] else short_year(match, place)
