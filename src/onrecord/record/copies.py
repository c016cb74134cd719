"""Documents -> which are copies of which earlier ones: an agency's story as many outlets print it, whole, cut, under another headline.

A document is kept with its signature and its bands, so that its copies are looked up, however large the ledger is; each that is found is
then compared with it by its shingles. An outlet that shortens a story keeps what stands in it, so it counts how much of the shorter text
the longer one has. One outlet's own texts share more without being copies (what it prints under each of them, the fixed words of a column,
an update), so of these more is asked for.

Copies of copies are one story. A document is compared with one of each story, the earliest that it may be a copy of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, TextClause, delete, or_, select, text

from onrecord.record.copy_tables import bands, copies, signatures
from onrecord.record.signatures import Hashes, Signed, likely_share, share, shingles, signed
from onrecord.record.stored import at_a_time, careful_insert
from onrecord.record.tables import documents

Row = dict[str, Any]
LEAST_SHARE = 0.6  # of a copy; evals/README.md has what was found around it
LEAST_OF_ONE_OUTLET = 0.9
_DOUBT = 0.35  # by so much a signature may tell too little
_MOST = 12  # documents with most bands in common that are compared: of a story that all print, some of those that do
_BESIDE = 24  # documents that are looked at of each band: the first ones
_LOCK = 0x6F6E7263  # in PostgreSQL: one looks for copies at a time, and sees what all before it added


class Copy(NamedTuple):
    """A document, the earlier one of which it is a copy, and how much of the shorter text the longer one has; documents by row."""

    document: int
    of: int
    share: float


def passages_of(row: Mapping[str, Any]) -> list[str]:
    """What is kept of the text of a document's row: all of it, or what stands around its statements."""
    return [row["text"]] if row["text"] is not None else [words for _, words in row["excerpts"] or []]


def sign(connection: Connection, run: int, numbers: Iterable[int]) -> None:
    """Keep what tells the copies of these documents, of those that have it not yet, and of which earlier or later ones they are copies."""
    _lock(connection)
    wanted = sorted(set(numbers))
    done = {number for some in at_a_time(wanted) for number in connection.scalars(_signed_ones(some))}
    for number in (one for one in wanted if one not in done):
        made = signed(passages_of(_row(connection, number)))
        told = {"words": made.words, "shingles": len(made.shingles), "signature": made.signature}
        connection.execute(signatures.insert(), [{"document_id": number, **told}])
        if made.bands:
            connection.execute(bands.insert(), [{"band": band, "document_id": number} for band in sorted(set(made.bands))])
        _keep(connection, run, copies_found(connection, number, made))


def unsigned(connection: Connection, limit: int) -> list[int]:
    """Documents that have no signature: those that were added before there were any."""
    missing = select(documents.c.id).outerjoin(signatures, signatures.c.document_id == documents.c.id)
    return list(connection.scalars(missing.where(signatures.c.document_id.is_(None)).order_by(documents.c.id).limit(limit)))


def copies_found(connection: Connection, number: int, mine: Signed) -> Iterator[Copy]:
    """Of which documents it is a copy, and which are copies of it: one of each story. Only the texts that are compared are read."""
    row, *looked_at = _heads(connection, [number, *_candidates(connection, number, mine)])
    stories: dict[int, int] = {}
    told: set[int] = set()
    for other in sorted(looked_at, key=_place):
        if stories.get(other["id"]) in told:
            continue
        found = share(mine.shingles, shingles_of(_row(connection, other["id"])))
        if found >= least_share(row, other):
            stories = stories or _stories(connection, [one["id"] for one in looked_at])
            told.add(stories[other["id"]])
            earlier, later = sorted((row, other), key=_place)
            yield Copy(later["id"], earlier["id"], found)


