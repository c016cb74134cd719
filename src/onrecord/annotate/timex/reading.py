"""What a rule makes of its words, and what it may look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from onrecord.annotate.timex.tense import Tense, tense_around
from onrecord.annotate.timex.words import modifiers, words
from onrecord.data import TimeType

UNDATED = "the document has no creation time"
NO_ANCHOR = "no earlier date in the text to count from"
NOT_A_DAY = "the calendar has no such day"
CREATION = "creation_time"


class Reading(NamedTuple):
    """A TIMEX3 without its span."""

    type: TimeType
    value: str | None
    anchor: str | None = None
    mod: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: the folded text, its ends, the day of the paper and the date told last before it."""

    text: str
    start: int
    end: int
    today: date | None
    told: str | None = None
    told_words: str | None = None

    @property
    def tense(self) -> Tense:
        """The tense of the nearest verb."""
        return tense_around(self.text, self.start, self.end)

    def before(self, length: int = 24) -> str:
        """The characters before the expression."""
        return self.text[max(0, self.start - length) : self.start]

    def after(self, length: int = 24) -> str:
        """The characters after the expression."""
        return self.text[self.end : self.end + length]


def fixed(value: str | None, mod: str | None = None) -> Reading:
    """A date that the words give in full."""
    return Reading(TimeType.DATE, value, None, mod, None if value else NOT_A_DAY)


def counted(value: str | None, place: Place, mod: str | None = None) -> Reading:
    """A date counted from the day of the paper."""
    if place.today is None:
        return Reading(TimeType.DATE, None, None, mod, UNDATED)
    return Reading(TimeType.DATE, value, CREATION, mod, None if value else NOT_A_DAY)


def mod_of(match: re.Match[str]) -> str | None:
    """The TIMEX3 `mod` of the word in the group `about`."""
    return modifiers().get(" ".join((match["about"] or "").split()))


def part_of_day(word: str) -> str:
    """ "TMO" of "mornings"."""
    found: str = words("parts_of_day")[word.strip().removesuffix("s")]
    return found


def unit_letter(word: str) -> str:
    """ "Y" of "years"."""
    single = "century" if word == "centuries" else word.removesuffix("s")
    found: str = words("units")[single]
    return found


def weekday_number(word: str) -> int:
    """1 of "Monday" or "mon."."""
    found: int = words("weekdays")[word.rstrip(".")]
    return found


def month_number(word: str) -> int:
    """9 of "Sept."."""
    found: int = words("months")[word.rstrip(".")]
    return found
