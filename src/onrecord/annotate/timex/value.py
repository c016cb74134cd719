"""From a rule's name to the function that reads its words."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.annotate.timex import clocks, days, holidays, lengths, narrative, periods, quarters, years
from onrecord.annotate.timex.patterns import rule
from onrecord.annotate.timex.reading import Place, Reading

READERS: dict[str, Callable[[re.Match[str], Place], Reading | None]] = {
    "iso": days.iso,
    "slashed": days.slashed,
    "stamp": clocks.stamp,
    "spelt_clock": clocks.spelt_clock,
    "hundred_hours": clocks.hundred_hours,
    "clock_start": clocks.clock_start,
    "day_start": days.day_start,
    "clock": clocks.clock,
    "part_of_day": clocks.part,
    "calendar": days.calendar,
    "month_year": periods.month_year,
    "weekday_week": days.weekday_week,
    "weeks_from": days.weeks_from,
    "before_last": periods.before_last,
    "nth_weekday": days.nth_weekday_of,
    "day_of_month": days.day_of_month,
    "weekday": days.weekday,
    "relative_day": narrative.relative_day,
    "in_the": periods.in_the,
    "season": periods.season,
    "half_of": quarters.half_of,
    "quarter_ended": quarters.quarter_ended,
    "corresponding": quarters.corresponding,
    "quarter": quarters.quarter,
    "year_ago": quarters.year_ago,
    "fiscal": years.fiscal,
    "decade": years.decade,
    "century": years.century,
    "beside": narrative.beside,
    "ago": narrative.ago,
    "every": lengths.every,
    "weekends": lengths.weekends,
    "weekdays": lengths.weekdays,
    "times_a": lengths.times_a,
    "past_span": lengths.past_span,
    "passing": periods.passing,
    "plural_span": lengths.plural_span,
    "year_end": periods.year_end,
    "whole_year": quarters.whole_year,
    "for_the": periods.for_the,
    "the_unit": periods.the_unit,
    "week_of": narrative.week_of,
    "vague_later": narrative.vague_later,
    "beside_event": narrative.beside_event,
    "new_year": periods.new_year,
    "holiday": holidays.holiday_day,
    "month": periods.month,
    "spelt_year": years.spelt_year,
    "year": years.year,
    "short_year": years.short_year,
    "quarter_century": lengths.quarter_century,
    "lasting": lengths.lasting,
    "length": lengths.length,
    "plural": lengths.plural,
    "set_word": lengths.set_word,
    "reference": lengths.reference,
    "range_day": days.range_day,
    "range_year": years.range_year,
}


def read(name: str, place: Place) -> Reading | None:
    """The type and value of the words at a place that the rule `name` has found; null if they are no time after all."""
    match = rule(name).match(place.text, place.start)
    if match is None or match.end() != place.end:
        match = rule(name).fullmatch(place.text, place.start, place.end)
    return READERS[name](match, place) if match else None
