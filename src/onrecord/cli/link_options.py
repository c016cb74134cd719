"""The options that say which links are wanted, for every command that lists some."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.ledger_option import ledger_option, opened

if TYPE_CHECKING:
    from onrecord.find.links import LedgerLink

_OPTIONS = (
    click.option("--by", metavar="NAME", help="From or to a statement of this person or body: a name, a surname or a key."),
    click.option("--about", metavar="WORDS", help="From or to a statement in which all these words stand, in any form."),
    click.option("--since", metavar="DAY", help="The later of the two was said on this day or later; 2031-03 and 2031 work too."),
    click.option("--until", metavar="DAY", help="Both were said by this day."),
    click.option("--document", metavar="ID", help="From or to a statement of this document: its id, URL, locator or name."),
    click.option("--min-probability", type=float, default=0.0, metavar="NUMBER", help="At least this probable, from 0 to 1."),
    click.option("--judged/--unjudged", "is_judged", default=None, help="Only those that somebody has judged, or has not."),
    click.option("--rejected", is_flag=True, help="Those that somebody rejected, too."),
    click.option("--limit", type=int, metavar="NUMBER", help="How many at most."),
)
_FORMAT = click.option(
    "--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere."
)


def link_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options to a command; it takes them as keywords, those of `WantedLinks` by their names there."""
    for option in reversed((*_OPTIONS, ledger_option, _FORMAT)):
        command = option(command)
    return command


def links_wanted(where: str | None, **wanted: Any) -> tuple[LedgerLink, ...]:
    """The links of the ledger that are wanted; keywords as those of `WantedLinks`."""
    from onrecord.find.links import WantedLinks, links  # noqa: PLC0415  # loads the database's library

    which = WantedLinks(**wanted)
    with opened(where, read_only=True) as ledger:
        return links(ledger, which)