def _stories(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    """For each of the documents the one that stands for its story: as far as what they are copies of, and that of, tells."""
    parents, new = {number: number for number in numbers}, set(numbers)

    def head(one: int) -> int:
        while parents[one] != one:
            one = parents[one]
        return one

    while new:
        asked = select(copies.c.document_id, copies.c.of_id)
        pairs = [tuple(pair) for some in at_a_time(sorted(new)) for pair in connection.execute(asked.where(copies.c.document_id.in_(some)))]
        new = {of for _, of in pairs} - parents.keys()
        parents |= {one: one for one in new}
        for one, of in pairs:
            parents[head(one)] = head(of)
    return {number: head(number) for number in numbers}


def story(connection: Connection, number: int) -> frozenset[int]:
    """The document with all that are copies of it, or of which it is one, however indirectly; by row."""
    found, new = {number}, {number}
    while new:
        ends: set[int] = set()
        for some in at_a_time(sorted(new)):
            asked = select(copies.c.document_id, copies.c.of_id).where(or_(copies.c.document_id.in_(some), copies.c.of_id.in_(some)))
            ends.update(end for pair in connection.execute(asked) for end in pair)
        new = ends - found
        found |= new
    return frozenset(found)


def shingles_of(row: Mapping[str, Any]) -> Hashes:
    """The shingles of what is kept of a document's text."""
    return shingles(tuple(passages_of(row)))


def least_share(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The share from which on the later of two documents is a copy of the earlier."""
    first, second = ((row["publisher"] or "").casefold() for row in (one, other))
    return LEAST_OF_ONE_OUTLET if first and first == second else LEAST_SHARE


def forget_copies(connection: Connection, number: int) -> frozenset[int]:
    """Before a document is removed: take away what tells its copies. Those documents that were told to be copies of it, or it of them."""
    beside = select(copies.c.document_id, copies.c.of_id).where(or_(copies.c.document_id == number, copies.c.of_id == number))
    found = frozenset(end for pair in connection.execute(beside) for end in pair) - {number}
    connection.execute(delete(copies).where(or_(copies.c.document_id == number, copies.c.of_id == number)))
    for table in (bands, signatures):
        connection.execute(delete(table).where(table.c.document_id == number))
    return found


def find_again(connection: Connection, run: int, numbers: Iterable[int]) -> None:
    """Look once more for the copies of these documents: what held them together is removed."""
    _lock(connection)
    for number in sorted(numbers):
        _keep(connection, run, copies_found(connection, number, signed(passages_of(_row(connection, number)))))


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _signed_ones(numbers: Iterable[int]) -> Any:
    return select(signatures.c.document_id).where(signatures.c.document_id.in_(numbers))


def _row(connection: Connection, number: int) -> Row:
    of = documents.c
    asked = select(of.id, of.known_on, of.publisher, of.text, of.excerpts).where(of.id == number)
    return dict(connection.execute(asked).mappings().one())


def _heads(connection: Connection, numbers: Sequence[int]) -> list[Row]:
    """What tells the order of documents, and their outlets; as they are given."""
    of = documents.c
    asked = select(of.id, of.known_on, of.publisher).where(of.id.in_(numbers))
    found = {row["id"]: dict(row) for row in connection.execute(asked).mappings()}
    return [found[number] for number in numbers]


def _place(row: Mapping[str, Any]) -> tuple[str, int]:
    return row["known_on"], row["id"]


def _candidates(connection: Connection, number: int, mine: Signed) -> Iterator[int]:
    """Documents that share bands with it, and may share enough as far as their signatures tell; those with most bands first."""
    if not mine.bands:
        return
    wanted = sorted(set(mine.bands))
    asked = {f"band{place}": band for place, band in enumerate(wanted)} | {"number": number, "beside": _BESIDE, "most": _MOST}
    for row in connection.execute(_sharing(len(wanted)), asked).all():
        if bool(row.signature) != bool(mine.signature):
            continue
        told = (mine.signature, len(mine.shingles)), (row.signature, row.shingles)
        if not mine.signature or likely_share(*told) >= LEAST_SHARE - _DOUBT:
            yield row.document_id


@cache
def _sharing(count: int) -> TextClause:
    """The documents that share most of so many bands, of the first few of each: of a story that thousands print, not all are counted."""
    beside = " UNION ALL ".join(
        f"SELECT document_id FROM (SELECT document_id FROM bands WHERE band = :band{place} AND document_id <> :number "
        f"ORDER BY document_id LIMIT :beside) AS of{place}"
        for place in range(count)
    )
    return text(
        f"SELECT shared.document_id, signature, shingles FROM ({beside}) AS shared "
        "JOIN signatures ON signatures.document_id = shared.document_id GROUP BY shared.document_id, signature, shingles "
        "ORDER BY count(*) DESC, shared.document_id LIMIT :most"
    )


def _keep(connection: Connection, run: int, found: Iterable[Copy]) -> None:
    for one in found:
        row = {"run_id": run, "document_id": one.document, "of_id": one.of, "share": one.share}
        connection.execute(careful_insert(connection, copies).values(**row).on_conflict_do_nothing(index_elements=["document_id", "of_id"]))
