"""What a rule makes of its words, and what it may look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from onrecord.annotate.timex.calendar import day_of
from onrecord.annotate.timex.order import Country, country_of
from onrecord.annotate.timex.tense import Tense, tense_around
from onrecord.annotate.timex.words import modifiers, words
from onrecord.data import Document, TimeType

UNDATED = "the document has no creation time"
NO_ANCHOR = "no earlier date in the text to count from"
NOT_A_DAY = "the calendar has no such day"
CREATION = "creation_time"
_MEMORY = 400
_DATED = re.compile(r"\d{4}(?:-|$)")


class Ahead(NamedTuple):
    """What the very next expression settles: so many days, weeks, months or years from the day that it names ("the day after Easter").

    The unit "T" is a clock time whose day it names ("9 p.m. last night"), "IN W" and "IN WE" are the week around it.
    """

    unit: str
    steps: int


class Reading(NamedTuple):
    """A TIMEX3 without its span; `ahead` where the next expression settles the value."""

    type: TimeType
    value: str | None
    anchor: str | None = None
    mod: str | None = None
    reason: str | None = None
    ahead: Ahead | None = None


class Told(NamedTuple):
    """The date and the day that the text has named last, with their words."""

    value: str | None = None
    words: str | None = None
    day: date | None = None
    day_words: str | None = None
    day_at: int = 0

    def at(self, start: int) -> Told:
        """What is remembered at a place: the day is lost where a month or a year was told since and the day stands far before."""
        lost = day_of(self.value) is None and start - self.day_at > _MEMORY
        return self._replace(day=None, day_words=None) if lost else self

    def then(self, reading: Reading, said: str, at: int) -> Told:
        """What is told after one more expression."""
        if reading.type not in (TimeType.DATE, TimeType.TIME) or not reading.value or not _DATED.match(reading.value):
            return self
        day = day_of(reading.value)
        if day is None:
            return self._replace(value=reading.value, words=said)
        return Told(reading.value, said, day, said, at)


@dataclass(frozen=True)
class Page:
    """The document, its folded text and the day of the paper."""

    document: Document
    small: str
    today: date | None

    @cached_property
    def country(self) -> Country | None:
        """Whose habits the page follows; null where that is not plain."""
        return country_of(self.document)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands, what was told before it, and in a range ("from May 3 to 5") the day or month that it starts with."""

    page: Page
    start: int
    end: int
    story: Told
    since: str | None = None

    @property
    def text(self) -> str:
        """The folded text."""
        return self.page.small

    @property
    def today(self) -> date | None:
        """The day of the paper."""
        return self.page.today

    @property
    def told(self) -> str | None:
        """The value told last, at its own precision."""
        return self.story.value

    @property
    def told_words(self) -> str | None:
        """The words of the value told last."""
        return self.story.words

    @property
    def near(self) -> Told:
        """What was told not far before: "the next day" counts from nothing that a reader has forgotten."""
        return self.story.at(self.start)

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


def day_counted(day: date | None, place: Place, mod: str | None = None) -> Reading:
    """A day counted from the day of the paper."""
    return counted(day.isoformat() if day else None, place, mod)


def unclear(reason: str, mod: str | None = None, kind: TimeType = TimeType.DATE) -> Reading:
    """An expression without a value, and why."""
    return Reading(kind, None, None, mod, reason)


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
