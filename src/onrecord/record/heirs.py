"""What a removed statement stood for -> the earliest of its copies, which takes its place.

Statements of copies are not compared: that of one document stands for all (`links.copied_id`). When that document is removed, the links
that hold from and to its statements go to one with the same words and the same holder that was not compared, so that nothing is lost that
the copies say too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, or_, select, update

from onrecord.record.link_days import renew_days
from onrecord.record.stored import is_current, is_current_link
from onrecord.record.tables import documents, linkings, links, readings, statements

Row = dict[str, Any]


def hand_over(connection: Connection, document: int) -> None:
    """Before a document is removed: give what its statements stood for to their copies."""
    asked = select(statements.c.id).join(readings, statements.c.reading_id == readings.c.id)
    for number in connection.scalars(asked.where(statements.c.document_id == document, is_current())).all():
        heirs = list(_heirs(connection, number))
        if heirs:
            _pass_on(connection, number, heirs[0])


def _heirs(connection: Connection, number: int) -> Iterator[Row]:
    """The current statements for which it stands, with the comparison of their readings; the earliest document's first."""
    of = statements.c
    asked = select(of.id, of.reading_id, linkings.c.id.label("linking_id")).select_from(
        links.join(statements, of.id == links.c.copied_id)
        .join(readings, readings.c.id == of.reading_id)
        .join(documents, documents.c.id == of.document_id)
        .join(linkings, linkings.c.reading_id == of.reading_id)
    )
    held = or_(links.c.from_id == number, links.c.to_id == number)
    asked = asked.where(held, of.id != number, is_current(), is_current_link())
    order = asked.order_by(documents.c.known_on, of.document_id, of.id, linkings.c.id.desc())
    yield from (dict(row) for row in connection.execute(order).mappings())


def _pass_on(connection: Connection, number: int, heir: Row) -> None:
    """The links of one statement that comparisons found lead from and to the other from now on."""
    between = [links.c.from_id.in_((number, heir["id"])), links.c.to_id.in_((number, heir["id"]))]
    connection.execute(delete(links).where(*between))
    mine = select(linkings.c.id).join(statements, statements.c.reading_id == linkings.c.reading_id).where(statements.c.id == number)
    for end in (links.c.from_id, links.c.to_id):
        held = (end == number, links.c.linking_id.is_not(None), is_current_link())
        compared = {"reading_id": heir["reading_id"], "linking_id": heir["linking_id"]}
        moved = connection.scalars(select(links.c.id).where(*held, links.c.linking_id.in_(mine))).all()
        stayed = connection.scalars(select(links.c.id).where(*held, links.c.linking_id.not_in(mine))).all()
        _set(connection, links, moved, {end.name: heir["id"], **compared})
        _set(connection, links, stayed, {end.name: heir["id"]})
    renew_days(connection, heir["id"])


def _set(connection: Connection, table: Table, numbers: Any, values: Row) -> None:
    if numbers:
        connection.execute(update(table).where(table.c.id.in_(list(numbers))).values(values))
