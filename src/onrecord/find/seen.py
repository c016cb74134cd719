"""What is seen of speakers, from the sums of the ledger, set right where a key means somebody else or somebody judged.

In most documents a key means what it means everywhere; for these the sums hold. Documents `apart` are looked at one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.record.judged import Judged
from onrecord.record.stored import at_a_time, current_statements, is_current
from onrecord.record.tables import aliases, documents, readings, sightings, statements, tallies
from onrecord.record.tallies import KINDS, SAID, days_seen

Row = dict[str, Any]
Raw = Sequence[str] | None  # keys as the model has them; all without any
_COLUMNS = (("name", "speaker_name"), ("role", "speaker_role"), ("type", "speaker_type"))


@dataclass(slots=True)
class Sums:
    """What is seen of everybody: by key, then by kind and value, the first day, the last day and the documents."""

    seen: dict[str, dict[tuple[str, str], tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(dict))
    statements: Counter[str] = field(default_factory=Counter)
    _last: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(self, key: str, kind: str, value: str, days: tuple[str, str], number: int) -> None:
        """So many documents more."""
        first, last, before = self.seen[key].get((kind, value), (*days, 0))
        self.seen[key][kind, value] = min(first, days[0]), max(last, days[1]), before + number

    def take(self, row: Row) -> None:
        """One statement; the rows of one document come together."""
        key = row["speaker_key"]
        self.statements[key] += 1
        for kind, column in _COLUMNS:
            if row[column] and self._last.get((key, kind, row[column])) != row["document_id"]:
                self._last[key, kind, row[column]] = row["document_id"]
                self.add(key, kind, row[column], (row["known_on"], row["known_on"]), 1)


@dataclass(slots=True)
class _Apart:
    """What is in documents apart, by key, kind and value: in which documents, on which days; and statements by key and document."""

    seen: dict[tuple[str, str, str], dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    said: dict[tuple[str, int], int] = field(default_factory=dict)
    less: Counter[str] = field(default_factory=Counter)  # statements by key, in all of them


def sums(connection: Connection, known: Judged, raw: Raw) -> Sums:
    """What is seen of those whom these keys may mean."""
    found = Sums()
    touched = sorted(set(_touched(connection, known)))
    apart = _apart(connection, raw, touched)
    known.load(key for key, *_ in apart.seen)
    for some in (None,) if raw is None else at_a_time(raw):
        counted = connection.execute(_tallies(some)).all()
        known.load(row.speaker_key for row in counted)
        for one in counted:
            _take(found, connection, known, one, apart)
    judged_here = frozenset(touched)
    for (key, kind, value), days in apart.seen.items():
        for document in days.keys() - judged_here:
            found.add(known.speaker(key, document), kind, value, (days[document],) * 2, 1)
    for (key, document), number in apart.said.items():
        if document not in judged_here:
            found.statements[known.speaker(key, document)] += number
    for row in _judged_rows(connection, known, touched, raw):
        found.take(row)
    return found


def said(connection: Connection, known: Judged) -> Counter[str]:
    """How many statements everybody made who is seen."""
    touched = sorted(set(_touched(connection, known)))
    found: Counter[str] = Counter()
    apart = _said_apart(connection, None, touched)
    less = _by_key(apart)
    known.load(key for key, _ in apart)
    for (key, document), number in apart.items():
        if document not in touched:
            found[known.speaker(key, document)] += number
    of = tallies.c
    for key, number in connection.execute(select(of.speaker_key, of.number).where(of.kind == SAID)):
        found[known.speaker(key)] += number - less[key]
    found.update(row["speaker_key"] for row in _judged_rows(connection, known, touched, None))
    return found


def _tallies(some: Raw) -> Select[Any]:
    of = tallies.c
    asked = select(of.speaker_key, of.kind, of.value, of.number, of.first_on, of.last_on)
    return asked if some is None else asked.where(of.speaker_key.in_(some))


def _take(found: Sums, connection: Connection, known: Judged, row: Any, apart: _Apart) -> None:
    """One sum, without what is in documents apart."""
    key, kind, value, number, first, last = row
    who = known.speaker(key)
    if kind == SAID:
        found.statements[who] += number - apart.less[key]
        return
    away = apart.seen.get((key, kind, value), {})
    if len(away) >= number:
        return
    if away and (first in away.values() or last in away.values()):
        first, last = days_seen(connection, (key, kind, value), away)
    found.add(who, kind, value, (first, last), number - len(away))


def _apart(connection: Connection, raw: Raw, touched: Sequence[int]) -> _Apart:
    found = _Apart()
    of = sightings.c
    asked = select(of.speaker_key, of.kind, of.value, of.document_id, of.seen_on)
    of_key = (aliases.c.speaker_key == _by_document(of.speaker_key)) & (aliases.c.document_id == of.document_id)
    for joined, *which in _places(raw, touched, sightings, sightings.join(aliases, of_key)):
        rows = connection.execute(asked.select_from(joined.join(readings)).where(is_current(), of.kind.in_(KINDS), *which))
        for key, kind, value, document, seen_on in rows:
            found.seen[key, kind, value][document] = seen_on
    found.said = _said_apart(connection, raw, touched)
    found.less = _by_key(found.said)
    return found


def _said_apart(connection: Connection, raw: Raw, touched: Sequence[int]) -> dict[tuple[str, int], int]:
    of = statements.c
    asked = select(of.speaker_key, of.document_id, func.count(of.id.distinct())).group_by(of.speaker_key, of.document_id)
    of_key = (aliases.c.speaker_key == _by_document(of.speaker_key)) & (aliases.c.document_id == of.document_id)
    found: dict[tuple[str, int], int] = {}
    for joined, *which in _places(raw, touched, statements, statements.join(aliases, of_key)):
        read = joined.join(readings, of.reading_id == readings.c.id)
        rows = connection.execute(asked.select_from(read).where(is_current(), ~of.hypothetical, of.speaker_key.is_not(None), *which))
        found |= {(key, document): number for key, document, number in rows}
    return found


def _by_document(key: ColumnElement[str]) -> ColumnElement[str]:
    """The key, in a way that no index of keys is used: of a document there are few rows, of a key there may be very many."""
    return func.coalesce(key, "")


def _by_key(given: dict[tuple[str, int], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (key, _), number in given.items():
        found[key] += number
    return found


def _places(raw: Raw, touched: Sequence[int], table: Any, with_aliases: Any) -> Iterator[tuple[Any, ...]]:
    """What to select from, and which rows: those with an alias of their own document, and those of documents in which somebody judged."""
    for keys in (None,) if raw is None else at_a_time(raw):
        mine = () if keys is None else (_by_document(table.c.speaker_key).in_(keys),)
        theirs = () if keys is None else (aliases.c.speaker_key.in_(keys),)
        yield with_aliases, *theirs, aliases.c.document_id.is_not(None)
        for some in at_a_time(touched):
            yield table, *mine, table.c.document_id.in_(some)


def _touched(connection: Connection, known: Judged) -> Iterator[int]:
    """The documents in which somebody judged a statement or split a speaker."""
    yield from {document for _, document in known.split}
    for some in at_a_time(sorted(known.by_statement)):
        yield from connection.scalars(select(statements.c.document_id).where(statements.c.id.in_(some)).distinct())


def _judged_rows(connection: Connection, known: Judged, touched: Sequence[int], raw: Raw) -> Iterator[Row]:
    """The statements of these documents as judged, with one of the keys, or with one that a person put there; said by somebody."""
    of = statements.c
    columns = (of.id, of.document_id, of.speaker_key, of.speaker_name, of.speaker_role, of.speaker_type, of.hypothetical)
    corrected = sorted(number for number, change in known.changes.items() if change.get("speaker_key"))
    mine = () if raw is None else (or_(_by_document(of.speaker_key).in_(raw), of.id.in_(corrected)),)
    for some in at_a_time(touched):
        asked = current_statements().with_only_columns(*columns, documents.c.known_on).where(of.document_id.in_(some), *mine)
        rows = connection.execute(asked.order_by(of.id)).mappings().all()
        known.load(row["speaker_key"] for row in rows)
        for row in rows:
            as_judged = known.row(dict(row))
            if as_judged is not None and as_judged["speaker_key"] and not as_judged["hypothetical"]:
                yield as_judged
