"""`onrecord reread`: this program reads again what another one read, and tells what that changes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.link import compared, no_link_option
from onrecord.cli.output import Complaints, OutputFormat, chosen_format
from onrecord.cli.reading_options import jobs_option, probability_option
from onrecord.data import Rejection
from onrecord.errors import EXIT_STATUS
from onrecord.export.jsonl import to_line
from onrecord.settings import settings

if TYPE_CHECKING:
    from rich.progress import Progress

    from onrecord.record.ledger import Ledger, Program, Run
    from onrecord.run.rereading import Rereading, RereadOptions

_PATIENCE_SECONDS = 2.0


@click.command()
@ledger_option
@click.option("--document", "only", multiple=True, metavar="ID", help="Only this one: its id, URL, locator or name. May be repeated.")
@probability_option
@no_link_option
@jobs_option
@click.option("--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere.")
def reread(only: tuple[str, ...], output_format: str | None, **arguments: object) -> None:
    """Read again what another version of the program, or other models, read, and list what that changes.

    Nothing is overwritten: the new readings supersede the old ones, and what people corrected by hand stays as they said. A run
    that was broken off goes on when the same call is made again. At the end the judgements are listed whose statement is lost, and the
    new readings are compared with what the ledger holds, as `onrecord add` does.

    \b
    Exit status: 0 all is read again, 1 some cannot be, 2 wrong usage, 3 nothing
    can be or the run failed, 130 interrupted.
    """
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _reread(only, chosen, arguments), chosen))


def _reread(only: tuple[str, ...], output_format: OutputFormat, arguments: Mapping[str, object]) -> int:
    from onrecord.cli.add import this_program  # noqa: PLC0415  # these load the database's library, which other commands do not need
    from onrecord.run.local import RunOptions  # noqa: PLC0415
    from onrecord.run.rereading import RereadOptions  # noqa: PLC0415

    given = dict(arguments)
    unlinked = bool(given.pop("no_link"))
    wanted = settings(given)
    with opened(wanted.ledger) as ledger:
        program = this_program(wanted)
        told, status = _read_again(ledger, program, RereadOptions(RunOptions(wanted.min_probability), wanted.jobs, only), output_format)
        if not unlinked:  # though nothing is read again: an earlier run may have been killed before it compared
            click.echo(compared(ledger, program, wanted.min_probability), err=True)
    click.echo(told, err=True)
    return EXIT_STATUS[status]


def _read_again(ledger: Ledger, program: Program, options: RereadOptions, output_format: OutputFormat) -> tuple[str, str]:
    """Read, and print what changed and what is lost; what came of it in words, and the name of the exit status."""
    from onrecord.run.rereading import orphans, outdated_count  # noqa: PLC0415

    total = outdated_count(ledger, program, options.only)
    if not total:
        return "Everything is read by this program already.", "read"
    lost = set(orphans(ledger))
    run = ledger.begin(program, " ".join(["reread", *(f"--document {one}" for one in options.only)]))
    changed = _tell(ledger, run, options, output_format, total)
    lost = set(orphans(ledger)) - lost
    _tell_lost(ledger, lost, output_format)
    orphaned = f"{len(lost)} judgement{'' if len(lost) == 1 else 's'} orphaned"
    told = f"{run.recorded} read again, {changed} changed, {run.rejected} not read, {orphaned}"
    return told, ("some_rejected" if run.recorded + run.known else "failed") if run.rejected else "read"


def _tell(ledger: Ledger, run: Run, options: RereadOptions, output_format: OutputFormat, total: int) -> int:
    """Read, and print what changed; how many documents did."""
    from onrecord.run.rereading import rereadings  # noqa: PLC0415

    changed = 0
    write, complaints, bar = _writer(output_format), Complaints(output_format), _Bar(total)
    with closing(rereadings(ledger, run, options)) as found, closing(bar):  # type: ignore[type-var]  # a generator
        for one in found:
            if isinstance(one, Rejection):
                complaints.write(one)
            elif one.changes:
                changed += 1
                write(one)
            bar.show()
    return changed


def _tell_lost(ledger: Ledger, lost: set[int], output_format: OutputFormat) -> None:
    """The judgements that were orphaned just now."""
    if not lost:
        return
    from onrecord.cli.judgements import print_decisions  # noqa: PLC0415
    from onrecord.export.judgements import decision_json  # noqa: PLC0415
    from onrecord.find.judgements import JudgementState, decisions  # noqa: PLC0415

    with ledger.reading() as connection:
        found = [one for one in decisions(connection, JudgementState.ORPHANED) if one.row["id"] in lost]
    if output_format is OutputFormat.JSONL:
        for one in found:
            sys.stdout.buffer.write(to_line({"orphaned": decision_json(one)}))
    else:
        print_decisions(found, output_format)


def _writer(output_format: OutputFormat) -> Callable[[Rereading], None]:
    from onrecord.export.changes import statement_change_json, statement_lines  # noqa: PLC0415
    from onrecord.record.identity import document_key  # noqa: PLC0415

    if output_format is OutputFormat.JSONL:
        return lambda one: _put({
            "document": {"id": document_key(one.new.document), "name": one.new.document.name, "locator": one.new.document.locator},
            "changes": [statement_change_json(change, one.old, one.new) for change in one.changes],
        })  # fmt: skip
    from onrecord.cli.lines import line_printer  # noqa: PLC0415
    from onrecord.export.table import shown  # noqa: PLC0415

    write_line = line_printer()

    def write(one: Rereading) -> None:
        write_line(f"{shown(one.new.document.name)}  {document_key(one.new.document)[:12]}")
        for line in statement_lines(one.changes, one.old, one.new):
            write_line(line)

    return write


def _put(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(to_line(value))
    sys.stdout.buffer.flush()


class _Bar:
    """How many of the documents are behind, with rate and time left, after two seconds on a terminal that shows nothing else."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._started = total, 0, time.monotonic()
        self._watched = sys.stderr.isatty() and not sys.stdout.isatty()
        self._bar: Progress | None = None

    def show(self) -> None:
        """One more."""
        self._done += 1
        seconds = time.monotonic() - self._started
        if not self._watched or seconds < _PATIENCE_SECONDS:
            return
        if self._bar is None:
            self._bar = _bar(self._total)
        self._bar.update(self._bar.task_ids[0], completed=self._done, description=f"{self._done / seconds:,.1f} a second")

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


def _bar(total: int) -> Progress:
    from rich.console import Console  # noqa: PLC0415  # slow to import, and seldom needed
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (MofNCompleteColumn(), TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True, highlight=False), transient=True)
    bar.add_task("", total=total)
    bar.start()
    return bar
