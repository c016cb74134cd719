"""Documents, their readings, and what is in these -> what is wrong with them: digests, keys, spans and the words in them, chains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, select

from onrecord.data import Span, Spans
from onrecord.record.days import first_day
from onrecord.record.excerpts import text_of
from onrecord.record.from_rows import event_of, link_of, statement_of, time_of
from onrecord.record.identity import key_of_document, statement_key
from onrecord.record.stored import document_ranges
from onrecord.record.tables import documents, events, links, readings, statements, times

Row = dict[str, Any]
_NOT_KEPT = "\0"  # stands where only excerpts are kept; no text has it
_REPLACED = "\ufffd"
_WRONG = (ValueError, TypeError, KeyError, IndexError, AttributeError)  # what values that are none of their kind raise


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, and where; a note is about what cannot be checked, or is unusual and not wrong."""

    where: str
    what: str
    is_note: bool = False


@dataclass(slots=True)
class Tally:
    """How much was checked."""

    documents: int = 0
    statements: int = 0
    excerpts: int = 0  # documents of which only excerpts are kept: the digests of their texts cannot be checked


@dataclass(slots=True)
class _Held:
    """A document with all that was made of it; parts are kept by reading."""

    row: Row
    text: str
    readings: list[Row] = field(default_factory=list)
    parts: dict[str, dict[int, list[Row]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    @property
    def where(self) -> str:
        return f"document {self.row['key']}"


def document_findings(connection: Connection, tally: Tally) -> Iterator[Finding]:
    """What is wrong with documents and readings, in the order in which the documents came."""
    for first, last in document_ranges(connection):
        for held in _held(connection, first, last):
            tally.documents += 1
            tally.excerpts += held.row["text"] is None
            tally.statements += sum(map(len, held.parts["statements"].values()))
            yield from _of_document(held)
            yield from _of_chain(held)
            for one in held.readings:
                yield from _of_reading(held, one["id"])
    if tally.excerpts:
        what = "Only excerpts of their texts are kept: the digests of these cannot be checked."
        yield Finding(f"{tally.excerpts:,} documents", what, is_note=True)


def _held(connection: Connection, first: int, last: int) -> Iterator[_Held]:
    """The documents with these row ids."""
    of = documents.c.id.between(first, last)
    held = {row["id"]: _Held(dict(row), "") for row in connection.execute(select(documents).where(of).order_by(documents.c.id)).mappings()}
    for row in connection.execute(select(readings).where(readings.c.document_id.between(first, last)).order_by(readings.c.id)).mappings():
        if row["document_id"] in held:
            held[row["document_id"]].readings.append(dict(row))
    for table in (statements, times, events, links):
        for document, part in _parts(connection, table, first, last):
            if document in held:
                held[document].parts[table.name][part["reading_id"]].append(part)
    yield from held.values()


def _parts(connection: Connection, table: Table, first: int, last: int) -> Iterator[tuple[int, Row]]:
    document = readings.c.document_id.label("_of")
    asked = select(table, document).join(readings, table.c.reading_id == readings.c.id).where(document.between(first, last))
    for row in connection.execute(asked.order_by(table.c.id)).mappings():
        yield row["_of"], dict(row)


def _of_document(held: _Held) -> Iterator[Finding]:
    """Its digest and its key, and that its text or its excerpts are what they should be."""
    row = held.row
    try:
        held.text = row["text"] if row["text"] is not None else _excerpted(row)
    except _WRONG:
        yield Finding(held.where, "Its excerpts are not passages of a text of its length, in order and apart.")
        held.text = _NOT_KEPT * row["length"]
    if len(held.text) != row["length"]:
        yield Finding(held.where, f"Its text has {len(held.text):,} characters, not {row['length']:,}.")
    if row["text"] is not None and sha256(row["text"].encode("utf8", "surrogatepass")).hexdigest() != row["sha256"]:
        yield _digest_finding(held, "Its text has another digest than the one that was recorded", row["text"])
    if key_of_document(row["sha256"], row["publisher"], row["locator"]) != row["key"]:
        yield _digest_finding(held, "Its id is not that of its text, publisher and place", f"{row['publisher']}{row['locator']}")


def _digest_finding(held: _Held, what: str, words: str) -> Finding:
    """Letters that no database takes were replaced before they were stored: then nothing can be said."""
    if _REPLACED in words:
        unsure = "it cannot be checked, for U+FFFD stands where letters were that no database takes"
        return Finding(held.where, f"{what}; {unsure}.", is_note=True)
    return Finding(held.where, f"{what}.")


def _excerpted(row: Row) -> str:
    """The text with its excerpts, and elsewhere what no text has.

    Raises:
        ValueError: the excerpts overlap or reach beyond it.
    """
    done = 0
    for start, words in row["excerpts"]:
        if start < done:
            raise ValueError(start)
        done = start + len(words)
    if done > row["length"]:
        raise ValueError(done)
    return text_of(row["excerpts"], row["length"], _NOT_KEPT)


def _of_chain(held: _Held) -> Iterator[Finding]:
    """Its readings: each but the first supersedes the one before."""
    if not held.readings:
        yield Finding(held.where, "It was never read.")
    before: int | None = None
    for one in held.readings:
        if one["supersedes"] != before:
            what = f"It supersedes {one['supersedes']}, where the one before it is {before}."
            yield Finding(f"reading {one['id']} of {held.where}", what)
        before = one["id"]


def _of_reading(held: _Held, reading: int) -> Iterator[Finding]:
    """Its statements, times, events and links."""
    said = held.parts["statements"][reading]
    names = Counter(row["local_id"] for row in said)
    yield from (Finding(f"reading {reading} of {held.where}", f"{n} statements are called {name}.") for name, n in names.items() if n > 1)
    for row in said:
        where = f"statement {row['key']} of {held.where}"
        yield from (Finding(where, what) for what in _of_statement(held, row, names))
    for kind in ("times", "events", "links"):
        for row in held.parts[kind][reading]:
            where = f"{kind.removesuffix('s')} {row['id']} of {held.where}"
            yield from (Finding(where, what) for what in _of_part(held, kind, row, {one["id"]: one["local_id"] for one in said}))


def _of_statement(held: _Held, row: Row, names: Mapping[str, int]) -> Iterator[str]:
    try:
        one = statement_of(row)
    except _WRONG as error:
        yield f"Its values are none that a statement can have ({error})."
        return
    attribution, said = one.attribution, one.said_on
    if statement_key(held.row["key"], attribution.source, attribution.content) != row["key"]:
        yield "Its id is not that of its document, source and content."
    for name, spans in (("words", attribution.content), ("source_words", attribution.source), ("cue_words", attribution.cue)):
        if not _says(held.text, spans, row[name]):
            yield f"Its {name} are not those of the text."
    reading = one.reading
    spans = (*attribution.source, *attribution.cue, *attribution.content, *reading.condition, *reading.evidence, *one.speaker.mentions)
    yield from _outside(held, (*spans, *(via.span for via in one.via), *((said.span,) if said else ())))
    day = (said and first_day(said.value)) or held.row["known_on"]
    if row["sorted_on"] != day:
        yield f"It is sorted under {row['sorted_on']}, not {day}."
    if one.part_of is not None and one.part_of not in names:
        yield f"It is part of {one.part_of}, which is not in its reading."


def _of_part(held: _Held, kind: str, row: Row, names: Mapping[int, str]) -> Iterator[str]:
    """What is wrong with a time, an event or a link; `names` are the reading's statements by row."""
    if kind == "links" and row["linking_id"] is not None:
        if row["to_id"] not in names and row["from_id"] not in names:
            yield "None of its ends is in the reading that was compared."
        return
    if kind == "links" and not {row["from_id"], row["to_id"]} <= names.keys():
        yield "One of its ends is not in its reading."
        return
    try:
        if kind == "times":
            spans: Spans = (time_of(row).span,)
        elif kind == "events":
            spans = (event_of(row).span,)
        else:
            spans = link_of(row, names).evidence
    except _WRONG as error:
        yield f"Its values are none that there can be ({error})."
        return
    yield from _outside(held, spans)
    if kind == "events":
        missing = sorted(set(row["statements"]) - set(names.values()))
        yield from (f"{name}, which says so, is not in its reading." for name in missing)


def _outside(held: _Held, spans: Iterable[Span]) -> Iterator[str]:
    for start, end in spans:
        if not 0 <= start < end <= held.row["length"]:
            yield f"[{start}, {end}] is no passage of the text, which has {held.row['length']:,} characters."


def _says(text: str, spans: Spans, words: str) -> bool:
    """Whether the spans hold the words; what is not kept may say anything."""
    there = " ... ".join(span.of(text) for span in spans)
    if _NOT_KEPT not in there:
        return there == words
    return len(there) == len(words) and all(a in (b, _NOT_KEPT) for a, b in zip(there, words, strict=True))
