"""`onrecord links`: which statements repeat, support, contradict, deny or revise one another, and why."""

from __future__ import annotations

import sys
from typing import Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.lines import print_each
from onrecord.cli.link_options import link_options, links_wanted
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.data import LinkType
from onrecord.errors import EXIT_STATUS


@click.command()
@click.option(
    "--type", "types", multiple=True, type=click.Choice([one.value for one in LinkType]), help="Of this type; may be repeated, then any."
)
@click.option(
    "--order", type=click.Choice(["newest", "probability"]), default="newest", help="What comes first. Default: what was said last."
)
@link_options
def links(output_format: str | None, ledger: str | None, order: str, **wanted: Any) -> None:
    """List the links of a ledger, within and across documents: both passages, who said them and when, and why they are linked.

    \b
    Exit status: 0 listed, 2 wrong usage, 3 nobody has the name, there is no such
    document or the ledger cannot be used.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _links(ledger, wanted, order, chosen), chosen))


def _links(where: str | None, wanted: dict[str, Any], order: str, output_format: OutputFormat) -> int:
    from onrecord.export.links import link_json, link_lines  # noqa: PLC0415  # loads what prints, which other commands do not need
    from onrecord.find.links import Order  # noqa: PLC0415  # loads the database's library

    print_each(links_wanted(where, order=Order(order), **wanted), output_format, link_json, link_lines)
    return EXIT_STATUS["read"]
