"""A statement of a ledger -> the same utterance as every outlet words it: who dropped which words, and who added some.

The group are all statements that lead from one to the next by links of the type repeats, as people judged these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from onrecord.data import LinkType, Variant
from onrecord.errors import LedgerError
from onrecord.find.link_ends import End, end_of, end_rows, place_in_time
from onrecord.find.link_rows import held_links
from onrecord.link.wording import Change, difference, variant_of, words_of
from onrecord.record.judged import Judged, judged
from onrecord.record.judged_links import LinkDecision
from onrecord.record.ledger import Ledger
from onrecord.record.named import statement_named

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Telling:
    """The utterance as one statement tells it.

    `changes`: what it keeps, drops and adds, compared with the fullest wording; `variant` what that makes of it, null for the fullest.
    """

    end: End
    is_fullest: bool
    changes: tuple[Change, ...]
    variant: Variant | None = None


def wordings(ledger: Ledger, statement: str) -> tuple[Telling, ...]:
    """All tellings of the utterance, that with the most words first, then in the order in which they became known.

    Args:
        ledger: where the statement is.
        statement: its id, or so many of the first digits that no other begins with them.

    Raises:
        LedgerError: there is no such statement, or more than one, or the ledger cannot be read.
    """
    with ledger.reading() as connection:
        known = judged(connection)
        row = statement_named(connection, statement)
        group = _group(connection, known, row["id"])
    if row["id"] not in group:
        raise LedgerError(f"{statement!r} is no statement: somebody said so, or nobody said these words.", code="ledger.not_found")
    told = sorted({one["key"]: one for one in group.values()}.values(), key=lambda one: (one["known_on"], *place_in_time(one)))
    fullest = max(told, key=lambda one: len(words_of(one["words"])))
    return tuple(_telling(one, fullest) for one in (fullest, *(one for one in told if one is not fullest)))


def _telling(one: Row, fullest: Row) -> Telling:
    changes = difference(fullest["words"], one["words"])
    return Telling(end_of(one), one is fullest, changes, None if one is fullest else variant_of(changes))


def _group(connection: Connection, known: Judged, first: int) -> dict[int, Row]:
    """The statements that repeat one another, by row id; what people say is no statement does not lead on."""
    group: dict[int, Row] = {}
    seen, new = {first}, {first}
    while new:
        rows = end_rows(connection, known, new)
        group |= rows
        held = held_links(connection, (LinkType.REPEATS,), frozenset(rows))
        new = {end for one in held if not one.is_decided(LinkDecision.REJECTED) for end in (one.source, one.target)} - seen
        seen |= new
    return group
