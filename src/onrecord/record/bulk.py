"""Many records -> the ledger, some thousand statements a transaction: the same rows as `Ledger.add` makes one by one.

    with open_ledger("postgresql://...", Options(meaning=Meaning()), create=True) as ledger:
        run = ledger.begin(Program("onrecord 0.1.0", models), "load records.jsonl")
        loaded(ledger, run, results)

Rows go in by `COPY` on PostgreSQL. Two things that `add` does for each batch are done once, at the end: who is one (`aliases`) is worked
out from all that was loaded, and near-copies of documents are left for the next `onrecord link`, which looks for those that no one has
looked for yet. A load that was broken off leaves a run without an end: the next one works out who is one for it, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, Table, select, text

from onrecord.data import Record, Rejection
from onrecord.record import rows
from onrecord.record.added import add_search, part_rows
from onrecord.record.copying import Row, copy_rows, insert_many, taken_ids
from onrecord.record.gathered import buckets_of
from onrecord.record.identity import document_key
from onrecord.record.joining import joined
from onrecord.record.ledger import Ledger, Run, rejection_row
from onrecord.record.retrying import retried
from onrecord.record.stored import at_a_time, now
from onrecord.record.tables import (
    documents,
    readings,
    rejections,
    run_ends,
    runs,
    sightings,
    statements,
    tombstones,
)
from onrecord.record.tallies import tally_added
from onrecord.record.uncollected import uncollected

Result = Record | Rejection
DOCUMENTS_AT_ONCE = 500  # in one transaction; `find.holding.READINGS_IN_DOUBT` rests on it
STATEMENTS_AT_ONCE = 10_000
CHARACTERS_AT_ONCE = 4_000_000  # of documents in one statement
PENDING_WORDS = "64MB"  # of what may wait beside the full-text index of PostgreSQL: `settled` brings it in at the end, at once
COMMAND = "load"  # how the command of a run begins that loads
_KEYS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records were added, known or removed by hand before, and rejected."""

    recorded: int = 0
    known: int = 0
    rejected: int = 0


