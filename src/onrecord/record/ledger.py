"""The ledger: what was read is added, what is read better supersedes, nothing is overwritten.

    with open_ledger("news.db") as ledger:
        run = ledger.begin(Program("onrecord 0.1.0", models), "add articles/")
        ledger.add(run, [record, rejection, ...])
        ledger.end(run)

Every `add` is one transaction: all of it is in the ledger, or nothing. Several programs may add to one ledger at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, Table, select, text

from onrecord.data import Document, Record, Rejection
from onrecord.record import rows
from onrecord.record.abandoned import asked_for
from onrecord.record.connect import connected, refuse_upgraded, writing
from onrecord.record.copies import sign
from onrecord.record.failures import told
from onrecord.record.full_text_index import add_words
from onrecord.record.identity import document_key, reading_digest
from onrecord.record.joining import joined, joined_as_known
from onrecord.record.known_people import Known
from onrecord.record.link_days import with_days
from onrecord.record.retrying import retried
from onrecord.record.stored import careful_insert
from onrecord.record.tables import (
    documents,
    events,
    links,
    readings,
    rejections,
    run_ends,
    runs,
    sightings,
    statements,
    times,
    tombstones,
    vectors,
)
from onrecord.record.tallies import tally_added
from onrecord.settings import PoolOptions

Row = dict[str, Any]


class Embeds(Protocol):
    """What gives texts their places in the space of meanings: `onrecord.annotate.meaning.Meaning`."""

    def vectors(self, texts: Sequence[str]) -> NDArray[np.int8]: ...


@dataclass(frozen=True, slots=True)
class Program:
    """Who reads: the program with its version, its models' digests, and the least probability of what it prints."""

    name: str
    models: tuple[tuple[str, str], ...] = ()
    min_probability: float = 0.5

    @property
    def digest(self) -> str:
        """Two programs with the same digest make the same of a document."""
        return reading_digest(self.name, self.models, self.min_probability)


@dataclass(slots=True)
class Run:
    """One run that writes to the ledger, and how much it wrote."""

    id: int
    program: Program
    recorded: int = 0
    known: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """How a ledger is used.

    `excerpts`: keep only the passages around statements. `meaning`: what embeds the statements' words. `pool`: how it is connected to.
    """

    excerpts: bool = False
    meaning: Embeds | None = None
    pool: PoolOptions = field(default_factory=PoolOptions)


