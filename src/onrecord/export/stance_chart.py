"""Who said what when -> a picture (SVG): a row a speaker, a mark a statement, at its day. Drawn by leather, styled by its page."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import leather

_WIDTH, _HEAD, _ROW = 760, 110, 40  # user units
_LONGEST_NAME = 22
_PLOT, _LABEL = 480, 110  # how wide the part with the marks is at least, and the name of a day with the space around it
_SIZE = 6
_APART = (0, -12, 12)  # what a speaker said on one day stands one above the other
_PATHS = {  # around 0,0
    "on": f"M {-_SIZE} 0 A {_SIZE} {_SIZE} 0 1 0 {_SIZE} 0 A {_SIZE} {_SIZE} 0 1 0 {-_SIZE} 0 Z",
    "off": f"M {-_SIZE} {-_SIZE} L {_SIZE} {_SIZE} M {_SIZE} {-_SIZE} L {-_SIZE} {_SIZE}",
    "other": f"M 0 {-_SIZE} L {_SIZE} 0 L 0 {_SIZE} L {-_SIZE} 0 Z",
}


class Side(StrEnum):
    """What a statement does with a course: keeps it on the table, takes it off, or neither."""

    ON = "on"
    OFF = "off"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement: whose, when, on which side, and what the picture tells who points at it."""

    speaker: str
    day: date
    side: Side
    told: str


class _Even(leather.Scale):  # type: ignore[misc]  # the library has no types
    """From a first number to a last one, evenly; the library's own scales are widened to round numbers."""

    def __init__(self, first: float, last: float) -> None:
        self._first, self._last = first, last

    def contains(self, value: float) -> bool:
        return self._first <= value <= self._last

    def project(self, value: float, low: float, high: float) -> float:
        return float(low) + (float(high) - float(low)) * (value - self._first) / (self._last - self._first)


class _Marks(leather.Shape):  # type: ignore[misc]  # the library has no types
    """Marks that differ in form, so that nobody needs the colours."""

    def validate_series(self, series: Any) -> bool:  # noqa: ARG002
        return True

    def to_svg(self, width: Any, height: Any, x_scale: Any, y_scale: Any, series: Any, palette: Any) -> ET.Element:  # noqa: ARG002
        group, before = ET.Element("g"), Counter[tuple[Any, Any]]()
        for one in series.data():
            x, y = x_scale.project(one.x, 0, width), y_scale.project(one.y, height, 0)
            y += _APART[before[one.x, one.y] % len(_APART)]
            before[one.x, one.y] += 1
            mark = one.row[2]
            path = ET.SubElement(group, "path", {"class": f"mark {mark.side}", "d": _PATHS[mark.side], "transform": f"translate({x} {y})"})
            ET.SubElement(path, "title").text = mark.told
        return group


def stance_chart(marks: Sequence[Mark], label: str) -> str:
    """The picture as an `svg` element; empty without marks. `label` says what it shows to who cannot see it."""
    if not marks:
        return ""
    names = list(dict.fromkeys(mark.speaker for mark in marks))
    height = _HEAD + _ROW * len(names)
    rows = [(mark.day.toordinal(), len(names) - names.index(mark.speaker), mark) for mark in marks]
    days = sorted({mark.day for mark in marks})
    chart = leather.Chart()
    chart.add_series(leather.Series(rows), _Marks())
    chart.set_x_scale(_Even(days[0].toordinal() - 1, days[-1].toordinal() + 1))
    chart.add_x_axis(ticks=_ticks(days), tick_formatter=lambda day, _index, _count: date.fromordinal(day).isoformat())
    chart.set_y_scale(_Even(0.5, len(names) + 0.5))
    chart.add_y_axis(ticks=list(range(1, len(names) + 1)), tick_formatter=lambda place, _index, _count: _short(names[-place]))
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_WIDTH} {height}", "class": "chart"})
    root.attrib |= {"role": "img", "aria-label": label}
    root.append(chart.to_svg_group(_WIDTH, height))
    return ET.tostring(root, encoding="unicode")


def _ticks(days: Sequence[date]) -> list[int]:
    """Days from the first on, as far apart as their names are long."""
    first, last = days[0].toordinal(), days[-1].toordinal()
    return list(range(first, last + 1, max(1, math.ceil(_LABEL * (last - first + 2) / _PLOT))))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
