"""`onrecord load`: records that were read elsewhere go into the ledger, many at a time."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.link import compared, no_link_option
from onrecord.cli.output import chosen_format
from onrecord.errors import EXIT_STATUS, UsageError
from onrecord.settings import settings

if TYPE_CHECKING:
    from onrecord.run.loading import Line


_CODE = "usage.bad_records"


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="RECORDS...")
@ledger_option
@click.option("--jobs", type=int, metavar="NUMBER", help="Processes to load with, each with a connection of its own. Default: 1.")
@click.option("--excerpts", is_flag=True, help="Keep the words of statements with some context, not whole articles.")
@no_link_option
@click.option("--min-probability", type=float, metavar="NUMBER", help="What the records were read with. Default: 0.5.")
def load(paths: tuple[str, ...], **arguments: object) -> None:
    """Load records into the ledger in bulk: what `--format jsonl` and `onrecord export jsonl` print, as files, packed with gzip, or `-`.

    The ledger holds them afterwards as if `onrecord add` had read the documents. What it holds already is passed over, so a load that was
    broken off goes on when the same call is made again. Into PostgreSQL several may load at once.

    \b
    Exit status: 0 all is in the ledger, 1 some lines are no records, 2 wrong usage,
    3 nothing loaded or the run failed, 130 interrupted.
    """
    sys.exit(status_of(lambda: _load(paths, arguments), chosen_format(None)))


def _load(paths: tuple[str, ...], arguments: Mapping[str, object]) -> int:
    from onrecord.cli.add import this_program  # noqa: PLC0415  # these load the database's library, which others do not need
    from onrecord.run.loading import LoadOptions, loaded_lines  # noqa: PLC0415

    given = dict(arguments)
    excerpts, unlinked = bool(given.pop("excerpts")), bool(given.pop("no_link"))
    wanted = settings(given)
    opens = partial(opened, wanted.ledger, excerpts=excerpts)
    for path in paths:
        if path != "-" and not Path(path).is_file():
            raise UsageError(f"There is no file {path}: give files of JSON Lines, or - for standard input.", code=_CODE)
    opened(wanted.ledger, create=True).close()
    command = "load " + " ".join(paths)
    counts = loaded_lines(_lines(paths), LoadOptions(opens, command, wanted.min_probability, wanted.jobs))
    if not unlinked:
        with opens() as ledger:
            click.echo(compared(ledger, this_program(wanted), wanted.min_probability), err=True)
    click.echo(f"{counts.recorded} added, {counts.known} known, {counts.rejected} rejected", err=True)
    if not counts.recorded + counts.known:
        return EXIT_STATUS["failed"]
    return EXIT_STATUS["some_rejected" if counts.rejected else "read"]


def _lines(paths: tuple[str, ...]) -> Iterator[Line]:
    for path in paths:
        if path == "-":
            yield from _numbered("standard input", sys.stdin.buffer)
        else:
            try:
                with gzip.open(path) if path.endswith(".gz") else Path(path).open("rb") as file:
                    yield from _numbered(path, file)
            except (OSError, EOFError) as error:
                raise UsageError(f"{path} cannot be read: {error}. What was loaded before is safe.", code=_CODE) from error


def _numbered(path: str, lines: Iterable[bytes]) -> Iterator[Line]:
    return ((f"{path}:{number}", line) for number, line in enumerate(lines, 1))
