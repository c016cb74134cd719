"""Ledger -> what people decided, by whom, when and why, and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record.judged import JudgementKind, judged
from onrecord.record.judged_links import judged_links, orphans
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, judgements, statements

Row = dict[str, Any]


class JudgementState(StrEnum):
    """Whether a judgement holds. An orphaned one does again once a reading finds its statement."""

    HOLDS = "holds"
    ORPHANED = "orphaned"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class About:
    """A statement that a judgement is about: the id of the current one and the name of its document, null where there is none.

    `words` are those of the statement as it was judged.
    """

    document: str | None = None
    statement: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement. `row` is its row; `other` is the statement at the other end of the link that it is about, if it is about one."""

    row: Row
    state: JudgementState
    about: About = About()
    other: About | None = None

    @property
    def document(self) -> str | None:
        """The name of the document of the statement that it is about."""
        return self.about.document

    @property
    def statement(self) -> str | None:
        """The id of the current statement that it is about."""
        return self.about.statement

    @property
    def words(self) -> str | None:
        """The words of the statement as it was judged."""
        return self.about.words


def decisions(connection: Connection, *states: JudgementState) -> Iterator[Decision]:
    """The judgements in one of these states, all without any, in the order in which they were made. Undoings are not among them."""
    known, of_links = judged(connection), {one.row["id"]: one for one in judged_links(connection)}
    all_rows = [dict(row) for row in connection.execute(select(judgements).order_by(judgements.c.id)).mappings()]
    undone = {row["revokes"] for row in all_rows if row["revokes"] is not None}
    orphaned = orphans(known, of_links.values()).keys()
    now_about = {one["id"]: statement for statement, those in known.by_statement.items() for one in those}
    now_about |= {number: one.source.id for number, one in of_links.items() if one.source is not None}
    now_to = {number: one.target.id for number, one in of_links.items() if one.target is not None}
    for row in all_rows:
        number, state = row["id"], _state(row["id"], undone, orphaned)
        if row["kind"] != JudgementKind.REVOKE and (not states or state in states):
            yield _decision(connection, row, state, (now_about.get(number), now_to.get(number)))


def statement_now(connection: Connection, judgement: int) -> Row | None:
    """The current statement that the judgement is about, as a row with `document` (a name); null where it is none, or is not found."""
    known = judged(connection)
    number = next((statement for statement, those in known.by_statement.items() if any(one["id"] == judgement for one in those)), None)
    asked = current_statements().add_columns(documents.c.name.label("document")).where(statements.c.id == number)
    row = connection.execute(asked).mappings().first()
    return None if row is None else known.row(dict(row))


def _state(number: int, undone: set[int], orphaned: Set[int]) -> JudgementState:
    if number in undone:
        return JudgementState.UNDONE
    return JudgementState.ORPHANED if number in orphaned else JudgementState.HOLDS


def _decision(connection: Connection, row: Row, state: JudgementState, now: tuple[int | None, int | None]) -> Decision:
    if row["statement_key"] is None:
        return Decision(row, state)
    about = _about(connection, row["document_key"], row["statement_key"], now[0])
    if row["kind"] != JudgementKind.LINK:
        return Decision(row, state, about)
    changes = row["changes"]
    return Decision(row, state, about, _about(connection, changes.get("to_document"), changes.get("to"), now[1]))


def _about(connection: Connection, document: str | None, judged_key: str | None, statement: int | None) -> About:
    """The statement with the row id `statement`, which was `judged_key` when it was judged."""
    name = connection.scalar(select(documents.c.name).where(documents.c.key == document))
    key = connection.scalar(select(statements.c.key).where(statements.c.id == statement)) if statement is not None else None
    words = connection.scalar(select(statements.c.words).where(statements.c.key == judged_key).limit(1))
    return About(name, key, words)
