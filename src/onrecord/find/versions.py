"""Ledger -> the versions of an article, in the order in which they came, and what changed from each to the next.

Documents with one URL (or, where they have none, one locator) and different texts are versions of one article. Under the name of
another publisher, or at another address, the same words are another article. Statements are compared as people judged them, and
without those that nobody said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, and_, or_, select, true

from onrecord.data import Record
from onrecord.record.changes import PassageChange, StatementChange, passages, statements
from onrecord.record.from_rows import document_of, mentions_told, statement_of
from onrecord.record.judged import Judged, judged
from onrecord.record.named import documents_named
from onrecord.record.stored import current_reading, record_of_reading
from onrecord.record.tables import documents
from onrecord.record.tables import statements as statements_table

Row = dict[str, Any]
_STREAM = "-"  # standard input: the locator of all that ever came through it
_UNNAMED = re.compile(r"stdin(-\d+)?")  # how documents from there are called that have no name
_LINE = re.compile(r":\d+$")  # of a file of many documents


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its document's row, its current record, and what is different from the version before.

    `passages` is null where nothing can be compared: there is no version before, or of one of the two only excerpts are kept.
    """

    row: Row
    record: Record
    passages: tuple[PassageChange, ...] | None = None
    statements: tuple[StatementChange, ...] = ()

    @property
    def key(self) -> str:
        """The document's id."""
        return str(self.row["key"])


@dataclass(frozen=True, slots=True)
class Article:
    """What changed over time under one address. `place` is the URL or the locator."""

    place: str
    publisher: str | None
    versions: tuple[Version, ...] = field(default=())


def articles(connection: Connection, name: str) -> Iterator[Article]:
    """The articles that a URL, a locator, a name or a document's id means, each with all of its versions.

    Raises:
        LedgerError: the ledger holds nothing that is called so.
    """
    known = judged(connection)
    told: set[int] = set()
    for row in documents_named(connection, name):
        if row["id"] in told:
            continue
        those = _of_article(row, _at(connection, row))
        told |= {one["id"] for one in those}
        publisher = next((one["publisher"] for one in those if one["publisher"]), None)
        yield Article(row["url"] or row["locator"], publisher, tuple(_versions(connection, known, _revisions(those))))


def _at(connection: Connection, row: Row) -> list[Row]:
    """The documents at the same address, in the order in which they came."""
    place, name, url, locator = row["url"] or row["locator"], row["name"], documents.c.url, documents.c.locator
    if not row["url"] and _is_piped(place) and _UNNAMED.fullmatch(name):
        return [row]
    no_url = and_(url.is_(None), locator == place, documents.c.name == name if _holds_many(place) else true())
    asked = select(documents).where(or_(url == place, no_url)).order_by(documents.c.id)
    return [dict(one) for one in connection.execute(asked).mappings()]


def _holds_many(locator: str) -> bool:
    """Whether different articles may come from there, told apart by their names: standard input, or a line of a file."""
    return not locator or _is_piped(locator) or bool(_LINE.search(locator))


def _is_piped(locator: str) -> bool:
    return locator.partition(":")[0] == _STREAM


def _of_article(row: Row, there: Iterable[Row]) -> list[Row]:
    """Those of the row's publisher; one that names no publisher goes with any."""
    publishers = {row["publisher"], None}
    found = [one for one in there if one["publisher"] in publishers or row["publisher"] is None]
    first = next((one["publisher"] for one in found if one["publisher"]), None)
    return [one for one in found if row["publisher"] or one["publisher"] in (first, None)]


def _revisions(those: Iterable[Row]) -> Iterator[Row]:
    """Without those that only say again what the one before said: the same text found in two places."""
    before: str | None = None
    for one in those:
        if one["sha256"] != before:
            yield one
        before = one["sha256"]


def _versions(connection: Connection, known: Judged, those: Iterable[Row]) -> Iterator[Version]:
    before: Version | None = None
    for row in those:
        one = Version(row, _record(connection, known, row))
        yield one if before is None else _compared(before, one)
        before = one


def _compared(before: Version, one: Version) -> Version:
    whole = before.row["text"] is not None and one.row["text"] is not None
    found = passages(before.row["text"], one.row["text"]) if whole else None
    return replace(one, passages=found, statements=statements(before.record, one.record))


def _record(connection: Connection, known: Judged, row: Row) -> Record:
    """The current record of the document as judged; without statements that nobody said."""
    reading = current_reading(connection, row["id"])
    if reading is None:
        return Record(document_of(row), (), (), (), ())
    record = record_of_reading(connection, reading["id"])
    found = connection.execute(select(statements_table).where(statements_table.c.reading_id == reading["id"])).mappings()
    right = (known.row(one) for one in mentions_told([dict(one) for one in found]))
    kept = {one["local_id"]: statement_of(one) for one in right if one is not None and not one["hypothetical"]}
    return replace(record, statements=tuple(kept[one.id] for one in record.statements if one.id in kept), links=())
