"""Which ledger a command means, and how it is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.settings import Settings, settings

if TYPE_CHECKING:
    from onrecord.record.ledger import Ledger

_FILE = "record.db"


def ledger_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --ledger to a command."""
    return click.option(
        "--ledger",
        metavar="WHERE",
        help="A file, or postgresql://HOST/DATABASE. Default: ONRECORD_LEDGER, else a file of this user's.",
    )(command)


def place_of(wanted: Settings) -> str:
    """Where the ledger lies: as told, or the file of this user."""
    if wanted.ledger is not None:
        return wanted.ledger
    from platformdirs import user_data_path  # noqa: PLC0415  # needed only where no place is told

    return str(Path(user_data_path("onrecord")) / _FILE)


def opened(where: str | None, *, create: bool = False, excerpts: bool = False, read_only: bool = False) -> Ledger:
    """The ledger that a command means.

    Raises:
        LedgerError: it cannot be used.
    """
    from onrecord.annotate.meaning import Meaning  # noqa: PLC0415  # these load the database's library, which other commands do not need
    from onrecord.record.ledger import Options, open_ledger  # noqa: PLC0415

    wanted = settings({"ledger": where})
    return open_ledger(place_of(wanted), Options(excerpts, Meaning(), wanted.pool), create=create, read_only=read_only)
