"""`onrecord read`: news in, records out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from onrecord.cli.ending import status_of
from onrecord.cli.output import Complaints, OutputFormat, Writer, chosen_format, writer
from onrecord.cli.progress import Progress
from onrecord.cli.reading_options import reading_options
from onrecord.data import Document, Record, Rejection
from onrecord.errors import EXIT_STATUS, RunError, UsageError
from onrecord.read import documents
from onrecord.run.local import RunOptions, records
from onrecord.settings import settings


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "output_format",
    type=click.Choice([one.value for one in OutputFormat]),
    help="table is for people, jsonl for programs, brat for annotators. Default: table on a terminal, jsonl elsewhere.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="Where the files of --format brat go.")
@reading_options
def read(paths: tuple[str, ...], output_format: str | None, out: Path | None, **arguments: object) -> None:
    """Read news and print who said what.

    PATH is a file, a folder, an address on the web, or - for standard input: plain text, or JSON Lines of documents
    ({"text": "...", "name": "...", ...}).

    \b
    Exit status: 0 all read, 1 some rejected, 2 wrong usage, 3 nothing read or
    the run failed, 130 interrupted.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _read(paths, chosen, out, arguments), chosen))


def _read(paths: tuple[str, ...], output_format: OutputFormat, out: Path | None, arguments: Mapping[str, object]) -> int:
    wanted = settings(arguments)
    if (out is None) == (output_format is OutputFormat.BRAT):
        raise UsageError("--out FOLDER goes with --format brat, and only with it; send other formats to a file with > FILE.")
    complaints = Complaints(output_format)
    write = writer(output_format, out)
    count = _Count()
    progress = Progress()
    given = _counted(documents(paths, wanted.read_options), count)
    results = records(given, RunOptions(wanted.min_probability), wanted.jobs)
    try:
        for one in results:
            _take(one, write, complaints, count)
            progress.show(count.recorded, count.rejected)
    finally:
        progress.close()
        results.close()  # type: ignore[attr-defined]  # a generator: its worker processes end here
    count.check()
    complaints.sum_up(count.recorded, count.rejected)
    return count.status


def _take(one: Record | Rejection, write: Writer, complaints: Complaints, count: _Count) -> None:
    if isinstance(one, Record):
        count.recorded += 1
        write(one)
        return
    count.rejected += not one.warning
    complaints.write(one)


def _counted(given: Iterator[Document | Rejection], count: _Count) -> Iterator[Document | Rejection]:
    for one in given:
        count.read += isinstance(one, Document) or not one.warning
        yield one


@dataclass(slots=True)
class _Count:
    """read = recorded + rejected; warnings count for nothing."""

    read: int = 0
    recorded: int = 0
    rejected: int = 0

    def check(self) -> None:
        if self.read != self.recorded + self.rejected:
            raise RunError(
                f"{self.read} documents came in, {self.recorded} records and {self.rejected} rejections went out. Please report this."
            )

    @property
    def status(self) -> int:
        if not self.recorded:
            return EXIT_STATUS["failed"]
        return EXIT_STATUS["some_rejected" if self.rejected else "read"]
