"""What tells whether anything has changed in a ledger since somebody looked: cheap to ask however large it is."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, literal, select, union_all

from onrecord.record.search_tables import looks, search_ends
from onrecord.record.tables import aliases, judgements, known_people, linkings, readings, tombstones

_STATE = "onrecord_state"
_GROWING = (readings, judgements, linkings, tombstones, aliases, known_people, looks, search_ends)

_HIGHEST = union_all(
    *(select(literal(place).label("place"), func.max(table.c.id).label("highest")) for place, table in enumerate(_GROWING))
)  # made once: making it takes longer than asking it


def state_of(connection: Connection) -> str:
    """A digest that is another one after anything was added, judged, compared, removed or saved."""
    version = _version(connection)
    before = connection.info.get(_STATE)
    if version is not None and before is not None and before[0] == version:
        return str(before[1])
    found = sorted((place, highest or 0) for place, highest in connection.execute(_HIGHEST))
    state = hashlib.sha256(repr(found).encode("ascii")).hexdigest()[:32]
    if version is not None:
        connection.info[_STATE] = version, state
    return state


def _version(connection: Connection) -> int | None:
    """What SQLite counts up for a connection when another one has written; None where that does not tell of all that is written."""
    if not connection.get_execution_options().get("read_only"):
        return None
    return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
