"""`onrecord people`: who is on record, and whom a reporter knows to be one or two."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.lines import print_each
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.errors import EXIT_STATUS

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.find.people import ByHand, Person, Seen
    from onrecord.record.ledger import Ledger

_LIST = "list"


class _PeopleGroup(click.Group):
    """`people NAME` is `people list NAME`."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        own = {*self.commands, *context.help_option_names}
        return super().parse_args(context, arguments if arguments and arguments[0] in own else [_LIST, *arguments])


@click.group(cls=_PeopleGroup, subcommand_metavar="[NAME] | merge KEY INTO | split KEY | undo NUMBER")
def people() -> None:
    """List the people and bodies on record, and say by hand which of them are one or two.

    `onrecord people` lists all, those who said most first; `onrecord people NAME` those whose name holds all words of NAME, with
    every name, role and type under which they are seen and the days, the keys that were joined to theirs, and why. Of two who share a
    surname none is the other. What is merged and split by hand is kept as a judgement, which every later reading of the documents obeys,
    and goes before what the program joins.

    \b
    Exit status: 0 listed or kept, 2 wrong usage, 3 nobody has the name or the
    ledger cannot be used.
    """


@people.command(_LIST)
@click.argument("name", nargs=-1)
@ledger_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def list_people(name: tuple[str, ...], output_format: str | None, ledger: str | None) -> None:
    """List the people and bodies whose name holds all words of NAME, or all of them."""
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _list(" ".join(name) or None, ledger, chosen), chosen))


def _list(name: str | None, where: str | None, output_format: OutputFormat) -> int:
    from onrecord.export.people import person_json  # noqa: PLC0415
    from onrecord.find import people as finding  # noqa: PLC0415  # loads the database's library
    from onrecord.find.whom import nobody  # noqa: PLC0415

    with opened(where, read_only=True) as ledger:
        found = finding.people(ledger, name)
    if name is not None and not found:
        raise nobody(name)
    print_each(found, output_format, person_json, _lines)
    return EXIT_STATUS["read"]


@people.command()
@click.argument("key")
@click.argument("into")
@ledger_option
@click.option("--by", required=True, metavar="NAME", help="Who says so.")
@click.option("--note", metavar="TEXT", help="Why.")
def merge(key: str, into: str, ledger: str | None, by: str, note: str | None) -> None:
    """KEY is the same as INTO: from now on all that KEY said is INTO's.

    Both are keys, or names that only one has.
    """
    from onrecord.record import speakers  # noqa: PLC0415

    def judge(opened_ledger: Ledger) -> tuple[int, str]:
        mine, other = (_key(opened_ledger, one) for one in (key, into))
        return speakers.merge(opened_ledger, mine, other, by, note), f"{mine} is {other}"

    sys.exit(_judged(ledger, judge))


@people.command()
@click.argument("key")
@click.option(
    "--document", "documents", required=True, multiple=True, metavar="ID", help="Where it is another; may be given several times."
)
@click.option("--into", required=True, metavar="KEY", help="Who it is there: a new key, or one that the ledger knows.")
@ledger_option
@click.option("--by", required=True, metavar="NAME", help="Who says so.")
@click.option("--note", metavar="TEXT", help="Why.")
def split(key: str, documents: tuple[str, ...], into: str, ledger: str | None, by: str, note: str | None) -> None:
    """KEY is two: in these documents it is another, INTO.

    A document is named by its id or the first digits of it, its URL, or where it was found.
    """
    from onrecord.record import speakers  # noqa: PLC0415
    from onrecord.record.named import documents_named  # noqa: PLC0415

    def judge(opened_ledger: Ledger) -> tuple[int, str]:
        mine = _key(opened_ledger, key)
        with opened_ledger.reading() as connection:
            of = [row["key"] for name in documents for row in documents_named(connection, name)]
        where = f"{len(of)} document{'' if len(of) == 1 else 's'}"
        return speakers.split(opened_ledger, mine, of, into, by, note), f"{mine} is {into} in {where}"

    sys.exit(_judged(ledger, judge))


@people.command()
@click.argument("number", type=int)
@ledger_option
@click.option("--by", required=True, metavar="NAME", help="Who says so.")
@click.option("--note", metavar="TEXT", help="Why.")
def undo(number: int, ledger: str | None, by: str, note: str | None) -> None:
    """The merge or split with that NUMBER no longer holds."""
    from onrecord.record import speakers  # noqa: PLC0415

    def judge(opened_ledger: Ledger) -> tuple[int, str]:
        return speakers.undo(opened_ledger, number, by, note), f"judgement {number} is undone"

    sys.exit(_judged(ledger, judge))


def _judged(where: str | None, judge: Any) -> int:
    """The exit status of what keeps a judgement."""

    def kept() -> int:
        with opened(where) as ledger:
            number, told = judge(ledger)
        click.echo(f"judgement {number}: {told}", err=True)
        return EXIT_STATUS["read"]

    return status_of(kept, chosen_format(None))


def _key(ledger: Ledger, name: str) -> str:
    from onrecord.find.whom import key_named  # noqa: PLC0415
    from onrecord.record.judged import judged  # noqa: PLC0415

    with ledger.reading() as connection:
        return key_named(connection, judged(connection), name)


def _lines(one: Person) -> Iterator[Text]:
    """`Mara Quill  mara-quill  person  4 statements, 2031-03-01 to 2031-03-09`, then roles, other names and what was decided by hand."""
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.table import shown  # noqa: PLC0415

    days = one.first_on if one.first_on == one.last_on else f"{one.first_on} to {one.last_on}"
    key = one.key if one.wikidata is None else f"{one.key}, {one.wikidata}"
    line = Text.assemble((shown(one.name), "bold"), f"  {key}  ", (one.types[0].value if one.types else "unknown", "magenta"))
    yield line.append(f"  {one.statements} statement{'' if one.statements == 1 else 's'}, {days}", style="dim")
    for seen, told in ((one.roles, ""), (one.names[1:], "also called "), (one.types[1:], "also taken for ")):
        if seen:
            yield Text("    " + told + " · ".join(_seen(each) for each in seen))
    for joined in one.joined:
        where = "" if joined.documents is None else f" in {joined.documents} document{'' if joined.documents == 1 else 's'}"
        yield Text(f"    {joined.key}{where}: {shown(joined.basis)}", style="dim")
    for each in one.by_hand:
        yield Text(f"    judgement {each.id}: {_told(each)}", style="yellow")


def _seen(one: Seen) -> str:
    from onrecord.export.table import shown  # noqa: PLC0415

    days = one.first_on if one.first_on == one.last_on else f"{one.first_on} to {one.last_on}"
    return f"{shown(one.value)} ({days}, {one.documents})"


def _told(one: ByHand) -> str:
    from onrecord.export.table import shown  # noqa: PLC0415

    where = f" in {', '.join(key[:12] for key in one.documents)}" if one.documents else ""
    note = f": {shown(one.note)}" if one.note else ""
    return f"{one.key} is {one.into}{where}, says {shown(one.made_by)}, {one.made_at[:10]}{note}"
