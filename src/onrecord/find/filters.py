"""What a question leaves out, told twice: of a million statements at once by columns, and of one row as it was judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from onrecord.find.columns import Columns, day_number, digest, holder_digest
from onrecord.find.question import Question
from onrecord.find.wanted import is_within
from onrecord.find.whom import keys_named
from onrecord.record.days import first_day, last_day
from onrecord.record.judged import Judged

_FEW = 3
Row = dict[str, Any]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filter:
    """A question without its words.

    Args:
        question: what is asked.
        judged: what persons decided.
        keys: of those whom its `by` may mean; null where it has none.
    """

    question: Question
    judged: Judged = field(default_factory=Judged)
    keys: tuple[str, ...] | None = None

    def fits(self, row: Row) -> bool:
        """Whether a row passes, as it is judged. It holds `publisher` and `known_on` of its document."""
        asked = self.question
        return (
            (asked.hypothetical or not row["hypothetical"])
            and (not asked.stances or row["stance"] in asked.stances)
            and (asked.publisher is None or (row["publisher"] or "").casefold() == asked.publisher.casefold())
            and (asked.as_of is None or row["known_on"] <= str(last_day(asked.as_of)))
            and is_within(row["said_on"], row["sorted_on"], asked.since, asked.until)
            and self._is_said_by(row["speaker_key"], row["speaker_name"])
        )

    def _is_said_by(self, key: str | None, name: str | None) -> bool:
        if self.keys is None or self.question.by is None:
            return True
        return key in self.keys if key is not None else (name or "").casefold() == self.question.by.casefold()

    def mask(self, columns: Columns) -> Mask:
        """Which rows pass, as the model reads them; what was judged of single statements is not looked at."""
        asked = self.question
        passed = np.ones(len(columns), np.bool_)
        if not asked.hypothetical:
            passed &= columns.hypothetical == 0
        if asked.stances:
            passed &= _any_of(columns.stances, {digest(stance) for stance in asked.stances})
        if asked.publisher is not None:
            passed &= columns.publishers == digest(asked.publisher.casefold())
        if asked.as_of is not None:
            passed &= columns.known <= day_number(str(last_day(asked.as_of)))
        if asked.since is not None:
            passed &= columns.last_days >= day_number(str(first_day(asked.since)))
        if asked.until is not None:
            passed &= columns.days <= day_number(str(last_day(asked.until)))
        return passed if self.keys is None else passed & self.said_by(columns)

    def said_by(self, columns: Columns) -> Mask:
        """Which rows are of those whom `by` may mean: by any key that means them in the row's document."""
        wanted = frozenset(self.keys or ())
        self.judged.load_raw(wanted)
        raw = {key for mine in wanted for key in self.judged.raw_keys(mine)}
        apart = self.judged.documents_apart(raw)
        if not apart:
            return _any_of(columns.holders, {holder_digest(key, None) for key in raw} | {holder_digest(None, self.question.by)})
        keys = {holder_digest(key, None): key for key in raw}
        found = _any_of(columns.holders, {holder_digest(None, self.question.by)})
        rows = np.flatnonzero(_any_of(columns.holders, set(keys)))
        holders, documents = columns.holders[rows], columns.documents[rows]
        is_apart = np.isin(documents, list(apart))
        means = ~is_apart & _any_of(holders, {number for number, key in keys.items() if self.judged.speaker(key) in wanted})
        for place in np.flatnonzero(is_apart).tolist():
            means[place] = self.judged.speaker(keys[int(holders[place])], int(documents[place])) in wanted
        found[rows[means]] = True
        return found


def filter_of(connection: Connection, question: Question, judged: Judged) -> Filter:
    """The filter of a question; whom its `by` means is looked up."""
    return Filter(question, judged, None if question.by is None else keys_named(connection, judged, question.by))


def _any_of(column: NDArray[Any], wanted: set[int]) -> Mask:
    """Where one of the numbers stands. For many of them, rows that can have none are told by the last 16 bits."""
    if len(wanted) > _FEW and column.dtype == np.dtype("<u8"):
        able = np.zeros(1 << 16, np.bool_)
        able[[number & 0xFFFF for number in wanted]] = True
        rows = np.flatnonzero(able[np.ascontiguousarray(column).view("<u2")[::4]])
        found = np.zeros(len(column), np.bool_)
        found[rows] = np.isin(column[rows], np.array(sorted(wanted), column.dtype))
        return found
    found = np.zeros(len(column), np.bool_)
    for number in wanted:
        found |= column == column.dtype.type(number)
    return found
