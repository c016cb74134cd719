"""A Ray cluster: one that runs already, at its address, or one of this machine's own, which ends with the run.

Its own one listens on the loopback only, asks every caller for a word that nobody else knows, has no dashboard, sends nobody statistics,
says nothing on standard output, and keeps what it must keep in a folder that is taken away at the end.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import ClusterError, UsageError

_OWN_STORE_BYTES = 256 << 20  # what is on its way between processes
_LONGEST_FOLDER = 40  # characters: Ray puts sockets below it, whose names the system cuts
_TRIES = 3
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
_SLOW_START = {"RAY_worker_register_timeout_seconds": "300"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that is connected: the library, how many workers it is to have, and whether it is this run's own."""

    ray: Any
    workers: int
    is_own: bool


@contextmanager
def cluster(address: str | None, workers: int | None = None) -> Iterator[Cluster]:
    """The cluster at the address (`HOST:PORT`, `auto`), or one of this machine's own where there is none.

    Args:
        address: where it is.
        workers: at most so many; without it one a core.

    Raises:
        UsageError: Ray is not installed.
        ClusterError: it cannot be reached.
    """
    if address is None:
        with _own(workers or _cores()) as found:
            yield found
        return
    with _environment(_QUIET):
        ray = _library()
        _connected(ray, address, address=address, log_to_driver=False, logging_level=logging.ERROR)
        try:
            cores = int(ray.cluster_resources().get("CPU", 0))
            yield Cluster(ray, min(workers or cores, cores) or 1, is_own=False)
        finally:
            ray.shutdown()


@contextmanager
def _own(workers: int) -> Iterator[Cluster]:
    """A cluster of this machine. What Ray calls a cluster of Windows or macOS is one that listens on the loopback only."""
    closed = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    with _environment(_QUIET | _SLOW_START | closed), _folder() as folder:
        ray = _library()
        options = {"num_cpus": workers, "include_dashboard": False, "object_store_memory": _OWN_STORE_BYTES, "_temp_dir": str(folder)}
        _connected(ray, "local", _TRIES, address="local", log_to_driver=False, logging_level=logging.ERROR, **options)
        try:
            yield Cluster(ray, workers, is_own=True)
        finally:
            ray.shutdown()


def _library() -> Any:
    try:
        import pyarrow  # noqa: F401, PLC0415  # the workers' records come as its tables
        import ray  # noqa: PLC0415  # heavy, and needed only where a cluster reads
    except ImportError as error:
        raise UsageError(
            "Reading on a Ray cluster needs packages that are not installed: pip install 'onrecord[ray]'", code="usage.not_installed"
        ) from error
    return ray


def _connected(ray: Any, where: str, tries: int = 1, **options: Any) -> None:
    """Ray waits a quarter of a minute for its own processes: on a machine with much else to do that may be too short at first."""
    for left in reversed(range(tries)):
        try:
            ray.init(**options)
            ray._private.worker._worker_logs_enabled = False  # else it prints on standard output that a worker was lost
            return
        except Exception as error:  # Ray raises whatever Python has
            ray.shutdown()
            if not left:
                raise _not_reached(where, error) from error


def _not_reached(where: str, error: Exception) -> ClusterError:
    said = " ".join(str(error).split())[:300]
    advice = (
        "The machine has too much else to do: try again later."
        if where == "local"
        else "Check the address, that `ray status` shows the cluster here, and that all have the same versions of Ray and Python."
    )
    return ClusterError(f"The Ray cluster {where!r} cannot be used ({said}). {advice}", code="cluster.not_reached")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _environment(given: Mapping[str, str]) -> Iterator[None]:
    """Ray is told by the environment, which its processes take over; afterwards it is as it was."""
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder of its own among the temporary files."""
    place = tempfile.gettempdir()
    folder = tempfile.mkdtemp(prefix="onrecord-", dir=place if len(place) <= _LONGEST_FOLDER else "/tmp")
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
