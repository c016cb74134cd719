"""A name that a person gives -> who is meant: somebody the ledger knows, or somebody new to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, func, or_, select

from onrecord.data import SpeakerType
from onrecord.errors import LedgerError
from onrecord.record.judged import Judged
from onrecord.record.tables import sightings
from onrecord.resolve.keys import slug

Holder = tuple[str | None, str | None, str]  # name, key, type
NOBODY = "nobody"  # as a name: nobody is named


def holder_named(connection: Connection, known: Judged, name: str) -> Holder:
    """The name as the ledger writes it, the key, and the type; "nobody" has none. The name may be a key that the ledger knows.

    Raises:
        LedgerError: several people are called so; the message gives their keys.
    """
    if name.casefold() == NOBODY:
        return None, None, SpeakerType.UNKNOWN.value
    called = _called(connection, name)
    keys = {known.speaker(key) for key, _ in called}
    if not keys:
        return _by_key(connection, known, name) or (name, slug(name) or None, SpeakerType.UNKNOWN.value)
    own = slug(name)
    if len(keys) > 1 and known.speaker(own) not in keys:
        raise LedgerError(f"{len(keys)} speakers are called {name!r}: give the key, {' or '.join(sorted(keys))}.", code="ledger.ambiguous")
    key = own if known.speaker(own) in keys else keys.pop()
    spelling = name if name in {value for _, value in called} else called.most_common(1)[0][0][1]
    return spelling, key, _most_seen(connection, known, key, "type") or SpeakerType.UNKNOWN.value


def _called(connection: Connection, name: str) -> Counter[tuple[str, str]]:
    """How often each speaker was seen under the name, whatever its case: (key, name as written)."""
    value = sightings.c.value
    near = or_(value == name, func.lower(value) == name.lower(), sightings.c.speaker_key == slug(name))
    asked = select(sightings.c.speaker_key, value, func.count()).where(sightings.c.kind == "name", near)
    found = connection.execute(asked.group_by(sightings.c.speaker_key, value).order_by(sightings.c.speaker_key, value))
    return Counter({(key, written): count for key, written, count in found if written.casefold() == name.casefold()})


def _by_key(connection: Connection, known: Judged, key: str) -> Holder | None:
    """The speaker whose key was given instead of a name."""
    name = _most_seen(connection, known, key, "name")
    return None if name is None else (name, key, _most_seen(connection, known, key, "type") or SpeakerType.UNKNOWN.value)


def _most_seen(connection: Connection, known: Judged, key: str, kind: str) -> Any:
    """The name or type under which the speaker was seen most."""
    wanted = sightings.c.kind == kind, sightings.c.speaker_key.in_(known.raw_keys(key))
    asked = select(sightings.c.value).where(*wanted).group_by(sightings.c.value).order_by(func.count().desc(), sightings.c.value)
    return connection.scalar(asked.limit(1))
