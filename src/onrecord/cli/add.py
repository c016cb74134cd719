"""`onrecord add`: news in, the ledger grows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.engine_option import Engine, begun, engine_option
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.link import compared, no_link_option
from onrecord.cli.output import Complaints, OutputFormat, chosen_format
from onrecord.cli.progress_bar import ProgressBar
from onrecord.cli.reading_options import reading_options
from onrecord.data import Document, Record, Rejection
from onrecord.errors import EXIT_STATUS
from onrecord.read import documents
from onrecord.settings import Settings, settings

if TYPE_CHECKING:
    from onrecord.record.ledger import Ledger, Program, Run
    from onrecord.run.ray_cluster import Cluster


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@ledger_option
@click.option("--people", metavar="FILE", help="A list of known people and bodies, in JSON Lines, whose keys and Wikidata ids hold.")
@click.option("--excerpts", is_flag=True, help="Keep the words of statements with some context, not whole articles.")
@no_link_option
@engine_option
@click.option(
    "--records", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="With ray: keep the records as Parquet."
)
@reading_options
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Of the complaints and the summary.")
def add(paths: tuple[str, ...], output_format: str | None, engine: Engine, records: Path | None, **arguments: object) -> None:
    """Read news into the ledger.

    PATH is what `onrecord read` takes. What the ledger holds already is not read again, so a run that was broken off goes on when
    the same call is made again. The ledger is made if there is none. At the end the new statements are compared with the earlier ones that
    are alike, and links are kept: who repeats, contradicts, denies or revises whom.

    \b
    Exit status: 0 all is in the ledger, 1 some rejected, 2 wrong usage, 3 nothing
    read or the run failed, 130 interrupted.
    """
    if records is not None and not engine.is_ray:
        raise click.UsageError("--records is for --engine ray; onrecord export --format parquet writes what a ledger holds.")
    chosen, by = chosen_format(output_format), _By(engine, records)
    sys.exit(status_of(lambda: _add(paths, chosen, arguments, by), chosen))


@dataclass(frozen=True, slots=True)
class _By:
    """What does the work, and where it leaves the records beside the ledger."""

    engine: Engine
    records: Path | None


@dataclass(slots=True)
class _Told:
    """What is said while documents come in."""

    complaints: Complaints
    bar: ProgressBar
    run: Run

    def take(self, one: Record | Rejection) -> None:
        if isinstance(one, Rejection):
            self.complaints.write(one)
        self.bar.show(self.run.recorded, self.run.known, self.run.rejected)


def _add(paths: tuple[str, ...], output_format: OutputFormat, arguments: Mapping[str, object], by: _By) -> int:
    from onrecord.record.known_people import known_people_of  # noqa: PLC0415  # loads the database's library, which others do not need

    given = dict(arguments)
    excerpts, unlinked = bool(given.pop("excerpts")), bool(given.pop("no_link"))
    wanted = settings(given)
    known = None if wanted.people is None else known_people_of(wanted.people)
    bar = ProgressBar(paths)
    with begun(by.engine, _workers(given, wanted)) as cluster, opened(wanted.ledger, create=True, excerpts=excerpts) as ledger:
        run = ledger.begin(this_program(wanted), "add " + " ".join(paths))
        if known is not None:
            ledger.know(run, known)
        told = _Told(Complaints(output_format), bar, run)
        try:
            _read_in(bar.counted(documents(paths, wanted.read_options)), ledger, wanted, told, (cluster, by.records))
        finally:
            bar.close()
        if not unlinked:
            click.echo(compared(ledger, run.program, wanted.min_probability, cluster), err=True)
    click.echo(f"{run.recorded} added, {run.known} known, {run.rejected} rejected", err=True)
    if not run.recorded + run.known:
        return EXIT_STATUS["failed"]
    return EXIT_STATUS["some_rejected" if run.rejected else "read"]


def _workers(given: Mapping[str, object], wanted: Settings) -> int | None:
    """The workers of a cluster: as many as are asked for, else one a core."""
    return None if given.get("jobs") is None and wanted.jobs == 1 else wanted.jobs


def _read_in(
    found: Iterable[Document | Rejection], ledger: Ledger, wanted: Settings, told: _Told, on: tuple[Cluster | None, Path | None]
) -> None:
    """Reads the documents into the ledger, here or on a cluster."""
    from onrecord.run.adding import AddOptions, added  # noqa: PLC0415  # loads the database's library
    from onrecord.run.local import RunOptions  # noqa: PLC0415

    cluster, records = on
    options = RunOptions(wanted.min_probability)
    if cluster is None:
        added(found, ledger, told.run, AddOptions(options, wanted.jobs), told.take)
        return
    from onrecord.run.ray_adding import RayAddOptions, added_on  # noqa: PLC0415  # only where it is asked for

    added_on(found, ledger, told.run, RayAddOptions(cluster, options, records), told.take)


def this_program(wanted: Settings) -> Program:
    """This version with the shipped models."""
    from onrecord.run.adding import shipped_program  # noqa: PLC0415  # loads the database's library

    return shipped_program(wanted.min_probability)
