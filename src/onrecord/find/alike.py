"""The statements of a reading -> the earlier ones that they may repeat or contradict: the nearest in meaning of all and of the same
holder, and what documents on the same matter say.

Only these are compared word by word, so the time that a statement takes hardly grows with the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, select

from onrecord.data import QuoteType, SpeakerType, Stance
from onrecord.find.columns import TYPES, Array, Columns, holder_digest, likeness
from onrecord.find.holding import Holding, nearest, vectors_at
from onrecord.link.claims import Claim
from onrecord.link.matter import quotations
from onrecord.record.days import first_day
from onrecord.record.from_rows import spans
from onrecord.record.judged import Judged
from onrecord.record.stored import at_a_time
from onrecord.record.tables import documents, statements

_OF = statements.c
_COLUMNS = (
    *(_OF.id, _OF.key, _OF.document_id, _OF.local_id, _OF.part_of, _OF.words, _OF.cue_words, _OF.quote_type),
    *(_OF.speaker_key, _OF.speaker_name, _OF.speaker_role, _OF.speaker_type, _OF.stance, _OF.conditional, _OF.said_on),
    *(_OF.cue, _OF.content, _OF.negated_cue),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far is looked: the nearest of all, of the same holder and of those who are named, how near at least (cosine); how many documents
    on the same matter, and how many of their statements; how many are read beside one statement in the end, and the log chance of having
    nothing to do with it from which one is not read at all."""

    nearest: int = 10
    of_holder: int = 8
    of_named: int = 8
    likeness: float = 0.35
    documents: int = 12
    of_matter: int = 60
    compared: int = 16
    hopeless: float = -0.02


Likes = dict[int, float]


class Whom(NamedTuple):
    """Digests in the columns: what the holder of a statement may be called, and what those may be whom it names as it answers them."""

    holder: Array
    named: Array


def alike(held: Holding, reading: Mapping[int, Whom], reach: Reach) -> dict[int, Likes]:
    """For each statement of a reading those worth comparing it with, by row id, with how near they are in meaning.

    They are the nearest of all, the nearest of the same holder, of the holders and publishers that it answers by name, and what the
    documents on the same matter say: those that several statements of the reading have their nearest in. Only statements of readings up
    to its own are looked at, none that nobody said.

    Args:
        held: the ledger's statements.
        reading: by the row id of each of the reading's statements.
        reach: how far is looked.
    """
    found: dict[int, Likes] = {number: {} for number in reading}
    told: dict[tuple[int, int], Array] = {}
    for own, finds in held.parts:
        rows = own.rows_of(np.array(list(reading), np.int64))
        for number, row in zip(reading, rows.tolist(), strict=True):
            if row < 0:
                continue
            vector, last = vectors_at(finds, np.array([row]))[0], int(own.readings[row])
            for place, (columns, others) in enumerate(held.parts):
                if (place, last) not in told:
                    told[place, last] = _told_until(held, columns, last)
                passed = told[place, last].copy()
                if columns is own:
                    passed[row] = False
                for mask, count in _masks(columns, passed, reading[number], reach):
                    at = nearest(others, vector, mask, count)
                    scores = likeness(vector, vectors_at(others, at))
                    near = zip(columns.ids[at].tolist(), scores.tolist(), strict=True)
                    found[number] |= {one: score for one, score in near if score >= reach.likeness}
    _add_matter(held, found, reach)
    return found


def _masks(columns: Columns, passed: Array, whom: Whom, reach: Reach) -> Iterator[tuple[Array, int]]:
    """The rows of which the nearest are looked for, and how many."""
    yield passed, reach.nearest
    yield passed & np.isin(columns.holders, whom.holder), reach.of_holder
    if len(whom.named):
        yield passed & (np.isin(columns.holders, whom.named) | np.isin(columns.publishers, whom.named)), reach.of_named


def _told_until(held: Holding, columns: Columns, reading: int) -> Array:
    """Which rows are of readings up to this one, and said by somebody."""
    return np.asarray((columns.readings <= reading) & (columns.hypothetical == 0) & held.current(columns))


def _add_matter(held: Holding, found: dict[int, Likes], reach: Reach) -> None:
    """Adds what the documents on the same matter say, the nearest first."""
    about = _same_matter(held, found, reach.documents)
    for own, finds in held.parts:
        rows = own.rows_of(np.array(list(found), np.int64))
        for columns, others in held.parts:
            theirs = np.flatnonzero(np.isin(columns.documents, about))
            for number, row in zip(found, rows.tolist(), strict=True):
                if row < 0:
                    continue
                vector = vectors_at(finds, np.array([row]))[0]
                some = columns.taken(theirs)
                passed = theirs[_told_until(held, some, int(own.readings[row])) & (some.ids != number)]
                scores = likeness(vector, vectors_at(others, passed))
                first = np.argsort(-scores, kind="stable")[: reach.of_matter]
                found[number] |= dict(zip(columns.ids[passed[first]].tolist(), scores[first].tolist(), strict=True))


def _same_matter(held: Holding, found: Mapping[int, Likes], most: int) -> Array:
    """The reading's own document, and those that at least two of its statements find something near in, or half of the few it has."""
    votes, weights = Counter[int](), Counter[int]()
    own: set[int] = set()
    for columns, _ in held.parts:
        rows = columns.rows_of(np.array(list(found), np.int64))
        own.update(columns.documents[rows[rows >= 0]].tolist())
    for likes in found.values():
        near: dict[int, float] = {}
        for columns, _ in held.parts:
            rows = columns.rows_of(np.array(list(likes), np.int64))
            for row, score in zip(rows.tolist(), likes.values(), strict=True):
                if row >= 0:
                    document = int(columns.documents[row])
                    near[document] = max(near.get(document, 0.0), score)
        votes.update(near.keys())
        weights.update(near)
    enough = min(2, (len(found) + 1) // 2)
    chosen = sorted((document for document, count in votes.items() if count >= enough), key=lambda document: (-weights[document], document))
    return np.array(sorted(own | set(chosen[:most])), TYPES["documents"])


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
    asked = select(*_COLUMNS, documents.c.known_on, documents.c.publisher).join_from(statements, documents)
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
        name=row["speaker_name"] or "",
        role=row["speaker_role"] or "",
        is_person=row["speaker_type"] == SpeakerType.PERSON,
        cue=row["cue_words"],
        place=int(row["local_id"].removeprefix("s")),
        publisher=row["publisher"] or "",
        negated_cue=bool(row["negated_cue"]),
        places=spans(row["content"]),
        cue_places=spans(row["cue"]),
    )
