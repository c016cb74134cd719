"""How far a ledger has grown: a mark at one moment, by which is told what was recorded after it, without a look at what was before.

Rows are numbered in the order in which they come, but for two things. In PostgreSQL a row may be numbered, and another with a higher number
be there before it: a mark names those that were on their way. In SQLite the numbers of the last rows are given again once these are
removed: a mark knows its last rows by the instant at which they were made, too, and reaches no further than those that are still there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Table, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.record.tables import judgements, linkings, links, readings

Row = dict[str, Any]
_IN_DOUBT = {"postgresql": 2000, "sqlite": 0}  # rows before the last one may still be on their way
_MOST = 2**31 - 1
_TOLD = re.compile(r"(\d{1,10})\.(\d{1,10})\.(\d{1,10})((?:r\d{1,10})*)((?:l\d{1,10})*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a ledger: its last reading, linking and judgement, and the readings and linkings before these that were on their way."""

    reading: int = 0
    linking: int = 0
    judgement: int = 0
    readings_on_the_way: tuple[int, ...] = ()
    linkings_on_the_way: tuple[int, ...] = ()

    def __str__(self) -> str:
        """`120.80.3r117l79`: as it is sent to a page and back."""
        late = [*(f"r{one}" for one in self.readings_on_the_way), *(f"l{one}" for one in self.linkings_on_the_way)]
        return f"{self.reading}.{self.linking}.{self.judgement}{''.join(late)}"

    def has_reading(self, number: int) -> bool:
        """Whether the reading was there."""
        return number <= self.reading and number not in self.readings_on_the_way

    def has_link(self, row: Row) -> bool:
        """Whether what found the link was there: its reading, or the comparison of it with the rest of the ledger."""
        linking = row["linking_id"]
        if linking is None:
            return self.has_reading(row["reading_id"])
        return bool(linking <= self.linking and linking not in self.linkings_on_the_way)

    def came_after(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Of a column with ids of readings: that they came after the mark."""
        return _after(column, self.reading, self.readings_on_the_way)

    def links_after(self) -> ColumnElement[bool]:
        """Of `links`: that they came after the mark."""
        compared = _after(links.c.linking_id, self.linking, self.linkings_on_the_way)
        return or_(compared, and_(links.c.linking_id.is_(None), self.came_after(links.c.reading_id)))


def mark_now(connection: Connection) -> Mark:
    """The ledger as the connection sees it."""
    asked = (select(func.max(table.c.id)).scalar_subquery() for table in (readings, linkings, judgements))
    reading, linking, judgement = (number or 0 for number in connection.execute(select(*asked)).one())
    late = (_on_the_way(connection, table, last) for table, last in ((readings, reading), (linkings, linking)))
    return Mark(reading, linking, judgement, *late)


def mark_told(value: str) -> Mark | None:
    """The mark that was sent to a page as `str` tells it; None where it is none."""
    found = _TOLD.fullmatch(value)
    if found is None:
        return None
    reading, linking, judgement = (int(one) for one in found.groups()[:3])
    late = [tuple(int(one) for one in re.findall(r"\d+", some)) for some in found.groups()[3:]]
    is_too_high = max((reading, linking, judgement, *late[0], *late[1])) > _MOST
    return None if is_too_high else Mark(reading, linking, judgement, *late)


def seen_up_to(before: Mark, given: Mark, now: Mark) -> Mark:
    """What is seen by whoever saw `before`, and then what was `given`: never less than before, and no more than there is `now`."""
    by_reading, by_linking = (
        max((before, _at_most(given, now)), key=lambda one: (getattr(one, name), one is not before)) for name in ("reading", "linking")
    )
    judgement = max(before.judgement, min(given.judgement, now.judgement))
    late = by_reading.readings_on_the_way, by_linking.linkings_on_the_way
    return Mark(by_reading.reading, by_linking.linking, judgement, *late)


def mark_row(connection: Connection, mark: Mark) -> Row:
    """The columns in which it is kept."""
    return {
        "reading": mark.reading,
        "reading_at": _made_at(connection, readings, mark.reading),
        "linking": mark.linking,
        "linking_at": _made_at(connection, linkings, mark.linking),
        "judgement": mark.judgement,
        "on_the_way": [list(some) for some in _late(mark)],
    }


def mark_of(connection: Connection, row: Row) -> Mark:
    """The mark that is kept in these columns, as far as what it had is still there."""
    of_readings, of_linkings = row["on_the_way"]
    kept = Mark(row["reading"], row["linking"], row["judgement"], tuple(of_readings), tuple(of_linkings))
    reading = _still(connection, readings, kept.reading, row["reading_at"])
    return replace(kept, reading=reading, linking=_still(connection, linkings, kept.linking, row["linking_at"]))


def _after(column: ColumnElement[Any], last: int, on_the_way: tuple[int, ...]) -> ColumnElement[bool]:
    return or_(column > last, column.in_(on_the_way)) if on_the_way else column > last


def _at_most(given: Mark, now: Mark) -> Mark:
    reading = given if given.reading <= now.reading else now
    linking = given if given.linking <= now.linking else now
    late = reading.readings_on_the_way, linking.linkings_on_the_way
    return Mark(reading.reading, linking.linking, min(given.judgement, now.judgement), *late)


def _late(mark: Mark) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return mark.readings_on_the_way, mark.linkings_on_the_way


def _on_the_way(connection: Connection, table: Table, last: int) -> tuple[int, ...]:
    """The numbers up to the last one that no row has, as far back as one may still come."""
    doubted = range(max(1, last - _IN_DOUBT[connection.dialect.name]), last)
    there = set(connection.scalars(select(table.c.id).where(table.c.id >= doubted.start))) if doubted else set()
    return tuple(number for number in doubted if number not in there)


def _made_at(connection: Connection, table: Table, number: int) -> str | None:
    return connection.scalar(select(table.c.made_at).where(table.c.id == number))


def _still(connection: Connection, table: Table, number: int, made_at: str | None) -> int:
    """The number, or where its row is gone that of the last row before it that was there at the time."""
    if made_at is None or _made_at(connection, table, number) == made_at:
        return number
    asked = select(table.c.id).where(table.c.id <= number, table.c.made_at <= made_at).order_by(table.c.id.desc()).limit(1)
    return connection.scalar(asked) or 0
