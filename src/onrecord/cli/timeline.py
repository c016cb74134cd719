"""`onrecord timeline`: what somebody said, or what was said on a matter, day by day."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.lines import print_each
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.data import Stance
from onrecord.errors import EXIT_STATUS

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.find.timeline import Entry

_LONGEST_VALUE = 11
_DIGITS = 12


@click.command()
@click.option("--by", metavar="NAME", help="Whose statements: a name, a surname or a key.")
@click.option("--about", metavar="WORDS", help="Statements in which all these words stand, in any form.")
@click.option("--since", metavar="DAY", help="Said on this day or later; 2031-03 and 2031 work too.")
@click.option("--until", metavar="DAY", help="Said on this day or before.")
@click.option("--stance", type=click.Choice([one.value for one in Stance]), help="With this stance only.")
@click.option("--as-of", metavar="DAY", help="Only what was published by that day.")
@click.option("--without-copies", is_flag=True, help="What stands in copies of one text, in many outlets, once.")
@ledger_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def timeline(output_format: str | None, ledger: str | None, without_copies: bool, **wanted: str | None) -> None:
    """List statements by the day of saying; --by or --about or both say which.

    A day is as exact as the article tells it: a week, a month, a year stands at its first day. Where the article does not tell, the
    statement stands at the day of publication, in brackets.

    \b
    Exit status: 0 listed, 2 wrong usage, 3 nobody has the name or the ledger
    cannot be used.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _timeline(wanted, ledger, chosen, without_copies=without_copies), chosen))


def _timeline(wanted: dict[str, str | None], where: str | None, output_format: OutputFormat, *, without_copies: bool) -> int:
    from onrecord.find.timeline import timeline as entries  # noqa: PLC0415  # loads the database's library
    from onrecord.find.wanted import Wanted  # noqa: PLC0415

    which = Wanted(**wanted)
    with opened(where, read_only=True) as ledger:
        print_each(entries(ledger, which, without_copies=without_copies), output_format, asdict, lambda one: (_line(one),))
    return EXIT_STATUS["read"]


def _line(one: Entry) -> Text:
    """`2031-03-04  Mara Quill, harbour minister  refuses  “that ...”  Lesk Courier, 2031-03-05, 3f2a91c0b1d2`"""
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import shown  # noqa: PLC0415

    day = one.said_on if one.said_on and one.day_is_known else f"[{one.day}]"
    role = f", {shown(one.speaker_role)}" if one.speaker_role else ""
    line = Text.assemble((f"{day:<{_LONGEST_VALUE}}", "magenta"), "  ", (shown(one.speaker_name or "nobody named") + role, "bold"), "  ")
    line.append(one.stance.replace("_", " "), style="bold blue")
    for told in (
        name for holds, name in ((one.negated_cue, "negated"), (one.conditional, "conditional"), (one.judged, "by hand")) if holds
    ):
        line.append(f" · {told}", style="red")
    line.append(f"  “{shown(one.words)}”", style="green")
    return line.append(f"  {shown(one.publisher or one.document)}, {one.known_on}, {one.id[:_DIGITS]}", style="dim")
