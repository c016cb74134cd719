"""Names in a row and arrows between them -> where each stands: names one below the other, arrows swinging out at their right.

No two names, and no two labels of arrows, lie upon each other: an arrow swings out as far as it must for its label to be free.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from rich.cells import cell_len

from onrecord.export.pictures import short

LONGEST_NAME = 22
_ROW, _PART, _TOP, _EDGE = 46, 30, 4, 8  # heights of a row and of a heading, what is left free above, and at the other sides
_NAME, _SMALL, _LABEL = 8.2, 7.4, 7.8  # how wide a letter is at most, on average
_DOT, _PORT = 6, 7  # how large a dot is, and how far apart arrows leave it
_STEP, _TALL = 12, 21  # how much further an arrow swings that has to make way, and how high a label is
_NEAR = (8, 30)  # two arrows whose outermost points are nearer than this, across and down, look like one
_HEAD, _GAP, _LOOP = 8, 5, 5  # the head of an arrow, what lies between it and its label, and how much wider one to itself opens


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in the picture: the name, the key if there is one, what stands below the name; `part` is the heading it stands under."""

    name: str
    key: str | None
    told: str
    part: str = ""
    is_apart: bool = False

    @property
    def short(self) -> str:
        """The name, cut where it is long."""
        return short(self.name, LONGEST_NAME)


@dataclass(frozen=True, slots=True)
class Way:
    """An arrow from the one line to the other, by place, with its label."""

    source: int
    target: int
    label: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow as drawn: the paths (SVG) of its way and of its head, and where its label begins."""

    way: str
    head: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes in pixels: the heights of the lines, the arrows, headings as (height, words); dots stand at `left`."""

    width: int
    height: int
    left: int
    heights: tuple[int, ...]
    arrows: tuple[Arrow, ...]
    parts: tuple[tuple[int, str], ...]


def plan(lines: Sequence[Line], ways: Sequence[Way]) -> Plan:
    """Where everything stands."""
    heights, parts, below = _heights(lines)
    left = round(max((max(_NAME * cell_len(one.short), _SMALL * cell_len(one.told)) for one in lines), default=0)) + 2 * _DOT + _EDGE
    ports = _ports(ways, heights)
    depths = _depths(ways, ports)
    start = left + _DOT + 3
    arrows = tuple(_arrow(start, *ends, depth) for ends, depth in zip(ports, depths, strict=True))
    right = max((depth + _GAP + _wide(way.label) for way, depth in zip(ways, depths, strict=True)), default=0)
    return Plan(round(start + right + _EDGE), below, left, heights, arrows, parts)


def _heights(lines: Sequence[Line]) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...], int]:
    heights, parts, y, part = [], [], _TOP, ""
    for one in lines:
        if one.part != part:
            part = one.part
            parts.append((y + _PART - 12, part))
            y += _PART
        heights.append(y + _ROW // 2)
        y += _ROW
    return tuple(heights), tuple(parts), y + _EDGE


def _wide(label: str) -> float:
    return _LABEL * cell_len(label) + 4


def _depths(ways: Sequence[Way], ports: Sequence[tuple[float, float]]) -> list[float]:
    """How far each arrow swings out: short ways first, so that longer ones go round them."""
    depths = [0.0] * len(ways)
    taken: list[tuple[float, float, float]] = []
    for place in sorted(range(len(ways)), key=lambda one: (abs(ways[one].source - ways[one].target), one)):
        way, wide = ways[place], _wide(ways[place].label)
        y = sum(ports[place]) / 2
        least = 30 + 9 * abs(way.source - way.target)
        depths[place] = next(x for x in count(least, _STEP) if not any(_is_in_the_way((x, y, wide), other) for other in taken))
        taken.append((depths[place], y, wide))
    return depths


def _is_in_the_way(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether of two arrows, by outermost point and width of the label, the labels or the ways lie upon each other."""
    (x, y, wide), (x_other, y_other, wide_other) = one, other
    if abs(x - x_other) < _NEAR[0] and abs(y - y_other) < _NEAR[1]:
        return True
    return abs(y - y_other) < _TALL and x < x_other + _GAP + wide_other and x_other < x + _GAP + wide


def _ports(ways: Sequence[Way], heights: Sequence[int]) -> list[tuple[float, float]]:
    """At which height each arrow leaves and arrives: apart where several meet, those that go up above those that go down."""
    ends = [(way.source, way.target, place, 0) for place, way in enumerate(ways)]
    ends += [(way.target, way.source, place, 1) for place, way in enumerate(ways)]
    found: dict[tuple[int, int], float] = {}
    for line in {one[0] for one in ends}:
        mine = sorted((_turn(one[0], one[1], one[3]), one[2], one[3]) for one in ends if one[0] == line)
        step = min(_PORT, (_ROW - 10) / len(mine))
        for number, (_, place, end) in enumerate(mine):
            found[place, end] = heights[line] + step * (number - (len(mine) - 1) / 2)
    return [(found[place, 0], found[place, 1]) for place in range(len(ways))]


def _turn(line: int, other: int, end: int) -> tuple[int, int]:
    """Where an arrow stands among those of its line, from above: up to the nearest, up to the farthest, to itself, down likewise."""
    if other < line:
        return 0, line - other
    return (1, end) if other == line else (2, line - other)


def _arrow(start: float, source: float, target: float, depth: float) -> Arrow:
    """A curve whose outermost point is `depth` from where it starts."""
    if abs(source - target) < 2 * _LOOP:
        source, target = min(source, target) - _LOOP, max(source, target) + _LOOP
    reach = start + depth / 0.75
    tip = start + _HEAD
    way = f"M{start:.1f} {source:.1f}C{reach:.1f} {source:.1f} {reach:.1f} {target:.1f} {tip - 1:.1f} {target:.1f}"
    head = f"M{start:.1f} {target:.1f}l{_HEAD} -4.5v9z"
    return Arrow(way, head, round(start + depth + _GAP, 1), round((source + target) / 2, 1))
