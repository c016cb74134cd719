"""What came of a fault: every document that was given is in the ledger or rejected, and the ledger is as if nothing had happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, select
from tests.record.dumped import dumped
from tests.run.adding_process import wrong

from onrecord.record.ledger import Ledger, open_ledger
from onrecord.record.tables import rejections

OF_THE_BYTES = {"raw_sha256", "retrieved_at"}

Told = Callable[[str, object], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table of faults (bench/faults.py)."""

    fault: str
    done: str
    documents: int
    recorded: int
    rejected: int
    lost: int
    problems: int


def nothing_lost(told: Told, where: str, wanted: dict[str, list[str]], fault: str, done: str) -> None:
    """The ledger holds exactly what it is wanted to hold, and `verify` finds nothing wrong; the fault is told of."""
    held = held_in(where)
    with open_ledger(where, read_only=True) as ledger:
        problems = list(wrong(ledger))
        lost = [key for key in wanted if key not in held]
        told("fault", asdict(Outcome(fault, done, len(wanted), len(held), rejected_in(ledger), len(lost), len(problems))))
    assert lost == []
    assert held == wanted
    assert problems == []


def held_in(where: str | Path) -> dict[str, list[str]]:
    """What a ledger holds, without when and from which bytes it came."""
    with open_ledger(str(where), read_only=True) as ledger:
        return {key: sorted(map(_without, lines)) for key, lines in dumped(ledger).items()}


def _without(line: str) -> str:
    table, row, ends = json.loads(line)
    return json.dumps([table, {name: value for name, value in row.items() if name not in OF_THE_BYTES}, ends], sort_keys=True)


def rejected_in(ledger: Ledger) -> int:
    """How many documents all runs rejected."""
    with ledger.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(rejections).where(~rejections.c.warning)) or 0)
