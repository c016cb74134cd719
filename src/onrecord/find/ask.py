"""A question -> the statements that answer it, best first.

Candidates come from full text and from meaning, each after the filters; both lists are fused by their ranks (Cormack, Clarke and
Büttcher: Reciprocal Rank Fusion, 2009). The rows of the candidates are then read from the ledger and judged, so that nothing is
answered that the ledger does not hold at that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from onrecord.find.columns import Array, Columns, likeness
from onrecord.find.filters import Filter, filter_of
from onrecord.find.full_text import Searched, Worded, matches, text_scores, weights_of, wording
from onrecord.find.holding import Holding, holding, nearest, vectors_at
from onrecord.find.question import Answer, Question
from onrecord.find.stand_ins import stand_ins, without_copies
from onrecord.find.whom import nobody
from onrecord.record.judged import Judged
from onrecord.record.known_people import wikidata_of
from onrecord.record.ledger import Ledger
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, statements

Row = dict[str, Any]
Mask = NDArray[np.bool_]
ALL_LOOKED_AT = 800  # where a filter leaves no more, each of them is a candidate
NEAREST = 200
LEAST_LIKENESS = 0.45  # cosine of a statement that holds none of the words: one pair in a hundred of those taken at random is so near
ROWS_AT_FIRST, ROWS_AT_ONCE = 50, 500
_NONE = np.empty(0, np.int64)
_RANK_WEIGHT = 60  # the constant of reciprocal rank fusion

_COLUMNS = (
    *(statements.c[name] for name in ("id", "key", "local_id", "document_id", "reading_id", "words", "source_words", "cue_words")),
    *(statements.c[name] for name in ("quote_type", "speaker_name", "speaker_type", "speaker_role", "speaker_key", "said_on")),
    *(statements.c[name] for name in ("stance", "negated_cue", "conditional", "hypothetical", "probability", "sorted_on")),
    *(documents.c[name] for name in ("name", "locator", "url", "publisher", "creation_time", "known_on")),
    documents.c.key.label("document_key"),
)
CURRENT = current_statements().with_only_columns(*_COLUMNS)  # made once: making it takes longer than asking it


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question at one moment of a ledger: for each part of what is at hand, which of its rows pass the filters."""

    held: Holding
    filter: Filter
    passed: tuple[Mask, ...]

    @property
    def left(self) -> int:
        return sum(int(np.count_nonzero(one)) for one in self.passed)

    def ids(self, rows: Callable[[Columns, Mask], Array]) -> Array:
        """Row ids of what is chosen from the columns of each part."""
        return np.concatenate([columns.ids[rows(columns, mask)] for (columns, _), mask in zip(self.held.parts, self.passed, strict=True)])

    def passes(self, ids: Array) -> Mask:
        """Which statements with these row ids pass."""
        found = np.zeros(len(ids), np.bool_)
        for (columns, _), mask in zip(self.held.parts, self.passed, strict=True):
            rows = columns.rows_of(ids)
            found |= (rows >= 0) & mask[rows] if len(mask) else False
        return found


def ask(ledger: Ledger, question: Question) -> list[Answer]:
    """The statements that answer the question, best first; without a text the newest first.

    Namesakes all answer; `speaker_key` tells them apart. With a text, an answer holds its words or is near to it in meaning.

    Raises:
        LedgerError: nobody in the ledger is called as `by` says, or the ledger cannot be read.
    """
    with ledger.reading() as connection:
        held = holding(connection, ledger)
        held = replace(held, judged=held.judged.with_aliases(connection))
        asked = _asked(connection, held, filter_of(connection, question, held.judged))
        if question.words is None:
            newest = _newest_once if question.without_copies else _newest
            found = [answer_of(row, held.judged, 0.0) for row in newest(connection, asked, question.limit)]
        else:
            found = _fitting(connection, ledger, asked, question.words)
        return with_wikidata(connection, found)


def with_wikidata(connection: Connection, found: list[Answer]) -> list[Answer]:
    """The same, with the speakers' ids at Wikidata."""
    ids = wikidata_of(connection, (one.speaker_key for one in found))
    return [replace(one, wikidata=ids.get(one.speaker_key or "")) for one in found] if ids else found


