"""Workers of a cluster are replaced when they are lost, and what they had in hand is done by others."""

from __future__ import annotations

import os
from itertools import islice
from typing import Any

import pytest

from onrecord.errors import ClusterError, ReadError, UsageError, WeightsError
from onrecord.run.ray_cluster import Cluster, cluster
from onrecord.run.ray_workers import Workers

pytestmark = pytest.mark.slow


class Doubling:
    """Doubles numbers; 13 kills it, -1 is no number to it."""

    def __init__(self, digest: str = "same") -> None:
        self.digest = digest

    def ready(self) -> Any:
        if self.digest == "missing":
            return WeightsError("The model is not there.")
        return self.digest

    def work(self, items: list[int]) -> Any:
        if 13 in items:
            os._exit(7)
        return WeightsError("no number") if -1 in items else [2 * one for one in items]


def doubled(workers: Workers, given: list[list[int]], kill_at: int = -1) -> list[tuple[list[int], Any]]:
    waiting, found = iter(given), list[tuple[list[int], Any]]()
    awaited = sum(map(len, given))
    while sum(len(items) for items, _ in found) < awaited:
        while workers.has_room and (some := list(islice(waiting, 1))):
            workers.give(some[0])
        found += workers.wait()
        if 0 <= kill_at <= len(found):
            kill_at = -1
            workers._ray.kill(workers._workers[0].actor)
    return found


@pytest.fixture
def workers(ray_cluster: Cluster) -> Any:
    made = Workers(ray_cluster, Doubling, (), "same")
    yield made
    made.stop()


def test_every_batch_is_done_once_though_a_worker_is_killed(workers: Workers) -> None:
    given = [[number, number + 1] for number in range(100, 180, 2)]
    found = doubled(workers, given, kill_at=10)
    assert sorted(items for items, _ in found) == given
    assert all(outcome == [2 * one for one in items] for items, outcome in found)


def test_only_the_item_that_kills_has_no_outcome(workers: Workers) -> None:
    found = doubled(workers, [[number, number + 1] for number in range(0, 24, 2)])
    told = {one: twice for items, outcome in found for one, twice in zip(items, outcome or [None], strict=True)}
    assert told == {number: None if number == 13 else 2 * number for number in range(24)}


def test_an_error_of_a_worker_ends_the_run(workers: Workers) -> None:
    with pytest.raises(WeightsError, match="no number"):
        doubled(workers, [[-1]])


def test_a_worker_of_another_version_is_refused(ray_cluster: Cluster) -> None:
    made = Workers(ray_cluster, Doubling, ("other",), "same")
    with pytest.raises(ClusterError, match="another version") as raised:
        doubled(made, [[1]])
    made.stop()
    assert raised.value.code == "cluster.other_version"


def test_a_worker_without_its_model_says_so(ray_cluster: Cluster) -> None:
    made = Workers(ray_cluster, Doubling, ("missing",), "same")
    with pytest.raises(WeightsError):
        doubled(made, [[1]])
    made.stop()


class Unstartable(Doubling):
    def __init__(self) -> None:
        raise ReadError("not on this machine")


def test_workers_that_cannot_be_started_are_not_started_for_ever(ray_cluster: Cluster) -> None:
    made = Workers(ray_cluster, Unstartable, (), "same")
    with pytest.raises(ClusterError) as raised:
        doubled(made, [[1]])
    made.stop()
    assert raised.value.code == "cluster.no_workers"


def test_without_ray_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'onrecord\[ray\]'"), cluster("auto"):
        pass
