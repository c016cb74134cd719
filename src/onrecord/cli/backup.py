"""`onrecord backup` and `onrecord restore`: the ledger in one file, and back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, place_of
from onrecord.cli.output import OutputFormat
from onrecord.errors import EXIT_STATUS
from onrecord.settings import settings

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=_FILE)
@ledger_option
@click.option("--replace", is_flag=True, help="Take the place of a backup that is there.")
def backup(file: Path, ledger: str | None, replace: bool) -> None:
    """Write the whole ledger to FILE, which is itself a ledger that can be asked.

    It holds the ledger as it was at one instant, whoever writes to it meanwhile. Beside FILE lies FILE.sha256, its digest.

    \b
    Exit status: 0 the backup is safe, 2 wrong usage, 3 there is none, 130 interrupted.
    """
    sys.exit(status_of(lambda: _backup(file, ledger, replace=replace), OutputFormat.TABLE))


@click.command()
@click.argument("file", type=_FILE)
@ledger_option
@click.option("--replace", is_flag=True, help="Set a ledger that is there aside, and take its place.")
def restore(file: Path, ledger: str | None, replace: bool) -> None:
    """Make a ledger of the backup FILE, in a new file or an empty database.

    The digest that lies beside FILE is checked, and that FILE holds together.

    \b
    Exit status: 0 the ledger is there, 2 wrong usage, 3 it is not, 130 interrupted.
    """
    sys.exit(status_of(lambda: _restore(file, ledger, replace=replace), OutputFormat.TABLE))


def _backup(file: Path, where: str | None, *, replace: bool) -> int:
    from onrecord.record import backup as backing  # noqa: PLC0415  # loads the database's library, which other commands do not need

    backing.backup(place_of(settings({"ledger": where})), file, replace=replace)
    click.echo(f"{file}: {file.stat().st_size:,} bytes", err=True)
    return EXIT_STATUS["read"]


def _restore(file: Path, where: str | None, *, replace: bool) -> int:
    from onrecord.find.holding import forget  # noqa: PLC0415
    from onrecord.record import backup as backing  # noqa: PLC0415
    from onrecord.record.failures import shown  # noqa: PLC0415
    from onrecord.record.ledger import open_ledger  # noqa: PLC0415

    place = place_of(settings({"ledger": where}))
    aside = backing.restore(file, place, replace=replace)
    with open_ledger(place) as ledger:  # brings up an older one
        forget(ledger)
    kept = f"; the old ledger is {aside}" if aside else ""
    click.echo(f"{shown(place)} is restored{kept}", err=True)
    return EXIT_STATUS["read"]
