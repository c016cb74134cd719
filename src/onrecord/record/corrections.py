"""What a person decides about a statement: kept as judgements, which outrank every reading and survive every re-run.

    correct(ledger, "3f2a91c0", Changes(speaker="Mara Quill", stance="denies"), by="Ida Brook", note="heard the tape")
    not_a_statement(ledger, "77b01e2d", by="Ida Brook", note="the headline of another article")
    undo(ledger, 12, by="Ida Brook")

Each is a run of its own. Nothing is overwritten: a later correction of the same statement is laid over the earlier one. With a
judgement is kept what the model had made of the statement, above all its speaker's key: by that it is found again after a re-run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, select

from onrecord.data import SpeakerType, Stance
from onrecord.errors import LedgerError, UsageError
from onrecord.record.days import days_of, first_day
from onrecord.record.holders import NOBODY, holder_named
from onrecord.record.judged import JudgementKind, judged
from onrecord.record.ledger import Ledger, Program
from onrecord.record.named import statement_named
from onrecord.record.rows import storable
from onrecord.record.stored import inserted, now
from onrecord.record.tables import judgements

Row = dict[str, Any]
UNKNOWN_DAY = "unknown"  # as a day: the article does not say
ANCHOR = "judgement"  # of a day that a person gave

_CLOCK = r"(?:[01]\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?)?(?:Z|[+-]\d\d:\d\d)?"
_VALUE = re.compile(
    rf"\d{{4}}(?:-\d\d(?:-\d\d(?:T(?:MO|MI|AF|EV|NI|DT|{_CLOCK}))?)?|-W\d\d(?:-WE)?|-Q[1-4]|-H[12]|-(?:SP|SU|FA|WI))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is right about a statement; what is None stays as it was.

    `speaker`: a name, or the key of somebody the ledger knows; "nobody" where nobody is named. `role`: "" where none is told.
    `said_on`: a day, week, month ... (TIMEX3: 2031-03-04, 2031-W10, 2031-03), "unknown" where the article gives none.

    Raises:
        UsageError: nothing is changed, or a value is impossible.
    """

    speaker: str | None = None
    speaker_type: str | None = None
    role: str | None = None
    stance: str | None = None
    said_on: str | None = None
    conditional: bool | None = None
    negated: bool | None = None

    def __post_init__(self) -> None:
        if all(getattr(self, one.name) is None for one in fields(self)):
            raise _impossible("Say what is to be corrected: speaker, type, role, stance, said_on, conditional or negated.")
        if self.speaker is not None and not self.speaker.strip():
            raise _impossible(f"The speaker needs a name, or {NOBODY!r}.")
        _check_choice("type of speaker", self.speaker_type, SpeakerType)
        _check_choice("stance", self.stance, Stance)
        if self.said_on not in (None, UNKNOWN_DAY) and not is_day(str(self.said_on)):
            raise _impossible(f"{self.said_on!r} is no day, week or month: write 2031-03-04, 2031-W10, 2031-03, or {UNKNOWN_DAY!r}.")


def is_day(value: str) -> bool:
    """Whether the value is TIMEX3 for a stretch of the calendar that there is: a day and its parts, a week, a month, a season, a year."""
    return bool(_VALUE.fullmatch(value)) and days_of(value) is not None


def correct(ledger: Ledger, statement: str, changes: Changes, by: str, note: str | None = None) -> int:
    """Say what is right about a statement; it holds from now on.

    Args:
        ledger: where the statement is.
        statement: its id, or so many of the first digits that no other begins with them.
        changes: what is right.
        by: who says so.
        note: why.

    Returns:
        The number of the judgement, by which it can be undone.

    Raises:
        LedgerError: there is no such statement, or it cannot be written.
        UsageError: nobody's name is given.
    """
    return _judge(ledger, statement, (JudgementKind.CORRECT, changes), by, note)


def not_a_statement(ledger: Ledger, statement: str, by: str, note: str | None = None) -> int:
    """Say that what the program took for a statement is none: it is no answer any more. Arguments as for `correct`."""
    return _judge(ledger, statement, (JudgementKind.NOT_A_STATEMENT, None), by, note)


