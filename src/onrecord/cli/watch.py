"""`onrecord watch`: feeds in, records of what is new out, until it is stopped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import status_of
from onrecord.cli.link import compared_in, no_link_option
from onrecord.cli.output import Complaints, OutputFormat, chosen_format, writer
from onrecord.cli.reading_options import jobs_option, web_options
from onrecord.cli.stopping import Stop, ended_by_signals
from onrecord.data import Record, Rejection
from onrecord.errors import EXIT_STATUS, LedgerError, ReadError, UsageError
from onrecord.read.files import without_password
from onrecord.run.local import RunOptions
from onrecord.settings import Settings, settings

if TYPE_CHECKING:
    from onrecord.record.ledger import Ledger, Run
    from onrecord.run.watch_state import State

_LEAST_MINUTES, _MOST_MINUTES = 1.0, 1440.0
_ONCE_SECONDS = 900.0  # from which the rest of a feed that fails is counted
_STATE_SUFFIX = ".state"


@click.command()
@click.argument("feeds", metavar="FEEDS")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where to remember what was read.")
@click.option("--every", type=float, default=15.0, metavar="MINUTES", help="How often to ask each feed. Default: 15.")
@click.option("--once", is_flag=True, help="Ask each feed once and stop.")
@web_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice([OutputFormat.TABLE.value, OutputFormat.JSONL.value]),
    help="table is for people, jsonl for programs. Default: table on a terminal, jsonl elsewhere.",
)
@jobs_option
@click.option("--ledger", metavar="WHERE", help="Add what is read to this ledger, too: a file, or postgresql://HOST/DATABASE.")
@no_link_option
def watch(feeds: str, state: Path | None, every: float, once: bool, output_format: str | None, **arguments: object) -> None:
    """Watch feeds and print who said what in each new entry.

    FEEDS is a list of feeds: OPML, as feed readers export it, or one address a line. What was read is remembered, so a watch
    that was stopped goes on where it was. Ctrl-C stops it. What a round of asking added to the ledger is then compared with what that
    holds, as `onrecord add` does.

    \b
    Exit status: 0 stopped, or with --once all read; 1 with --once something was
    rejected; 2 wrong usage; 3 the run failed.
    """
    chosen = chosen_format(output_format)
    call = _Call(feeds, state or Path(feeds + _STATE_SUFFIX), None if once else every, chosen, not arguments.pop("no_link"))
    sys.exit(status_of(lambda: _watch(call, settings(arguments)), chosen))


@dataclass(frozen=True, slots=True)
class _Call:
    """What to watch; `every` is None where each feed is asked once. `links`: whether what is new in the ledger is compared."""

    feeds: str
    state: Path
    every: float | None
    output_format: OutputFormat
    links: bool


def _watch(call: _Call, wanted: Settings) -> int:
    from onrecord.run.watch_state import State  # noqa: PLC0415  # loads what speaks to the network, which other commands do not need

    if call.every is not None and not _LEAST_MINUTES <= call.every <= _MOST_MINUTES:
        raise UsageError(f"--every cannot be {call.every:g}: give from {_LEAST_MINUTES:g} to {_MOST_MINUTES:,g} minutes.")
    complaints = Complaints(call.output_format)
    rejected = 0
    with ended_by_signals() as stop:
        addresses, unusable = _addresses(call.feeds, complaints)
        with closing(State(call.state)) as state:
            rejected = unusable + _pass_on(addresses, state, call, wanted, stop)
    return EXIT_STATUS["some_rejected" if rejected and call.every is None else "read"]


def _addresses(path: str, complaints: Complaints) -> tuple[list[str], int]:
    """The addresses in the list, and how many that are none were complained of."""
    from onrecord.read.feed.opml import feeds  # noqa: PLC0415
    from onrecord.read.web.addresses import web_address  # noqa: PLC0415

    addresses: list[str] = []
    unusable = 0
    for feed in feeds(path):
        try:
            addresses.append(str(web_address(feed.address)))
        except ReadError as error:
            unusable += 1
            complaints.write(Rejection(without_password(feed.address), error.code, error.message))
    if not addresses:
        raise UsageError(f"None of the feeds in {path} has an address that can be fetched. Check how they are written.")
    return list(dict.fromkeys(addresses)), unusable


def _pass_on(addresses: list[str], state: State, call: _Call, wanted: Settings, stop: Stop) -> int:
    """Print what is new, and only then have it remembered. How many were rejected."""
    from onrecord.run.watch import WatchOptions, watched  # noqa: PLC0415

    every = _ONCE_SECONDS if call.every is None else 60 * call.every
    run = RunOptions(wanted.min_probability)
    write, complaints = writer(call.output_format, None), Complaints(call.output_format)
    rejected = 0
    with _ledger(wanted, call) as kept:
        options = WatchOptions(wanted.read_options, run, wanted.jobs, every, once=call.every is None, after_round=kept.compare)
        with closing(watched(addresses, state, options)) as results:
            for one in results:
                with stop.held():
                    kept.keep(one.result)
                    if isinstance(one.result, Record):
                        write(one.result)
                    else:
                        complaints.write(one.result)
                        rejected += not one.result.warning
                    one.kept()
    return rejected


class _Nowhere:
    """Where results are kept if there is no ledger."""

    def keep(self, _: Record | Rejection) -> None:
        """They are printed, and that is all."""

    def compare(self) -> None:
        """There is nothing to compare them with."""


@dataclass(slots=True)
class _InLedger:
    """The ledger that results are put into. `is_behind`: something may be there that was not compared with the rest yet."""

    ledger: Ledger
    run: Run
    min_probability: float
    links: bool
    is_behind: bool = True  # an earlier watch may have been killed before it compared

    def keep(self, result: Record | Rejection) -> None:
        """Put it there."""
        before = self.run.recorded
        self.ledger.add(self.run, [result])
        self.is_behind |= self.run.recorded > before

    def compare(self) -> None:
        """Compare what is new with the rest, and say what came of it."""
        if not (self.links and self.is_behind):
            return
        found = compared_in(self.ledger, self.run, self.min_probability)
        self.is_behind = False
        if found.documents:
            click.echo(found, err=True)


@contextmanager
def _ledger(wanted: Settings, call: _Call) -> Iterator[_InLedger | _Nowhere]:
    """What puts results into the ledger that was asked for, if one was."""
    if wanted.ledger is None:
        yield _Nowhere()
        return
    from onrecord.cli.add import this_program  # noqa: PLC0415
    from onrecord.cli.ledger_option import opened  # noqa: PLC0415

    with opened(wanted.ledger, create=True) as ledger:
        run = ledger.begin(this_program(wanted), f"watch {call.feeds}")
        try:
            yield _InLedger(ledger, run, wanted.min_probability, call.links)
        finally:
            with suppress(LedgerError):  # what else ended the watch is told, not this
                ledger.end(run)
