"""A ledger -> what is wrong with it, and where: nothing is believed that can be worked out again.

    for one in findings(ledger):
        print(one.where, one.what)

Nothing is written. A few documents at a time are held in memory, however large the ledger is; each check sees the ledger as it
was at one instant, whoever writes to it meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import JSON, Connection, Table, exists, func, select

from onrecord.annotate.meaning import SIZE
from onrecord.errors import LedgerError
from onrecord.find.index_check import check_index
from onrecord.find.verify_copies import copy_findings
from onrecord.find.verify_documents import Finding, Tally, document_findings
from onrecord.find.verify_searches import search_findings
from onrecord.record.connect import connected
from onrecord.record.failures import told
from onrecord.record.judged import JudgementKind, judged
from onrecord.record.judged_links import judged_links, orphans
from onrecord.record.ledger import Ledger
from onrecord.record.tables import (
    documents,
    events,
    judgements,
    metadata,
    readings,
    run_ends,
    runs,
    sightings,
    statements,
    tombstones,
    vectors,
)

_ORPHANED = "No current reading finds the statement that it is about: it is orphaned."
_LINK_ORPHANED = "The current readings do not have both statements that it is about: it is orphaned."
_MOST = 100  # findings of one kind that are told one by one


def findings(ledger: Ledger, tally: Tally | None = None) -> Iterator[Finding]:
    """Everything that is wrong, and notes about what cannot be checked or is merely unusual.

    Args:
        ledger: what is checked.
        tally: grows by what was checked.

    Raises:
        LedgerError: the ledger cannot be reached any more.
    """
    counted = tally or Tally()
    yield from _checked(ledger, _database)
    yield from _checked(ledger, lambda connection: document_findings(connection, counted))
    for check in (copy_findings, search_findings, _belongings, _full_text, _vectors, _judgements, _tombstones, _runs):
        yield from _checked(ledger, check)
    yield from _full_text_contents(ledger)
    yield from (Finding("index of meanings", what) for what in check_index(ledger))


def _checked(ledger: Ledger, check: Callable[[Connection], Iterator[Finding]]) -> Iterator[Finding]:
    """What a check finds; that it cannot be ended because the database is damaged is a finding too."""
    try:
        with _at_one_instant(ledger) as connection:
            yield from check(connection)
    except LedgerError as error:
        if error.code != "ledger.damaged":
            raise
        yield Finding("the database", error.message)
    except ValueError as error:  # a value that is no JSON, which `_database` told of
        yield Finding("the database", f"A check broke off at a value that cannot be read: {error}.")


@contextmanager
def _at_one_instant(ledger: Ledger) -> Iterator[Connection]:
    with ledger.reading() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def _database(connection: Connection) -> Iterator[Finding]:
    """What SQLite itself finds; PostgreSQL sees to these things whenever it reads and writes."""
    if connection.dialect.name != "sqlite":
        return
    for (what,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})"):
        if what != "ok":
            yield Finding("the file", what)
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(f"row {row} of {table}", f"What it refers to in {parent} is not there.")
    yield from _no_json(connection)


def _no_json(connection: Connection) -> Iterator[Finding]:
    for table in metadata.sorted_tables:
        for column in (column.name for column in table.columns if isinstance(column.type, JSON)):
            wrong = f"SELECT rowid FROM {table.name} WHERE {column} IS NOT NULL AND NOT json_valid({column}) LIMIT {_MOST}"
            for (row,) in connection.exec_driver_sql(wrong):
                yield Finding(f"row {row} of {table.name}", f"Its {column} is no JSON; what is checked by it is left unchecked.")


def _belongings(connection: Connection) -> Iterator[Finding]:
    """Rows that name a document and a reading, which is one of another document."""
    for table in (statements, events, sightings):
        other = select(table.c.id).join(readings, table.c.reading_id == readings.c.id).where(readings.c.document_id != table.c.document_id)
        for number in connection.scalars(other.limit(_MOST)):
            yield Finding(f"row {number} of {table.name}", "Its reading is of another document than it names.")


def _full_text(connection: Connection) -> Iterator[Finding]:
    """Whether all statements can be found by their words."""
    if connection.dialect.name == "postgresql":
        missing = "SELECT id FROM statements WHERE id NOT IN (SELECT id FROM statement_words)"
        index = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('ix_statement_words_searched')"
        if not connection.exec_driver_sql(index).scalar():
            yield Finding("full-text index", "It is not there, or not usable: REINDEX INDEX ix_statement_words_searched makes it anew.")
    else:
        missing = "SELECT id FROM statements WHERE id NOT IN (SELECT id FROM statement_words_docsize)"
        more = "SELECT id FROM statement_words_docsize WHERE id NOT IN (SELECT id FROM statements)"
        for (number,) in connection.exec_driver_sql(f"{more} LIMIT {_MOST}"):
            yield Finding("full-text index", f"It holds a statement that is not there (row {number}).")
    for (number,) in connection.exec_driver_sql(f"{missing} LIMIT {_MOST}"):
        yield Finding(f"row {number} of statements", "It is not in the full-text index.")


def _full_text_contents(ledger: Ledger) -> Iterator[Finding]:
    """Whether the words in SQLite's index are those of the statements. SQLite checks that only where it may write."""
    if ledger.engine.dialect.name != "sqlite":
        return
    try:
        writable = connected(ledger.where, create=False)
    except LedgerError as error:
        yield Finding("full-text index", f"Its words are not compared with the statements': {error.message}", is_note=True)
        return
    try:
        with told(ledger.where), writable.connect().execution_options(writes=True) as connection:
            connection.exec_driver_sql("INSERT INTO statement_words (statement_words, rank) VALUES ('integrity-check', 1)")
    except LedgerError as error:
        is_damaged = error.code == "ledger.damaged"
        what = "Its words are not those of the statements." if is_damaged else f"Its words are not compared: {error.message}"
        yield Finding("full-text index", what, is_note=not is_damaged)
    finally:
        writable.dispose()


