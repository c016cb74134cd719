"""`onrecord link`: what the ledger holds is compared, new with old, and the links are kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from onrecord.cli.ending import status_of
from onrecord.cli.engine_option import Engine, begun, engine_option
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.output import chosen_format
from onrecord.errors import EXIT_STATUS
from onrecord.settings import settings

if TYPE_CHECKING:
    from onrecord.record.ledger import Ledger, Program, Run
    from onrecord.run.ray_cluster import Cluster


@click.command()
@ledger_option
@click.option("--min-probability", type=float, metavar="NUMBER", help="Keep links this probable. Default: 0.5.")
@engine_option
@click.option("--jobs", type=int, metavar="NUMBER", help="With ray: workers. Default: one a core.")
def link(engine: Engine, jobs: int | None, **arguments: object) -> None:
    """Compare the statements that were not compared yet with the earlier ones that are alike, and keep the links.

    `onrecord add`, `watch --ledger` and `reread` do so by themselves unless they are told not to. A run that was broken off goes on when
    the same call is made again; another version of the program compares everything anew, and its links take the place of the old ones.

    \b
    Exit status: 0 all is compared, 2 wrong usage, 3 the run failed, 130
    interrupted.
    """
    sys.exit(status_of(lambda: _link(arguments, engine, jobs), chosen_format(None)))


def _link(arguments: Mapping[str, object], engine: Engine, jobs: int | None) -> int:
    from onrecord.cli.add import this_program  # noqa: PLC0415  # loads the database's library, which other commands do not need

    wanted = settings(arguments)
    with begun(engine, jobs) as cluster, opened(wanted.ledger) as ledger:
        click.echo(compared(ledger, this_program(wanted), wanted.min_probability, cluster), err=True)
    return EXIT_STATUS["read"]


class Comparison(NamedTuple):
    """How many documents were compared with what the ledger holds, and how many links came of it."""

    documents: int
    links: int

    def __str__(self) -> str:
        return f"{self.documents} documents compared, {self.links} links"


def compared(ledger: Ledger, program: Program, min_probability: float, cluster: Cluster | None = None) -> Comparison:
    """Compares what was not compared, in a run of its own, here or on a cluster."""
    run = ledger.begin(program, "link")
    found = compared_in(ledger, run, min_probability) if cluster is None else _compared_on(cluster, ledger, run, min_probability)
    ledger.end(run)
    return found


def compared_in(ledger: Ledger, run: Run, min_probability: float) -> Comparison:
    """Compares what was not compared, as a part of the run."""
    from onrecord.run.linking import LinkOptions, linked  # noqa: PLC0415

    with closing(linked(ledger, run, LinkOptions(min_probability=min_probability))) as found:  # type: ignore[type-var]  # a generator
        links = list(found)
    return Comparison(len(links), sum(links))


def _compared_on(cluster: Cluster, ledger: Ledger, run: Run, min_probability: float) -> Comparison:
    from onrecord.run.linking import LinkOptions  # noqa: PLC0415
    from onrecord.run.ray_linking import RayLinkOptions, is_reached, linked_on  # noqa: PLC0415  # only where it is asked for

    if not is_reached(ledger, cluster):
        return compared_in(ledger, run, min_probability)
    options = RayLinkOptions(cluster, partial(LinkOptions, min_probability=min_probability))
    with closing(linked_on(ledger, run, options)) as found:  # type: ignore[type-var]  # a generator
        links = list(found)
    return Comparison(len(links), sum(links))


def no_link_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --no-link to a command."""
    told = "Do not compare what is new with what the ledger holds; `onrecord link` does it later."
    return click.option("--no-link", is_flag=True, help=told)(command)
