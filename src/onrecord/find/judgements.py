"""Ledger -> what people decided, by whom, when and why, and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record.judged import JudgementKind, judged
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, judgements, statements

Row = dict[str, Any]


class JudgementState(StrEnum):
    """Whether a judgement holds. An orphaned one does again once a reading finds its statement."""

    HOLDS = "holds"
    ORPHANED = "orphaned"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement. `row` is its row; `words` are those of its statement as it was judged.

    `statement` is the id of the current statement that it is about, `document` the name of its document; null where there is none.
    """

    row: Row
    state: JudgementState
    document: str | None = None
    statement: str | None = None
    words: str | None = None


def decisions(connection: Connection, *states: JudgementState) -> Iterator[Decision]:
    """The judgements in one of these states, all without any, in the order in which they were made. Undoings are not among them."""
    known = judged(connection)
    all_rows = [dict(row) for row in connection.execute(select(judgements).order_by(judgements.c.id)).mappings()]
    undone = {row["revokes"] for row in all_rows if row["revokes"] is not None}
    orphaned = {row["id"] for row in known.orphans}
    now_about = {one["id"]: statement for statement, those in known.by_statement.items() for one in those}
    for row in all_rows:
        state = _state(row["id"], undone, orphaned)
        if row["kind"] != JudgementKind.REVOKE and (not states or state in states):
            yield _decision(connection, row, state, now_about.get(row["id"]))


def statement_now(connection: Connection, judgement: int) -> Row | None:
    """The current statement that the judgement is about, as a row with `document` (a name); null where it is none, or is not found."""
    known = judged(connection)
    number = next((statement for statement, those in known.by_statement.items() if any(one["id"] == judgement for one in those)), None)
    asked = current_statements().add_columns(documents.c.name.label("document")).where(statements.c.id == number)
    row = connection.execute(asked).mappings().first()
    return None if row is None else known.row(dict(row))


def _state(number: int, undone: set[int], orphaned: set[int]) -> JudgementState:
    if number in undone:
        return JudgementState.UNDONE
    return JudgementState.ORPHANED if number in orphaned else JudgementState.HOLDS


def _decision(connection: Connection, row: Row, state: JudgementState, statement: int | None) -> Decision:
    if row["statement_key"] is None:
        return Decision(row, state)
    document = connection.scalar(select(documents.c.name).where(documents.c.key == row["document_key"]))
    key = connection.scalar(select(statements.c.key).where(statements.c.id == statement)) if statement is not None else None
    words = connection.scalar(select(statements.c.words).where(statements.c.key == row["statement_key"]).limit(1))
    return Decision(row, state, document, key, words)
