"""Document -> TimeExpression: dates, clock times, durations and repeated times, with their values (TIMEX3, ISO 24617-1)."""

from __future__ import annotations

import re
from datetime import date

from onrecord.annotate.timex.calendar import day_of
from onrecord.annotate.timex.find import candidates
from onrecord.annotate.timex.fold import folded
from onrecord.annotate.timex.reading import Place, Reading
from onrecord.annotate.timex.value import read
from onrecord.data import Document, Span, TimeExpression, TimeType

__all__ = ["time_expressions"]

# What a figure is compared with ("a year earlier") is not what the text goes on from.
_COMPARED = {"year_ago", "ago"}
_DATED = re.compile(r"\d{4}(?:-|$)")


def time_expressions(document: Document) -> tuple[TimeExpression, ...]:
    """The times that a text names, in order; what cannot be resolved has the value null and a reason."""
    text = document.text
    small = folded(text)
    today: date | None = day_of(document.creation_day)
    told: str | None = None
    told_words: str | None = None
    found = []
    for rule, start, end in candidates(text, small):
        reading = read(rule, Place(small, start, end, today, told, told_words))
        if reading is None:
            continue
        found.append(_expression(text, start, end, reading))
        if rule not in _COMPARED and reading.type in (TimeType.DATE, TimeType.TIME) and reading.value and _DATED.match(reading.value):
            told, told_words = reading.value, text[start:end]
    return tuple(found)


def _expression(text: str, start: int, end: int, reading: Reading) -> TimeExpression:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return TimeExpression(Span(start, end), reading.type, reading.value, reading.anchor, reading.mod, reading.reason)
