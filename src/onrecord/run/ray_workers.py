"""The workers of a cluster: each loads its models once, is given batches, and is replaced when it is lost.

    workers = Workers(cluster, ReadingWorker, (options,), digest)
    workers.give(items)            while workers.has_room
    for items, outcome in workers.wait(): ...

What a lost worker had in hand is given to another. A batch with which three workers were lost is cut down to its items, one by one; an
item with which alone three were lost has no outcome.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.errors import ClusterError, RunError
from onrecord.run.ray_cluster import Cluster

_AHEAD = 3  # batches for each worker: one at work, the others waiting while this process is busy
_DEATHS = 3
_PATIENCE_SECONDS = 300.0  # for the first worker, or for another when all are lost

Items = list[Any]


@dataclass(eq=False, slots=True)
class _Batch:
    items: Items
    deaths: int = 0
    is_suspect: bool = False  # it may have killed a worker: it works alone, so that nothing else is blamed or lost with it


@dataclass(eq=False, slots=True)
class _Worker:
    """An actor, the reference of its readiness until it is ready, and the batches that it has, the one at work first."""

    actor: Any
    ready: Any
    batches: deque[tuple[_Batch, Any]] = field(default_factory=deque)

    @property
    def next(self) -> Any:
        """What it will give next; None if it has nothing to do."""
        return self.ready if self.ready is not None else self.batches[0][1] if self.batches else None

    @property
    def has_room(self) -> bool:
        return self.ready is None and len(self.batches) < _AHEAD and not any(batch.is_suspect for batch, _ in self.batches)

    def takes(self, batch: _Batch) -> bool:
        return self.has_room and not (batch.is_suspect and self.batches)


class Workers:
    """Workers of one kind. `kind` is a class with `ready()`, which gives the digest of its program, and `work(items)`."""

    def __init__(self, cluster: Cluster, kind: type, arguments: Sequence[Any], digest: str) -> None:
        self._ray = cluster.ray
        self._make = cluster.ray.remote(kind).options(num_cpus=1, max_restarts=0, max_task_retries=0)
        self._arguments, self._digest = arguments, digest
        self._again: deque[_Batch] = deque()
        self._failed_starts = 0
        self._since = time.monotonic()
        self._workers = [self._started() for _ in range(cluster.workers)]

    @property
    def has_room(self) -> bool:
        """Whether a batch that is given now is taken at once."""
        return not self._again and any(worker.has_room for worker in self._workers)

    def give(self, items: Items) -> None:
        """A batch, for the worker that has least to do."""
        self._handed(_Batch(items))

    def wait(self) -> list[tuple[Items, Any]]:
        """What was done since, or is done next: the items of each batch with what came of them, None for an item that kills.

        May be empty: a worker became ready, or was lost.

        Raises:
            RunError: a worker cannot work, or there is none.
        """
        while self._again and any(worker.takes(self._again[0]) for worker in self._workers):
            self._handed(self._again.popleft())
        waited = {worker.next: worker for worker in self._workers if worker.next is not None}
        ready, _ = self._ray.wait(list(waited), num_returns=1, timeout=1.0)
        if not ready and all(worker.ready is not None for worker in self._workers) and self._waited_long:
            raise ClusterError(
                "No worker of the cluster became ready. Check with `ray status` that a core is free, and start again: what was added is "
                "safe.",
                code="cluster.no_workers",
            )
        return [one for reference in ready for one in self._ended(waited[reference])]

    def stop(self) -> None:
        """End the workers at once, in the middle of a batch if need be."""
        for worker in self._workers:
            self._ray.kill(worker.actor)

    @property
    def _waited_long(self) -> bool:
        return time.monotonic() - self._since > _PATIENCE_SECONDS

    def _started(self) -> _Worker:
        actor = self._make.remote(*self._arguments)
        return _Worker(actor, actor.ready.remote())

    def _handed(self, batch: _Batch) -> None:
        worker = min((one for one in self._workers if one.takes(batch)), key=lambda one: len(one.batches))
        worker.batches.append((batch, worker.actor.work.remote(batch.items)))

    def _ended(self, worker: _Worker) -> Iterator[tuple[Items, Any]]:
        """What came of what the worker did; it is replaced if it was lost."""
        starting = worker.ready is not None
        try:
            outcome = self._ray.get(worker.next)
        except self._ray.exceptions.RayTaskError as error:
            raise ClusterError(f"A worker failed in a way that nobody foresaw ({error.cause!r}). Please report this.") from error
        except self._ray.exceptions.RayError as error:
            if starting:
                self._note_failed_start(error)
            yield from self._replaced(worker)
            return
        if isinstance(outcome, RunError):
            raise outcome
        if starting:
            self._check(outcome)
            worker.ready, self._failed_starts = None, 0
            return
        self._since = time.monotonic()
        batch, _ = worker.batches.popleft()
        yield batch.items, outcome

    def _replaced(self, worker: _Worker) -> Iterator[tuple[Items, Any]]:
        """The one at work when it was lost may have been why; what waited behind it was not."""
        self._ray.kill(worker.actor)
        self._since = time.monotonic()
        self._workers[self._workers.index(worker)] = self._started()
        if not worker.batches:
            return
        first, *others = (batch for batch, _ in worker.batches)
        self._again.extendleft(reversed(others))
        first.deaths, first.is_suspect = first.deaths + 1, True
        if first.deaths < _DEATHS:
            self._again.appendleft(first)
        elif len(first.items) > 1:
            self._again.extend(_Batch([item], is_suspect=True) for item in first.items)
        else:
            yield first.items, None

    def _note_failed_start(self, error: Exception) -> None:
        self._failed_starts += 1
        if self._failed_starts >= _DEATHS * len(self._workers):
            said = " ".join(str(error).split())[:300]
            raise ClusterError(
                f"No worker can be started ({said}). Check that onrecord[ray] is installed on every machine of the cluster, and that each "
                "core has 1 GB of memory.",
                code="cluster.no_workers",
            )

    def _check(self, digest: str) -> None:
        if digest != self._digest:
            raise ClusterError(
                "A worker of the cluster has another version of onrecord than this machine, or other models. Install the same everywhere.",
                code="cluster.other_version",
            )