@dataclass(slots=True)
class Ledger:
    """An open ledger."""

    where: str
    engine: Engine
    options: Options = field(default_factory=Options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to ask with; failures say what to do."""
        with told(self.where), self.engine.connect() as connection, asked_for(connection):
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees the ledger as it is at one instant, whoever writes to it meanwhile; failures say what to do."""
        with self.reading() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, all or nothing; failures say what to do."""
        with told(self.where), writing(self.engine) as connection:
            refuse_upgraded(connection, self.where)
            yield connection

    def begin(self, program: Program, command: str, made_by: str | None = None) -> Run:
        """A new run; every row that it writes names it."""
        with self.writing() as connection:
            row = {"started_at": now(), "program": program.name, "command": rows.storable(command), "made_by": made_by}
            return Run(inserted(connection, runs, row), program)

    def end(self, run: Run) -> None:
        """The run is over. One without an end was interrupted."""
        counts = {"recorded": run.recorded, "known": run.known, "rejected": run.rejected}
        with self.writing() as connection:
            connection.execute(run_ends.insert(), [{"run_id": run.id, "ended_at": now(), **counts}])

    def is_read(self, document: Document, program: Program) -> bool:
        """Whether the ledger holds what this program makes of the document."""
        key = document_key(document)
        read = select(readings.c.id).join(documents).where(documents.c.key == key, readings.c.digest == program.digest).limit(1)
        with self.reading() as connection:
            return connection.scalar(read) is not None

    def is_removed(self, document: Document) -> bool:
        """Whether the document was removed from the ledger by hand; then it is not added again."""
        with self.reading() as connection:
            return is_removed(connection, document_key(document))

    def add(self, run: Run, results: Iterable[Record | Rejection]) -> None:
        """Add records and rejections in one transaction. What the ledger holds already is passed over.

        Raises:
            LedgerError: they cannot be written; then none of them is.
        """
        given = list(results)
        recorded, known, rejected = retried(lambda: self._add_all(run, given))
        run.recorded, run.known, run.rejected = run.recorded + recorded, run.known + known, run.rejected + rejected

    def _add_all(self, run: Run, results: Iterable[Record | Rejection]) -> tuple[int, int, int]:
        """How many were recorded, known and rejected, once all are safe."""
        recorded = known = rejected = 0
        keys: set[str] = set()
        papers: set[int] = set()
        with self.writing() as connection:
            for one in results:
                if isinstance(one, Rejection):
                    rejected += not one.warning
                    connection.execute(rejections.insert(), [rejection_row(one, run)])
                elif (paper := self._add(connection, one, run, keys)) is not None:
                    papers.add(paper)
                    recorded += 1
                else:
                    known += 1
            joined(connection, run.id, keys)
            sign(connection, run.id, papers)
            tally_added(connection, run.id, papers)
        return recorded, known, rejected

    def know(self, run: Run, entries: Iterable[Known]) -> None:
        """Keep a list of known people and bodies: whoever is named as one of them has that one's key from now on."""
        with self.writing() as connection:
            joined_as_known(connection, run.id, entries)

    def _add(self, connection: Connection, record: Record, run: Run, keys: set[str]) -> int | None:
        """The document's row, where the record was new; then its speakers' keys, and those of the reading before, are added to `keys`."""
        made_at, document = now(), record.document
        if is_removed(connection, document_key(document)):
            return None
        row = rows.document_row(document, record.statements, made_at, excerpts=self.options.excerpts)
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
        given = rows.mentions_once([rows.statement_row(one, record, row["key"], known_on) | of for one in record.statements])
        ids = _statement_ids(connection, given)
        _add_parts(connection, record, of, known_on, ids)
        self._add_search(connection, ids, given)
        keys.update(rows.storable(one.speaker.key) for one in record.statements if one.speaker.key and not one.reading.hypothetical)
        if before is not None:
            keys.update(connection.scalars(select(sightings.c.speaker_key).where(sightings.c.reading_id == before["id"])))
        return number

    def _add_search(self, connection: Connection, ids: Sequence[int], given: Sequence[Row]) -> None:
        """What full-text and meaning search need of the statements just added."""
        add_words(connection, (row | {"id": number} for number, row in zip(ids, given, strict=True)))
        if given and self.options.meaning is not None:
            places = self.options.meaning.vectors([row["words"] for row in given])
            placed = ({"statement_id": number, "vector": place.tobytes()} for number, place in zip(ids, places, strict=True))
            connection.execute(vectors.insert(), list(placed))


def open_ledger(where: str, options: Options | None = None, *, create: bool = False, read_only: bool = False) -> Ledger:
    """The ledger at a path or URL.

    Args:
        where: the path of a SQLite file, or `postgresql://USER@HOST/DATABASE`.
        options: how it is used.
        create: make one where there is none.
        read_only: nothing is written.

    Raises:
        LedgerError: it cannot be used; the message says why and what to do.
    """
    options = options or Options()
    return Ledger(where, connected(where, create=create, read_only=read_only, pool=options.pool), options)


def now() -> str:
    """This instant, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def inserted(connection: Connection, table: Table, row: Row) -> int:
    """Adds a row; its id."""
    return int(connection.execute(table.insert().values(**row)).inserted_primary_key[0])  # type: ignore[index]  # one row has one


def is_removed(connection: Connection, key: str) -> bool:
    """Whether a tombstone stands for the document."""
    return connection.scalar(select(tombstones.c.id).where(tombstones.c.document_key == key)) is not None


def current_reading(connection: Connection, document: int) -> Row | None:
    """The reading of the document that no other supersedes."""
    newest = select(readings).where(readings.c.document_id == document).order_by(readings.c.id.desc()).limit(1)
    return next((dict(row) for row in connection.execute(newest).mappings()), None)


def _document_id(connection: Connection, row: Row) -> tuple[int, str]:
    """The id of the document's row, made if it is new, and the day on which it became known."""
    connection.execute(careful_insert(connection, documents).values(**row).on_conflict_do_nothing(index_elements=["key"]))
    found = select(documents.c.id, documents.c.known_on).where(documents.c.key == row["key"])
    if connection.dialect.name == "postgresql":
        found = found.with_for_update()  # two readings of one document follow each other
    number, known_on = connection.execute(found).one()
    return int(number), str(known_on)


def _statement_ids(connection: Connection, given: list[Row]) -> list[int]:
    """Adds statements; their ids, in the same order."""
    if not given:
        return []
    made = connection.execute(statements.insert().returning(statements.c.id, sort_by_parameter_order=True), given)
    return [int(number) for number in made.scalars()]


def _add_parts(connection: Connection, record: Record, of: Row, known_on: str, statement_ids: Sequence[int]) -> None:
    """Times, events, links and the sightings of speakers."""
    reading, ids = {"reading_id": of["reading_id"]}, dict(zip((one.id for one in record.statements), statement_ids, strict=True))
    _insert(connection, times, [rows.time_row(one) | reading for one in record.times])
    _insert(connection, events, [rows.event_row(one) | of for one in record.events])
    _insert(connection, links, with_days(connection, [rows.link_row(one, ids) | reading for one in record.links]))
    _insert(connection, sightings, [row | of for row in rows.sighting_rows(record, known_on)])


def _insert(connection: Connection, table: Table, given: list[Row]) -> None:
    if given:
        connection.execute(table.insert(), given)


def rejection_row(one: Rejection, run: Run) -> Row:
    """The row of what was not read, or of a warning."""
    return {
        "run_id": run.id,
        "locator": rows.storable(one.locator),
        "code": one.code,
        "message": rows.storable(one.message),
        "warning": one.warning,
    }
