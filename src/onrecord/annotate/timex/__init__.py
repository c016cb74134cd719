"""Document -> TimeExpression: dates, clock times, durations and repeated times, with their values (TIMEX3, ISO 24617-1)."""

from __future__ import annotations

import re

from onrecord.annotate.timex.calendar import day_of
from onrecord.annotate.timex.find import Found, candidates
from onrecord.annotate.timex.fold import folded
from onrecord.annotate.timex.narrative import settled
from onrecord.annotate.timex.reading import CREATION, NOT_A_DAY, Page, Place, Reading, Told
from onrecord.annotate.timex.value import read
from onrecord.data import Document, Span, TimeExpression

__all__ = ["time_expressions"]

# What a figure is compared with ("a year earlier") is not what the text goes on from.
_COMPARED = {"year_ago", "ago", "corresponding"}
_OPENING = {"weekday", "calendar", "day_start", "month", "month_year"}
_TO = re.compile(r" *(?:-+|to|through|until|till) *(?:the +)?")
_AND = re.compile(r",? +(?:and|or) +(?:on +)?(?:the +)?")
_BETWEEN = re.compile(r"\b(?:from|between) +(?:the +)?$")


def time_expressions(document: Document) -> tuple[TimeExpression, ...]:
    """The times that a text names, in order; what cannot be resolved has the value null and a reason."""
    page = Page(document, folded(document.text), day_of(document.creation_day))
    return tuple(_expression(document.text, one, reading) for one, reading in _readings(page))


def _readings(page: Page) -> list[tuple[Found, Reading]]:
    text, told = page.document.text, Told()
    found: list[tuple[Found, Reading]] = []
    for one in candidates(text, page.small):
        reading = read(one.rule, Place(page, one.start, one.end, told, _since(page, found, one)))
        if reading is None:
            continue
        said = text[one.start : one.end]
        if found and found[-1][1].ahead is not None:
            first, waiting = found[-1]
            found[-1] = first, settled(waiting, reading, page.small[first.end : one.start], said)
        found.append((one, reading))
        if not _is_beside_the_story(page.small, found):
            told = told.then(reading, said, one.start)
    return found


def _is_beside_the_story(small: str, found: list[tuple[Found, Reading]]) -> bool:
    """Whether the text does not go on from the last date: a figure is compared with it, or it says when the quarter before it ended."""
    one, reading = found[-1]
    if one.rule in _COMPARED or (one.rule == "passing" and reading.anchor != CREATION and "-Q" in (reading.value or "")):
        return True
    before = found[-2][0] if len(found) > 1 else None
    return before is not None and before.rule == "quarter_ended" and len(small[before.end : one.start]) < len(" that ended on the ")


def _since(page: Page, found: list[tuple[Found, Reading]], one: Found) -> str | None:
    """Where the expression is the second end of a range ("from Monday to Wednesday"), the value of the first."""
    if not found or found[-1][0].rule not in _OPENING:
        return None
    first, reading = found[-1]
    between = page.small[first.end : one.start]
    if _TO.fullmatch(between) is not None:
        return reading.value
    if _AND.fullmatch(between) is None or reading.value is None:
        return None
    opened = _BETWEEN.search(page.small[max(0, first.start - 16) : first.start]) is not None
    to_come = first.rule == "weekday" and page.today is not None and reading.value > page.today.isoformat()
    return reading.value if opened or to_come else None


def _expression(text: str, found: Found, reading: Reading) -> TimeExpression:
    end = found.end
    while end > found.start + 1 and text[end - 1].isspace():
        end -= 1
    reason = reading.reason or (None if reading.value else NOT_A_DAY)
    return TimeExpression(Span(found.start, end), reading.type, reading.value, reading.anchor, reading.mod, reason)
