"""Walking a text from one expression to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.annotate.header import header_end
from onrecord.annotate.timex.names import is_name
from onrecord.annotate.timex.patterns import beginnings, cores, grammar, rule

_REACH = 48
_DASHED = {"calendar", "month", "month_year", "weekday", "year", "decade", "clock", "clock_start", "day_start", "part_of_day", "season"}
_DASH = re.compile(r" ?-+ ?")
_STOPS = r"(?=[.,;:)]|$|\n|,? +(?:\d{4}|in|at|for|with|by|of|on|as|but|when|after|before|during|to|and|were|was|are|will)\b)"
_TO_DAY = re.compile(
    rf" ?-+ ?(?=[0-3]?\d)|(?:,| +(?:to|and|or|through|until)) +(?:the +)?(?=[0-3]?\d(?:st|nd|rd|th)?(?:,? +\d{{4}}\b|{_STOPS}))"
)
_TO_YEAR = re.compile(r" ?[-/] ?(?=\d\d(?!\d))")


class Found(NamedTuple):
    """A rule's name and the ends of its words."""

    rule: str
    start: int
    end: int


def candidates(text: str, small: str) -> Iterator[Found]:
    """Every place where a rule matches, left to right, none on another; `small` is the folded text."""
    done = header_end(text)
    for core in cores().finditer(small, done):
        for at in _beginnings_for(small, core, done):
            found = _found_at(small, at, core) if at >= done else None
            done = max(done, at + 1)
            while found is not None:
                done = found.end
                if not is_name(text, found.start, found.end, found.rule):
                    yield found
                found = _second(small, found)


def _beginnings_for(small: str, core: re.Match[str], done: int) -> Iterator[int]:
    """Where an expression that holds the core may begin: on its line, not far before it, and not where one was sought already."""
    near = max(0, core.start() - _REACH)
    line = small.rfind("\n", near, core.start()) + 1
    for hit in beginnings().finditer(small, max(done, near, line), core.end()):
        if hit.start() <= core.start():
            yield hit.start()


def _found_at(small: str, at: int, core: re.Match[str]) -> Found | None:
    hit = grammar().match(small, at, core.end() + 2 * _REACH)
    return Found(str(hit.lastgroup), at, hit.end()) if hit else None


def _second(small: str, first: Found) -> Found | None:
    """The second end of a range that stands right behind the first: "May 3-5", "2011-14", "Monday-Friday"."""
    if first.rule in ("calendar", "range_day") and (link := _TO_DAY.match(small, first.end)) is not None:
        return _found("range_day", small, link.end())
    if first.rule == "year" and (link := _TO_YEAR.match(small, first.end)) is not None:
        return _found("range_year", small, link.end())
    if first.rule in _DASHED and (link := _DASH.match(small, first.end)) is not None:
        hit = grammar().match(small, link.end(), link.end() + 2 * _REACH)
        return Found(str(hit.lastgroup), hit.start(), hit.end()) if hit is not None and hit.lastgroup in _DASHED else None
    return None


def _found(name: str, small: str, at: int) -> Found | None:
    hit = rule(name).match(small, at)
    return Found(name, hit.start(), hit.end()) if hit else None
