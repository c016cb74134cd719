"""Whose habits a page follows: 3/4/2025 is March 4 in America and 3 April in Britain, and Mother's Day is in May or in Lent.

Told by the dates of the page that can be read one way only, by its publisher and address, by the agency of its dateline, and
by its spelling and the dates that it writes in words.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import Any

from onrecord.annotate.timex.words import lexicon
from onrecord.annotate.word_patterns import one_of
from onrecord.data import Document

_REACH = 20_000
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})/(?:19|20)?\d\d(?![\d/])")
_LONGEST_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY_FIRST = re.compile(rf"\b[0-3]?\d(?:st|nd|rd|th)? {_LONGEST_MONTHS}\b")
_AMERICAN_DATE = re.compile(rf"\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. [0-3]?\d\b|\b{_LONGEST_MONTHS} [0-3]?\d, \d{{4}}\b")
_AGENCY = re.compile(r"^[A-Z][A-Z .'-]+(?:,[^\n(]{1,40})? \(([^()\n]{2,20})\)", re.MULTILINE)
_START = 2000
_CLEARLY = 3


class Country(Enum):
    """Whose way to write dates and whose holidays."""

    UNITED_STATES = "united_states"
    UNITED_KINGDOM = "united_kingdom"


def country_of(document: Document) -> Country | None:
    """Whose habits a document follows; null where nothing settles it, or two signs gainsay each other."""
    text = document.text[:_REACH]
    return _by_slashes(text) or _by_publisher(document) or _by_dateline(text) or _by_style(text)


def _by_slashes(text: str) -> Country | None:
    """By dates such as 25/12/2024, which only one order allows."""
    pairs = [(int(hit[1]), int(hit[2])) for hit in _SLASHED.finditer(text)]
    day_first = any(first > 12 >= second for first, second in pairs)
    month_first = any(second > 12 >= first for first, second in pairs)
    return _one(month_first, day_first)


def _by_publisher(document: Document) -> Country | None:
    name = (document.publisher or "").casefold().strip().removeprefix("www.")
    address = re.match(r"(?:\w+://)?([^/?#]+)", document.url or (name if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name) else ""))
    host = address[1].casefold() if address else ""
    known = {country: name in _signs(country)["publishers"] or host.endswith(tuple(_signs(country)["domains"])) for country in Country}
    return _one(known[Country.UNITED_STATES], known[Country.UNITED_KINGDOM])


def _by_dateline(text: str) -> Country | None:
    """By the agency behind the place: "LESK, Ohio (AP) -"."""
    agency = _AGENCY.search(text[:_START])
    known = {country: agency is not None and agency[1] in _signs(country)["agencies"] for country in Country}
    return _one(known[Country.UNITED_STATES], known[Country.UNITED_KINGDOM])


def _by_style(text: str) -> Country | None:
    """By the spelling and by dates written in words: one side must have three times the signs of the other."""
    american = len(set(_spellings(Country.UNITED_STATES).findall(text.lower()))) + bool(_AMERICAN_DATE.search(text))
    british = len(set(_spellings(Country.UNITED_KINGDOM).findall(text.lower()))) + bool(_DAY_FIRST.search(text))
    return _one(american > british * _CLEARLY, british > american * _CLEARLY)


def _one(american: bool, british: bool) -> Country | None:
    if american == british:
        return None
    return Country.UNITED_STATES if american else Country.UNITED_KINGDOM


def _signs(country: Country) -> dict[str, Any]:
    found: dict[str, Any] = lexicon("order")[country.value]
    return found


@cache
def _spellings(country: Country) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){one_of(_signs(country)['spellings'])}(?!\w)")
