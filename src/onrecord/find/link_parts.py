"""Links of a ledger a part at a time, in their order, read as far as they are looked at.

Rows of links lie in two indexes in the order in which they are wanted: by the day of the later saying, and by probability. What people
judged, and links from and to statements that they corrected, stand elsewhere than an index says; they are few, are read as a whole and are
merged with the rest. Where few statements are meant, all their links are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from typing import Any

from sqlalchemy import Connection, Select, exists, or_, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.data import LinkType
from onrecord.find.link_ends import end_rows, place_in_time
from onrecord.find.link_rows import HeldLink, asked_links, held_links
from onrecord.find.links import LedgerLink, Order, WantedLinks, fits_link, holds, linked, of_document
from onrecord.find.parts import Part, Place, Turn, part, rows_from
from onrecord.find.wanted import Wanted, of_documents, rows_said_by, speaker_keys
from onrecord.record.days import first_day, last_day
from onrecord.record.judged import Judged, judged
from onrecord.record.judged_links import JudgedLink, decided, judged_links
from onrecord.record.kept import kept
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import LinkName
from onrecord.record.stored import at_a_time
from onrecord.record.tables import links, statements

FEW = 2000  # statements: links from and to no more than these are all read
_LONGEST_DAY = timedelta(days=366)  # a saying of "2031" is on every wanted day of that year
_OF = links.c
Placed = tuple[Place, HeldLink]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is wanted of which ledger, at one moment. `keys`: of those who are meant by name; `places`: statements of the document meant."""

    connection: Connection
    known: Judged
    wanted: WantedLinks
    by_hand: dict[LinkName, JudgedLink]
    keys: frozenset[str] | None
    places: frozenset[int] | None

    @property
    def is_by_day(self) -> bool:
        return self.wanted.order is Order.NEWEST


def links_part(ledger: Ledger, wanted: WantedLinks, after: Place | None, limit: int) -> Part[LedgerLink]:
    """Some of the links that are wanted: first the one whose later saying is the newest, or the most probable one.

    Args:
        ledger: where they are.
        wanted: which; its own `limit` and `once` do not count.
        after: the place of the last one of the part before.
        limit: how many at most.

    Raises:
        LedgerError: nobody has the name, there is no such document, or the ledger cannot be read.
    """
    with ledger.reading() as connection:
        known = judged(connection)
        keys = speaker_keys(connection, known, wanted.by)
        places = None if wanted.document is None else of_document(connection, wanted.document)
        asked = _Asked(connection, known, wanted, decided(judged_links(connection)), keys, places)
        few = _few_statements(asked)
        found = _few(asked, few) if few is not None else merge(*_streams(asked, after, limit + 1), _apart(asked), key=_place, reverse=True)
        chosen = part((one for one in found if after is None or one[0] < after), limit, _place)
        return chosen.with_items(linked(connection, known, [one for _, one in chosen.items]))


def _place(one: Placed) -> Place:
    return one[0]


def _few_statements(asked: _Asked) -> frozenset[int] | None:
    """The statements of which a link has to lead from or to one, if they are few."""
    if asked.places is not None:
        return asked.places
    some = list(_of_statements(asked))
    if not some:
        return None
    found = frozenset(asked.connection.scalars(select(statements.c.id).where(*some).limit(FEW + 1)))
    return found | asked.known.statement_ids if len(found) <= FEW else None


def _of_statements(asked: _Asked) -> Iterator[ColumnElement[bool]]:
    """What can be asked of statements in SQL: who speaks, as the model has it, and which words stand there."""
    if asked.keys is not None:
        yield statements.c.speaker_key.in_(sorted({one for key in asked.keys for one in asked.known.raw_keys(key)}))
    if asked.wanted.about is not None:
        yield from of_documents(asked.connection, Wanted(about=asked.wanted.about))


def _few(asked: _Asked, ids: frozenset[int]) -> list[Placed]:
    held = held_links(asked.connection, asked.wanted.types, ids, asked.by_hand)
    return sorted(_checked(asked, held), key=_place, reverse=True)


def _apart(asked: _Asked) -> list[Placed]:
    """Links that people judged, and those from and to statements that they corrected."""
    held, rows = kept(asked.connection, "links apart", lambda: _held_apart(asked))
    mine = [one for one in held if not asked.wanted.types or one.name.type in asked.wanted.types]
    return sorted(_checked(asked, mine, rows), key=_place, reverse=True)


