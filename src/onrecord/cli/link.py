"""`onrecord link`: what the ledger holds is compared, new with old, and the links are kept."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.output import chosen_format
from onrecord.errors import EXIT_STATUS
from onrecord.settings import settings

if TYPE_CHECKING:
    from onrecord.record.ledger import Ledger, Program


@click.command()
@ledger_option
@click.option("--min-probability", type=float, metavar="NUMBER", help="Keep links this probable. Default: 0.5.")
def link(**arguments: object) -> None:
    """Compare the statements that were not compared yet with the earlier ones that are alike, and keep the links.

    `onrecord add` does so by itself unless it is told not to. A run that was broken off goes on when the same call is made again;
    another version of the program compares everything anew, and its links take the place of the old ones.

    \b
    Exit status: 0 all is compared, 2 wrong usage, 3 the run failed, 130
    interrupted.
    """
    sys.exit(status_of(lambda: _link(arguments), chosen_format(None)))


def _link(arguments: Mapping[str, object]) -> int:
    from onrecord.cli.add import this_program  # noqa: PLC0415  # loads the database's library, which other commands do not need

    wanted = settings(arguments)
    with opened(wanted.ledger) as ledger:
        click.echo(compared(ledger, this_program(wanted), wanted.min_probability), err=True)
    return EXIT_STATUS["read"]


def compared(ledger: Ledger, program: Program, min_probability: float) -> str:
    """Compares what was not compared; what came of it, in words."""
    from onrecord.run.linking import LinkOptions, linked  # noqa: PLC0415

    readings = links = 0
    run = ledger.begin(program, "link")
    with closing(linked(ledger, run, LinkOptions(min_probability=min_probability))) as found:  # type: ignore[type-var]  # a generator
        for count in found:
            readings, links = readings + 1, links + count
    ledger.end(run)
    return f"{readings} documents compared, {links} links"