def _asked(connection: Connection, held: Holding, wanted: Filter) -> _Asked:
    if wanted.keys == ():
        _find_nameless(held, wanted)
    by_hand = held.judged.statement_ids
    fitting = {row["id"] for row in _rows(connection, held, sorted(by_hand)) if wanted.fits(row)} if by_hand else set()
    masks = []
    for columns, _ in held.parts:
        passed = wanted.mask(columns)
        for ids, holds in ((by_hand, False), (fitting, True)):
            rows = columns.rows_of(np.array(sorted(ids), np.int64))
            passed[rows[rows >= 0]] = holds
        masks.append(passed & held.current(columns))
    return _Asked(held, wanted, tuple(masks))


def _find_nameless(held: Holding, wanted: Filter) -> None:
    """Raises LedgerError where nobody without a key ("officials") is called so either."""
    if not any(wanted.said_by(columns).any() for columns, _ in held.parts):
        raise nobody(str(wanted.question.by))


def _newest(connection: Connection, asked: _Asked, count: int) -> list[Row]:
    def rows(columns: Columns, mask: Mask) -> Array:
        found = columns.latest(mask, count)
        return found[np.lexsort((columns.ids[found], columns.days[found]))][::-1][:count]

    wanted = {*asked.ids(rows).tolist(), *asked.held.judged.statement_ids}
    found = [row for row in _rows(connection, asked.held, sorted(wanted)) if asked.filter.fits(row)]
    return sorted(found, key=_by_day, reverse=True)[:count]


def _newest_once(connection: Connection, asked: _Asked, count: int) -> list[Row]:
    """The newest, without copies of those that answer too: so many more are looked at until enough are left, or there are no more."""
    looked_at = count
    while True:
        found = _newest(connection, asked, looked_at)
        stands = stand_ins(connection, (row["id"] for row in found))
        behind = {number for number in stands.values() if asked.passes(np.array([number]))[0]}
        kept = set(without_copies(connection, [row["id"] for row in found])) - {one for one, other in stands.items() if other in behind}
        if len(kept) >= count or len(found) < looked_at:
            return [row for row in found if row["id"] in kept][:count]
        looked_at *= 2


def _fitting(connection: Connection, ledger: Ledger, asked: _Asked, words: str) -> list[Answer]:
    """The answers to a question with words."""
    if not asked.left:
        return []
    said, searched = wording(words), _searched(asked)
    place = None if ledger.options.meaning is None else ledger.options.meaning.vectors([words])[0]
    weights = weights_of(connection, said, searched)
    if asked.left <= ALL_LOOKED_AT:
        ids = asked.ids(lambda _, mask: np.flatnonzero(mask)).tolist()
    else:
        ids = [*matches(connection, weights, searched), *_near(asked, place)]
    worded = _worded(connection, sorted(_originals(connection, asked, ids) if asked.filter.question.without_copies else set(ids)))
    ids = list(worded)
    ranked = _ranked(ids, text_scores(said, weights, list(worded.values())), _by_meaning(asked, place, ids))
    answers = (
        answer_of(row, asked.held.judged, ranked[row["id"]])
        for row in _rows(connection, asked.held, list(ranked))
        if asked.filter.fits(row)
    )
    return list(islice(answers, asked.filter.question.limit))


def _originals(connection: Connection, asked: _Asked, ids: Sequence[int]) -> list[int]:
    """These, with what stands for them if that passes too, without copies."""
    standing = np.array(sorted(set(stand_ins(connection, ids).values())), np.int64)
    return without_copies(connection, sorted({*ids, *standing[asked.passes(standing)].tolist()}))


def _worded(connection: Connection, ids: Sequence[int]) -> dict[int, Worded]:
    """The words of these statements."""
    of = statements.c
    found: dict[int, Worded] = {}
    for some in _some(ids):
        rows = connection.execute(select(of.id, of.words, of.speaker_name, of.source_words).where(of.id.in_(some)))
        found |= {number: (words, name, source) for number, words, name, source in rows.cursor.fetchall()}
    return found


