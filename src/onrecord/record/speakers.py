"""Speakers by hand: two that are one, one that is two; kept as judgements, which every later reading of the documents obeys.

Each judgement belongs to a run of its own. Nothing is changed or deleted: `undo` adds a judgement that revokes another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, select, text

from onrecord.errors import LedgerError, UsageError
from onrecord.record import corrections
from onrecord.record.judged import Judged, JudgementKind, judged
from onrecord.record.ledger import Ledger
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, judgements, sightings, statements

Row = dict[str, Any]
OF_SPEAKERS = (JudgementKind.MERGE, JudgementKind.SPLIT)
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LOCK = 0x6F6E7265  # in PostgreSQL: one merge or split at a time


def merge(ledger: Ledger, key: str, into: str, by: str, note: str | None = None) -> int:
    """From now on the speaker `key` is the speaker `into`, in every document. The number of the judgement.

    Where the program has joined the key to somebody else, that key alone is taken from there.

    Raises:
        LedgerError: the ledger does not have one of them.
        UsageError: they are one already, or nobody's name is given.
    """

    def row(connection: Connection) -> Row:
        known = judged(connection)
        mine, other = (_known(connection, known, one) for one in (key, into))
        if mine == other:
            raise _impossible(f"{key} and {into} are one already.")
        if mine != key and known.is_alias(key):
            return {"kind": JudgementKind.MERGE.value, "speaker_key": key, "changes": {"into": other, "only": True}}
        return {"kind": JudgementKind.MERGE.value, "speaker_key": mine, "changes": {"into": other}}

    return _judge(ledger, f"people merge {key} {into}", row, by, note)


def split(ledger: Ledger, key: str, of: Iterable[str], into: str, by: str, note: str | None = None) -> int:
    """From now on the speaker `key` is another, `into`, in the documents with the keys `of`. The number of the judgement.

    Raises:
        LedgerError: the ledger does not have the speaker, or one of the documents.
        UsageError: the speaker says nothing in one of them, `into` is the speaker itself or can be no key, or nobody's name is given.
    """
    wanted = list(dict.fromkeys(of))

    def row(connection: Connection) -> Row:
        known = judged(connection)
        mine = _known(connection, known, key)
        _check_split(known, mine, into, wanted)
        for one in wanted:
            _check_speaks(connection, known, mine, one)
        return {"kind": JudgementKind.SPLIT.value, "speaker_key": mine, "changes": {"documents": wanted, "into": into}}

    return _judge(ledger, f"people split {key} into {into}", row, by, note)


def undo(ledger: Ledger, judgement: int, by: str, note: str | None = None) -> int:
    """The merge or split with that number no longer holds. The number of the judgement that says so.

    Raises:
        LedgerError: no merge or split has the number.
        UsageError: it was undone before, or nobody's name is given.
    """
    with ledger.reading() as connection:
        kind = connection.scalar(select(judgements.c.kind).where(judgements.c.id == judgement))
    if kind not in OF_SPEAKERS:
        raise LedgerError(f"No merge or split has the number {judgement}. `onrecord people NAME` shows them.", code="ledger.not_found")
    return corrections.undo(ledger, judgement, by, note)


def _judge(ledger: Ledger, command: str, row: Callable[[Connection], Row], by: str, note: str | None) -> int:
    """One judgement and its run. What makes no sense is refused before a run begins, and asked again when nobody else can judge."""
    who = corrections.person(by)
    with ledger.reading() as connection:
        row(connection)

    def alone(connection: Connection) -> Row:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        return row(connection)

    return corrections.written(ledger, alone, command, who, note)


def _check_split(known: Judged, mine: str, into: str, of: list[str]) -> None:
    if not of:
        raise _impossible("Nothing would be split: name the documents in which the speaker is another.")
    if not _KEY.fullmatch(into):
        raise _impossible(f"{into!r} can be no key: write small letters and digits with hyphens between, such as mara-quill-2.")
    if known.speaker(into) == mine:
        raise _impossible(f"{into} is {mine} itself: split into another, or undo their merge first.")


def _known(connection: Connection, known: Judged, key: str) -> str:
    """The key after merges, of a speaker that the ledger has."""
    if key not in known.keys_by_hand and connection.scalar(select(sightings.c.id).where(sightings.c.speaker_key == key).limit(1)) is None:
        raise LedgerError(f"Nobody in the ledger has the key {key!r}. `onrecord people NAME` shows keys.", code="ledger.not_found")
    return known.speaker(key)


def _check_speaks(connection: Connection, known: Judged, key: str, document: str) -> None:
    name = connection.scalar(select(documents.c.name).where(documents.c.key == document))
    if name is None:
        raise LedgerError(f"There is no document with the key {document!r} in the ledger.", code="ledger.not_found")
    rows = connection.execute(current_statements().where(documents.c.key == document).order_by(statements.c.id)).mappings()
    as_judged = (known.row(dict(row)) for row in rows)
    if not any(row and row["speaker_key"] == key for row in as_judged):
        raise _impossible(f"{key} says nothing in the document {name!r}, so it cannot be another there.")


def _impossible(message: str) -> UsageError:
    return UsageError(message, code="usage.bad_judgement")
