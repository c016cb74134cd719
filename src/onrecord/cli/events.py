"""`onrecord events`: what is announced to happen, and whether it stands."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.lines import print_each
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.data import EventStatus
from onrecord.errors import EXIT_STATUS

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.find.events import Announced

_DIGITS = 12


@click.command()
@click.option("--by", metavar="NAME", help="Announced or denied by: a name, a surname or a key.")
@click.option("--since", metavar="DAY", help="To happen on this day or later; 2031-03 and 2031 work too.")
@click.option("--until", metavar="DAY", help="To happen on this day or before.")
@click.option("--status", type=click.Choice([one.value for one in EventStatus]), help="With this status only.")
@click.option("--as-of", metavar="DAY", help="Only what was published by that day.")
@ledger_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "jsonl", "ics"]),
    help="Default: table on a terminal, jsonl elsewhere; ics: iCalendar, events with a day only.",
)
def events(output_format: str | None, ledger: str | None, **wanted: str | None) -> None:
    """List what is announced, by the day on which it is to happen, with all who say so or deny it.

    What several articles announce for one day in like words is one event, with the status that all of them together give it.

    \b
    Exit status: 0 listed, 2 wrong usage, 3 nobody has the name or the ledger
    cannot be used.
    """
    if output_format == "ics":
        sys.exit(status_of(lambda: _calendar(wanted, ledger), OutputFormat.TABLE))
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _events(wanted, ledger, chosen), chosen))


def _events(wanted: dict[str, str | None], where: str | None, output_format: OutputFormat) -> int:
    print_each(_found(wanted, where), output_format, asdict, _lines)
    return EXIT_STATUS["read"]


def _calendar(wanted: dict[str, str | None], where: str | None) -> int:
    """iCalendar text on standard output; how many events have no day, and so no place in it, on standard error."""
    from onrecord.export.calendar import calendar, entry  # noqa: PLC0415  # loads the database's library

    found = _found(wanted, where)
    for line in calendar(found):
        sys.stdout.buffer.write(line.encode("utf8"))
    if left_out := sum(not entry(one) for one in found):
        click.echo(f"{left_out} of {len(found)} events have no day and are left out", err=True)
    return EXIT_STATUS["read"]


def _found(wanted: dict[str, str | None], where: str | None) -> tuple[Announced, ...]:
    from onrecord.find.events import WantedEvents, announced  # noqa: PLC0415  # loads the database's library

    which = WantedEvents(**wanted)
    with opened(where, read_only=True) as ledger:
        return announced(ledger, which)


def _lines(one: Announced) -> Iterator[Text]:
    """`2031-03-14  confirmed  the council meets, Lesk (Mara Quill)`, then why, and a line for each article and for each who says so."""
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import shown  # noqa: PLC0415

    line = Text.assemble((f"{one.when or '–':<11}", "magenta"), " ", (f"{one.status:<9}", "bold blue"), "  ", (shown(one.what), "bold"))
    place = f", {shown(one.place)}" if one.place else ""
    people = f" ({', '.join(map(shown, one.participants))})" if one.participants else ""
    yield line.append(place + people)
    yield Text(f"    {shown(one.why)}")
    for told in one.told:
        yield Text(
            f"    {told.status}: {shown(told.publisher or told.document)}, {told.known_on}, {told.document_id[:_DIGITS]}", style="dim"
        )
        for voice in told.voices:
            name, stance = shown(voice.speaker_name or "nobody named"), voice.stance.replace("_", " ")
            yield Text(f"        {name} {stance}: “{shown(voice.words)}”  {voice.id[:_DIGITS]}")
