"""How much the current readings have of each speaker's key: statements, and the names, roles and types under which it is seen.

A table of its own holds the sums, so that who said most, and under which names, is told without looking at every statement. They are
kept in the transaction that adds or removes a reading, as the model has the keys: what the program joins and people judge goes on top.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, case, delete, exists, func, literal, select, update

from onrecord.record.copying import insert_many
from onrecord.record.stored import at_a_time, is_current
from onrecord.record.tables import readings, sightings, statements, tallies

Row = dict[str, Any]
SAID = "said"  # the kind of the row that counts statements
KINDS = ("name", "role", "type")
_ROWS_AT_ONCE = 1000


class Tally(NamedTuple):
    """In how many documents, and the first and the last day; of statements how many, without days."""

    number: int
    first_on: str = ""
    last_on: str = ""


Place = tuple[str, str, str]  # key, kind, value
Tallies = dict[Place, Tally]


def tallied(connection: Connection, of: Collection[int]) -> Tallies:
    """What these readings have."""
    found: Tallies = {}
    for some in at_a_time(sorted(of)):
        for key, kind, value, *rest in connection.execute(_seen().where(sightings.c.reading_id.in_(some))):
            before = found.get((key, kind, value))
            found[key, kind, value] = Tally(*rest) if before is None else _both(before, Tally(*rest))
            found.setdefault((key, SAID, ""), Tally(0))
        for key, number in connection.execute(_said().where(statements.c.reading_id.in_(some))):
            before = found.get((key, SAID, ""), Tally(0))
            found[key, SAID, ""] = Tally(before.number + number)
    return found


def tallied_rows(said: Iterable[Row], seen: Iterable[Row]) -> Tallies:
    """What rows of statements and of sightings have, as `tallied` tells it of readings that hold them."""
    found: Tallies = {}
    for row in seen:
        place = row["speaker_key"], row["kind"], row["value"]
        if row["kind"] in KINDS:
            one, before = Tally(1, row["seen_on"], row["seen_on"]), found.get(place)
            found[place] = one if before is None else _both(before, one)
            found.setdefault((row["speaker_key"], SAID, ""), Tally(0))
    for key, number in Counter(row["speaker_key"] for row in said if row["speaker_key"] is not None and not row["hypothetical"]).items():
        found[key, SAID, ""] = Tally(number)
    return found


def tally_added(connection: Connection, said: Iterable[Row], seen: Iterable[Row], superseded: Collection[int]) -> None:
    """Keeps what the rows of statements and of sightings have that were just added, instead of the readings that theirs supersede."""
    keep_tallies(connection, tallied_rows(said, seen), tallied(connection, superseded))


def keep_tallies(connection: Connection, new: Tallies, old: Tallies) -> None:
    """Adds what is new and takes away what is no longer current; in one order of rows, so that two writers never wait in a ring."""
    _add(connection, [_row(place, new[place]) | {"number": new[place].number - _number(old, place)} for place in sorted(new)])
    for place in sorted(old.keys() - new.keys()):
        connection.execute(update(tallies).where(tallies.c.id == _id(place)).values(number=tallies.c.number - old[place].number))
    lost = [place for place in sorted(old) if not _covers(new.get(place), old[place])]
    for place in lost:
        _find_days(connection, place, old[place])
    _drop_empty(connection, sorted({key for key, _, _ in lost}))


def tally_all(connection: Connection) -> None:
    """Fills the empty table from what a ledger holds."""
    current = (is_current(),)
    asked = _seen().join(readings).where(*current).order_by(*_seen_by())
    seen = connection.execute(asked.execution_options(yield_per=_ROWS_AT_ONCE))
    rows = (_row((key, kind, value), Tally(*rest)) for key, kind, value, *rest in seen)
    counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(_said().join(readings).where(*current))}
    keys: set[str] = set()
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        keys |= {row["speaker_key"] for row in some}
        connection.execute(tallies.insert(), some)
    said = iter([_row((key, SAID, ""), Tally(counts.get(key, 0))) for key in sorted(keys | counts.keys())])
    while some := list(islice(said, _ROWS_AT_ONCE)):
        connection.execute(tallies.insert(), some)


def _seen_by() -> Iterator[Any]:
    yield from (sightings.c[name] for name in ("speaker_key", "kind", "value"))


def _seen() -> Select[Any]:
    of = sightings.c
    asked = select(*_seen_by(), func.count().label("number"), func.min(of.seen_on), func.max(of.seen_on)).select_from(sightings)
    return asked.where(of.kind.in_(KINDS)).group_by(*_seen_by())


def _said() -> Select[Any]:
    key = statements.c.speaker_key
    return select(key, func.count()).select_from(statements).where(~statements.c.hypothetical, key.is_not(None)).group_by(key)


def _both(one: Tally, other: Tally) -> Tally:
    return Tally(one.number + other.number, min(one.first_on, other.first_on), max(one.last_on, other.last_on))


def _number(some: Tallies, place: Place) -> int:
    return some[place].number if place in some else 0


def _covers(new: Tally | None, old: Tally) -> bool:
    """Whether nothing of what was there can be missed: as many again, on no fewer days."""
    return new is not None and new.number >= old.number and new.first_on <= old.first_on and new.last_on >= old.last_on


def _id(place: Place) -> str:
    return hashlib.sha256("\x1f".join(place).encode("utf8")).hexdigest()[:32]


def _row(place: Place, one: Tally) -> Row:
    key, kind, value = place
    return {"id": _id(place), "speaker_key": key, "kind": kind, "value": value, **one._asdict()}


def _add(connection: Connection, rows: list[Row]) -> None:
    def added_to(made: Any) -> Any:
        mine, new = tallies.c, made.excluded
        days = {
            "first_on": case((new.first_on < mine.first_on, new.first_on), else_=mine.first_on),
            "last_on": case((new.last_on > mine.last_on, new.last_on), else_=mine.last_on),
        }
        return made.on_conflict_do_update(index_elements=["id"], set_={"number": mine.number + new.number, **days})

    insert_many(connection, tallies, rows, added_to)


def _find_days(connection: Connection, place: Place, gone: Tally) -> None:
    """Looks the first and the last day up again, where what is gone may have told one of them."""
    row = connection.execute(select(tallies.c.number, tallies.c.first_on, tallies.c.last_on).where(tallies.c.id == _id(place))).first()
    if place[1] == SAID or row is None or row.number <= 0 or (row.first_on < gone.first_on and row.last_on > gone.last_on):
        return
    first, last = days_seen(connection, place, ())
    connection.execute(update(tallies).where(tallies.c.id == _id(place)).values(first_on=first, last_on=last))


def days_seen(connection: Connection, place: Place, without: Collection[int]) -> tuple[str, str]:
    """The first and the last day on which it is seen in documents other than these."""
    of, (key, kind, value) = sightings.c, place
    asked = select(func.min(of.seen_on), func.max(of.seen_on)).join_from(sightings, readings).where(is_current())
    asked = asked.where(of.speaker_key == key, of.kind == kind, of.value == value, of.document_id.not_in(sorted(without)))
    first, last = connection.execute(asked).one()
    return first or "", last or ""


def _drop_empty(connection: Connection, keys: list[str]) -> None:
    for some in at_a_time(keys):
        mine = tallies.c.speaker_key.in_(some)
        connection.execute(delete(tallies).where(mine, tallies.c.number <= 0, tallies.c.kind != SAID))
        other: Table = tallies.alias("other")  # type: ignore[assignment]
        seen = exists(select(literal(1)).where(other.c.speaker_key == tallies.c.speaker_key, other.c.kind != SAID))
        connection.execute(delete(tallies).where(mine, tallies.c.kind == SAID, ~seen))
