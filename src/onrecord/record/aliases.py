"""Whom a speaker's key means in a whole ledger: what `joining` worked out, looked up key by key as it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.record.stored import at_a_time
from onrecord.record.tables import aliases

_OWN = re.compile(r"-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Alias:
    """A key that means another one; in one document, where `document` is its row id. `basis` says why."""

    key: str
    into: str
    basis: str
    document: int | None = None


@dataclass(slots=True)
class Aliases:
    """The aliases of a ledger, read once a key is asked for, and then kept."""

    connection: Connection
    _of: dict[str, dict[int | None, Alias]] = field(default_factory=dict)
    _whose: dict[str, frozenset[str]] = field(default_factory=dict)
    _own: set[str] = field(default_factory=set)
    _all: bool = False

    def load(self, keys: Iterable[str | None]) -> None:
        """Reads those of many keys at once."""
        wanted = sorted({key for key in keys if key is not None and key not in self._of and key not in self._own})
        for some in at_a_time(wanted):
            self._take(select(aliases).where(aliases.c.speaker_key.in_(some)), some)

    def load_into(self, keys: Iterable[str]) -> None:
        """Reads which keys mean these, of many at once."""
        wanted = [] if self._all else sorted({key for key in keys if key not in self._whose})
        whose: dict[str, set[str]] = {key: set() for key in wanted}
        for some in at_a_time(wanted):
            for row in self._rows(select(aliases.c.speaker_key, aliases.c.into_key).where(aliases.c.into_key.in_(some)).distinct()):
                whose[row.into_key].add(row.speaker_key)
        self.load(key for keys in whose.values() for key in keys)
        for into, found in whose.items():
            self._whose[into] = frozenset(key for key in found if any(one.into == into for one in self.of(key).values()))

    def load_all(self) -> None:
        """Reads all of them."""
        self._take(select(aliases), ())
        whose: dict[str, set[str]] = {}
        for key, found in self._of.items():
            for one in found.values():
                whose.setdefault(one.into, set()).add(key)
        self._whose |= {into: frozenset(keys) for into, keys in whose.items()}
        self._all = True

    def into(self, key: str, document: int | None = None) -> str | None:
        """Whom the key means in the document with that row id, or where that is not said; None where it means itself."""
        found = self.of(key)
        alias = found.get(document) or found.get(None)
        return None if alias is None else alias.into

    def of(self, key: str) -> Mapping[int | None, Alias]:
        """All that the key means, by document; None stands for every other document."""
        if key not in self._own and not self._all:
            self.load([key])
        return self._of.get(key, {})

    def keys_of(self, into: str) -> frozenset[str]:
        """The keys that mean this one somewhere."""
        if self._all:
            return self._whose.get(into, frozenset())
        if into not in self._whose:
            found = [key for (key,) in self._rows(select(aliases.c.speaker_key).where(aliases.c.into_key == into).distinct())]
            self.load(found)
            self._whose[into] = frozenset(key for key in found if any(one.into == into for one in self._of[key].values()))
        return self._whose[into]

    def _rows(self, asked: Select[Any]) -> Sequence[Row[Any]]:
        if not self.connection.closed:
            return self.connection.execute(asked).all()
        with self.connection.engine.connect() as another:
            return another.execute(asked).all()

    def _take(self, asked: Select[Any], keys: Iterable[str]) -> None:
        for key in keys:
            self._of[key] = {}
        for row in self._rows(asked.order_by(aliases.c.id)):
            mine = self._of.setdefault(row.speaker_key, {})
            mine.pop(row.document_id, None)
            if row.into_key is not None:
                mine[row.document_id] = Alias(row.speaker_key, row.into_key, row.basis, row.document_id)
            if _is_own(row.speaker_key, row.into_key):
                self._own.add(row.into_key)
                self._whose[row.into_key] = frozenset((row.speaker_key,))


def key_here(table: Table) -> ColumnElement[str | None]:
    """In SQL: what the speaker's key of a row of the table means in that very document; null where that is nothing of its own."""
    later = aliases.alias("later_aliases")
    same = (later.c.speaker_key == aliases.c.speaker_key, later.c.document_id == aliases.c.document_id, later.c.id > aliases.c.id)
    mine = (aliases.c.speaker_key == table.c.speaker_key, aliases.c.document_id == table.c.document_id)
    return select(aliases.c.into_key).where(*mine, ~select(later.c.id).where(*same).exists()).correlate(table).scalar_subquery()


def _is_own(key: str, into: str | None) -> bool:
    """Whether somebody is known by the key from one document only: then no other key can mean them, nor they anybody else."""
    return into is not None and into.startswith(key) and bool(_OWN.fullmatch(into, len(key)))
