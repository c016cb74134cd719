"""Ledger -> one statement or document with all that belongs to it: the words in their context, readings, judgements, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, select

from onrecord.data import Document, Statement
from onrecord.errors import LedgerError
from onrecord.find.links import LinkJudgement, WantedLinks, found_links
from onrecord.find.selectors import Selector, selectors
from onrecord.record.from_rows import document_of, mentions_told, spans, statement_of
from onrecord.record.identity import LENGTH, overlap
from onrecord.record.judged import LEAST_OVERLAP, Judged, judged
from onrecord.record.known_people import wikidata_of
from onrecord.record.ledger import Ledger
from onrecord.record.named import SHORTEST, documents_named
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, judgements, readings, runs, statements

Row = dict[str, Any]
_DIGITS = re.compile(rf"[0-9a-f]{{{SHORTEST},{LENGTH}}}")
_PAST_DIGITS = "g"  # sorts after every hexadecimal digit


@dataclass(frozen=True, slots=True)
class Held:
    """A reading of the document, and what it had of the statement; `stance` and `speaker_name` are null where it did not have it."""

    reading: int
    made_at: str
    program: str
    models: dict[str, str]
    is_current: bool
    has_it: bool
    stance: str | None = None
    speaker_name: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about the statement."""

    id: int
    kind: str
    changes: Row
    made_by: str
    made_at: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Linked:
    """A link to another statement, as `onrecord links` has it; `from_here` says that this one is the later or the answering one.

    `id`, `speaker_name`, `words` and `document` are those of the other statement; by `link_id` `onrecord review` takes the link.
    """

    type: str
    from_here: bool
    basis: str
    variant: str | None
    probability: float
    why: str | None
    id: str
    speaker_name: str | None
    words: str
    document: str
    link_id: str
    judgement: LinkJudgement | None


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document with its readings and what the current one holds, as judged; statements with their ids in the ledger.

    `wikidata`: the ids there of those speakers, by key, whom the user's list of people knows.
    """

    id: str
    document: Document
    known_on: str
    readings: tuple[Held, ...]
    statements: tuple[tuple[str, Statement], ...]
    wikidata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement as judged. `is_current`: the newest reading has it; otherwise `now` is the id of the one that follows it, if any."""

    id: str
    document_id: str
    document: Document
    known_on: str
    statement: Statement
    selectors: tuple[Selector, ...]
    is_current: bool
    is_statement: bool
    now: str | None
    readings: tuple[Held, ...]
    judgements: tuple[Judgement, ...]
    links: tuple[Linked, ...]
    wikidata: Mapping[str, str] = field(default_factory=dict)


def shown(ledger: Ledger, name: str) -> ShownStatement | ShownDocument:
    """The statement or document with the id that begins so; or else the newest document with that URL, locator or name.

    Raises:
        LedgerError: nothing has the id, or several begin so.
    """
    with ledger.reading() as connection:
        known = judged(connection)
        key, is_statement = _key(connection, name)
        return _statement(connection, known, key) if is_statement else _document(connection, known, key)


def _key(connection: Connection, name: str) -> tuple[str, bool]:
    """The whole id, and whether it is a statement's."""
    found = [(key, True) for key in _keys(connection, statements.c.key, name)]
    found += [(key, False) for key in _keys(connection, documents.c.key, name)]
    if len(found) > 1:
        some = ", ".join(key for key, _ in found[:3])
        raise LedgerError(f"{len(found)} ids begin with {name!r} ({some}): give more digits.", code="ledger.ambiguous")
    return found[0] if found else (documents_named(connection, name)[-1]["key"], False)


def _keys(connection: Connection, key: Column[Any], name: str) -> list[str]:
    digits = name.strip().lower()
    if not _DIGITS.fullmatch(digits):
        return []
    return sorted(connection.scalars(select(key).distinct().where(key >= digits, key < digits + _PAST_DIGITS)))


