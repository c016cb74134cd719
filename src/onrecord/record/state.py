"""What tells whether anything has changed in a ledger since somebody looked: cheap to ask however large it is."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, literal, select, union_all

from onrecord.record.search_tables import looks, search_ends
from onrecord.record.tables import aliases, judgements, known_people, linkings, readings, tombstones

_GROWING = (readings, judgements, linkings, tombstones, aliases, known_people, looks, search_ends)

_HIGHEST = union_all(
    *(select(literal(place).label("place"), func.max(table.c.id).label("highest")) for place, table in enumerate(_GROWING))
)  # made once: making it takes longer than asking it


def state_of(connection: Connection) -> str:
    """A digest that is another one after anything was added, judged, compared, removed or saved."""
    found = sorted((place, highest or 0) for place, highest in connection.execute(_HIGHEST))
    return hashlib.sha256(repr(found).encode("ascii")).hexdigest()[:32]
