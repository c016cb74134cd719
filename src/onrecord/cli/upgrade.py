"""`onrecord upgrade`: a ledger of an older version comes up to date."""

from __future__ import annotations

import sys

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, place_of
from onrecord.cli.output import OutputFormat
from onrecord.errors import EXIT_STATUS
from onrecord.settings import settings


@click.command()
@ledger_option
def upgrade(ledger: str | None) -> None:
    """Bring a ledger of an older version up to date. Commands that write to it do so by themselves; take a backup before.

    \b
    Exit status: 0 it is up to date, 2 wrong usage, 3 it cannot be brought up, and
    is as it was.
    """
    sys.exit(status_of(lambda: _upgrade(ledger), OutputFormat.TABLE))


def _upgrade(where: str | None) -> int:
    from onrecord.record import connect  # noqa: PLC0415  # loads the database's library, which other commands do not need
    from onrecord.record.failures import shown  # noqa: PLC0415

    place = place_of(settings({"ledger": where}))
    connect.connected(place, create=False).dispose()
    click.echo(f"{shown(place)} is of version {connect.SCHEMA}", err=True)
    return EXIT_STATUS["read"]
