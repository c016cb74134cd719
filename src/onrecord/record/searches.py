"""Searches that people save, to be told what is new: rows that are added, looked at, and ended by another row.

    key = save(ledger, "Bridge guards", {"text": "guards at the bridge", "by": "Mara Quill"}, by="Ida Brook")
    look(ledger, key, mark, by="Ida Brook")
    end(ledger, key, by="Ida Brook")

What is new of one is `find.alerts`. Each of these is a run of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, select, text

from onrecord.errors import LedgerError, UsageError
from onrecord.record.ledger import Ledger, Program
from onrecord.record.marks import Mark, mark_now, mark_of, mark_row, seen_up_to
from onrecord.record.named import SHORTEST
from onrecord.record.rows import storable
from onrecord.record.search_tables import looks, search_ends, searches
from onrecord.record.stored import inserted, now

Row = dict[str, Any]
LONGEST_NAME = 200
_LOCK = 0x6F6E7266  # in PostgreSQL: one search is saved, looked at or ended at a time


@dataclass(frozen=True, slots=True)
class Search:
    """A saved search that has not ended.

    `key` names it in and outside the ledger. `question` is what is asked, by the names of `find.question.Question`. `seen` is up to where
    somebody saw what answers it, at the instant `seen_at`; first when it was saved.
    """

    id: int
    key: str
    name: str
    made_by: str
    made_at: str
    question: Row
    seen: Mark
    seen_at: str


def searches_held(connection: Connection, by: str | None = None) -> list[Search]:
    """The searches that have not ended, of one person or of all, by person and name."""
    found = [_search(connection, row) for row in connection.execute(_held()).mappings() if by in (None, row["made_by"])]
    return sorted(found, key=lambda one: (one.made_by.casefold(), one.name.casefold(), one.id))


def search_with_key(connection: Connection, key: str) -> Search:
    """The one with that key.

    Raises:
        LedgerError: there is none, or it has ended.
    """
    row = connection.execute(_held().where(searches.c.key == key)).mappings().first()
    if row is None:
        raise _none(key)
    return _search(connection, dict(row))


def search_named(connection: Connection, name: str, by: str | None = None) -> Search:
    """The one with that name, or whose key begins so; of the person `by`, or of whoever has one.

    Raises:
        LedgerError: there is none, or several people have one.
    """
    told, held = storable(name.strip()), searches_held(connection, by)
    found = [one for one in held if one.name == told]
    if not found and len(told) >= SHORTEST:
        found = [one for one in held if one.key.startswith(told)]
    if len(found) > 1:
        owners = ", ".join(one.made_by for one in found)
        raise LedgerError(f"{len(found)} saved searches are called {name!r} (of {owners}): say whose it is.", code="ledger.ambiguous")
    if not found:
        raise _none(name)
    return found[0]


def seen_before(connection: Connection, search: Search, instant: str) -> Mark:
    """Up to where it was seen at that instant (ISO 8601 in UTC), or when it was saved, where that was later."""
    mine = select(looks).where(looks.c.search_id == search.id).order_by(looks.c.id)
    rows = connection.execute(mine).mappings().all()
    before = [row for row in rows if row["made_at"] <= instant]
    return mark_of(connection, dict(before[-1] if before else rows[0]))


def save(ledger: Ledger, name: str, question: Mapping[str, Any], by: str) -> str:
    """Keep a search; all that is in the ledger now counts as seen. Its key.

    Raises:
        UsageError: it has no name, or nobody's name is given, or that person has a search of that name.
        LedgerError: it cannot be written.
    """
    told, who = checked_name(name), _person(by)
    with ledger.reading() as connection:
        _check_free(connection, told, who)

    def kept(connection: Connection, of: Row) -> str:
        _check_free(connection, told, who)
        key = uuid4().hex
        number = inserted(connection, searches, {"key": key, "name": told, "question": _storable(dict(question)), **of})
        inserted(connection, looks, {"search_id": number, **of, **mark_row(connection, mark_now(connection))})
        return key

    return str(_written(ledger, f"alerts save {told}", who, kept))


def look(ledger: Ledger, key: str, mark: Mark, by: str) -> None:
    """All that was there at the mark is seen.

    Raises:
        LedgerError: there is no such search, or it cannot be written.
        UsageError: nobody's name is given.
    """

    def kept(connection: Connection, of: Row) -> None:
        search = search_with_key(connection, key)
        seen = seen_up_to(search.seen, mark, mark_now(connection))
        inserted(connection, looks, {"search_id": search.id, **of, **mark_row(connection, seen)})

    _of_search(ledger, key, f"alerts seen {key}", by, kept)


def end(ledger: Ledger, key: str, by: str) -> None:
    """Nobody is told of it any more, and its name is free. Raises as `look` does."""

    def kept(connection: Connection, of: Row) -> None:
        inserted(connection, search_ends, {"search_id": search_with_key(connection, key).id, **of})

    _of_search(ledger, key, f"alerts end {key}", by, kept)


def checked_name(name: str) -> str:
    """The name as it is kept.

    Raises:
        UsageError: it is empty, too long, or holds signs that do not print.
    """
    told = storable(name.strip())
    if not told or len(told) > LONGEST_NAME or not told.isprintable():
        raise _impossible(f"A saved search needs a name of 1 to {LONGEST_NAME} printable characters.")
    return told


def _held() -> Any:
    """The rows of those that have not ended, each with the columns of its last look."""
    last = select(looks.c.search_id, func.max(looks.c.id).label("id")).group_by(looks.c.search_id).subquery()
    of_look = (looks.c.made_at.label("seen_at"), *(looks.c[name] for name in _OF_MARK))
    joined = searches.join(last, last.c.search_id == searches.c.id).join(looks, looks.c.id == last.c.id)
    joined = joined.outerjoin(search_ends, search_ends.c.search_id == searches.c.id)
    return select(searches, *of_look).select_from(joined).where(search_ends.c.id.is_(None)).order_by(searches.c.id)


_OF_MARK = ("reading", "reading_at", "linking", "linking_at", "judgement", "on_the_way")


def _search(connection: Connection, row: Any) -> Search:
    same = {name: row[name] for name in ("id", "key", "name", "made_by", "made_at", "question", "seen_at")}
    return Search(seen=mark_of(connection, row), **same)


def _check_free(connection: Connection, name: str, by: str) -> None:
    if any(one.name == name for one in searches_held(connection, by)):
        raise _impossible(f"{by} has a saved search {name!r} already. End it first, or give another name.")


def _of_search(ledger: Ledger, key: str, command: str, by: str, row: Callable[[Connection, Row], None]) -> None:
    """What is refused is refused before a run begins."""
    who = _person(by)
    with ledger.reading() as connection:
        search_with_key(connection, key)
    _written(ledger, command, who, row)


def _written(ledger: Ledger, command: str, by: str, kept: Callable[[Connection, Row], Any]) -> Any:
    """One run that writes, and what `kept` gives; it is told by which run, when and by whom."""
    from onrecord import __version__  # noqa: PLC0415  # the package is not ready yet when this module is imported

    run = ledger.begin(Program(f"onrecord {__version__}"), command, by)
    with ledger.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = kept(connection, {"run_id": run.id, "made_at": now(), "made_by": by})
    ledger.end(run)
    return found


def _storable(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _storable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(one) for one in value]
    return storable(str(value)) if isinstance(value, str) else value


def _person(by: str) -> str:
    if not by.strip():
        raise _impossible("A saved search needs the name of whoever saves, sees or ends it.")
    return storable(by.strip())


def _none(name: str) -> LedgerError:
    return LedgerError(f"There is no saved search {name!r}. `onrecord alerts` lists all.", code="ledger.not_found")


def _impossible(message: str) -> UsageError:
    return UsageError(message, code="usage.bad_question")
