"""Who said most: a part of all speakers at a time, those who made most statements first.

Whom each key means is worked out for all of them at once, when anything has changed in the ledger, and kept at hand: a number and a key for
each. What else is seen of somebody is looked up for those of a part.
"""

from __future__ import annotations

from bisect import bisect_right

from sqlalchemy import Connection

from onrecord.find.parts import Part, Place, part
from onrecord.find.people import Person, persons
from onrecord.find.seen import said
from onrecord.find.whom import keys_named
from onrecord.record.judged import Judged, judged
from onrecord.record.kept import kept
from onrecord.record.ledger import Ledger

Ranked = list[tuple[int, str]]  # minus the number of statements, and the key: in this order


def speakers_part(ledger: Ledger, name: str | None, after: Place | None, limit: int) -> Part[Person]:
    """Some of the people and bodies, those who said most first; with a name of those whom it may mean.

    Args:
        ledger: where they speak.
        name: as for `people`.
        after: number of statements and key of the last one of the part before.
        limit: how many at most.
    """
    with ledger.reading() as connection:
        known = judged(connection)
        all_of_them = kept(connection, "ranking", lambda: _ranked(connection, judged(connection)))
        if name is not None:
            wanted = frozenset(keys_named(connection, known, name))
            all_of_them = [one for one in all_of_them if one[1] in wanted]
        start = 0 if after is None else bisect_right(all_of_them, (-int(after[0]), str(after[1])))
        chosen = part(all_of_them[start : start + limit + 1], limit, lambda one: (-one[0], one[1]))
        found = {one.key: one for one in persons(connection, known, frozenset(key for _, key in chosen.items))}
    return chosen.with_items(found[key] for _, key in chosen.items if key in found)


def _ranked(connection: Connection, known: Judged) -> Ranked:
    """All of them."""
    if known.aliases is not None:
        known.aliases.load_all()
    return sorted((-number, key) for key, number in said(connection, known).items() if number > 0)