def _held_apart(asked: _Asked) -> tuple[list[HeldLink], dict[int, dict[str, Any]]]:
    """They, of all types, and the rows of their ends."""
    ends = {end.id for one in asked.by_hand.values() for end in (one.source, one.target) if end is not None}
    corrected = asked.known.statement_ids
    judged_ones = held_links(asked.connection, (), frozenset(ends), asked.by_hand, with_both_ends=True)  # all links of the ends may be many
    held = [*judged_ones, *(held_links(asked.connection, (), corrected, asked.by_hand) if corrected else ())]
    by_name = {one.name.either_way: one for one in held}
    mine = [one for one in by_name.values() if one.judged is not None or one.source in corrected or one.target in corrected]
    return mine, end_rows(asked.connection, asked.known, {end for one in mine for end in (one.source, one.target)})


def _checked(asked: _Asked, held: Iterable[HeldLink], rows: dict[int, dict[str, Any]] | None = None) -> Iterator[Placed]:
    """Those that are wanted, as judged, with their places; in the same order. `rows`: those of their ends, if they are at hand."""
    given = list(held)
    sets = [one for one in (asked.places, _matching(asked, given)) if one is not None]
    fitting = [one for one in given if fits_link(one, asked.wanted, sets)]
    ends = rows or end_rows(asked.connection, asked.known, {end for one in fitting for end in (one.source, one.target)})
    for one in fitting:
        if holds(one, asked.wanted, ends):
            day = max(ends[one.source], ends[one.target], key=place_in_time)["sorted_on"]
            last = (day, int(one.row.get("id", 0 if one.judged is None else -one.judged.row["id"])))
            yield (last if asked.is_by_day else (one.probability, *last)), one


def _matching(asked: _Asked, held: Iterable[HeldLink]) -> frozenset[int] | None:
    """Of the statements at the ends those that somebody meant says, about what is meant; None where nothing is said of that."""
    wanted = asked.wanted
    if wanted.by is None and wanted.about is None:
        return None
    asked_of, found = Wanted(by=wanted.by, about=wanted.about), set[int]()
    for some in at_a_time(sorted({end for one in held for end in (one.source, one.target)})):
        only = statements.c.id.in_(some)
        found.update(row["id"] for row in rows_said_by(asked.connection, asked.known, asked_of, asked.keys, only) if row["id"] in some)
    return frozenset(found)


def _streams(asked: _Asked, after: Place | None, count: int) -> list[Iterator[Placed]]:
    """Links that nobody judged, in their order: one stream, or one of each type, since the index has them by type."""
    if asked.wanted.is_judged:
        return []
    if asked.is_by_day:
        return [_stream(asked, asked.wanted.types, after, count)]
    return [_stream(asked, (kind,), after, count) for kind in (asked.wanted.types or tuple(LinkType))]


def _stream(asked: _Asked, types: tuple[str, ...], after: Place | None, count: int) -> Iterator[Placed]:
    order = (_OF.day, _OF.id) if asked.is_by_day else (_OF.probability, _OF.day, _OF.id)
    for rows in rows_from(asked.connection, _rows_asked(asked, types), order, Turn(after, count, newest_first=True)):
        yield from _checked(asked, _best(asked, types, rows))


def _best(asked: _Asked, types: tuple[str, ...], rows: list[dict[str, Any]]) -> Iterator[HeldLink]:
    """The links of these rows, where no other row about the same two statements counts more, and nothing of them stands apart."""
    held = held_links(asked.connection, types, frozenset(row["from_id"] for row in rows), asked.by_hand) if rows else ()
    corrected = asked.known.statement_ids
    by_row = {one.row["id"]: one for one in held if one.judged is None and not corrected & {one.source, one.target}}
    yield from (by_row[row["id"]] for row in rows if row["id"] in by_row)


def _rows_asked(asked: _Asked, types: tuple[str, ...]) -> Select[Any]:
    wanted = asked.wanted
    rows = asked_links(types)
    if wanted.min_probability:
        rows = rows.where(_OF.probability >= wanted.min_probability)
    if wanted.until is not None:
        rows = rows.where(_OF.day <= last_day(wanted.until))
    if wanted.since is not None:
        earliest = date.fromisoformat(str(first_day(wanted.since))) - _LONGEST_DAY
        rows = rows.where(_OF.day >= earliest.isoformat())
    some = list(_of_statements(asked))
    if some:
        ends = (select(statements.c.id).where(statements.c.id == end, *some) for end in (_OF.from_id, _OF.to_id))
        rows = rows.where(or_(*(exists(one).correlate(links) for one in ends)))
    return rows
