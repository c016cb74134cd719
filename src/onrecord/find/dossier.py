"""A matter -> all that a report tells of it: who holds what since when, the conflicts with both passages in context, and the papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from onrecord.find.link_ends import End
from onrecord.find.links import LedgerLink, WantedLinks, found_links
from onrecord.find.position_matter import WantedPositions
from onrecord.find.positions import Carried, Positions, positions
from onrecord.record.judged import judged
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import CONFLICTS
from onrecord.record.rows import document_of
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import documents, statements

AROUND = 240  # characters that a passage shows on each side of the words


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a passage; `is_content`: what was said, not what stands around it."""

    words: str
    is_content: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements that contradict or deny one another, with the passages in which they stand."""

    link: LedgerLink
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]


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
    texts = _texts(connection, {end.document_id for one in found for end in (one.source, one.target)})
    for one in found:
        source, target = (_passage(end, texts[end.document_id]) for end in (one.source, one.target))
        yield Conflict(one, source, target)


def _texts(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    found = {}
    for some in at_a_time(sorted(keys)):
        for row in connection.execute(select(documents).where(documents.c.key.in_(some))).mappings():
            found[row["key"]] = document_of(dict(row)).text
    return found


def _passage(end: End, text: str) -> tuple[Piece, ...]:
    """The words of the statement with what stands around them, cut between words; gaps between the parts of a split one are cut, too."""
    first, last = end.content[0][0], end.content[-1][1]
    start, stop = max(0, first - AROUND), min(len(text), last + AROUND)
    start = start if start == 0 else text.find(" ", start, first) + 1 or first
    stop = stop if stop == len(text) else max(text.rfind(" ", last, stop), last)
    pieces, at = [Piece("… " if start else "", False)], start
    for begins, ends in end.content:
        gap = text[at:begins]
        pieces.append(Piece(gap if len(gap) <= 2 * AROUND else f"{gap[:AROUND]} … {gap[-AROUND:]}", False))
        pieces.append(Piece(text[begins:ends], True))
        at = ends
    pieces += [Piece(text[at:stop], False), Piece(" …" if stop < len(text) else "", False)]
    return tuple(piece for piece in pieces if piece.words)
