"""Statements -> those that stand for them: of one text that many outlets print, what each of them quotes counts once.

A link whose `copied_id` names one of its ends says that this end was not compared, since the other has the same words and the same
holder in a copy of the same text. It tells so while it holds, and nobody has rejected it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from onrecord.data import LinkType
from onrecord.find.link_ends import end_rows
from onrecord.find.link_rows import HeldLink, held_links
from onrecord.record.judged import Judged
from onrecord.record.judged_links import LinkDecision

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Copy:
    """A statement in a copy of the document; `id` is its id in the ledger."""

    id: str
    publisher: str | None
    document: str
    document_id: str
    url: str | None
    known_on: str


def stand_ins(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """For each of these statements that another one stands for, that one; by row id."""
    wanted = frozenset(ids)
    return {copied: other for copied, other in copied_pairs(connection, wanted) if copied in wanted}


def copies_of(connection: Connection, known: Judged, ids: Iterable[int]) -> dict[int, tuple[Copy, ...]]:
    """The statements that each of these stands for, the earliest known first; by row id."""
    wanted = frozenset(ids)
    found: dict[int, set[int]] = defaultdict(set)
    for copied, other in copied_pairs(connection, wanted):
        if other in wanted:
            found[other].add(copied)
    rows = end_rows(connection, known, {one for those in found.values() for one in those})
    return {number: tuple(_copy(row) for row in sorted(_there(rows, those), key=_place)) for number, those in found.items()}


def once(connection: Connection, held: Sequence[HeldLink]) -> list[HeldLink]:
    """The links, each once for all copies: that which a person judged, or else that of the statements that stand for the others."""
    stands = stand_ins(connection, {end for one in held for end in (one.source, one.target)})
    best: dict[tuple[str, frozenset[int]], HeldLink] = {}
    for one in held:
        ends = [stands.get(end, end) for end in (one.source, one.target)]
        name = one.name.type, frozenset(ends)
        if ends[0] != ends[1] and (name not in best or _rank(one, stands) > _rank(best[name], stands)):
            best[name] = one
    return list(best.values())


def without_copies(connection: Connection, ids: Sequence[int]) -> list[int]:
    """These statements, without those that one before or behind them in the list stands for, and of the copies of one the first."""
    stands, there, kept = stand_ins(connection, ids), set(ids), []
    taken: set[int] = set()
    for number in ids:
        original = stands.get(number, number)
        if original == number or (original not in there and original not in taken):
            kept.append(number)
            taken.add(original)
    return kept


def copied_pairs(connection: Connection, touching: frozenset[int]) -> Iterator[tuple[int, int]]:
    """(the statement that was not compared, the one that stands for it) of each link that says so from or to these."""
    for one in held_links(connection, (LinkType.REPEATS,), touching) if touching else ():
        copied = one.row.get("copied_id")
        if copied is not None and not one.is_decided(LinkDecision.REJECTED):
            yield copied, one.target if copied == one.source else one.source


def _rank(one: HeldLink, stands: dict[int, int]) -> tuple[bool, int, float]:
    return one.judged is not None, -sum(end in stands for end in (one.source, one.target)), one.probability


def _there(rows: dict[int, Row], ids: Iterable[int]) -> Iterator[Row]:
    return (rows[number] for number in ids if number in rows)


def _place(row: Row) -> tuple[str, int]:
    return row["known_on"], row["id"]


def _copy(row: Row) -> Copy:
    return Copy(row["key"], row["publisher"], row["document_name"], row["document_key"], row["url"], row["known_on"])
