"""Statements as rows of plain columns, for CSV and Parquet: one statement a row, with what identifies its document; and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from onrecord.data import Statement
from onrecord.errors import ReadError
from onrecord.find.records import HeldRecord
from onrecord.record import rows
from onrecord.record.from_rows import statement_of

Row = dict[str, Any]
_WRONG = (KeyError, TypeError, ValueError, IndexError, AttributeError)  # what values that are none of their kind raise


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    FLAG = "flag"
    NUMBER = "number"
    SPAN = "span"  # [start, end]
    SPANS = "spans"  # [[start, end], ...]
    VIA = "via"  # [{"name", "channel", "span"}, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; one that is `optional` may hold nothing."""

    name: str
    kind: Kind = Kind.TEXT
    optional: bool = True


def _columns() -> Iterator[Column]:
    yield from (Column(name, optional=False) for name in ("id", "document_id", "document", "local_id"))
    yield from map(Column, ("publisher", "title", "author", "url"))
    yield Column("locator", optional=False)
    yield from map(Column, ("creation_time", "creation_time_basis"))
    yield from (Column(name, optional=False) for name in ("known_on", "language"))
    yield from map(Column, ("genre", "retrieved_at"))
    yield Column("sha256", optional=False)
    yield from map(Column, ("speaker_name", "speaker_role", "speaker_type", "speaker_key", "stands_for", "wikidata", "addressee"))
    yield Column("via", Kind.VIA)
    yield from map(Column, ("said_on", "said_on_anchor", "stance", "factuality"))
    yield from (Column(name, Kind.FLAG) for name in ("negated_cue", "conditional", "hypothetical", "judged"))
    yield from map(Column, ("part_of", "quote_type"))
    yield Column("probability", Kind.NUMBER)
    yield from (Column(name, optional=False) for name in ("words", "source_words", "cue_words"))
    yield from (Column(name, Kind.SPANS) for name in ("content", "source", "cue", "condition", "evidence", "mentions"))
    yield Column("said_on_span", Kind.SPAN)


COLUMNS = tuple(_columns())
_OF_DOCUMENT = ("publisher", "title", "author", "url", "locator", "creation_time", "language", "genre", "retrieved_at", "sha256")


def statement_rows(held: HeldRecord) -> Iterator[Row]:
    """A row for each statement of the record, by the columns' names."""
    document = held.record.document
    of = {name: getattr(document, name) for name in _OF_DOCUMENT}
    of |= {
        "document_id": held.id,
        "document": document.name,
        "creation_time_basis": document.creation_time_basis,
        "known_on": held.known_on,
    }
    for one, key in zip(held.record.statements, held.ids, strict=True):
        row = rows.statement_row(one, held.record, held.id, held.known_on)
        beside = {"id": key, "judged": one.id in held.judged, "wikidata": (held.wikidata or {}).get(one.speaker.key or "")}
        found = row | of | beside
        yield {column.name: _plain(found[column.name]) for column in COLUMNS}


def statements_of(found: Iterable[Row]) -> Iterator[tuple[str, Statement]]:
    """The statement of each row, with the id of its document.

    Raises:
        ReadError: a row holds values that no statement has.
    """
    for number, row in enumerate(found, 1):
        try:
            yield row["document_id"], statement_of(row)
        except _WRONG as error:
            raise ReadError(
                f"Row {number} is no statement as onrecord writes it ({error!r}).", code="read.bad_field", row=number
            ) from error


def _plain(value: Any) -> Any:
    """The value without the types of this program."""
    return str(value) if isinstance(value, StrEnum) else value
