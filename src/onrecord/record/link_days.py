"""The day of a link: that of the later of its two statements, kept beside it so that pages of links are found in their order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from onrecord.record.stored import at_a_time
from onrecord.record.tables import links, statements

Row = dict[str, Any]


def with_days(connection: Connection, given: Iterable[Row]) -> list[Row]:
    """The rows of links with their days, as the model has these."""
    rows = list(given)
    days: dict[int, str] = {}
    for some in at_a_time(sorted({row[end] for row in rows for end in ("from_id", "to_id")})):
        asked = select(statements.c.id, statements.c.sorted_on).where(statements.c.id.in_(some))
        days |= {row.id: row.sorted_on for row in connection.execute(asked)}
    return [row | {"day": max(days[row["from_id"]], days[row["to_id"]])} for row in rows]


def renew_days(connection: Connection, statement: int) -> None:
    """Looks the days of the links from and to a statement up again."""
    ends = [links.c.from_id, links.c.to_id]
    day = select(func.max(statements.c.sorted_on)).where(statements.c.id.in_(ends)).correlate(links).scalar_subquery()
    connection.execute(update(links).where(or_(*(end == statement for end in ends))).values(day=day))
