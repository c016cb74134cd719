"""Rules that name a time of a day: clock times with their zones, mornings and nights."""

from __future__ import annotations

import re
from datetime import date

from onrecord.annotate.timex.calendar import day_of, nth_weekday, shifted
from onrecord.annotate.timex.days import calendar, relative, weekday
from onrecord.annotate.timex.patterns import rule
from onrecord.annotate.timex.reading import (
    CREATION,
    NO_ANCHOR,
    UNDATED,
    Ahead,
    Place,
    Reading,
    day_counted,
    mod_of,
    part_of_day,
    unclear,
)
from onrecord.annotate.timex.tense import Tense
from onrecord.annotate.timex.words import number, words
from onrecord.data import TimeType

_NO_HALF = "the text does not tell whether it is morning or evening"
_NAMED = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}
_NOT_A_NIGHT = re.compile(
    r" +(?:loans?|rates?|lows?|call|success|sensation|deliver\w+|stays?|trips?|flights?|ferr\w+|trains?"
    r"|bus\w*|bags?|shelters?|camps?|parking|curfews?|shifts?|index)\b"
)


def stamp(match: re.Match[str], place: Place) -> Reading:
    """ "21.05" in front of a paragraph of a live report: that time on the day of the report."""
    return _at(day_counted(place.today, place), f"T{match['hour']}:{match['minute']}")


def part(match: re.Match[str], place: Place) -> Reading | None:
    """ "Thursday night", "this morning", "tonight", "yesterday afternoon", "the next morning"."""
    if match["part"]:
        day = weekday_or_calendar(match, place)
        return day and _at(day, part_of_day(match["part"]))
    if match["turned"]:
        return _part_of(match, place)
    if match["tonight"]:
        return _tonight(match["tonight"], place)
    if match["last"]:
        return _last_part(match["last"], part_of_day(match["part_alone"]), place)
    word = match["part_other"] or (match["prior"] or "").split()[-1]
    step_words = match["other"] or match.group()
    days = -1 if re.search("previous|before", step_words) else 0 if re.search("later|same", step_words) else 1
    if place.near.day is None and place.told:
        return unclear(NO_ANCHOR, None, TimeType.TIME)
    return _at(_day_told(place, days), part_of_day(word))


def _part_of(match: re.Match[str], place: Place) -> Reading | None:
    """ "late morning Thursday", "afternoon yesterday"."""
    at = match.start("turned_day")
    if (named := rule("calendar").match(place.text, at, place.end)) is not None:
        day = calendar(named, place)
    else:
        named = rule("weekday").match(place.text, at, place.end)
        day = weekday(named, place) if named else None
    return day and _at(day, part_of_day(match["turned"]))


def _tonight(word: str, place: Place) -> Reading | None:
    """ "tonight"; "overnight" of what is past is the night that led to the day of the paper."""
    if word == "overnight" and _NOT_A_NIGHT.match(place.after()):
        return None
    back = word == "overnight" and place.tense is not Tense.FUTURE
    return _at(day_counted(shifted(place.today, -back) if place.today else None, place), "TNI")


def _last_part(which: str, part_code: str, place: Place) -> Reading:
    if which == "that" and place.story.day is not None:
        return _at(_day_told(place, 0), part_code)
    back = which == "last"
    return _at(day_counted(shifted(place.today, -back) if place.today else None, place), part_code)


def _day_told(place: Place, days: int) -> Reading:
    """The day told last, so many days on; the day of the paper where the text has told none."""
    base, words_of = (place.story.day, place.story.day_words) if place.story.day else (place.today, CREATION)
    moved = shifted(base, days) if base else None
    return Reading(TimeType.DATE, moved.isoformat() if moved else None, words_of, None, None if moved else NO_ANCHOR)


def weekday_or_calendar(match: re.Match[str], place: Place) -> Reading | None:
    """The day that stands beside a clock time or a part of the day."""
    if match["weekday"] and not (match["month"] or match["month_after"]):
        return weekday(match, place)
    if match["relative"]:
        return relative(match, place)
    return calendar(match, place)


def _at(day: Reading, time: str) -> Reading:
    return day._replace(type=TimeType.TIME, value=f"{day.value[:10]}{time}" if day.value and day_of(day.value) else None)


def clock(match: re.Match[str], place: Place) -> Reading | None:
    """ "5 p.m. ET", "noon Thursday", "17:30"."""
    time = _time_of(match)
    if time is None:
        return None
    if match["weekday"] or match["relative"]:
        day = weekday_or_calendar(match, place)
    elif match["calendar"]:
        day = calendar(match, place, "c_")
    else:
        day = _on(place)._replace(ahead=Ahead("T", 0))
    return _zoned(_at(day, time), match["zone"])._replace(mod=mod_of(match)) if day else None