def _document(connection: Connection, known: Judged, key: str) -> ShownDocument:
    row = _document_row(connection, key)
    rows = _current_rows(connection, row["id"])
    known.load(one["speaker_key"] for one in rows)
    of = (known.row(one) for one in rows)
    told = tuple((one["key"], statement_of(one)) for one in of if one is not None)
    ids = wikidata_of(connection, (one.speaker.key for _, one in told))
    return ShownDocument(key, document_of(row), row["known_on"], tuple(_readings(connection, row["id"], {})), told, ids)


def _statement(connection: Connection, known: Judged, key: str) -> ShownStatement:
    asked = select(statements).where(statements.c.key == key).order_by(statements.c.id)
    rows = [dict(row) for row in connection.execute(asked).mappings()]
    of = _document_row(connection, rows[0]["document_id"])
    current = _current_rows(connection, of["id"])
    mine = next((row for row in current if row["key"] == key), None)
    row = mine or rows[-1]
    document, as_judged = document_of(of), known.row(row)
    statement = statement_of(as_judged or row)
    return ShownStatement(
        id=key,
        document_id=of["key"],
        document=document,
        known_on=of["known_on"],
        statement=statement,
        selectors=selectors(document, statement.attribution.content),
        is_current=mine is not None,
        is_statement=as_judged is not None,
        now=None if mine else _successor(row, current),
        readings=tuple(_readings(connection, of["id"], {one["reading_id"]: one for one in reversed(rows)})),
        judgements=tuple(_judgements(connection, known, row)),
        links=tuple(_links(connection, known, row)),
        wikidata=wikidata_of(connection, [statement.speaker.key]),
    )


def _document_row(connection: Connection, of: str | int) -> Row:
    same = documents.c.key == of if isinstance(of, str) else documents.c.id == of
    return dict(connection.execute(select(documents).where(same)).mappings().one())


def _current_rows(connection: Connection, document: int) -> list[Row]:
    asked = current_statements().where(statements.c.document_id == document).order_by(statements.c.id)
    return mentions_told([dict(row) for row in connection.execute(asked).mappings()])


def _successor(row: Row, current: list[Row]) -> str | None:
    """The statement of the newest reading that has half or more of the words."""
    mine = spans(row["content"])
    near = [(overlap(mine, spans(one["content"])), -one["id"], one["key"]) for one in current]
    best = max(near, default=(0.0, 0, ""))
    return str(best[2]) if best[0] >= LEAST_OVERLAP else None


def _readings(connection: Connection, document: int, rows: dict[int, Row]) -> Iterator[Held]:
    """All readings of the document, the oldest first."""
    asked = select(readings, runs.c.program).join_from(readings, runs).where(readings.c.document_id == document).order_by(readings.c.id)
    found = connection.execute(asked).mappings().all()
    superseded = {one["supersedes"] for one in found}
    for one in found:
        row = rows.get(one["id"])
        what = (None, None) if row is None else (row["stance"], row["speaker_name"])
        yield Held(one["id"], one["made_at"], one["program"], one["models"], one["id"] not in superseded, row is not None, *what)


def _judgements(connection: Connection, known: Judged, row: Row) -> Iterator[Judgement]:
    """Those in force that are about the statement as it is now; of one that was superseded, those that were made about it then."""
    found = known.by_statement.get(row["id"], ())
    if not found:
        asked = select(judgements).where(judgements.c.statement_key == row["key"]).order_by(judgements.c.id)
        undone = set(connection.scalars(select(judgements.c.revokes).where(judgements.c.revokes.is_not(None))))
        found = tuple(dict(one) for one in connection.execute(asked).mappings() if one["id"] not in undone)
    for one in found:
        yield Judgement(one["id"], one["kind"], one["changes"], one["made_by"], one["made_at"], one["note"])


def _links(connection: Connection, known: Judged, row: Row) -> Iterator[Linked]:
    """The links that hold from and to the statement, the newest first."""
    for one in found_links(connection, known, WantedLinks(), frozenset({row["id"]})):
        from_here = one.source.id == row["key"]
        other = one.target if from_here else one.source
        kind = (one.type, from_here, one.basis, one.variant, one.probability, one.why)
        yield Linked(*kind, other.id, other.speaker_name, other.words, other.document, one.id, one.judgement)
