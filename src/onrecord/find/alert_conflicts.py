"""A question and a mark -> the conflicts that were found after the mark, and of which one end answers the question.

What copies of one text are linked to counts once, as `conflicts` has it, and what people rejected is left out. A conflict that was there
before the mark, whichever reading or comparison had it, is not new; nor is one between what are only other readings of the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.find.alert_matches import Asking, answering, is_told_by, older
from onrecord.find.link_ends import End
from onrecord.find.link_rows import Ever, ever
from onrecord.find.links import LedgerLink, Order, WantedLinks, found_links
from onrecord.find.stand_ins import copied_pairs
from onrecord.record.judged_links import LinkDecision, judged_links
from onrecord.record.link_names import CONFLICTS, LinkName
from onrecord.record.marks import Mark
from onrecord.record.stored import at_a_time
from onrecord.record.tables import documents, links

Row = dict[str, Any]
Pair = tuple[LinkName, LedgerLink]


@dataclass(frozen=True, slots=True)
class NewConflict:
    """A conflict, and when it was first found, or said to be one by hand (ISO 8601 in UTC)."""

    link: LedgerLink
    found_at: str


def conflicts(connection: Connection, asked: Asking, mark: Mark) -> list[NewConflict]:
    """The new conflicts that touch what answers, the most probable first."""
    touching = _touching(connection, asked, _ends(connection, mark))
    if not touching:
        return []
    wanted = WantedLinks(types=CONFLICTS, once=True, order=Order.PROBABILITY)
    found = [(LinkName(one.source.id, one.target.id, one.type), one) for one in found_links(connection, asked.known, wanted, touching)]
    before = ever(connection, [name for name, _ in found])
    new = [(name, one) for name, one in found if not _was_there(mark, one, before.get(name.either_way, ()))]
    again = _told_before(connection, mark, new)
    return [NewConflict(one, _found_at(one, before.get(name.either_way, ()))) for name, one in new if name not in again]


def _ends(connection: Connection, mark: Mark) -> frozenset[int]:
    """The statements that a conflict that came after the mark leads from or to, by row id."""
    asked = select(links.c.from_id, links.c.to_id).where(mark.links_after(), links.c.type.in_(CONFLICTS))
    found = {end for pair in connection.execute(asked) for end in pair}
    for one in judged_links(connection):
        is_new = one.row["id"] > mark.judgement and one.decision is LinkDecision.ACCEPTED and one.row["changes"]["type"] in CONFLICTS
        if is_new and one.source is not None and one.target is not None:
            found |= {one.source.id, one.target.id}
    return frozenset(found)


def _touching(connection: Connection, asked: Asking, ends: frozenset[int]) -> frozenset[int]:
    """The ends that answer, or that stand for a statement that does, or for which such a one stands."""
    beside: dict[int, set[int]] = defaultdict(set)
    for pair in copied_pairs(connection, ends):
        beside[pair[0]].add(pair[1])
        beside[pair[1]].add(pair[0])
    looked_at = sorted({*ends, *(one for end in ends for one in beside[end])})
    answers = {row["id"] for row in answering(connection, asked, looked_at)}
    return frozenset(end for end in ends if end in answers or answers & beside[end])


def _was_there(mark: Mark, one: LedgerLink, rows: Iterable[Row]) -> bool:
    """Whether any reading or comparison had it at the mark, or somebody had looked at it."""
    return any(mark.has_link(row) for row in rows) or (one.judgement is not None and one.judgement.id <= mark.judgement)


def _found_at(one: LedgerLink, rows: Iterable[Row]) -> str:
    return str(min((row["made_at"] for row in rows), default=one.judgement.made_at if one.judgement else ""))


def _told_before(connection: Connection, mark: Mark, new: list[Pair]) -> set[LinkName]:
    """Those of which both ends had other words in earlier readings, by half or less, between which there was the same at the mark."""
    names = _earlier_names(connection, mark, new)
    rows: Ever = ever(connection, [earlier for those in names.values() for earlier in those]) if any(names.values()) else {}
    return {
        name for name, those in names.items() if any(mark.has_link(row) for earlier in those for row in rows.get(earlier.either_way, ()))
    }


def _earlier_names(connection: Connection, mark: Mark, new: list[Pair]) -> dict[LinkName, list[LinkName]]:
    """What each link was called when its statements were read otherwise."""
    ids = _row_ids(connection, {end.document_id for _, one in new for end in (one.source, one.target)})
    before = older(connection, mark, ids.values())

    def keys(end: End) -> Iterator[str]:
        row = {"content": end.content}
        yield from (one["key"] for one in before.get(ids[end.document_id], ()) if is_told_by(row, one))

    return {name: [LinkName(s, t, one.type) for s in keys(one.source) for t in keys(one.target)] for name, one in new}


def _row_ids(connection: Connection, keys: set[str]) -> dict[str, int]:
    asked = select(documents.c.key, documents.c.id)
    return {row.key: row.id for some in at_a_time(sorted(keys)) for row in connection.execute(asked.where(documents.c.key.in_(some)))}
