"""A name that somebody gives -> the keys of the people and bodies that it may mean in a ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count, takewhile
from typing import Any

from sqlalchemy import Connection, LargeBinary, Select, cast, func, select, true
from sqlalchemy.sql.elements import ColumnElement

from onrecord.data import SpeakerType
from onrecord.errors import LedgerError
from onrecord.record.judged import Judged
from onrecord.record.stored import at_a_time
from onrecord.record.tables import tallies
from onrecord.record.tallies import SAID
from onrecord.resolve.keys import slug


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
        persons = _persons(connection, judged, found)
        found = [key for key in found if key in whole or key in persons]
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
    asked = select(tallies.c.speaker_key).where(tallies.c.kind == SAID)
    for part in parts:
        asked = asked.where(tallies.c.speaker_key.contains(part))
    return sorted(judged.keys_by_hand.union(connection.scalars(asked)))


def _is_seen(connection: Connection, judged: Judged, key: str) -> bool:
    """Whether a current reading has the key, or a person gave it."""
    if any(change.get("speaker_key") == key for change in judged.changes.values()):
        return True
    return _any(connection, select(tallies.c.id).where(tallies.c.speaker_key.in_(sorted(judged.raw_keys(key)))))


def _persons(connection: Connection, judged: Judged, keys: Sequence[str]) -> set[str]:
    """Those of the keys that mean a person to some reading."""
    judged.load_raw(keys)
    seen = tallies.c
    raw = {key: judged.raw_keys(key) for key in keys}
    asked = select(seen.speaker_key).where(seen.kind == "type", seen.value == SpeakerType.PERSON)
    persons = {
        one for some in at_a_time(sorted(set().union(*raw.values()))) for one in connection.scalars(asked.where(seen.speaker_key.in_(some)))
    }
    return {key for key in keys if not persons.isdisjoint(raw[key])}


def _any(connection: Connection, asked: Select[Any]) -> bool:
    return connection.scalar(asked.limit(1)) is not None


def _named_otherwise(connection: Connection, judged: Judged, name: str) -> tuple[str, ...]:
    """Those whose key does not tell their name: in letters that no key can hold, or named by hand."""
    words = _words(name)
    if not words:
        return ()
    asked = select(tallies.c.speaker_key, tallies.c.value).where(tallies.c.kind == "name", _may_hold(connection, max(words, key=len)))
    named = [(key, _words(value)) for key, value in connection.execute(asked)]
    same = [key for key, value in named if value == words]
    return _effective(judged, same or [key for key, value in named if set(words) <= set(value)])


def _may_hold(connection: Connection, word: str) -> ColumnElement[bool]:
    """Of names: all that hold the word, among others; the database compares capitals only of the letters of English."""
    if not word.isascii():
        return true()
    value = tallies.c.value
    size = func.octet_length(value) if connection.dialect.name == "postgresql" else func.length(cast(value, LargeBinary))
    return value.icontains(word, autoescape=True) | (size != func.length(value))


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _effective(judged: Judged, raw: Sequence[str]) -> tuple[str, ...]:
    """What the keys mean today: by merges, and where documents were split off."""
    found: dict[str, None] = {}
    judged.load(raw)
    for key in raw:
        found |= dict.fromkeys(judged.meanings(key))
    return tuple(found)