def _ranked(ids: Sequence[int], by_words: Sequence[float], by_meaning: Sequence[float]) -> dict[int, float]:
    """The ids of those that fit with their scores, best first, of equal ones the newest."""
    fitting = [n for n in range(len(ids)) if by_words[n] > 0 or by_meaning[n] >= LEAST_LIKENESS]
    scores = fused([by_words[n] for n in fitting], [by_meaning[n] for n in fitting])
    return {ids[n]: score for score, n in sorted(zip(scores, fitting, strict=True), key=lambda one: (one[0], ids[one[1]]), reverse=True)}


def _searched(asked: _Asked) -> Searched:
    ids = asked.ids(lambda _, mask: np.array([mask.argmax(), len(mask) - 1 - mask[::-1].argmax()]) if mask.any() else _NONE)
    low, high = int(ids.min()), int(ids.max())
    return Searched(low, high, asked.left / (high - low + 1), asked.passes, lambda count: _last(asked, count))


def _last(asked: _Asked, count: int) -> Array:
    """The highest row ids that pass."""
    return np.sort(asked.ids(lambda _, mask: np.flatnonzero(mask)[-count:]))[-count:]


def _near(asked: _Asked, place: NDArray[np.int8] | None) -> list[int]:
    """Row ids of those nearest in meaning."""
    if place is None or not place.any():
        return []
    parts = zip(asked.held.parts, asked.passed, strict=True)
    return [int(number) for (columns, finds), mask in parts for number in columns.ids[nearest(finds, place, mask, NEAREST)]]


def _by_meaning(asked: _Asked, place: NDArray[np.int8] | None, ids: Sequence[int]) -> list[float]:
    """How near each is in meaning: cosines."""
    found = np.zeros(len(ids), np.float32)
    if place is None:
        return [0.0] * len(ids)
    for columns, finds in asked.held.parts:
        rows = columns.rows_of(np.array(ids, np.int64))
        here = np.flatnonzero(rows >= 0)
        found[here] = likeness(place, vectors_at(finds, rows[here]))
    return [float(one) for one in found]


def fused(*lists: Sequence[float]) -> list[float]:
    """One score from several for each item, 1 for what is first by all: by the ranks in each, where those that are equal share one.

    A score of 0 or less counts as none.
    """
    out = [0.0] * len(lists[0])
    for scores in lists:
        ranks = {score: rank for rank, score in enumerate(sorted({one for one in scores if one > 0}, reverse=True))}
        for n, score in enumerate(scores):
            out[n] += (_RANK_WEIGHT + 1) / (_RANK_WEIGHT + 1 + ranks[score]) / len(lists) if score in ranks else 0.0
    return out


def _rows(connection: Connection, held: Holding, ids: Sequence[int]) -> Iterator[Row]:
    """The current statements with these row ids, in this order, as judged."""
    for some in _some(ids):
        found = {row.id: row._mapping for row in connection.execute(CURRENT.where(statements.c.id.in_(some)))}
        held.judged.load(row["speaker_key"] for row in found.values())
        judged = (held.judged.row(dict(found[number])) for number in some if number in found)
        yield from (row for row in judged if row is not None)


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """A few ids at first, which mostly are enough, then many at a time."""
    yield from (ids[start:end] for start, end in pairwise((0, *range(ROWS_AT_FIRST, len(ids), ROWS_AT_ONCE), len(ids))) if start < end)


def _by_day(row: Row) -> tuple[str, int]:
    return row["sorted_on"], row["id"]


def answer_of(row: Row, known: Judged, score: float) -> Answer:
    """The answer whose row it is, as judged; it has the columns of `CURRENT`."""
    same = {one.name: row[one.name] for one in fields(Answer) if one.name in row}
    own = {"id": row["key"], "score": score, "day": row["sorted_on"], "judged": row["id"] in known.by_statement}
    of = {"document": row["name"], "document_id": row["document_key"], "creation_day": row["creation_time"] and row["creation_time"][:10]}
    flags = {name: bool(row[name]) for name in ("negated_cue", "conditional", "hypothetical")}
    return Answer(**{**same, **own, **of, **flags})
