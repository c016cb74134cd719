"""Where the work is done: on this machine, or by the workers of a Ray cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from onrecord.run.ray_cluster import Cluster


class Engine(NamedTuple):
    """What does the work: the processes of this machine, or a Ray cluster, which is this machine's own where it has no address."""

    is_ray: bool
    address: str | None = None


HERE = Engine(False)


class _EngineType(click.ParamType[Engine]):
    name = "engine"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Engine:
        if isinstance(value, Engine):
            return value
        name, is_told, address = str(value).partition("=")
        if name == "ray" and not (is_told and not address.strip()):
            return Engine(True, address.strip() or None)
        if value == "local":
            return HERE
        return self.fail("give local, ray, or ray=ADDRESS such as ray=auto or ray=10.0.0.4:6379.", param, ctx)


def engine_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --engine to a command."""
    return click.option(
        "--engine",
        type=_EngineType(),
        default=HERE,
        metavar="ENGINE",
        help="local; ray: a Ray cluster of this machine's own; ray=ADDRESS: that cluster. Default: local.",
    )(command)


@contextmanager
def begun(engine: Engine, workers: int | None = None) -> Iterator[Cluster | None]:
    """The cluster, while it is needed; None where the work is done here.

    Raises:
        UsageError: Ray is not installed.
        ClusterError: the cluster cannot be reached.
    """
    if not engine.is_ray:
        yield None
        return
    from onrecord.run.ray_cluster import cluster  # noqa: PLC0415  # only where it is asked for

    with cluster(engine.address, workers) as found:
        yield found
