"""What tells the copies of documents -> what is wrong with it: signatures, bands, the shares of copies, and what they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import isclose
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from onrecord.find.verify_documents import Finding
from onrecord.record.copies import least_share, passages_of, shingles_of
from onrecord.record.copy_tables import bands, copies, signatures
from onrecord.record.signatures import share, signed
from onrecord.record.tables import documents, links

Row = dict[str, Any]
_DOCUMENTS = 200
_MOST = 100


def copy_findings(connection: Connection) -> Iterator[Finding]:
    """Whether every document is found by its copies as its text would have it, and what is told to be a copy is one."""
    yield from _signatures(connection)
    yield from _copies(connection)
    other = and_(links.c.copied_id != links.c.from_id, links.c.copied_id != links.c.to_id)
    for number in connection.scalars(select(links.c.id).where(other).limit(_MOST)):
        yield Finding(f"row {number} of links", "The statement that was not compared is none of its ends.")


def _signatures(connection: Connection) -> Iterator[Finding]:
    last, missing = 0, 0
    asked = select(documents, signatures.c.words.label("counted"), signatures.c.shingles, signatures.c.signature)
    asked = asked.outerjoin(signatures, signatures.c.document_id == documents.c.id).order_by(documents.c.id).limit(_DOCUMENTS)
    while rows := [dict(row) for row in connection.execute(asked.where(documents.c.id > last)).mappings()]:
        held: dict[int, set[int]] = defaultdict(set)
        between = bands.c.document_id.between(rows[0]["id"], rows[-1]["id"])
        for number, band in connection.execute(select(bands.c.document_id, bands.c.band).where(between)):
            held[number].add(band)
        for row in rows:
            missing += row["signature"] is None
            if row["signature"] is not None:
                yield from (Finding(f"document {row['key']}", what) for what in _of_signature(row, held[row["id"]]))
        last = rows[-1]["id"]
    if missing:
        yield Finding(f"{missing:,} documents", "Their copies were not looked for yet: `onrecord link` does it.", is_note=True)


def _of_signature(row: Row, held: set[int]) -> Iterator[str]:
    try:
        made = signed(passages_of(row))
    except (TypeError, ValueError):  # excerpts that are none, which are told of with the documents
        return
    if (made.words, len(made.shingles), made.signature) != (row["counted"], row["shingles"], bytes(row["signature"])):
        yield "Its signature is not that of its text."
    if set(made.bands) != held:
        yield "The bands by which its copies are found are not those of its text."


def _copies(connection: Connection) -> Iterator[Finding]:
    of, later, earlier = copies.c, documents.alias("later"), documents.alias("earlier")
    asked = select(copies, later.c.key).join(later, later.c.id == of.document_id).join(earlier, earlier.c.id == of.of_id)
    swapped = or_(later.c.known_on < earlier.c.known_on, and_(later.c.known_on == earlier.c.known_on, later.c.id <= earlier.c.id))
    for row in connection.execute(asked.where(swapped).limit(_MOST)).mappings():
        yield Finding(f"document {row['key']}", "It is told to be a copy of a document that came later.")
    last, highest = 0, connection.scalar(select(func.max(of.id))) or 0
    while last < highest:
        some = select(copies).where(of.id > last).order_by(of.id).limit(_DOCUMENTS)
        for row in connection.execute(some).mappings().all():
            last = row["id"]
            yield from _of_copy(connection, dict(row))


def _of_copy(connection: Connection, row: Row) -> Iterator[Finding]:
    asked = select(documents).where(documents.c.id.in_((row["document_id"], row["of_id"])))
    ends = {one["id"]: dict(one) for one in connection.execute(asked).mappings()}
    if len(ends) < 2:
        yield Finding(f"row {row['id']} of copies", "It is about a document that is not there.")
        return
    try:
        found = share(*(shingles_of(one) for one in ends.values()))
    except (TypeError, ValueError):
        return
    if not isclose(found, row["share"], abs_tol=1e-9) or found < least_share(*ends.values()):
        where = f"document {ends[row['document_id']]['key']}"
        yield Finding(where, f"It is told to share {row['share']:.2f} with what it is a copy of, and shares {found:.2f}.")
