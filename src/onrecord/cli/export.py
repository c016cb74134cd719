"""`onrecord export`: the ledger, or a part of it, in a format that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.output import OutputFormat
from onrecord.data import Stance
from onrecord.errors import EXIT_STATUS, RunError, UsageError
from onrecord.export.formats import NEEDS_PLACE, Format, checked, exported, write_folder, write_table


@click.command()
@click.argument("output_format", metavar="FORMAT", type=click.Choice([one.value for one in Format]))
@click.option("--by", metavar="NAME", help="Only statements of this person or body: a name, a surname or a key.")
@click.option(
    "--about", metavar="WORDS", help="Only statements in which all these words stand, in any form. For report: the matter, in any words."
)
@click.option("--since", metavar="DAY", help="Said on this day or later; 2031-03 and 2031 work too. For ics: to happen then.")
@click.option("--until", metavar="DAY", help="Said on this day or before. For ics: to happen then.")
@click.option("--stance", type=click.Choice([one.value for one in Stance]), help="Only statements with this stance.")
@click.option("--as-of", metavar="DAY", help="Only what was published by that day.")
@click.option("--publisher", metavar="NAME", help="Only documents of this publisher.")
@click.option(
    "--document", "documents", multiple=True, metavar="ID", help="Only this document: its id, URL, locator or name. May be repeated."
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="PATH", help="A file, or for brat a folder. Default: standard output."
)
@click.option("--force", is_flag=True, help="Take the place of what is there.")
@ledger_option
def export(output_format: str, out: Path | None, ledger: str | None, force: bool, **filters: Any) -> None:
    """Write the ledger, or the part of it that the options name, as FORMAT.

    \b
    jsonl          records as `onrecord read` prints them
    webannotation  W3C Web Annotation (JSON-LD)
    schemaorg      schema.org Quotation and Claim (JSON-LD)
    prov           PROV-O: where everything comes from (JSON-LD)
    brat           brat standoff, in a folder
    csv, parquet   one row a statement
    ics            announced events as iCalendar
    report         one matter (--about) as a page that stands alone (HTML)

    \b
    Exit status: 0 written, 2 wrong usage, or something is there already,
    3 nobody has the name, there is no such document, or the ledger cannot be
    used, 130 interrupted.
    """
    sys.exit(status_of(lambda: _export(Format(output_format), filters, ledger, out, force=force), OutputFormat.TABLE))


def _export(wanted: Format, filters: dict[str, Any], where: str | None, out: Path | None, *, force: bool) -> int:
    given = checked(wanted, filters)
    place = None if out is None or str(out) == "-" else out
    if place is None and wanted in NEEDS_PLACE:
        what = "a folder" if wanted is Format.BRAT else "a file"
        raise UsageError(f"{wanted} is written to {what}: give it with -o.", code="usage.bad_export")
    if place is not None:
        _check_free(place, is_folder=wanted is Format.BRAT, force=force)
    with opened(where, read_only=True) as ledger:
        if place is None:
            for piece in exported(ledger, wanted, given):
                sys.stdout.buffer.write(piece)
        elif wanted is Format.BRAT:
            count = _told(place, lambda: write_folder(ledger, given, place))
            click.echo(f"{place}: {count:,} documents", err=True)
        elif wanted is Format.PARQUET:
            _written(place, lambda part: write_table(ledger, given, part))
        else:
            _written(place, lambda part: _write(exported(ledger, wanted, given), part))
    return EXIT_STATUS["read"]


def _check_free(place: Path, *, is_folder: bool, force: bool) -> None:
    """See that nothing is lost.

    Raises:
        UsageError: something of the wrong kind is at the place, or something that only --force replaces.
    """
    if not place.exists():
        return
    if place.is_dir() != is_folder or not (is_folder or place.is_file()):
        what = "no folder" if is_folder else "no file"
        raise UsageError(f"{place} is {what}: give another place with -o.", code="usage.bad_export")
    if not force and (not is_folder or any(place.iterdir())):
        raise UsageError(f"{place} is there already. Give another place with -o, or --force to replace it.", code="usage.bad_export")


def _written(file: Path, write: Callable[[Path], object]) -> None:
    """The file, which is there whole or not at all."""
    from onrecord.record.whole_file import take_place, unfinished  # noqa: PLC0415  # as the ledger, only where it is needed

    def whole() -> None:
        with unfinished(file) as part:
            write(part)
            take_place(part, file)

    _told(file, whole)
    click.echo(f"{file}: {file.stat().st_size:,} bytes", err=True)


def _write(pieces: Iterable[bytes], file: Path) -> None:
    with file.open("wb") as stream:
        stream.writelines(pieces)


def _told(place: Path, write: Callable[[], Any]) -> Any:
    """What `write` gives; where the disk refuses, a message that says so."""
    try:
        return write()
    except OSError as error:
        raise RunError(f"{place} cannot be written ({error}). Check the folder and its space.") from error
