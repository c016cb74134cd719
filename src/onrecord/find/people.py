"""Ledger -> people and bodies: one row each, after what was joined by the program, and merged and split by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.find.whom import keys_named
from onrecord.record.aliases import key_here
from onrecord.record.judged import Judged, JudgementKind, in_force, judged
from onrecord.record.known_people import wikidata_of
from onrecord.record.ledger import Ledger
from onrecord.record.stored import at_a_time, current_statements, is_current
from onrecord.record.tables import documents, readings, sightings, statements

Row = dict[str, Any]
_COLUMNS = (("name", "speaker_name"), ("role", "speaker_role"), ("type", "speaker_type"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A name, role or type under which somebody is seen: the first and last day, and in how many documents."""

    value: str
    first_on: str
    last_on: str
    documents: int


@dataclass(frozen=True, slots=True)
class ByHand:
    """A merge or split that is in force. `key` is what `into` replaces; in these documents only, where there are any."""

    id: int
    kind: JudgementKind
    key: str
    into: str
    documents: tuple[str, ...]
    made_by: str
    made_at: str
    note: str | None


@dataclass(frozen=True, slots=True)
class JoinedKey:
    """A key, as single documents give it, that the program takes for the person or body, why, and in how many documents; null: in all."""

    key: str
    basis: str
    documents: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person or body. Names, roles and types come most often seen first; `statements` counts those that somebody made.

    `joined`: the other keys that mean it; `wikidata`: its id there, where the user's list of people gives one.
    """

    key: str
    names: tuple[Seen, ...]
    roles: tuple[Seen, ...]
    types: tuple[Seen, ...]
    statements: int
    by_hand: tuple[ByHand, ...] = ()
    joined: tuple[JoinedKey, ...] = ()
    wikidata: str | None = None

    @property
    def name(self) -> str:
        """The name that is seen most often."""
        return self.names[0].value if self.names else self.key

    @property
    def first_on(self) -> str | None:
        """The first day on which it is seen."""
        return min((one.first_on for one in self.types), default=None)

    @property
    def last_on(self) -> str | None:
        """The last day on which it is seen."""
        return max((one.last_on for one in self.types), default=None)


def people(ledger: Ledger, name: str | None = None) -> tuple[Person, ...]:
    """The people and bodies of the ledger, those who said most first; with a name those whom it may mean.

    Two who share a surname are two, unless somebody merged them by hand.
    """
    with ledger.reading() as connection:
        known = judged(connection)
        if name is None and known.aliases is not None:
            known.aliases.load_all()
        wanted = None if name is None else frozenset(keys_named(connection, known, name))
        raw = None if wanted is None else sorted({one for key in wanted for one in known.raw_keys(key)})
        tally = _Tally()
        touched = sorted(set(_touched(connection, known)))
        _take_counted(tally, connection, known, raw, touched)
        for row in _judged_rows(connection, known, touched):
            tally.take(row)
        decided = _decided(connection, known)
        keys = set(tally.seen if wanted is None else wanted & tally.seen.keys())
        ids = wikidata_of(connection, keys)
        joined = {key: tuple(_joined(known, key)) for key in keys}
    found = (replace(tally.person(key, tuple(decided[key])), joined=joined[key], wikidata=ids.get(key)) for key in keys)
    return tuple(sorted(found, key=lambda one: (-one.statements, one.key)))


@dataclass(slots=True)
class _Tally:
    """What is seen of everybody: by key, then by kind and value, the first day, the last day and the documents."""

    seen: dict[str, dict[tuple[str, str], tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(dict))
    statements: Counter[str] = field(default_factory=Counter)
    _last: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(self, key: str, kind: str, value: str, days: tuple[str, str], number: int) -> None:
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

    def person(self, key: str, by_hand: tuple[ByHand, ...]) -> Person:
        kinds: dict[str, list[Seen]] = {"name": [], "role": [], "type": []}
        for (kind, value), (first, last, number) in self.seen[key].items():
            kinds[kind].append(Seen(value, first, last, number))
        names, roles, types = (tuple(sorted(some, key=lambda one: (-one.documents, one.value))) for some in kinds.values())
        return Person(key, names, roles, types, self.statements[key], by_hand)


def _take_counted(tally: _Tally, connection: Connection, known: Judged, raw: Sequence[str] | None, touched: Sequence[int]) -> None:
    """All documents in which nobody judged anything, counted by the database."""
    seen, said = sightings.c, statements.c
    days = (func.min(seen.seen_on), func.max(seen.seen_on))
    here, here_said = key_here(sightings).label("here"), key_here(statements).label("here")
    asked = select(seen.speaker_key, here, seen.kind, seen.value, *days, func.count()).join_from(sightings, readings)
    asked = asked.where(is_current(), seen.document_id.not_in(touched), seen.kind.in_(kind for kind, _ in _COLUMNS))
    asked = asked.group_by(seen.speaker_key, here, seen.kind, seen.value)
    counted = select(said.speaker_key, here_said, func.count()).join_from(statements, readings)
    counted = counted.where(is_current(), ~said.hypothetical, said.speaker_key.is_not(None), said.document_id.not_in(touched))
    counted = counted.group_by(said.speaker_key, here_said)
    for some in (None,) if raw is None else at_a_time(raw):
        found = connection.execute(asked if some is None else asked.where(seen.speaker_key.in_(some)))
        for key, here, kind, value, first, last, number in found:
            tally.add(known.speaker(here or key), kind, value, (first, last), number)
        for key, here, number in connection.execute(counted if some is None else counted.where(said.speaker_key.in_(some))):
            tally.statements[known.speaker(here or key)] += number


def _touched(connection: Connection, known: Judged) -> Iterator[int]:
    """The documents in which somebody judged a statement or split a speaker."""
    yield from {document for _, document in known.split}
    for some in at_a_time(sorted(known.by_statement)):
        yield from connection.scalars(select(statements.c.document_id).where(statements.c.id.in_(some)).distinct())


def _judged_rows(connection: Connection, known: Judged, touched: Sequence[int]) -> Iterator[Row]:
    """The statements of these documents as judged, with a speaker, said by somebody."""
    for some in at_a_time(touched):
        asked = current_statements().add_columns(documents.c.known_on).where(statements.c.document_id.in_(some))
        for row in connection.execute(asked.order_by(statements.c.id)).mappings():
            as_judged = known.row(dict(row))
            if as_judged is not None and as_judged["speaker_key"] and not as_judged["hypothetical"]:
                yield as_judged


def _decided(connection: Connection, known: Judged) -> dict[str, list[ByHand]]:
    """The merges and splits in force, by the keys that they led to and, for splits, from."""
    found: dict[str, list[ByHand]] = defaultdict(list)
    for row in in_force(connection):
        if row["kind"] in (JudgementKind.MERGE, JudgementKind.SPLIT):
            key, changes = row["speaker_key"], row["changes"]
            kind, of = JudgementKind(row["kind"]), tuple(changes.get("documents", ()))
            one = ByHand(row["id"], kind, key, changes["into"], of, row["made_by"], row["made_at"], row["note"])
            for whose in dict.fromkeys((known.speaker(key), known.speaker(one.into))):
                found[whose].append(one)
    return found


def _joined(known: Judged, key: str) -> Iterator[JoinedKey]:
    """The keys that the program joined to this one."""
    aliases = known.aliases
    for mine in sorted(aliases.keys_of(key)) if aliases is not None else ():
        found = [one for one in aliases.of(mine).values() if one.into == key] if aliases is not None else []
        everywhere = next((one for one in found if one.document is None), None)
        if known.speaker(mine) == key or everywhere is None:
            yield JoinedKey(mine, (everywhere or found[0]).basis, None if everywhere else len(found))
