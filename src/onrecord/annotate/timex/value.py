"""From a rule's name to the function that reads its words."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.annotate.timex import days, lengths, periods
from onrecord.annotate.timex.patterns import rule
from onrecord.annotate.timex.reading import Place, Reading

READERS: dict[str, Callable[[re.Match[str], Place], Reading | None]] = {
    "iso": days.iso,
    "slashed": days.slashed,
    "stamp": days.stamp,
    "nine_eleven": days.nine_eleven,
    "clock": days.clock,
    "part_of_day": days.part,
    "calendar": days.calendar,
    "month_year": periods.month_year,
    "weekday": days.weekday,
    "relative_day": days.relative_day,
    "season": periods.season,
    "quarter": periods.quarter,
    "year_ago": periods.year_ago,
    "fiscal": periods.fiscal,
    "decade": periods.decade,
    "century": periods.century,
    "ago": lengths.ago,
    "every": lengths.every,
    "weekdays": lengths.weekdays,
    "times_a": lengths.times_a,
    "past_span": lengths.past_span,
    "passing": periods.passing,
    "plural_span": lengths.plural_span,
    "year_end": periods.year_end,
    "the_unit": periods.the_unit,
    "holiday": days.holiday_day,
    "election_day": days.election_day,
    "month": periods.month,
    "spelt_year": periods.spelt_year,
    "year": periods.year,
    "short_year": periods.short_year,
    "length": lengths.length,
    "plural": lengths.plural,
    "set_word": lengths.set_word,
    "reference": lengths.reference,
}


def read(name: str, place: Place) -> Reading | None:
    """The type and value of the words at a place that the rule `name` has found; null if they are no time after all."""
    match = rule(name).match(place.text, place.start)
    if match is None or match.end() != place.end:
        match = rule(name).fullmatch(place.text, place.start, place.end)
    return READERS[name](match, place) if match else None