def loaded(ledger: Ledger, run: Run, results: Iterable[Result], told: Callable[[Sequence[Result]], None] = lambda _: None) -> Run:
    """Add records and rejections to the ledger in large transactions, work out who is one, and end the run.

    Any number of programs may load into or add to one ledger at once: each document is added once. Whatever ends a load, what was
    told of is safe, and the same call again passes over what is there.

    Args:
        ledger: where they go; its options say whether vectors are made and excerpts kept.
        run: a run that was begun with a command that begins with `load`; its counts grow.
        results: records in any order. All are of the run's program.
        told: called with the results of each transaction once they are safe.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    for some in chunks(results):
        copied(ledger, run, some)
        told(some)
    joined_at_last(ledger, run)
    settled(ledger)
    ledger.end(run)
    return run


def chunks(results: Iterable[Result]) -> Iterator[list[Result]]:
    """As many results as go into one transaction."""
    given = iter(results)
    some: list[Result] = []
    count = 0
    for one in given:
        some.append(one)
        count += len(one.statements) if isinstance(one, Record) else 0
        if len(some) >= DOCUMENTS_AT_ONCE or count >= STATEMENTS_AT_ONCE:
            yield some
            some, count = [], 0
    if some:
        yield some


def copied(ledger: Ledger, run: Run, results: Sequence[Result]) -> Counts:
    """Add some results in one transaction. Who is one is not worked out yet: `joined_at_last` does it."""
    parts = _Parts(ledger, run)
    with uncollected():
        counts = retried(lambda: parts.written(results))
    run.recorded, run.known, run.rejected = run.recorded + counts.recorded, run.known + counts.known, run.rejected + counts.rejected
    return counts


def joined_at_last(ledger: Ledger, run: Run) -> None:
    """Work out who is one of all that this run, and loads that were broken off, have seen."""
    with ledger.reading() as connection:
        ended = select(run_ends.c.run_id)
        loads = select(runs.c.id).where(runs.c.command.startswith(COMMAND), runs.c.id.not_in(ended) | (runs.c.id == run.id))
        asked = select(sightings.c.speaker_key).distinct().join(readings, sightings.c.reading_id == readings.c.id)
        mine = set(connection.scalars(asked.where(readings.c.run_id.in_(loads))))
        before = select(readings.c.supersedes).where(readings.c.run_id.in_(loads), readings.c.supersedes.is_not(None))
        mine.update(connection.scalars(select(sightings.c.speaker_key).distinct().where(sightings.c.reading_id.in_(before))))
    keys = iter(sorted(mine, key=lambda key: (buckets_of(key), key)))
    while some := list(islice(keys, _KEYS_AT_ONCE)):
        retried(lambda some=some: _joined(ledger, run, some))  # type: ignore[misc]


def settled(ledger: Ledger) -> None:
    """In PostgreSQL: bring what waits beside the full-text index into it, and count anew what plans rest on."""
    if ledger.engine.dialect.name != "postgresql":
        return
    with ledger.writing() as connection:
        connection.execute(text("SELECT gin_clean_pending_list('ix_statement_words_searched')"))
        for name in ("documents", "readings", "statements", "statement_words", "sightings"):
            connection.execute(text(f"ANALYZE {name}"))


def _joined(ledger: Ledger, run: Run, keys: Sequence[str]) -> None:
    with ledger.writing() as connection:
        joined(connection, run.id, keys)


@dataclass(slots=True)
class _Parts:
    """The rows of one transaction."""

    ledger: Ledger
    run: Run
    statements: list[Row] = field(default_factory=list)
    beside: dict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def written(self, results: Sequence[Result]) -> Counts:
        self.statements.clear()
        self.beside.clear()
        given = [one for one in results if isinstance(one, Record)]
        refused = [one for one in results if isinstance(one, Rejection)]
        with self.ledger.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL gin_pending_list_limit = '{PENDING_WORDS}'"))
            wanted = self._documents(connection, given)
            self._readings(connection, wanted)
            self._parts(connection, wanted)
            copy_rows(connection, rejections, [rejection_row(one, self.run) for one in refused])
            tally_added(connection, self.statements, self.beside[sightings], [one.before["id"] for one in wanted if one.before is not None])
        return Counts(len(wanted), len(given) - len(wanted), sum(not one.warning for one in refused))

    def _documents(self, connection: Connection, given: Sequence[Record]) -> list[_Wanted]:
        """Those that the ledger does not hold as this program reads them, each with its document's row, which is made if it is new."""
        by_key: dict[str, Record] = {}
        for one in given:
            by_key.setdefault(document_key(one.document), one)
        for some in at_a_time(list(by_key)):
            for key in connection.scalars(select(tombstones.c.document_key).where(tombstones.c.document_key.in_(some))).all():
                del by_key[key]
        self._new_documents(connection, by_key)
        found = dict(_locked(connection, list(by_key)))
        before = _current_readings(connection, [number for number, _ in found.values()])
        wanted = [_Wanted(one, key, *found[key], before.get(found[key][0])) for key, one in by_key.items()]
        return [one for one in wanted if one.before is None or one.before["digest"] != self.run.program.digest]

    def _new_documents(self, connection: Connection, by_key: dict[str, Record]) -> None:
        there = {
            key for some in at_a_time(list(by_key)) for key in connection.scalars(select(documents.c.key).where(documents.c.key.in_(some)))
        }
        excerpts, at = self.ledger.options.excerpts, now()
        new = [
            rows.document_row(one.document, one.statements, at, excerpts=excerpts) | {"run_id": self.run.id}
            for key, one in by_key.items()
            if key not in there
        ]
        for some in _some_megabytes(new):
            insert_many(connection, documents, some, lambda made: made.on_conflict_do_nothing(index_elements=["key"]))

    def _readings(self, connection: Connection, wanted: Sequence[_Wanted]) -> None:
        program, made_at = self.run.program, now()
        same = {"run_id": self.run.id, "made_at": made_at, "digest": program.digest, "models": dict(program.models)}
        given: list[Row] = []
        for one, number in zip(wanted, taken_ids(connection, readings, len(wanted)), strict=True):
            one.reading_id = number
            supersedes = None if one.before is None else one.before["id"]
            given.append(
                {"id": number, "document_id": one.document_id, "supersedes": supersedes, "min_probability": program.min_probability}
            )
        copy_rows(connection, readings, [row | same for row in given])

    def _parts(self, connection: Connection, wanted: Sequence[_Wanted]) -> None:
        ids = iter(taken_ids(connection, statements, sum(len(one.record.statements) for one in wanted)))
        for one in wanted:
            self._of_record(one, ids)
        copy_rows(connection, statements, self.statements)
        add_search(connection, self.statements, self.ledger.options.meaning)
        for table, given in self.beside.items():
            copy_rows(connection, table, given)

    def _of_record(self, one: _Wanted, ids: Iterator[int]) -> None:
        of = {"document_id": one.document_id, "reading_id": one.reading_id}
        mine = [row | of for row in rows.statement_rows(one.record, one.key, one.known_on)]
        for row in mine:
            row["id"] = next(ids)
        self.statements += mine
        for table, given in part_rows(one.record, of, mine, one.known_on):
            self.beside[table] += given


@dataclass(slots=True)
class _Wanted:
    """A record that is to be added, with its document's row and the reading before, if there was one."""

    record: Record
    key: str
    document_id: int
    known_on: str
    before: Row | None
    reading_id: int = 0


def _some_megabytes(papers: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of documents, so many at a time as one statement of SQL takes well."""
    some: list[Row] = []
    length = 0
    for row in papers:
        length += row["length"]
        if some and length > CHARACTERS_AT_ONCE:
            yield some
            some, length = [], row["length"]
        some.append(row)
    if some:
        yield some


def _locked(connection: Connection, keys: Sequence[str]) -> Iterator[tuple[str, tuple[int, str]]]:
    """The documents with these keys: row id and the day on which each became known. Two readings of one document follow each other."""
    for some in at_a_time(keys):
        asked = select(documents.c.key, documents.c.id, documents.c.known_on).where(documents.c.key.in_(some)).order_by(documents.c.id)
        if connection.dialect.name == "postgresql":
            asked = asked.with_for_update()
        for key, number, known_on in connection.execute(asked):
            yield key, (number, known_on)


def _current_readings(connection: Connection, numbers: Sequence[int]) -> dict[int, Row]:
    """The reading of each document that no other supersedes."""
    found: dict[int, Row] = {}
    for some in at_a_time(numbers):
        asked = select(readings.c.id, readings.c.document_id, readings.c.digest).where(readings.c.document_id.in_(some))
        for row in connection.execute(asked.order_by(readings.c.id)).mappings():
            found[row["document_id"]] = dict(row)
    return found
