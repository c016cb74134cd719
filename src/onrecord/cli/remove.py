"""`onrecord remove`: a document is taken out of the ledger."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, place_of
from onrecord.cli.output import OutputFormat
from onrecord.errors import EXIT_STATUS, UsageError
from onrecord.settings import settings

if TYPE_CHECKING:
    from onrecord.record.ledger import Ledger


@click.command()
@click.argument("document")
@ledger_option
@click.option("--by", required=True, metavar="NAME", help="Who removes it.")
@click.option("--note", required=True, metavar="TEXT", help="Why.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(document: str, ledger: str | None, by: str, note: str, yes: bool) -> None:
    """Take a document out of the ledger for good: its words, its statements, and all that was made of them.

    DOCUMENT is its id, the first digits of that, its URL or where it was found. A tombstone stays: its id, its digest, where it was
    found, who removed it, when and why. The same document is not added again. Backups that were made before still hold it.

    \b
    Exit status: 0 removed, 1 not removed after all, 2 wrong usage, 3 it cannot be
    removed, or words of it are still in a file, 130 interrupted.
    """
    sys.exit(status_of(lambda: _remove(document, ledger, (by, note), sure=yes), OutputFormat.TABLE))


def _remove(document: str, where: str | None, why: tuple[str, str], *, sure: bool) -> int:
    from onrecord.find.holding import forget  # noqa: PLC0415  # loads the database's library, which other commands do not need
    from onrecord.record.ledger import open_ledger  # noqa: PLC0415
    from onrecord.record.removal import remove as removed  # noqa: PLC0415

    if not all(words.strip() for words in why):
        raise UsageError("Say who removes it and why: --by NAME --note TEXT.")
    with open_ledger(place_of(settings({"ledger": where}))) as ledger:
        if not sure and not _is_wanted(ledger, document):
            click.echo("Nothing was removed.", err=True)
            return EXIT_STATUS["some_rejected"]
        try:
            key = removed(ledger, document, *why)
        finally:
            forget(ledger)
    click.echo(f"{key} is removed. Backups that were made before still hold it.", err=True)
    return EXIT_STATUS["read"]


def _is_wanted(ledger: Ledger, document: str) -> bool:
    """Whether whoever sits there says yes to the document that is meant."""
    from onrecord.export.table import shown  # noqa: PLC0415
    from onrecord.record.removal import document_to_remove  # noqa: PLC0415
    from onrecord.record.stored import is_removed  # noqa: PLC0415

    with ledger.reading() as connection:
        row = None if is_removed(connection, document) else document_to_remove(connection, document)
    if row is None:
        return True
    if not _somebody_is_there():
        raise UsageError("Nobody is there to be asked: --yes removes without asking.")
    told = " · ".join(shown(row[name]) for name in ("title", "publisher", "known_on", "locator") if row[name])
    try:
        return click.confirm(f"{told}\nRemove this document for good?", err=True)
    except click.Abort:
        raise KeyboardInterrupt from None


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()