def _on(place: Place) -> Reading:
    """The day of a clock time that stands alone: the day told last, else that of the paper."""
    if place.story.day is None and place.today is None:
        return unclear(UNDATED)
    return _day_told(place, 0)


def _time_of(match: re.Match[str]) -> str | None:
    if match["named"]:
        return _NAMED[match["named"]]
    if match["hour24"]:
        return f"T{int(match['hour24']):02d}:{match['minute24']}"
    return _half_day(int(match["hour"]), (match["minute"] or ":00")[1:], match["half"][0])


def _half_day(hour: int, minute: str, half: str) -> str | None:
    if not 1 <= hour <= 12:
        return None
    return f"T{hour % 12 + (12 if half == 'p' else 0):02d}:{minute}"


def spelt_clock(match: re.Match[str], place: Place) -> Reading | None:
    """ "six o'clock in the evening", "half past nine on Thursday night"; without the part of the day it stays unclear."""
    day = (weekday(match, place) if match["weekday"] else relative(match, place) if match["relative"] else None) or _on(place)
    named = match["minutes"] or ""
    if named and not re.search("half|quarter", named) and not (match["part"] or match["night"] or re.search(r"\bat +$", place.before())):
        return None
    half = match["part"] or match["night"] or match["day_part"]
    if half is None and (beside := re.match(r" +(?:in the |this |that |yesterday )?(morning|afternoon|evening|night)\b", place.after())):
        half = beside[1]
    hour = int(number(match["hour"] or match["oclock"] or match["alone"]) or 0)
    if half is None:
        return unclear(_NO_HALF, mod_of(match), TimeType.TIME)
    minutes = 30 if "half" in named else 15 if "quarter" in named else int(number(named.split()[0]) or 0) if named else 0
    late = half in ("afternoon", "evening") or (half == "night" and hour >= 6 and hour != 12)
    total = (hour % 12 + (12 if late else 0)) * 60 + (minutes if match["way"] != "to" else -minutes)
    return _at(day, f"T{total // 60 % 24:02d}:{total % 60:02d}")._replace(mod=mod_of(match))


def hundred_hours(match: re.Match[str], place: Place) -> Reading:
    """ "1500 GMT", "0900 hours"."""
    return _zoned(_at(_on(place), f"T{match['hour']}:{match['minute']}"), match["zone"])._replace(mod=mod_of(match), ahead=Ahead("T", 0))


def clock_start(match: re.Match[str], place: Place) -> Reading | None:
    """ "9" of "9-11 a.m.", "11" of "from 11 to 1 p.m."."""
    end = re.match(r" *(?:-|to|and|or) *(\d+)(?:[:.]\d\d)? *([ap])", place.after())
    if end is None:
        return None
    first, last, half = int(match["hour"]), int(end[1]), end[2]
    if first % 12 > last % 12:
        half = "a" if half == "p" else "p"
    time = _half_day(first, match["minute"] or "00", half)
    return _at(_on(place), time)._replace(ahead=Ahead("T", 0)) if time and 1 <= last <= 12 else None


def _zoned(reading: Reading, zone: str | None) -> Reading:
    """The time with the difference of its zone from UTC behind it, as ISO 8601 writes it: "T17:00-05:00"."""
    differs: str = words("zones")[" ".join(zone.split())] if zone else ""
    if not differs or not reading.value or (day := day_of(reading.value)) is None or "T24" in reading.value:
        return reading
    offset, _, keeps = differs.partition(" ")
    hours = int(offset[:3]) if offset != "Z" else 0
    if keeps and _summer_time(day, keeps):
        offset = f"{hours + 1:+03d}:00"
    return reading._replace(value=f"{reading.value}{offset}")


def _summer_time(day: date, keeps: str) -> bool:
    """Whether America (since 2007, Energy Policy Act) or Britain (since 1996) keeps summer time on a day."""
    if keeps == "UK":
        return nth_weekday(day.year, 3, -1, 7) <= day < nth_weekday(day.year, 10, -1, 7)
    if day.year >= 2007:
        return nth_weekday(day.year, 3, 2, 7) <= day < nth_weekday(day.year, 11, 1, 7)
    return nth_weekday(day.year, 4, 1, 7) <= day < nth_weekday(day.year, 10, -1, 7)
