"""`onrecord verify`: whether a ledger is what was written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.errors import EXIT_STATUS
from onrecord.export.jsonl import to_line

if TYPE_CHECKING:
    from onrecord.find.verify_documents import Finding


@click.command()
@ledger_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def verify(output_format: str | None, ledger: str | None) -> None:
    """Check everything in the ledger and list what is wrong, and where.

    Digests and ids are worked out again, every passage is looked up in its text, and the indexes are compared with the rows. Nothing
    is changed. Notes say what cannot be checked, and what is unusual but not wrong.

    \b
    Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage, 3 the ledger
    cannot be checked, 130 interrupted.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _verify(ledger, chosen), chosen))


def _verify(where: str | None, output_format: OutputFormat) -> int:
    from onrecord.find.verify import findings  # noqa: PLC0415  # loads the database's library, which other commands do not need
    from onrecord.find.verify_documents import Tally  # noqa: PLC0415

    write, tally, problems, notes = _writer(output_format), Tally(), 0, 0
    with opened(where, read_only=True) as ledger:
        for one in findings(ledger, tally):
            write(one)
            problems, notes = problems + (not one.is_note), notes + one.is_note
    found = f"{problems:,} problems" if problems else "nothing is wrong"
    click.echo(f"{tally.documents:,} documents, {tally.statements:,} statements checked: {found}, {notes:,} notes", err=True)
    return EXIT_STATUS["some_rejected" if problems else "read"]


def _writer(output_format: OutputFormat) -> Callable[[Finding], None]:
    """What writes one finding."""
    if output_format is OutputFormat.JSONL:
        return _write_json
    from onrecord.cli.lines import line_printer  # noqa: PLC0415
    from onrecord.export.table import shown  # noqa: PLC0415

    write = line_printer()
    return lambda one: write(f"{_kind(one)}: {shown(one.where)}: {shown(one.what)}")


def _write_json(one: Finding) -> None:
    sys.stdout.buffer.write(to_line({"kind": _kind(one), "where": one.where, "what": one.what}))
    sys.stdout.buffer.flush()


def _kind(one: Finding) -> str:
    return "note" if one.is_note else "problem"
