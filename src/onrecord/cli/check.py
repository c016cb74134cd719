"""`onrecord check`: every quotation of a draft against the ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.output import Complaints, OutputFormat
from onrecord.data import Document, Record
from onrecord.errors import EXIT_STATUS
from onrecord.export.jsonl import to_line
from onrecord.read import documents
from onrecord.settings import Settings, settings

if TYPE_CHECKING:
    from onrecord.find.check import Checked
    from onrecord.read.places import Place

    Placed = tuple[Checked, Place | None]


class CheckFormat(StrEnum):
    TABLE = "table"
    JSONL = "jsonl"
    SARIF = "sarif"
    GITHUB = "github"


@dataclass(slots=True)
class _Count:
    """What was read and found."""

    drafts: int = 0
    rejected: int = 0
    quotations: int = 0
    to_look_at: int = 0

    @property
    def status(self) -> int:
        if not self.drafts:
            return EXIT_STATUS["failed"]
        return EXIT_STATUS["some_rejected" if self.rejected or self.to_look_at else "read"]


@click.command()
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...")
@ledger_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice([one.value for one in CheckFormat]),
    help="sarif is for editors and code hosts, github for GitHub Actions. Default: table on a terminal, jsonl elsewhere.",
)
@click.option("--language", metavar="CODE", help="The language of every draft, such as en. Default: told by the text.")
def check(drafts: tuple[str, ...], output_format: str | None, ledger: str | None, **arguments: object) -> None:
    """Check every quotation of a draft against the ledger.

    DRAFT is what `onrecord read` takes: Markdown, plain text, a page, or - for standard input. A quotation is exact, cut, altered,
    a paraphrase, without its condition or negation, somebody else's, or not found.

    \b
    Exit status: 0 every quotation is exact, or cut without harm, 1 there is
    something to look at, or a draft was rejected, 2 wrong usage, 3 nothing read
    or the ledger cannot be used, 130 interrupted.
    """
    chosen = CheckFormat(output_format or ("table" if sys.stdout.isatty() else "jsonl"))
    complaints = OutputFormat.JSONL if chosen is CheckFormat.JSONL else OutputFormat.TABLE
    sys.exit(status_of(lambda: _check(drafts, settings({"ledger": ledger, **arguments}), chosen, Complaints(complaints)), complaints))


def _check(drafts: tuple[str, ...], wanted: Settings, chosen: CheckFormat, complaints: Complaints) -> int:
    count = _Count()
    with opened(wanted.ledger, read_only=True) as ledger:
        from onrecord.find.check import checked, placed  # noqa: PLC0415  # loads the database's library

        found = (one for draft in _read(drafts, wanted, complaints, count) for one in placed(list(checked(ledger, [draft]))))
        _write(_counted(found, count), chosen)
    if chosen is CheckFormat.TABLE:
        click.echo(f"{count.drafts:,} drafts, {count.quotations:,} quotations: {count.to_look_at:,} to look at", err=True)
    return count.status


def _read(drafts: tuple[str, ...], wanted: Settings, complaints: Complaints, count: _Count) -> Iterator[Record]:
    """The drafts as they are read; what cannot be read is complained of."""
    from onrecord.pipeline import Reader  # noqa: PLC0415  # loads the model's runtime

    reader = Reader()
    for one in documents(drafts, wanted.read_options):
        if isinstance(one, Document):
            count.drafts += 1
            yield reader.draft(one)
        elif one.code != "read.undated":  # no day is needed here
            count.rejected += not one.warning
            complaints.write(one)


def _counted(found: Iterable[Placed], count: _Count) -> Iterator[Placed]:
    for one, place in found:
        count.quotations += 1
        count.to_look_at += not one.is_fine
        yield one, place


def _write(found: Iterator[Placed], chosen: CheckFormat) -> None:
    """Each quotation as it is checked; a SARIF log at the end."""
    if chosen is CheckFormat.TABLE:
        from onrecord.cli.lines import line_printer  # noqa: PLC0415
        from onrecord.export.check import checked_lines  # noqa: PLC0415

        write = line_printer()
        for one, place in found:
            for line in checked_lines(one, place):
                write(line)
        return
    for line_of_bytes in _lines(found, chosen):
        sys.stdout.buffer.write(line_of_bytes)
        sys.stdout.buffer.flush()


def _lines(found: Iterator[Placed], chosen: CheckFormat) -> Iterator[bytes]:
    from onrecord.export.check import checked_json  # noqa: PLC0415
    from onrecord.export.github import annotation  # noqa: PLC0415
    from onrecord.export.sarif import sarif  # noqa: PLC0415

    if chosen is CheckFormat.SARIF:
        yield _json(sarif(found))
    elif chosen is CheckFormat.GITHUB:
        yield from (f"{told}\n".encode("utf8", "replace") for told in (annotation(*one) for one in found) if told is not None)
    else:
        yield from (to_line(checked_json(*one)) for one in found)


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, indent=2).encode("ascii") + b"\n"
