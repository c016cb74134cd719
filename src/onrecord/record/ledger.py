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
from itertools import chain
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, select, text

from onrecord.data import Document, Record, Rejection
from onrecord.record import rows
from onrecord.record.abandoned import asked_for
from onrecord.record.added import Added, add_record, keys_seen
from onrecord.record.connect import connected, refuse_upgraded, writing
from onrecord.record.copies import sign
from onrecord.record.failures import told
from onrecord.record.identity import document_key, reading_digest
from onrecord.record.joining import joined, joined_as_known
from onrecord.record.known_people import Known
from onrecord.record.retrying import retried
from onrecord.record.stored import inserted, is_removed, now
from onrecord.record.tables import (
    documents,
    readings,
    rejections,
    run_ends,
    runs,
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
        known = rejected = 0
        added: list[Added] = []
        with self.writing() as connection:
            for one in results:
                if isinstance(one, Rejection):
                    rejected += not one.warning
                    connection.execute(rejections.insert(), [rejection_row(one, run)])
                elif (new := add_record(connection, one, run, self.options)) is not None:
                    added.append(new)
                else:
                    known += 1
            self._follow(connection, run, added)
        return len(added), known, rejected

    def _follow(self, connection: Connection, run: Run, added: Sequence[Added]) -> None:
        """What rests on the records that were just added: who is one, copies, and sums."""
        superseded = [one.superseded for one in added if one.superseded is not None]
        keys = {row["speaker_key"] for one in added for row in one.sightings}
        keys.update(keys_seen(connection, superseded))
        joined(connection, run.id, keys)
        sign(connection, run.id, {one.document for one in added})
        said, seen = chain.from_iterable(one.statements for one in added), chain.from_iterable(one.sightings for one in added)
        tally_added(connection, said, seen, superseded)

    def know(self, run: Run, entries: Iterable[Known]) -> None:
        """Keep a list of known people and bodies: whoever is named as one of them has that one's key from now on."""
        with self.writing() as connection:
            joined_as_known(connection, run.id, entries)


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


def rejection_row(one: Rejection, run: Run) -> Row:
    """The row of what was not read, or of a warning."""
    return {
        "run_id": run.id,
        "locator": rows.storable(one.locator),
        "code": one.code,
        "message": rows.storable(one.message),
        "warning": one.warning,
    }
