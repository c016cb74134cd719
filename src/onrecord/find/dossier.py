"""A matter -> all that a report tells of it: who holds what since when, the conflicts with both passages in context, and the papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from onrecord.find.contexts import Passage, contexts_in
from onrecord.find.links import LedgerLink, WantedLinks, found_links
from onrecord.find.position_matter import WantedPositions
from onrecord.find.positions import Carried, Positions, positions
from onrecord.record.judged import judged
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import CONFLICTS
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import statements


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements that contradict or deny one another, with the passages in which they stand."""

    link: LedgerLink
    source: tuple[Passage, ...]
    target: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of a matter: positions, conflicts (the most recent first), and the documents that carry it, the earliest first."""

    positions: Positions
    conflicts: tuple[Conflict, ...]
    papers: tuple[Carried, ...]


def dossier(ledger: Ledger, wanted: WantedPositions) -> Dossier:
    """What a report of the matter tells; with `by` only what concerns the one.

    Raises:
        LedgerError: nobody has the name, or the ledger cannot be read.
    """
    found = positions(ledger, wanted)
    mine = frozenset(one.id for one in _carried(found))
    everybody = found if wanted.by is None else positions(ledger, replace(wanted, by=None))
    all_ids = frozenset(one.id for one in _carried(everybody))
    with ledger.reading() as connection:
        conflicts = tuple(_conflicts(connection, all_ids, mine))
    papers = {one.document_id: one for one in _carried(found)}
    return Dossier(found, conflicts, tuple(sorted(papers.values(), key=lambda one: (one.known_on, one.document))))


def _carried(found: Positions) -> Iterator[Carried]:
    return (one for speaker in found.speakers for said in speaker.said for one in said.carried)


def _conflicts(connection: Connection, ids: frozenset[str], mine: frozenset[str]) -> Iterator[Conflict]:
    """Those between two of the statements, from or to one of `mine`."""
    numbers = frozenset(
        number
        for some in at_a_time(sorted(mine))
        for number in connection.scalars(current_statements().with_only_columns(statements.c.id).where(statements.c.key.in_(some)))
    )
    asked = WantedLinks(types=tuple(one.value for one in CONFLICTS))
    found = [one for one in found_links(connection, judged(connection), asked, numbers) if {one.source.id, one.target.id} <= ids]
    around = contexts_in(connection, (end for one in found for end in (one.source, one.target)))
    return (Conflict(one, around[one.source.id], around[one.target.id]) for one in found)
