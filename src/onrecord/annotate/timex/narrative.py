"""Rules that count from what the text has told, or from the day that the next words name: "the next day", "two days before Easter"."""

from __future__ import annotations

import re

from onrecord.annotate.timex.calendar import day_of, shifted, unit_shifted
from onrecord.annotate.timex.lengths import duration
from onrecord.annotate.timex.quarters import same_time_a_year_before
from onrecord.annotate.timex.reading import NO_ANCHOR, Ahead, Place, Reading, Told, counted, day_counted, mod_of, unclear, unit_letter
from onrecord.annotate.timex.words import number
from onrecord.data import TimeType

_EVENT = "counted from an event that the text does not date here"
_CLAUSE_STARTS = re.compile(r"(?:^|[.,;:!?\n\"“(-] *|\bjust +|\bonly +|\bbut +|\band +)$")
_FINER = "finer than the creation time"
_BETWEEN = re.compile(r" +(?:of +|beginning +|starting +|commencing +|ending +)?(?:on +)?(?:the +)?")
_SAME_DAY = re.compile(r",?(?: +on)? +|(?: ?-+ ?| +(?:to|and|until|till|or) +)")
_APART = re.compile(r", +(?:on +)?$")
_GOES_ON = re.compile(r" +(?!(?:and|but|or|in|at|on|when|as|is|was|had|(?:he|she|they|it|we|i) +had)\b)[\w'\"]")


def relative_day(match: re.Match[str], place: Place) -> Reading | None:
    """ "the day before", "the next day", "that day", "the eve of": counted from the day told last, or from what follows."""
    step = match["step"]
    if "day before yesterday" in step or "day after tomorrow" in step:
        return day_counted(shifted(place.today, -2 if "before" in step else 2) if place.today else None, place)
    days = -1 if re.search("before|previous|earlier|eve", step) else 1 if re.search("next|following|after", step) else 0
    if "eve" in step or (re.search("day (?:before|after)", step) and _GOES_ON.match(place.after())):
        if _APART.search(place.before()) and place.near.day is not None and _just_told(place):
            return Reading(TimeType.DATE, place.near.day.isoformat(), place.near.day_words)
        return unclear(_EVENT)._replace(ahead=Ahead("D", days))
    if place.near.day is None:
        return unclear(NO_ANCHOR)
    moved = shifted(place.near.day, days)
    return Reading(TimeType.DATE, moved.isoformat() if moved else None, place.near.day_words)


def _just_told(place: Place) -> bool:
    """Whether the words told last stand right in front: "Nov. 3, the day before the vote"."""
    said = " ".join((place.near.day_words or "").lower().replace("’", "'").split())
    return bool(said) and " ".join(_APART.sub("", place.before(60)).split()).endswith(said)


def beside(match: re.Match[str], _place: Place) -> Reading:
    """ "two days after" what follows: a day if a day follows, else the length alone, since an event is no date."""
    amount, unit = number(match["number"]), unit_letter(match["unit"])
    length = Reading(TimeType.DURATION, duration(amount, unit, match["unit"]), None, mod_of(match))
    if amount is None or amount != int(amount) or unit not in ("D", "W", "M", "Y"):
        return length
    count = int(amount) * (2 if match["unit"].startswith("fortnight") else 1)
    return length._replace(ahead=Ahead(unit, count if match["way"] == "after" else -count))


def beside_event(match: re.Match[str], place: Place) -> Reading | None:
    """ "the weeks before" an event; at the start of a clause "weeks before" it is a length."""
    if match["the"]:
        return unclear(_EVENT)
    if _CLAUSE_STARTS.search(place.before()) is None:
        return None
    return Reading(TimeType.DURATION, duration(None, unit_letter(match["unit"]), match["unit"]))


def vague_later(match: re.Match[str], place: Place) -> Reading:
    """ "days later"."""
    return _vague("later", unit_letter(match["unit"]), match["unit"], place.near, None)


def week_of(match: re.Match[str], _place: Place) -> Reading:
    """ "the week of" a day that follows."""
    return unclear(_EVENT)._replace(ahead=Ahead("IN WE" if match["unit"] == "weekend" else "IN W", 0))


def settled(waiting: Reading, following: Reading, between: str, said: str) -> Reading:
    """A reading that waited for the next expression, once that has been read; itself where the two do not belong together."""
    day = day_of(following.value) if following.type in (TimeType.DATE, TimeType.TIME) else None
    alone = waiting._replace(ahead=None)
    if waiting.ahead is None or day is None:
        return alone
    unit, steps = waiting.ahead
    if unit == "T":
        names_the_day = following.ahead is None and _SAME_DAY.fullmatch(between) is not None
        return alone._replace(value=f"{day.isoformat()}{(waiting.value or '')[10:]}", anchor=following.anchor) if names_the_day else alone
    if _BETWEEN.fullmatch(between) is None:
        return alone
    moved = shifted(day, steps * (7 if unit == "W" else 1)) if unit in "DW" else None
    value = moved.isoformat() if moved else unit_shifted(day, unit.removeprefix("IN "), steps)
    return Reading(TimeType.DATE, value, said, waiting.mod)


def ago(match: re.Match[str], place: Place) -> Reading:
    """ "two days ago", "a year earlier", "three weeks later", "five years from now"."""
    amount, unit, way = number(match["number"]), unit_letter(match["unit"]), match["way"]
    mod = mod_of(match)
    if match["unit"].startswith(("minute", "hour", "second")):
        return unclear(_FINER, mod, TimeType.TIME)
    if amount is None:
        return _vague(way, unit, match["unit"], place.near, mod)
    count = round(amount * (2 if match["unit"].startswith("fortnight") else 1))
    if way in ("ago", "from now", "hence"):
        if amount == 1 and unit == "Y" and way == "ago" and re.fullmatch(r"\d{4}-Q\d", place.told or ""):
            return Reading(TimeType.DATE, same_time_a_year_before(place), place.told_words)
        moved = unit_shifted(place.today, unit, count if way != "ago" else -count) if place.today else None
        return counted(moved, place, mod)
    return _told_ago(place, unit, count if re.match("later|after", way) else -count, mod)


def _vague(way: str, unit: str, word: str, story: Told, mod: str | None) -> Reading:
    """ "several years ago" looks back and "a few weeks from now" ahead; "a few days later" is a length from what was told."""
    if way in ("ago", "from now", "hence"):
        return Reading(TimeType.DATE, "PAST_REF" if way == "ago" else "FUTURE_REF", None, mod)
    return Reading(TimeType.DURATION, duration(None, unit, word), story.day_words, mod)


def _told_ago(place: Place, unit: str, count: int, mod: str | None) -> Reading:
    told = place.told or ""
    if unit == "Y" and re.match(r"\d{4}", told):
        rest = told[4:] if "Q" in told else ""
        year = int(told[:4]) + count
        return Reading(TimeType.DATE, f"{year:04d}{rest}" if 0 < year < 10000 else None, place.told_words, mod)
    if unit == "M" and (month := day_of(f"{told[:7]}-01")) is not None:
        return Reading(TimeType.DATE, unit_shifted(month, unit, count), place.told_words, mod)
    if place.near.day is not None:
        return Reading(TimeType.DATE, unit_shifted(place.near.day, unit, count), place.near.day_words, mod)
    if place.today is None or told:
        return unclear(NO_ANCHOR, mod)
    return counted(unit_shifted(place.today, unit, count), place, mod)
