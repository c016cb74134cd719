"""`onrecord wordings`: one utterance as several outlets word it."""

from __future__ import annotations

import sys

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.lines import print_each
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.errors import EXIT_STATUS


@click.command()
@click.argument("statement", metavar="ID")
@ledger_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def wordings(statement: str, output_format: str | None, ledger: str | None) -> None:
    """Show how each outlet words the utterance that a statement tells: who dropped which words, and who added some.

    ID is the statement's id, or six or more of its first digits. The fullest wording comes first; the others are compared with it.
    They are the statements that repeat one another (`onrecord links --type repeats`), as people judged these links.

    \b
    Exit status: 0 shown, 2 wrong usage, 3 there is no such statement or the
    ledger cannot be used.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _wordings(statement, ledger, chosen), chosen))


def _wordings(statement: str, where: str | None, output_format: OutputFormat) -> int:
    from onrecord.export.links import telling_json, telling_lines  # noqa: PLC0415  # loads what prints, which other commands do not need
    from onrecord.find.wordings import wordings as tellings  # noqa: PLC0415  # loads the database's library

    with opened(where, read_only=True) as ledger:
        found = tellings(ledger, statement)
    print_each(found, output_format, telling_json, telling_lines)
    return EXIT_STATUS["read"]