def undo(ledger: Ledger, judgement: int, by: str, note: str | None = None) -> int:
    """Say that a judgement no longer holds; those that were made before and after it do.

    Raises:
        LedgerError: there is no such judgement.
        UsageError: it was undone before, or is itself an undoing.
    """
    who = person(by)
    with ledger.reading() as connection:
        kind = connection.scalar(select(judgements.c.kind).where(judgements.c.id == judgement))
        before = connection.scalar(select(judgements.c.id).where(judgements.c.revokes == judgement))
    if kind is None:
        raise LedgerError(f"The ledger holds no judgement {judgement}. `onrecord judgements` lists them.", code="ledger.not_found")
    if kind == JudgementKind.REVOKE:
        raise _impossible(f"Judgement {judgement} undoes another. Make that other one again instead.")
    if before is not None:
        raise _impossible(f"Judgement {judgement} was undone before, by judgement {before}.")
    row: Row = {"kind": JudgementKind.REVOKE.value, "changes": {}, "revokes": judgement}
    return written(ledger, lambda _: row, f"judgements --undo {judgement}", who, note)


def _judge(ledger: Ledger, statement: str, what: tuple[JudgementKind, Changes | None], by: str, note: str | None) -> int:
    kind, changes = what
    who = person(by)
    with ledger.reading() as connection:
        row = statement_named(connection, statement)
        known = judged(connection)
        seen = row | known.changes.get(row["id"], {})
        columns = {} if changes is None else _columns(seen, changes)
        if changes is not None and changes.speaker is not None:
            columns = _speaker_columns(seen, holder_named(connection, known, changes.speaker.strip())) | columns
    about = {name: row[name] for name in ("document_key", "speaker_key", "content")}
    kept = {"kind": kind.value, "statement_key": row["key"], "changes": columns, **about}
    return written(ledger, lambda _: kept, f"correct {row['key']}", who, note)


def written(ledger: Ledger, row: Callable[[Connection], Row], command: str, by: str, note: str | None) -> int:
    """One judgement in a run of its own; `row` gives what it says, in the transaction that writes it. The number of the judgement."""
    from onrecord import __version__  # noqa: PLC0415  # the package is not ready yet when this module is imported

    run = ledger.begin(Program(f"onrecord {__version__}"), command, by)
    with ledger.writing() as connection:
        about = {"run_id": run.id, "made_at": now(), "made_by": by, "note": storable(note) if note else None}
        number = inserted(connection, judgements, row(connection) | about)
    ledger.end(run)
    return number


def _columns(row: Row, changes: Changes) -> Row:
    """The columns of the statement's row that the changes set, those of its speaker's name aside."""
    given: Row = {"speaker_type": changes.speaker_type, "stance": changes.stance, "negated_cue": changes.negated}
    columns: Row = {name: value if isinstance(value, bool) else str(value) for name, value in given.items() if value is not None}
    if changes.role is not None:
        columns["speaker_role"] = storable(changes.role.strip()) or None
    if changes.conditional is not None:
        columns |= {"conditional": changes.conditional} | ({} if changes.conditional else {"condition": []})
    if changes.said_on == UNKNOWN_DAY:
        columns |= {"said_on": None, "said_on_span": None, "said_on_anchor": None, "sorted_on": row["known_on"]}
    elif changes.said_on is not None:
        columns |= {"said_on": changes.said_on, "said_on_anchor": ANCHOR, "sorted_on": first_day(changes.said_on)}
    return columns


def _speaker_columns(row: Row, holder: tuple[str | None, str | None, str]) -> Row:
    """Who speaks instead; what was told of another goes with them."""
    name, key, kind = holder
    columns: Row = {"speaker_name": name and storable(name), "speaker_key": key and storable(key)}
    if key is not None and key == row["speaker_key"]:
        return columns
    return columns | {"speaker_type": kind, "speaker_role": None, "stands_for": None, "mentions": []}


def person(by: str) -> str:
    """The name of whoever judges, as it is kept.

    Raises:
        UsageError: there is none.
    """
    if not by.strip():
        raise _impossible("A judgement needs the name of whoever makes it.")
    return storable(by.strip())


def _check_choice(what: str, value: str | None, kind: type[SpeakerType] | type[Stance]) -> None:
    if value is not None and value not in {one.value for one in kind}:
        raise _impossible(f"There is no {what} {value!r}; there are {', '.join(one.value for one in kind)}.")


def _impossible(message: str) -> UsageError:
    return UsageError(message, code="usage.bad_judgement")
