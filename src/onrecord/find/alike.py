"""A statement -> the earlier ones that it may repeat or contradict: the nearest in meaning of all, and of the same holder.

Only these are compared word by word, so the time that a statement takes hardly grows with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from onrecord.data import QuoteType, Stance
from onrecord.find.columns import TYPES, Array, holder_digest, likeness
from onrecord.find.holding import Holding, nearest, vectors_at
from onrecord.link.claims import Claim
from onrecord.link.matter import quotations
from onrecord.record.days import first_day
from onrecord.record.judged import Judged
from onrecord.record.stored import at_a_time
from onrecord.record.tables import documents, statements

_OF = statements.c
_COLUMNS = (
    *(_OF.id, _OF.key, _OF.document_id, _OF.local_id, _OF.part_of, _OF.words, _OF.quote_type),
    *(_OF.speaker_key, _OF.speaker_name, _OF.stance, _OF.conditional, _OF.said_on),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far is looked: the nearest of all and of the same holder, how near at least (cosine), and how many in the end."""

    nearest: int = 10
    of_holder: int = 8
    likeness: float = 0.35
    most: int = 12


def alike(held: Holding, statement: int, holders: Array, reach: Reach) -> list[int]:
    """Row ids of the statements worth comparing with one: of readings up to its own, none that nobody said, nearest first.

    Args:
        held: the ledger's statements.
        statement: the row id of the one.
        holders: (N,) digests of whom its holder may be called in the columns.
        reach: how far is looked.
    """
    found: dict[int, float] = {}
    for own, finds in held.parts:
        row = int(own.rows_of(np.array([statement]))[0])
        if row < 0:
            continue
        vector, reading = vectors_at(finds, np.array([row]))[0], own.readings[row]
        for columns, others in held.parts:
            passed = (columns.readings <= reading) & (columns.hypothetical == 0) & (columns.ids != statement) & held.current(columns)
            for mask, count in ((passed, reach.nearest), (passed & np.isin(columns.holders, holders), reach.of_holder)):
                rows = nearest(others, vector, mask, count)
                scores = likeness(vector, vectors_at(others, rows))
                found |= {int(columns.ids[at]): float(score) for at, score in zip(rows, scores, strict=True) if score >= reach.likeness}
    return sorted(found, key=lambda number: (-found[number], number))[: reach.most]


def holders_of(judged: Judged, row: Mapping[str, Any]) -> Array:
    """(N,) digests of whom the holder of a statement may be called in the columns; none where nobody is named."""
    key, name = row["speaker_key"], row["speaker_name"]
    if key is None:
        return np.array([holder_digest(None, name)] if name else [], TYPES["holders"])
    keys = judged.raw_keys(judged.speaker(key, row["document_id"]))
    return np.array([holder_digest(one, None) for one in sorted(keys | {key})], TYPES["holders"])


def rows_of(connection: Connection, judged: Judged, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The rows of these statements as judged, by id; without those that are none."""
    found: dict[int, dict[str, Any]] = {}
    asked = select(*_COLUMNS, documents.c.known_on).join_from(statements, documents)
    for some in at_a_time(sorted(set(ids))):
        rows = [dict(row) for row in connection.execute(asked.where(_OF.id.in_(some))).mappings()]
        judged.load(row["speaker_key"] for row in rows)
        found |= {row["id"]: as_judged for row in rows if (as_judged := judged.row(row)) is not None}
    return found


def claim(row: Mapping[str, Any]) -> Claim:
    """A statement's row as it is compared."""
    said_on = row["said_on"] and first_day(row["said_on"]) and row["said_on"]
    holder = row["speaker_key"] or ((row["speaker_name"] or "").casefold() or None)
    quoted = quotations(row["words"], QuoteType(row["quote_type"]))
    return Claim(
        id=row["id"],
        document=row["document_id"],
        words=row["words"],
        holder=holder,
        stance=Stance(row["stance"]),
        conditional=bool(row["conditional"]),
        said_on=said_on or None,
        known_on=row["known_on"],
        quotations=quoted,
        key=row["key"],
    )
