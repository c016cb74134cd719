"""A newer program reads again what an older one read: the ledger gets new readings, and what they changed is listed.

The texts come from the ledger. Whatever ends a run, and whenever, what was read again is whole; the same call goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.data import Document, Record, Rejection
from onrecord.record import judged_links
from onrecord.record.changes import StatementChange, statements
from onrecord.record.from_rows import document_of
from onrecord.record.identity import document_key
from onrecord.record.judged import judged
from onrecord.record.ledger import Ledger, Program, Run
from onrecord.record.named import documents_named
from onrecord.record.stored import is_current, record_of_reading
from onrecord.record.tables import documents, readings
from onrecord.run.adding import batches
from onrecord.run.local import RunOptions, records

Row = dict[str, Any]
_DOCUMENTS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class RereadOptions:
    """How documents are read again. `only`: ids, URLs, locators or names of documents; without it all of them."""

    run: RunOptions
    jobs: int = 1
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rereading:
    """One document before and after, as the programs read it, and the statements that differ."""

    old: Record
    new: Record
    changes: tuple[StatementChange, ...]


def rereadings(ledger: Ledger, run: Run, options: RereadOptions) -> Iterator[Rereading | Rejection]:
    """Every document that was read again, once its new reading is safe in the ledger, and why others were not.

    Args:
        ledger: what it holds is read again, as far as another program than the run's made the current reading.
        run: the run it belongs to; its counts grow.
        options: how to read.

    Raises:
        RunError: the ledger cannot be written, no document can be read, or `only` names one that is not there.
    """
    before: dict[str, int] = {}
    ids = _wanted(ledger, options.only)
    with closing(records(_outdated(ledger, run.program, ids, before), options.run, options.jobs)) as results:  # type: ignore[type-var]
        for batch in batches(results):
            ledger.add(run, batch)
            for one in batch:
                found = one if isinstance(one, Rejection) else _rereading(ledger, run, one, before)
                if found is not None:
                    yield found
    ledger.end(run)


def outdated_count(ledger: Ledger, program: Program, only: Sequence[str] = ()) -> int:
    """How many documents another program made the current reading of."""
    ids = _wanted(ledger, only)
    with ledger.reading() as connection:
        if ids is None:
            return int(connection.scalar(_others(program, func.count())) or 0)
        return sum(connection.scalar(_others(program, func.count()).where(documents.c.id == one)) or 0 for one in ids)


def orphans(ledger: Ledger) -> dict[int, Row]:
    """The judgements of which no current reading finds the statement, or one of the two that are linked, by their numbers."""
    with ledger.reading() as connection:
        return judged_links.orphans(judged(connection), judged_links.judged_links(connection))


def _wanted(ledger: Ledger, only: Sequence[str]) -> list[int] | None:
    """The row ids of the documents that are asked for, in order; null for all."""
    if not only:
        return None
    with ledger.reading() as connection:
        return sorted({row["id"] for name in only for row in documents_named(connection, name)})


def _others(program: Program, *columns: Any) -> Select[Any]:
    """Of the documents whose current reading is another program's."""
    joined = documents.join(readings, readings.c.document_id == documents.c.id)
    return select(*columns).select_from(joined).where(is_current(), readings.c.digest != program.digest)


def _outdated(ledger: Ledger, program: Program, ids: list[int] | None, before: dict[str, int]) -> Iterator[Document | Rejection]:
    """The documents, some at a time; their current readings are noted in `before`."""
    last = 0
    while True:
        asked = _others(program, documents, readings.c.id.label("reading")).where(documents.c.id > last)
        some = None if ids is None else [one for one in ids if one > last][:_DOCUMENTS_AT_ONCE]
        if some is not None:
            asked = asked.where(documents.c.id.in_(some))
        with ledger.reading() as connection:
            page = [dict(row) for row in connection.execute(asked.order_by(documents.c.id).limit(_DOCUMENTS_AT_ONCE)).mappings()]
        yield from (_document(row, before) for row in page)
        if not (page if some is None else some):
            return
        last = page[-1]["id"] if some is None else some[-1]


def _document(row: Row, before: dict[str, int]) -> Document | Rejection:
    """The document with its whole text, or why that is not to be had."""
    name = row["locator"] or row["name"]
    if row["text"] is None:
        return Rejection(name, "ledger.excerpts", "Only excerpts of it are kept. Add it again from where it was found.")
    document = document_of(row)
    if document_key(document) != row["key"]:
        return Rejection(name, "ledger.excerpts", "Some of its characters no database keeps. Add it again from where it was found.")
    before[row["key"]] = row["reading"]
    return document


def _rereading(ledger: Ledger, run: Run, new: Record, before: dict[str, int]) -> Rereading | None:
    """The record beside the one before; null where another run was faster, or somebody removed the document."""
    reading = before.pop(document_key(new.document))
    with ledger.reading() as connection:
        if not _is_ours(connection, run, reading):
            return None
        old = record_of_reading(connection, reading)
    return Rereading(old, new, statements(old, new))


def _is_ours(connection: Connection, run: Run, reading: int) -> bool:
    return connection.scalar(select(readings.c.run_id).where(readings.c.supersedes == reading)) == run.id
