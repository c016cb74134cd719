"""Makes `tests` importable, also in the worker processes, which take over the path."""

from __future__ import annotations

import gc
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from onrecord.run.ray_cluster import Cluster

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@pytest.fixture(scope="session")
def ray_cluster() -> Iterator[Cluster]:
    """A Ray cluster of this machine with two workers, started once."""
    from onrecord.run.ray_cluster import cluster  # noqa: PLC0415  # only where a test asks for it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Ray does as it starts is its own
        started = cluster(None, 2)
        found = started.__enter__()
    try:
        yield found
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it does not wait for the ends of all its processes
            started.__exit__(None, None, None)
            gc.collect()
