"""One record -> the rows of a ledger, in the transaction of whoever adds it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, select

from onrecord.data import Record
from onrecord.record import rows
from onrecord.record.copying import copy_rows
from onrecord.record.full_text_index import add_words
from onrecord.record.identity import document_key
from onrecord.record.stored import at_a_time, careful_insert, current_reading, inserted, is_removed, now
from onrecord.record.tables import documents, events, links, readings, sightings, statements, times, vectors

if TYPE_CHECKING:
    from onrecord.record.ledger import Embeds, Options, Run

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Added:
    """What was added of a record: its document by row, its statements and the sightings of their speakers, and what it supersedes."""

    document: int
    statements: list[Row]
    sightings: list[Row]
    superseded: int | None


def add_record(connection: Connection, record: Record, run: Run, options: Options) -> Added | None:
    """Adds a record; None where the ledger holds it already, or its document was removed by hand."""
    made_at, document = now(), record.document
    if is_removed(connection, document_key(document)):
        return None
    row = rows.document_row(document, record.statements, made_at, excerpts=options.excerpts)
    number, known_on = _document_id(connection, row | {"run_id": run.id})
    before = current_reading(connection, number)
    if before is not None and before["digest"] == run.program.digest:
        return None
    reading = {
        "document_id": number,
        "run_id": run.id,
        "made_at": made_at,
        "digest": run.program.digest,
        "models": dict(run.program.models),
        "min_probability": run.program.min_probability,
        "supersedes": before and before["id"],
    }
    of = {"document_id": number, "reading_id": inserted(connection, readings, reading)}
    said = _add_statements(connection, [one | of for one in rows.statement_rows(record, row["key"], known_on)])
    parts = dict(part_rows(record, of, said, known_on))
    for table, given in parts.items():
        copy_rows(connection, table, given)
    add_search(connection, said, options.meaning)
    return Added(number, said, parts[sightings], None if before is None else before["id"])


def part_rows(record: Record, of: Row, said: Sequence[Row], known_on: str) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of each table beside the record's statements `said`; `of` names its document and reading."""
    reading, by_name = {"reading_id": of["reading_id"]}, {row["local_id"]: row for row in said}
    yield links, [rows.link_row(one, by_name) | reading for one in record.links]
    yield times, [rows.time_row(one) | reading for one in record.times]
    yield events, [rows.event_row(one) | of for one in record.events]
    yield sightings, [row | of for row in rows.sighting_rows(record, known_on)]


def add_search(connection: Connection, said: Sequence[Row], meaning: Embeds | None) -> None:
    """What full-text and meaning search need of statements that were just added."""
    add_words(connection, said)
    if said and meaning is not None:
        placed = zip(said, meaning.vectors([row["words"] for row in said]), strict=True)
        copy_rows(connection, vectors, [{"statement_id": row["id"], "vector": place.tobytes()} for row, place in placed])


def keys_seen(connection: Connection, of: Collection[int]) -> Iterator[str]:
    """The keys of the speakers of these readings."""
    for some in at_a_time(sorted(of)):
        yield from connection.scalars(select(sightings.c.speaker_key).where(sightings.c.reading_id.in_(some)))


def _document_id(connection: Connection, row: Row) -> tuple[int, str]:
    """The id of the document's row, made if it is new, and the day on which it became known."""
    connection.execute(careful_insert(connection, documents).values(**row).on_conflict_do_nothing(index_elements=["key"]))
    found = select(documents.c.id, documents.c.known_on).where(documents.c.key == row["key"])
    if connection.dialect.name == "postgresql":
        found = found.with_for_update()  # two readings of one document follow each other
    number, known_on = connection.execute(found).one()
    return int(number), str(known_on)


def _add_statements(connection: Connection, given: Sequence[Row]) -> list[Row]:
    """Adds statements; the rows with their ids."""
    if not given:
        return []
    made = connection.execute(statements.insert().returning(statements.c.id, sort_by_parameter_order=True), given)
    return [row | {"id": int(number)} for row, number in zip(given, made.scalars(), strict=True)]
