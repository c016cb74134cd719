"""`onrecord conflicts`: who contradicts or denies whom, the most probable first."""

from __future__ import annotations

import sys
from typing import Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.lines import print_each
from onrecord.cli.link_options import link_options, links_wanted
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.errors import EXIT_STATUS


@click.command()
@link_options
def conflicts(output_format: str | None, ledger: str | None, **wanted: Any) -> None:
    """List statements that contradict or deny one another, the most probable first, with both passages side by side.

    What many outlets carry in copies of one text counts once, with the names of the outlets. `onrecord review` says whether such a
    conflict is one; what somebody accepted has the probability 1.

    \b
    Exit status: 0 listed, 2 wrong usage, 3 nobody has the name, there is no such
    document or the ledger cannot be used.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _conflicts(ledger, wanted, chosen), chosen))


def _conflicts(where: str | None, wanted: dict[str, Any], output_format: OutputFormat) -> int:
    print_conflicts(conflicts_wanted(where, **wanted), output_format)
    return EXIT_STATUS["read"]


def conflicts_wanted(where: str | None, **wanted: Any) -> tuple[Any, ...]:
    """The conflicts that are wanted, the most probable first; keywords as those of `WantedLinks`."""
    from onrecord.find.links import Order  # noqa: PLC0415  # loads the database's library
    from onrecord.record.link_names import CONFLICTS  # noqa: PLC0415

    return links_wanted(where, types=CONFLICTS, order=Order.PROBABILITY, once=True, **wanted)


def print_conflicts(found: tuple[Any, ...], output_format: OutputFormat) -> None:
    """Each conflict: a JSON object, or both passages side by side, as wide as the terminal."""
    from onrecord.export.links import link_columns, link_json  # noqa: PLC0415  # loads what prints, which other commands do not need
    from onrecord.export.table import Terminal  # noqa: PLC0415

    console = Terminal(file=sys.stdout)
    print_each(found, output_format, link_json, lambda one: link_columns(one, console))
