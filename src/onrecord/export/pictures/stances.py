"""Positions -> a chart of speakers by days: what each keeps on the table and takes off it, as places in a picture and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from onrecord.export.csv import csv_table
from onrecord.export.pictures import short
from onrecord.find.positions import OFF_THE_TABLE, ON_THE_TABLE, Positions, Said, Speaker, outlets

_ROW, _TOP, _LEFT, _WIDTH, _RIGHT = 44, 34, 210, 960, 30
_MOST_TICKS = 7
_LONGEST_NAME = 28
_COLUMNS = ("day", "speaker", "speaker_key", "side", "stance", "holds", "conditional", "words", "outlets", "statement")
_NEAR = 15  # pixels: two marks of one row that are nearer than this are set apart


class Side(StrEnum):
    """Where a statement stands."""

    ON = "on the table"
    OFF = "off the table"
    OTHER = "other position"
    NONE = "no position"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that somebody said, in the table behind the picture: `id` is that of the statement."""

    speaker: str
    speaker_key: str | None
    day: str
    side: Side
    stance: str
    holds: bool
    conditional: bool
    words: str
    outlets: str
    id: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark and where it stands in the picture."""

    mark: Mark
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Row:
    """A speaker in the picture."""

    name: str
    short: str
    y: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a matter: sizes in pixels, ticks as (x, day)."""

    width: int
    height: int
    left: int
    rows: tuple[Row, ...]
    marks: tuple[Placed, ...]
    ticks: tuple[tuple[int, str], ...]


def marks(found: Positions) -> tuple[Mark, ...]:
    """All that was said on the matter, by speaker and day."""
    return tuple(_mark(speaker, said) for speaker in found.speakers for said in speaker.said)


def marks_csv(given: Iterable[Mark]) -> str:
    """The same as CSV."""
    return csv_table(_COLUMNS, ([getattr(one, name) for name in (*_COLUMNS[:-1], "id")] for one in given))


def chart(found: Positions) -> Chart | None:
    """The picture; None where nothing was said."""
    given = marks(found)
    if not given:
        return None
    days = [date.fromisoformat(one.day) for one in given]
    first, last = min(days), max(days)
    names = list(dict.fromkeys((one.speaker, one.speaker_key) for one in given))
    height = {name: _TOP + _ROW * place + _ROW // 2 for place, name in enumerate(names)}
    placed = tuple(_placed(given, height, first, last))
    rows = tuple(Row(name, short(name, _LONGEST_NAME), height[name, key]) for name, key in names)
    return Chart(_WIDTH, _TOP + _ROW * len(names) + 8, _LEFT, rows, placed, tuple(_ticks(first, last)))


def _placed(given: Iterable[Mark], height: dict[tuple[str, str | None], int], first: date, last: date) -> Iterator[Placed]:
    taken: set[tuple[int, int]] = set()
    for one in given:
        x, y = _x(date.fromisoformat(one.day), first, last), height[one.speaker, one.speaker_key]
        while any(there == y and abs(other - x) < _NEAR for other, there in taken) and x + _NEAR <= _WIDTH - 8:
            x += _NEAR
        taken.add((x, y))
        yield Placed(one, x, y)


def _x(day: date, first: date, last: date) -> int:
    span = max(1, (last - first).days)
    return _LEFT + 20 + round((_WIDTH - _LEFT - _RIGHT - 40) * (day - first).days / span)


def _ticks(first: date, last: date) -> Iterator[tuple[int, str]]:
    """Some days, evenly set."""
    count = min(_MOST_TICKS, (last - first).days + 1)
    days = dict.fromkeys(first + timedelta(days=round((last - first).days * n / max(1, count - 1))) for n in range(count))
    yield from ((_x(day, first, last), day.isoformat()) for day in days)


def _mark(speaker: Speaker, said: Said) -> Mark:
    name = speaker.name or said.source_words or "nobody named"
    holds = said.takes_position and said.replaced is None
    told = ", ".join(outlets(said.carried))
    return Mark(name, speaker.key, said.day, _side(said), said.stance, holds, said.conditional, said.words, told, said.id)


def _side(said: Said) -> Side:
    if not said.takes_position:
        return Side.NONE
    if said.stance in ON_THE_TABLE:
        return Side.ON
    return Side.OFF if said.stance in OFF_THE_TABLE else Side.OTHER
