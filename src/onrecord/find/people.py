"""Ledger -> people and bodies: one row each, after what was joined by the program, and merged and split by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from onrecord.find.seen import Sums, sums
from onrecord.find.whom import keys_named
from onrecord.record.judged import ABOUT_SPEAKERS, Judged, JudgementKind, in_force, judged
from onrecord.record.kept import kept
from onrecord.record.known_people import wikidata_of
from onrecord.record.ledger import Ledger


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
        found = persons(connection, known, None if name is None else frozenset(keys_named(connection, known, name)))
    return tuple(sorted(found, key=lambda one: (-one.statements, one.key)))


def persons(connection: Connection, known: Judged, wanted: frozenset[str] | None) -> list[Person]:
    """The people and bodies with these keys, all without any, as far as anybody sees them; in no order."""
    if wanted is not None:
        known.load_raw(wanted)
    raw = None if wanted is None else sorted({one for key in wanted for one in known.raw_keys(key)})
    found = sums(connection, known, raw)
    decided = _decided(connection, known)
    keys = set(found.seen if wanted is None else wanted & found.seen.keys())
    ids = wikidata_of(connection, keys)
    made = (_person(found, key, tuple(decided[key])) for key in keys)
    return [replace(one, joined=tuple(_joined(known, one.key)), wikidata=ids.get(one.key)) for one in made]


def _person(found: Sums, key: str, by_hand: tuple[ByHand, ...]) -> Person:
    kinds: dict[str, list[Seen]] = {"name": [], "role": [], "type": []}
    for (kind, value), (first, last, number) in found.seen[key].items():
        kinds[kind].append(Seen(value, first, last, number))
    names, roles, types = (tuple(sorted(some, key=lambda one: (-one.documents, one.value))) for some in kinds.values())
    return Person(key, names, roles, types, found.statements[key], by_hand)


def _decided(connection: Connection, known: Judged) -> dict[str, list[ByHand]]:
    """The merges and splits in force, by the keys that they led to and, for splits, from."""
    found: dict[str, list[ByHand]] = defaultdict(list)
    for row in kept(connection, "judged speakers", lambda: tuple(in_force(connection, *ABOUT_SPEAKERS))):
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
