"""A question and a mark -> the statements that answer it and were recorded after the mark, the last recorded first.

A statement answers as one of `ask` does, but for one thing: the words of a question must all stand in it, in any form, or its meaning be
near; that one of them does is enough for a list whose best come first, and not to tell somebody of it.

What an earlier reading of the same document had already, in half of the words or more, and which passed the filters too, is not new: a
re-run of the program says nothing that nobody had said before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.find.ask import CURRENT, LEAST_LIKENESS
from onrecord.find.columns import likeness, vectors_of
from onrecord.find.filters import Filter, filter_of
from onrecord.find.full_text import Wording, holding_all, holds_all, wording
from onrecord.find.question import Question
from onrecord.find.stand_ins import stand_ins, without_copies
from onrecord.record.from_rows import spans
from onrecord.record.identity import overlap
from onrecord.record.judged import LEAST_OVERLAP, Judged
from onrecord.record.ledger import Embeds
from onrecord.record.marks import Mark
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import documents, readings, statements, vectors

Row = dict[str, Any]
_AT_ONCE = 20_000
_ROWS: Select[Any] = CURRENT.add_columns(statements.c.content, readings.c.made_at, vectors.c.vector).outerjoin(
    vectors, vectors.c.statement_id == statements.c.id
)
_OLDER = (
    *(statements.c[name] for name in ("id", "key", "document_id", "content", "speaker_key", "speaker_name", "stance", "hypothetical")),
    *(statements.c.said_on, statements.c.sorted_on, documents.c.publisher, documents.c.known_on),
)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it is asked of single statements: its filter, its words, and their place in the space of meanings."""

    filter: Filter
    wording: Wording | None
    place: NDArray[np.int8] | None

    @property
    def known(self) -> Judged:
        """What persons decided."""
        return self.filter.judged

    def near(self, given: Iterable[bytes | None]) -> NDArray[np.bool_]:
        """Which of the vectors are near in meaning."""
        places = vectors_of(given)
        if self.place is None:
            return np.zeros(len(places), np.bool_)
        return np.asarray(likeness(self.place, places) >= LEAST_LIKENESS)


def asking(connection: Connection, question: Question, known: Judged, meaning: Embeds | None) -> Asking:
    """The question, ready to be asked; a name that nobody has yet is answered by nobody."""
    words = question.words
    place = None if words is None or meaning is None else meaning.vectors([words])[0]
    said = None if words is None else wording(words)
    return Asking(filter_of(connection, question, known), said, place if place is not None and place.any() else None)


def matches(connection: Connection, asked: Asking, mark: Mark, most: int) -> list[Row]:
    """The rows of the new statements that answer, with `content` and `made_at` of their readings; so many at most."""
    some = (few for many in _candidates(connection, asked, mark) for few in at_a_time(many))
    found = list(islice((row for few in some for row in _new(connection, asked, mark, few)), most))
    if not asked.filter.question.without_copies:
        return found
    kept = _once(connection, asked, [row["id"] for row in found])
    return [row for row in found if row["id"] in kept]


def answering(connection: Connection, asked: Asking, ids: Sequence[int]) -> list[Row]:
    """Those of these statements that answer, new or not, as judged and in this order."""
    found: list[Row] = []
    for some in at_a_time(ids):
        rows = {row.id: dict(row._mapping) for row in connection.execute(_ROWS.where(statements.c.id.in_(some)))}
        asked.known.load(row["speaker_key"] for row in rows.values())
        there = [rows[number] for number in some if number in rows]
        near = asked.near(row["vector"] for row in there)
        judged = (asked.known.row(row) for row, is_near in zip(there, near, strict=True) if is_near or _is_worded(asked, row))
        found += [row for row in judged if row is not None and asked.filter.fits(row)]
    return found


def older(connection: Connection, mark: Mark, of: Iterable[int]) -> dict[int, list[Row]]:
    """By row ids of documents: the statements that readings of them had at the mark."""
    found: dict[int, list[Row]] = defaultdict(list)
    asked = select(*_OLDER).join_from(statements, documents).where(~mark.came_after(statements.c.reading_id))
    for some in at_a_time(sorted(set(of))):
        for row in connection.execute(asked.where(statements.c.document_id.in_(some))).mappings():
            found[row["document_id"]].append(dict(row))
    return found


def is_told_by(row: Row, other: Row) -> bool:
    """Whether two statements of one document have half of their words in common, or more."""
    return overlap(spans(row["content"]), spans(other["content"])) >= LEAST_OVERLAP


def _new(connection: Connection, asked: Asking, mark: Mark, ids: Sequence[int]) -> Iterator[Row]:
    """Those of the candidates that answer, and that nobody was told of before."""
    found = answering(connection, asked, ids)
    before = older(connection, mark, (row["document_id"] for row in found))
    yield from (row for row in found if not any(_was_answer(asked, row, one) for one in before[row["document_id"]]))


def _was_answer(asked: Asking, row: Row, other: Row) -> bool:
    before = asked.known.row(other) if is_told_by(row, other) else None
    return before is not None and asked.filter.fits(before)


def _once(connection: Connection, asked: Asking, ids: Sequence[int]) -> set[int]:
    """Those of these that are no copies of one that answers, too."""
    stands = stand_ins(connection, ids)
    behind = {row["id"] for row in answering(connection, asked, sorted(set(stands.values())))}
    return set(without_copies(connection, ids)) - {number for number, other in stands.items() if other in behind}


def _candidates(connection: Connection, asked: Asking, mark: Mark) -> Iterator[list[int]]:
    """Row ids of the new statements that may answer, the last ones first, many at a time."""
    after = mark.came_after(statements.c.reading_id)
    low, high = connection.execute(select(func.min(statements.c.id), func.max(statements.c.id)).where(after)).one()
    if low is None:
        return
    worded = set() if asked.wording is None else holding_all(connection, asked.wording, low, high)
    wanted = current_statements().with_only_columns(statements.c.id, vectors.c.vector)
    wanted = wanted.outerjoin(vectors, vectors.c.statement_id == statements.c.id).where(after, _may_fit(asked))
    for some in connection.execute(wanted.order_by(statements.c.id.desc()).execution_options(yield_per=_AT_ONCE)).partitions():
        near = asked.near(row.vector for row in some)
        yield [row.id for row, is_near in zip(some, near, strict=True) if asked.wording is None or is_near or row.id in worded]


def _may_fit(asked: Asking) -> ColumnElement[bool]:
    """The filters that the database can tell; what people corrected is looked at in any case."""
    question, known, of = asked.filter.question, asked.known, statements.c
    told: list[ColumnElement[bool]] = [] if question.hypothetical else [~of.hypothetical]
    if question.stances:
        told.append(of.stance.in_(sorted(question.stances)))
    if asked.filter.keys is not None:
        raw = sorted({key for mine in asked.filter.keys for key in known.raw_keys(mine)})
        told.append(or_(of.speaker_key.is_(None), of.speaker_key.in_(raw)))
    return or_(and_(True, *told), of.id.in_(sorted(known.statement_ids))) if known.statement_ids else and_(True, *told)


def _is_worded(asked: Asking, row: Row) -> bool:
    return asked.wording is None or holds_all(asked.wording, (row["words"], row["speaker_name"], row["source_words"]))
