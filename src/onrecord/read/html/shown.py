"""The time that a page shows beside its article: used where its head tells none, and for the zone that its days are counted in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import islice

from onrecord.read.html.blocks import Layout
from onrecord.read.html.main import Main
from onrecord.read.html.names import Element
from onrecord.read.html.times import iso_time, written_day

_FRAME = frozenset({"article", "main", "section"})
_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap])?\.?m?\b", re.IGNORECASE)
_UPDATE = re.compile(r"\W{0,3}(?:last\s+)?(?:updated?|modified|edited)\b", re.IGNORECASE)
_NEAR = 8
_SHORT = 200
_MOST_TIMES = 50
_QUARTER = 15 * 60
_FARTHEST_ZONE = 14 * 3600


@dataclass(frozen=True, slots=True)
class Shown:
    """A day, and a time of day in minutes where one stands beside it, as the page prints them for its readers."""

    day: str
    minutes: int | None


def time_beside(main: Main) -> str | None:
    """The first time element around the article that names an instant or a day."""
    for frame in _frames(main.element):
        for element in islice(frame.iter("time"), _MOST_TIMES):
            if time := iso_time(element.get("datetime") or ""):
                return time
    return None


def _frames(element: Element) -> list[Element]:
    around = (one for one in element.iterancestors() if one.tag in _FRAME)
    return [element, *islice(around, 2)]


def written_beside(page: Layout, main: Main) -> list[Shown]:
    """The days written in short lines between the headline and the end of the article's first paragraphs, updates aside."""
    return list(_written(page, main))


def _written(page: Layout, main: Main) -> Iterator[Shown]:
    titles = [place for place, block in enumerate(page.blocks) if block.tag == "h1" and place <= main.first + _NEAR]
    start = max(0, titles[-1] - 2) if titles else max(0, main.first - _NEAR)
    start = max(start, main.first - 4 * _NEAR)
    for block in page.blocks[start : max(start, main.first) + _NEAR]:
        if len(block.text) <= _SHORT and not _UPDATE.match(block.text) and (day := written_day(block.text)):
            yield Shown(day, _minutes(block.text))


def _minutes(text: str) -> int | None:
    hit = _CLOCK.search(text)
    if hit is None or int(hit[1]) > 23 or int(hit[2]) > 59:
        return None
    hour = int(hit[1]) % 12 + (12 if hit[3].lower() == "p" else 0) if hit[3] else int(hit[1])
    return 60 * hour + int(hit[2])


def as_shown(published: str, shown: list[Shown]) -> str:
    """The time of publication, counted where the page counts it: many pages tell it in UTC and show it in the newsroom's zone.

    A shown time of day gives the zone. A shown day just before the told one, without a time of day, stands for itself.
    """
    told = datetime.fromisoformat(published)
    if len(published) <= 10:
        return published
    for one in shown:
        apart = (date.fromisoformat(one.day) - told.date()).days
        if one.minutes is not None and told.tzinfo is not None and not told.utcoffset() and abs(apart) <= 1:
            zone = _zone(told, one)
            if zone is not None:
                return told.astimezone(timezone(zone)).isoformat()
        if apart == -1:
            return one.day
        if apart == 0:
            return published
    return published


def _zone(told: datetime, shown: Shown) -> timedelta | None:
    """How far the shown time of day is from UTC; None where no zone of the earth is."""
    local = datetime.fromisoformat(shown.day) + timedelta(minutes=shown.minutes or 0)
    apart = (local - told.replace(tzinfo=None, second=0, microsecond=0)).total_seconds()
    quarters = round(apart / _QUARTER)
    if abs(apart - quarters * _QUARTER) > 120 or abs(apart) > _FARTHEST_ZONE:
        return None
    return timedelta(seconds=quarters * _QUARTER)
