"""What the ledger holds -> values again: documents, readings and whole records; and the little that all need who write to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

from onrecord.data import Record
from onrecord.record.from_rows import document_of, event_of, link_of, mentions_told, statement_of, time_of
from onrecord.record.tables import documents, events, linkings, links, readings, statements, times, tombstones

Row = dict[str, Any]
Value = TypeVar("Value")
_VALUES_AT_A_TIME = 500
_DOCUMENTS, _CHARACTERS = 200, 2_000_000  # held in memory at a time, and at least one document


@cache
def is_current() -> ColumnElement[bool]:
    """Of `readings`: that no other reading supersedes it."""
    later = readings.alias("later")
    return ~exists(select(later.c.id).where(later.c.supersedes == readings.c.id))


@cache
def current_statements() -> Select[Any]:
    """The statements of current readings with their documents: `FROM statements JOIN readings JOIN documents`."""
    joined = statements.join(readings, statements.c.reading_id == readings.c.id).join(documents, statements.c.document_id == documents.c.id)
    return select(statements).select_from(joined).where(is_current())


@cache
def is_current_link() -> ColumnElement[bool]:
    """Of `links`: that its reading found it, or the last comparison of that reading with the rest of the ledger."""
    later, mine = linkings.alias("later_linking"), linkings.alias("its_linking")
    newer = (
        select(later.c.id)
        .join(mine, later.c.reading_id == mine.c.reading_id)
        .where(mine.c.id == links.c.linking_id, later.c.id > mine.c.id)
    )
    return or_(links.c.linking_id.is_(None), ~exists(newer))


def at_a_time(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Some values at a time, as many as one statement of SQL takes."""
    yield from (values[first : first + _VALUES_AT_A_TIME] for first in range(0, len(values), _VALUES_AT_A_TIME))


def careful_insert(connection: Connection, table: Table) -> Any:
    """An insert that can say what to do about rows that are there, as both databases have it."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def inserted(connection: Connection, table: Table, row: Row) -> int:
    """Adds a row; its id."""
    return int(connection.execute(table.insert().values(**row)).inserted_primary_key[0])  # type: ignore[index]  # one row has one


def now() -> str:
    """This instant, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def is_removed(connection: Connection, key: str) -> bool:
    """Whether a tombstone stands for the document."""
    return connection.scalar(select(tombstones.c.id).where(tombstones.c.document_key == key)) is not None


def current_reading(connection: Connection, document: int) -> Row | None:
    """The reading of the document that no other supersedes."""
    newest = select(readings).where(readings.c.document_id == document).order_by(readings.c.id.desc()).limit(1)
    return next((dict(row) for row in connection.execute(newest).mappings()), None)


def document_ranges(connection: Connection) -> Iterator[tuple[int, int]]:
    """First and last row id of some documents at a time, so that a ledger of any size is gone through in little memory."""
    last = 0
    while True:
        asked = select(documents.c.id, documents.c.length).where(documents.c.id > last).order_by(documents.c.id).limit(_DOCUMENTS)
        found = connection.execute(asked).all()
        if not found:
            return
        characters, first = 0, found[0].id
        for row in found:
            characters += row.length
            if row.id != first and characters > _CHARACTERS:
                break
            last = row.id
        yield first, last


def record_of_reading(connection: Connection, reading: int) -> Record:
    """The record that was added, as it came out of the pipeline."""
    of = connection.execute(select(readings).where(readings.c.id == reading)).mappings().one()
    document = connection.execute(select(documents).where(documents.c.id == of["document_id"])).mappings().one()
    found = mentions_told(list(_parts(connection, statements, reading)))
    names = {row["id"]: row["local_id"] for row in found}
    return Record(
        document_of(dict(document)),
        tuple(statement_of(row) for row in found),
        tuple(time_of(row) for row in _parts(connection, times, reading)),
        tuple(event_of(row) for row in _parts(connection, events, reading)),
        tuple(link_of(row, names) for row in _parts(connection, links, reading) if row["linking_id"] is None),
        tuple(sorted(of["models"].items())),
    )


def _parts(connection: Connection, table: Any, reading: int) -> Iterator[Row]:
    for row in connection.execute(select(table).where(table.c.reading_id == reading).order_by(table.c.id)).mappings():
        yield dict(row)