def _vectors(connection: Connection) -> Iterator[Finding]:
    """Whether all statements can be found by their meaning."""
    if connection.scalar(select(vectors.c.statement_id).limit(1)) is None:
        if connection.scalar(select(statements.c.id).limit(1)) is not None:
            yield Finding("vectors", "The ledger was made without them: statements are found by their words only.", is_note=True)
        return
    without = select(statements.c.id).where(~exists().where(vectors.c.statement_id == statements.c.id))
    for number in connection.scalars(without.limit(_MOST)):
        yield Finding(f"row {number} of statements", "It has no vector.")
    wrong = select(vectors.c.statement_id).where(func.length(vectors.c.vector) != SIZE)
    for number in connection.scalars(wrong.limit(_MOST)):
        yield Finding(f"row {number} of vectors", f"It is not {SIZE} numbers long.")


def _judgements(connection: Connection) -> Iterator[Finding]:
    """Whether what judgements are about is there."""
    kinds = {kind.value for kind in JudgementKind}
    rows = [dict(row) for row in connection.execute(select(judgements).order_by(judgements.c.id)).mappings()]
    for row in rows:
        where = f"judgement {row['id']}"
        if row["kind"] not in kinds:
            yield Finding(where, f"Nobody can make a judgement of the kind {row['kind']!r}.")
        for document, statement in _places_judged(row):
            if not _is_known(connection, documents, "key", document) and not _is_known(connection, tombstones, "document_key", document):
                yield Finding(where, f"There is no document {document}.")
            elif statement is not None and not _is_known(connection, statements, "key", statement):
                yield Finding(where, f"There is no statement {statement}.")
    lost = orphans(judged(connection), judged_links(connection))
    for row in rows:
        if row["id"] in lost and not _is_forgotten(row):
            yield Finding(f"judgement {row['id']}", _LINK_ORPHANED if _is_of_link(row) else _ORPHANED, is_note=True)


def _places_judged(row: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The documents that a judgement is about, each with the statement in it, if it is about one."""
    own, changes = row["statement_key"] if row["content"] else None, row["changes"]
    given = [
        (row["document_key"], own),
        *((key, None) for key in changes.get("documents", ())),
        (changes.get("to_document"), changes.get("to")),
    ]
    return ((document, statement) for document, statement in given if document is not None)


def _is_of_link(row: dict[str, Any]) -> bool:
    return bool(row["kind"] == JudgementKind.LINK)


def _is_forgotten(row: dict[str, Any]) -> bool:
    """Whether it was emptied when a document was removed that it was about."""
    return not row["content"] or (_is_of_link(row) and not row["changes"])


def _is_known(connection: Connection, table: Table, column: str, value: str) -> bool:
    return connection.scalar(select(table.c.id).where(table.c[column] == value).limit(1)) is not None


def _tombstones(connection: Connection) -> Iterator[Finding]:
    """Whether what was removed is not there."""
    for key in connection.scalars(select(documents.c.key).join(tombstones, tombstones.c.document_key == documents.c.key)):
        yield Finding(f"document {key}", "It was removed, and is there all the same.")


def _runs(connection: Connection) -> Iterator[Finding]:
    """Runs that were interrupted, or are not over yet; what they added is whole."""
    open_ones = select(runs).where(~exists().where(run_ends.c.run_id == runs.c.id)).order_by(runs.c.id)
    for row in connection.execute(open_ones).mappings():
        yield Finding(f"run {row['id']}", f"It has no end: begun {row['started_at'][:16]}, {row['command']!r}.", is_note=True)
