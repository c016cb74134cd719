"""Ledger -> the records in it, or in a part of it, as people judged them, one document after the other.

    for one in records(ledger, WantedRecords(by="Mara Quill", since="2031-03")):
        print(one.record.document.name, len(one.record.statements))

Some documents are in memory at a time, however many there are, and all are read as they are at one instant. Of a part, a record holds the
statements that are wanted, the links between them, the events that they tell of and the times in them; a statement that was told inside
one that is left out is part of none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, Connection, Table, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.data import Basis, Event, Link, LinkType, Record, Statement, TimeExpression, Variant
from onrecord.find.link_rows import HeldLink, held_links
from onrecord.find.wanted import Wanted, rows_said_by, speaker_keys
from onrecord.record.days import last_day
from onrecord.record.from_rows import document_of, event_of, mentions_told, spans, statement_of, time_of
from onrecord.record.judged import Judged, judged
from onrecord.record.judged_links import LinkDecision
from onrecord.record.known_people import wikidata_of
from onrecord.record.ledger import Ledger
from onrecord.record.named import documents_named
from onrecord.record.stored import at_a_time, document_ranges, is_current
from onrecord.record.tables import documents, events, readings, runs, statements, times

Row = dict[str, Any]
Among = Callable[[Column[Any]], ColumnElement[bool]]  # that a column with a document's row id names one of some


@dataclass(frozen=True, slots=True)
class WantedRecords:
    """Which part of a ledger is wanted; what is not given does not matter.

    `by`, `about`, `since`, `until`, `stance`: of statements, as in `Wanted`; where any is given, words that nobody said are left out.
    `as_of`: documents that were known on that day. `publisher`: theirs, in any case of letters. `documents`: ids, URLs, locators or names.

    Raises:
        UsageError: a day is none, there is no such stance, or there is no word in `about`.
    """

    by: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    stance: str | None = None
    as_of: str | None = None
    publisher: str | None = None
    documents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Wanted(self.by, self.about, self.since, self.until, self.stance, self.as_of)

    @property
    def statements(self) -> Wanted | None:
        """Which statements are wanted; None for all."""
        given = (self.by, self.about, self.since, self.until, self.stance)
        return None if not any(given) else Wanted(*given, self.as_of)


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """What the ledger holds of one document, as judged.

    `id` is the document's in the ledger, `ids` are the statements', in their order; `judged` those that somebody looked at. `reading` is
    the number of the reading, made by `program` at `made_at`. `links` lead from its statements to any of the ledger; those between two of
    them are in the record, too. `wikidata` are the ids there of its speakers, by key, whom the user's list of people knows.
    """

    id: str
    known_on: str
    record: Record
    ids: tuple[str, ...]
    judged: frozenset[str]
    reading: int
    program: str
    made_at: str
    links: tuple[HeldLink, ...] = ()
    wikidata: Mapping[str, str] | None = None


def records(ledger: Ledger, wanted: WantedRecords | None = None) -> Iterator[HeldRecord]:
    """The records that are wanted, in the order in which their documents came; without those that hold nothing of what is wanted.

    Raises:
        LedgerError: nobody has the name, there is no such document, or the ledger cannot be read.
    """
    with ledger.snapshot() as connection:
        yield from held_records(connection, judged(connection), wanted or WantedRecords())


def held_records(connection: Connection, known: Judged, wanted: WantedRecords) -> Iterator[HeldRecord]:
    """The same, read through a connection."""
    keys = speaker_keys(connection, known, wanted.by)
    for among in _some(connection, wanted):
        yield from _Some(connection, known, wanted, keys, among).records()


def _some(connection: Connection, wanted: WantedRecords) -> Iterator[Among]:
    """Some of the documents at a time."""
    if wanted.documents:
        ids = sorted({row["id"] for name in wanted.documents for row in documents_named(connection, name)})
        for some in at_a_time(ids):
            yield lambda column, some=some: column.in_(some)  # type: ignore[misc]
        return
    for first, last in document_ranges(connection):
        yield lambda column, first=first, last=last: column.between(first, last)  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class _Some:
    """Some documents of a ledger, and what is wanted of them; `keys` are of those whose statements are."""

    connection: Connection
    known: Judged
    wanted: WantedRecords
    keys: frozenset[str] | None
    among: Among

    def records(self) -> Iterator[HeldRecord]:
        of = self._documents()
        asked = select(readings, runs.c.program).join_from(readings, runs).where(is_current(), self.among(readings.c.document_id))
        found = {row["document_id"]: dict(row) for row in self.connection.execute(asked).mappings() if row["document_id"] in of}
        numbers = sorted(row["id"] for row in found.values())
        said = self._statements(numbers)
        told = {table.name: _by_reading(self.connection, table, numbers) for table in (times, events)}
        links = self._links(said)
        people = wikidata_of(self.connection, {row["speaker_key"] for those in said.values() for row in those})
        for number, document in of.items():
            if (reading := found.get(number)) is None:
                continue
            mine = said.get(reading["id"], [])
            if mine or self.wanted.statements is None:
                parts = [told[name].get(reading["id"], []) for name in ("times", "events")]
                yield self._record(document, reading, mine, parts, links.get(number, []), people)

    def _documents(self) -> dict[int, Row]:
        asked = select(documents).where(self.among(documents.c.id)).order_by(documents.c.id)
        if self.wanted.as_of is not None:
            asked = asked.where(documents.c.known_on <= str(last_day(self.wanted.as_of)))
        publisher = self.wanted.publisher
        return {
            row["id"]: dict(row)
            for row in self.connection.execute(asked).mappings()
            if publisher is None or (row["publisher"] or "").casefold() == publisher.casefold()
        }

    def _statements(self, numbers: list[int]) -> dict[int, list[Row]]:
        """Those that are wanted of these readings, as judged."""
        found = {reading: mentions_told(those) for reading, those in _by_reading(self.connection, statements, numbers).items()}
        self.known.load(row["speaker_key"] for those in found.values() for row in those)
        wanted = self.wanted.statements
        kept: Collection[int] | None = None
        if wanted is not None:
            asked = rows_said_by(self.connection, self.known, wanted, self.keys, self.among(documents.c.id))
            kept = {row["id"] for row in asked}
        judged_ones = {
            reading: [self.known.row(row) for row in those if kept is None or row["id"] in kept] for reading, those in found.items()
        }
        return {reading: [row for row in those if row is not None] for reading, those in judged_ones.items()}

    def _links(self, said: Mapping[int, list[Row]]) -> dict[int, list[HeldLink]]:
        """The links that lead from these statements, by document, in the order in which they were found."""
        document = {row["id"]: row["document_id"] for those in said.values() for row in those}
        found: dict[int, list[HeldLink]] = defaultdict(list)
        for one in held_links(self.connection, (), frozenset(document)) if document else ():
            if one.source in document and not one.is_decided(LinkDecision.REJECTED):
                found[document[one.source]].append(one)
        return {number: sorted(those, key=lambda one: one.row.get("id", 0)) for number, those in found.items()}

    def _record(
        self, document: Row, reading: Row, said: list[Row], parts: list[list[Row]], links: list[HeldLink], people: Mapping[str, str]
    ) -> HeldRecord:
        names = {row["id"]: row["local_id"] for row in said}
        told = _nested([statement_of(row) for row in said])
        given_times, given_events = (time_of(row) for row in parts[0]), (event_of(row) for row in parts[1])
        is_part = self.wanted.statements is not None
        record = Record(
            document_of(document),
            told,
            tuple(_times(given_times, told) if is_part else given_times),
            tuple(_events(given_events, frozenset(names.values()), is_part=is_part)),
            tuple(_link(one, names) for one in links if one.target in names),
            tuple(sorted(reading["models"].items())),
        )
        return HeldRecord(
            id=document["key"],
            known_on=document["known_on"],
            record=record,
            ids=tuple(row["key"] for row in said),
            judged=frozenset(row["local_id"] for row in said if row["id"] in self.known.by_statement),
            reading=reading["id"],
            program=reading["program"],
            made_at=reading["made_at"],
            links=tuple(links),
            wikidata={key: people[key] for row in said if (key := row["speaker_key"]) in people},
        )


def _by_reading(connection: Connection, table: Table, numbers: list[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for some in at_a_time(numbers):
        for row in connection.execute(select(table).where(table.c.reading_id.in_(some)).order_by(table.c.id)).mappings():
            found[row["reading_id"]].append(dict(row))
    return found


def _nested(told: list[Statement]) -> tuple[Statement, ...]:
    """With each the place of the one that it is told in, among these."""
    places = {one.id: place for place, one in enumerate(told)}
    return tuple(
        replace(
            one,
            part_of=one.part_of if one.part_of in places else None,
            attribution=replace(one.attribution, part_of=places.get(one.part_of or "")),
        )
        for one in told
    )


def _times(given: Iterator[TimeExpression], told: tuple[Statement, ...]) -> Iterator[TimeExpression]:
    """Those in the statements, and those that tell when they were said."""
    days = {one.said_on.span for one in told if one.said_on}
    extents = [one.attribution.extent for one in told]
    return (time for time in given if time.span in days or any(extent.touches(time.span) for extent in extents))


def _events(given: Iterator[Event], names: frozenset[str], *, is_part: bool) -> Iterator[Event]:
    for one in given:
        said_by = tuple(name for name in one.statements if name in names)
        if said_by or not is_part:
            yield replace(one, statements=said_by)


def _link(one: HeldLink, names: Mapping[int, str]) -> Link:
    row = one.row
    variant = row["variant"] and Variant(row["variant"])
    kind, basis = LinkType(one.name.type), Basis(row["basis"])
    return Link(kind, names[one.source], names[one.target], basis, one.probability, variant, spans(row["evidence"]), row["why"])
