"""Ledger -> people and bodies: one row each, after what was merged and split by hand; and which of them a name may mean."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, takewhile
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.data import SpeakerType
from onrecord.errors import LedgerError
from onrecord.record.judged import Judged, JudgementKind, in_force, judged
from onrecord.record.ledger import Ledger
from onrecord.record.stored import at_a_time, current_statements, is_current
from onrecord.record.tables import documents, readings, sightings, statements
from onrecord.resolve.keys import slug

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
class Person:
    """A person or body. Names, roles and types come most often seen first; `statements` counts those that somebody made."""

    key: str
    names: tuple[Seen, ...]
    roles: tuple[Seen, ...]
    types: tuple[Seen, ...]
    statements: int
    by_hand: tuple[ByHand, ...] = ()

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
        wanted = None if name is None else frozenset(keys_named(connection, known, name))
        raw = None if wanted is None else sorted({one for key in wanted for one in known.raw_keys(key)})
        tally = _Tally()
        touched = sorted(set(_touched(connection, known)))
        _take_counted(tally, connection, known, raw, touched)
        for row in _judged_rows(connection, known, touched):
            tally.take(row)
        decided = _decided(connection, known)
    keys = tally.seen if wanted is None else wanted & tally.seen.keys()
    found = (tally.person(key, tuple(decided[key])) for key in keys)
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
    asked = select(seen.speaker_key, seen.kind, seen.value, *days, func.count()).join_from(sightings, readings)
    asked = asked.where(is_current(), seen.document_id.not_in(touched)).group_by(seen.speaker_key, seen.kind, seen.value)
    counted = select(said.speaker_key, func.count()).join_from(statements, readings)
    counted = counted.where(is_current(), ~said.hypothetical, said.speaker_key.is_not(None), said.document_id.not_in(touched))
    counted = counted.group_by(said.speaker_key)
    for some in (None,) if raw is None else at_a_time(raw):
        for key, kind, value, first, last, number in connection.execute(asked if some is None else asked.where(seen.speaker_key.in_(some))):
            tally.add(known.speaker(key), kind, value, (first, last), number)
        for key, number in connection.execute(counted if some is None else counted.where(said.speaker_key.in_(some))):
            tally.statements[known.speaker(key)] += number


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


def keys_named(connection: Connection, judged: Judged, name: str) -> tuple[str, ...]:
    """The keys of the people and bodies that a name may mean, as they are after merges and splits; none where nobody has it.

    A key or a whole name means who has it, in any spelling: case, accents and full stops do not count. Otherwise it is everybody whose
    name holds all its words. One word ("Vance") that is all that some paper gives of a name means every other person who has it too,
    for nobody is merged for a surname alone.
    """
    wanted = slug(name)
    parts = set(wanted.split("-"))
    whole = _whole(connection, judged, wanted, with_namesakes=name != wanted) if wanted else []
    if len(parts) > 1 and whole:
        return _effective(judged, whole)
    known = _known_keys(connection, judged, parts) if wanted else []
    found = [key for key in known if parts <= set(key.split("-"))]
    if whole:
        found = [key for key in found if key in whole or _is_person(connection, judged, key)]
    return _effective(judged, found) if found else _named_otherwise(connection, judged, name)


def key_named(connection: Connection, judged: Judged, name: str) -> str:
    """The one key that a name means; a key means itself.

    Raises:
        LedgerError: nobody has the name, or several have it.
    """
    if _is_seen(connection, judged, name):
        return judged.speaker(name)
    keys = keys_named(connection, judged, name)
    if not keys:
        raise nobody(name)
    if len(keys) > 1:
        raise LedgerError(
            f"{len(keys)} in the ledger are called {name!r}: give the key, {' or '.join(sorted(keys))}.", code="ledger.ambiguous"
        )
    return keys[0]


def nobody(name: str) -> LedgerError:
    """That nobody has the name."""
    return LedgerError(f"Nobody in the ledger is called {name!r}. `onrecord people` lists everybody.", code="ledger.not_found")


def _whole(connection: Connection, judged: Judged, key: str, *, with_namesakes: bool) -> list[str]:
    """The key, and with namesakes those that differ from it by a number ("mara-quill-2"), as far as anybody has them."""
    if not with_namesakes:
        return [key] if _is_seen(connection, judged, key) else []
    numbered = (f"{key}-{number}" for number in count(2))
    seen = takewhile(lambda one: _is_seen(connection, judged, one), numbered)
    by_hand = [one for one in judged.keys_by_hand if re.fullmatch(rf"{key}-\d+", one)]
    return list(dict.fromkeys([*_whole(connection, judged, key, with_namesakes=False), *seen, *by_hand]))


def _known_keys(connection: Connection, judged: Judged, parts: Iterable[str]) -> list[str]:
    """Every key that holds the parts somewhere: seen in a document, or given by hand."""
    asked: Select[Any] = _distinct_keys()
    for part in parts:
        asked = asked.where(asked.selected_columns[0].contains(part))
    return sorted(judged.keys_by_hand.union(connection.scalars(asked)))


def _distinct_keys() -> Select[Any]:
    """All keys, each found from the one before it in the index: as fast with a million sightings as with one of each."""
    key = sightings.c.speaker_key
    seen = select(func.min(key).label("key")).cte("seen", recursive=True)
    later = select(func.min(key)).where(key > seen.c.key).scalar_subquery()
    seen = seen.union_all(select(later).where(seen.c.key.is_not(None)))
    return select(seen.c.key).where(seen.c.key.is_not(None))


def _is_seen(connection: Connection, judged: Judged, key: str) -> bool:
    """Whether a current reading has the key, or a person gave it."""
    mine = sightings.c.speaker_key.in_(sorted(judged.raw_keys(key)))
    if any(change.get("speaker_key") == key for change in judged.changes.values()):
        return True
    return _any(connection, select(sightings.c.id).join_from(sightings, readings).where(mine, is_current()))


def _is_person(connection: Connection, judged: Judged, key: str) -> bool:
    seen = sightings.c
    mine = seen.speaker_key.in_(sorted(judged.raw_keys(key)))
    return _any(connection, select(seen.id).where(mine, seen.kind == "type", seen.value == SpeakerType.PERSON))


def _any(connection: Connection, asked: Select[Any]) -> bool:
    return connection.scalar(asked.limit(1)) is not None


def _named_otherwise(connection: Connection, judged: Judged, name: str) -> tuple[str, ...]:
    """Those whose key does not tell their name: in letters that no key can hold, or named by hand."""
    words = _words(name)
    if not words:
        return ()
    asked = select(sightings.c.speaker_key, sightings.c.value).where(sightings.c.kind == "name").distinct()
    named = [(key, _words(value)) for key, value in connection.execute(asked)]
    same = [key for key, value in named if value == words]
    return _effective(judged, same or [key for key, value in named if set(words) <= set(value)])


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _effective(judged: Judged, raw: Iterable[str]) -> tuple[str, ...]:
    """What the keys mean today: by merges, and where documents were split off."""
    found: dict[str, None] = {}
    for key in raw:
        found[judged.speaker(key)] = None
    return tuple(found)
