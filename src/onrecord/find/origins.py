"""Ledger -> where what it holds comes from: documents, readings, runs, models, comparisons, and what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from onrecord.find.link_rows import HeldLink
from onrecord.find.records import HeldRecord, WantedRecords, held_records
from onrecord.record.judged import ABOUT_SPEAKERS, judged
from onrecord.record.ledger import Ledger
from onrecord.record.stored import at_a_time
from onrecord.record.tables import documents, judgements, linkings, readings, run_ends, runs

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadingOrigin:
    """One reading of a document: by which run, with which models (name and SHA-256), in whose place."""

    id: int
    run: int
    made_at: str
    models: tuple[tuple[str, str], ...]
    supersedes: int | None


@dataclass(frozen=True, slots=True)
class JudgementOrigin:
    """What a person decided: about a statement, a link or a speaker, or that an earlier decision (`revokes`) no longer holds."""

    id: int
    run: int
    kind: str
    made_by: str
    made_at: str
    note: str | None
    statement: str | None
    speaker: str | None
    changes: Row
    revokes: int | None


@dataclass(frozen=True, slots=True)
class LinkOrigin:
    """A link that holds; `run` is the one that compared its statements, null where only a person says that they are linked."""

    link: HeldLink
    run: int | None
    found_at: str | None


@dataclass(frozen=True, slots=True)
class DocumentOrigin:
    """A document: its record today, the run that added it, all its readings, and what people decided about its statements."""

    held: HeldRecord
    run: int
    added_at: str
    readings: tuple[ReadingOrigin, ...]
    judgements: tuple[JudgementOrigin, ...]
    links: tuple[LinkOrigin, ...]


@dataclass(frozen=True, slots=True)
class RunOrigin:
    """A run: which program did what, for whom; `ended_at` is null where it was broken off."""

    id: int
    program: str
    command: str
    made_by: str | None
    started_at: str
    ended_at: str | None


Origin = DocumentOrigin | JudgementOrigin | RunOrigin


def origins(ledger: Ledger, wanted: WantedRecords | None = None) -> Iterator[Origin]:
    """The documents that are wanted, then what people decided about speakers, then the runs of all of these.

    Raises:
        LedgerError: nobody has the name, there is no such document, or the ledger cannot be read.
    """
    with ledger.snapshot() as connection:
        numbers: set[int] = set()
        for held in held_records(connection, judged(connection), wanted or WantedRecords()):
            one = _document(connection, held)
            numbers.update((one.run, *(each.run for each in one.readings), *(each.run for each in one.judgements)))
            numbers.update(each.run for each in one.links if each.run is not None)
            yield one
        about_speakers = list(_judgements(connection, judgements.c.kind.in_(ABOUT_SPEAKERS)))
        yield from about_speakers
        yield from _runs(connection, sorted(numbers.union(one.run for one in about_speakers)))


def _document(connection: Connection, held: HeldRecord) -> DocumentOrigin:
    of = connection.execute(select(documents.c.id, documents.c.run_id, documents.c.added_at).where(documents.c.key == held.id)).one()
    asked = select(readings).where(readings.c.document_id == of.id).order_by(readings.c.id)
    read = tuple(
        ReadingOrigin(row["id"], row["run_id"], row["made_at"], tuple(sorted(row["models"].items())), row["supersedes"])
        for row in connection.execute(asked).mappings()
    )
    decided = tuple(_judgements(connection, judgements.c.document_key == held.id))
    return DocumentOrigin(held, of.run_id, of.added_at, read, decided, tuple(_links(connection, held, {one.id: one for one in read})))


def _links(connection: Connection, held: HeldRecord, read: dict[int, ReadingOrigin]) -> Iterator[LinkOrigin]:
    """The links from the document; found by a comparison with the rest of the ledger, or by the reading itself."""
    compared: dict[int, Row] = {}
    for some in at_a_time(sorted({one.row["linking_id"] for one in held.links if one.row.get("linking_id")})):
        for row in connection.execute(select(linkings).where(linkings.c.id.in_(some))).mappings():
            compared[row["id"]] = dict(row)
    for one in held.links:
        linking, reading = compared.get(one.row.get("linking_id") or 0), read.get(one.row.get("reading_id") or 0)
        if linking is not None:
            yield LinkOrigin(one, linking["run_id"], linking["made_at"])
        else:
            yield LinkOrigin(one, *(None, None) if reading is None else (reading.run, reading.made_at))


def _judgements(connection: Connection, condition: Any) -> Iterator[JudgementOrigin]:
    """The judgements that meet the condition, and those that take one of them back."""
    mine = select(judgements.c.id).where(condition).scalar_subquery()
    asked = select(judgements).where(or_(condition, judgements.c.revokes.in_(mine))).order_by(judgements.c.id)
    for row in connection.execute(asked).mappings():
        what = row["kind"], row["made_by"], row["made_at"], row["note"]
        about = row["statement_key"], row["speaker_key"], row["changes"], row["revokes"]
        yield JudgementOrigin(row["id"], row["run_id"], *what, *about)


def _runs(connection: Connection, numbers: list[int]) -> Iterator[RunOrigin]:
    for some in at_a_time(numbers):
        asked = select(runs, run_ends.c.ended_at).outerjoin(run_ends, run_ends.c.run_id == runs.c.id).where(runs.c.id.in_(some))
        for row in connection.execute(asked.order_by(runs.c.id)).mappings():
            yield RunOrigin(row["id"], row["program"], row["command"], row["made_by"], row["started_at"], row["ended_at"])
