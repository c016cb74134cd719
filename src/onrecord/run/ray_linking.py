"""What was added is compared on a Ray cluster: the links are those of `onrecord.run.linking`, row by row.

Readings are taken in blocks, in the order in which they were added (time). What copies of one text share is settled for the whole block
first, by this process, reading after reading, in a transaction that is taken back. Then workers compare the readings of the block at once,
each with what is near in meaning or on its matter, of readings up to its own. None of them asks for links that another finds, so nothing
depends on who is first. At the end this process keeps the links of the block, in order, in one transaction.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import func, select

from onrecord.annotate.meaning import Meaning
from onrecord.errors import ClusterError, RunError
from onrecord.find.holding import Holding, brought_up, holding, holding_with
from onrecord.find.meaning_index import read_index, write_index
from onrecord.record.connect import ledger_url
from onrecord.record.ledger import Ledger, Options, Run, open_ledger
from onrecord.record.linkings import add_linking, not_linked
from onrecord.record.tables import statements
from onrecord.run.copied import Copied, settled, sign_rest
from onrecord.run.linking import LinkOptions, links_of_reading
from onrecord.run.ray_cluster import Cluster
from onrecord.run.ray_workers import Workers

_BLOCK_READINGS = 64  # for each worker
_BATCH_READINGS = 4

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RayLinkOptions:
    """Where readings are compared, and what gives each worker that which compares."""

    cluster: Cluster
    make: Callable[[], LinkOptions] = LinkOptions


class Reading(NamedTuple):
    """A reading that is to be compared: those of its statements that are settled, and what others of the block left out before it."""

    id: int
    done: tuple[int, ...]
    left_out: tuple[int, ...]


class LinkingWorker:
    """Compares readings, one core, the model and the ledger's vectors at hand."""

    def __init__(self, where: str, make: Callable[[], LinkOptions], index: Path | bytes | None) -> None:
        self._where, self._make, self._index = where, make, index

    def ready(self) -> str | RunError:
        """The digest of what compares, once it is loaded."""
        try:
            self._options = self._make()
            self._copied = Copied(self._options.digest)
            self._ledger = open_ledger(self._where, Options(meaning=Meaning()), read_only=True)
            with self._ledger.reading() as connection:
                self._held = holding_with(connection, _index(self._index))
            return self._options.digest
        except RunError as error:
            return error

    def work(self, readings: list[Reading]) -> list[list[Row]] | RunError:
        """The links of each reading."""
        try:
            return [self._links(one) for one in readings]
        except RunError as error:
            return error

    def _links(self, reading: Reading) -> list[Row]:
        with self._ledger.reading() as connection:
            self._held = brought_up(connection, self._held)
            left_out = np.union1d(self._copied.caught_up(connection), np.array(reading.left_out, self._copied.ids.dtype))
            held = replace(self._held, judged=self._held.judged.with_aliases(connection), left_out=left_out)
            return links_of_reading(connection, held, reading.id, self._options, reading.done)


def is_reached(ledger: Ledger, cluster: Cluster) -> bool:
    """Whether the workers can open the ledger: a SQLite file is no farther than this machine."""
    return cluster.is_own or ledger_url(ledger.where).get_backend_name() != "sqlite"


def linked_on(ledger: Ledger, run: Run, options: RayLinkOptions) -> Iterator[int]:
    """Compares the statements of each reading that was not compared yet; how many links each gave, as they are safe.

    Raises:
        RunError: the ledger cannot be read or written, by this machine or by the workers, or the cluster cannot work.
    """
    sign_rest(ledger, run)
    digest = options.make().digest
    with ledger.reading() as connection:
        waiting = not_linked(connection, digest)
        held = holding(connection, ledger) if waiting else Holding()
    if not waiting:
        return
    copied, size = Copied(digest), _BLOCK_READINGS * options.cluster.workers
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        arguments = (_where(ledger), options.make, _sent(options.cluster, held, Path(folder)))
        workers = Workers(options.cluster, LinkingWorker, arguments, digest)
        try:
            for first in range(0, len(waiting), size):
                block = waiting[first : first + size]
                same, asked = _settled(ledger, run, block, copied)
                found = _compared(workers, asked, _sizes(ledger, block))
                yield from _kept(ledger, run, digest, {one: same[one] + found[one] for one in block})
        finally:
            workers.stop()


def _where(ledger: Ledger) -> str:
    """The place of the ledger, from whichever folder it is seen."""
    url = ledger_url(ledger.where)
    return ledger.where if url.get_backend_name() != "sqlite" else str(Path(url.database or "").absolute())


def _sent(cluster: Cluster, held: Holding, folder: Path) -> Any:
    """The index as it goes to the workers, so that all propose the same: its file, or what is in it for other machines."""
    if held.index is None:
        return None
    file = folder / "index"
    write_index(held.index, file)
    return file if cluster.is_own else cluster.ray.put(file.read_bytes())


def _index(sent: Path | bytes | None) -> Any:
    if sent is None or isinstance(sent, Path):
        return sent and read_index(sent)
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        file = Path(folder) / "index"
        file.write_bytes(sent)
        return read_index(file)  # mapped: it stays when its name is gone


def _settled(ledger: Ledger, run: Run, block: Sequence[int], copied: Copied) -> tuple[dict[int, list[Row]], list[Reading]]:
    """What copies settle in each reading of the block, each as if the ones before it were kept already; and what is left to compare."""
    same: dict[int, list[Row]] = {}
    asked: list[Reading] = []
    with ledger.writing() as connection:
        known = holding(connection, ledger).judged.with_aliases(connection)
        before = copied.caught_up(connection)
        trial, tried = connection.begin_nested(), copy(copied)
        try:
            for one in block:
                left_out = np.setdiff1d(tried.caught_up(connection), before)
                same[one] = settled(connection, known, one, copied.digest)
                asked.append(Reading(one, tuple(row["copied_id"] for row in same[one]), tuple(left_out.tolist())))
                add_linking(connection, run.id, one, copied.digest, same[one])
        finally:
            trial.rollback()
    return same, asked


def _sizes(ledger: Ledger, block: Sequence[int]) -> dict[int, int]:
    of = statements.c.reading_id
    with ledger.reading() as connection:
        found = connection.execute(select(of, func.count()).where(of >= min(block), of <= max(block)).group_by(of))
        return {int(reading): int(count) for reading, count in found}


def _compared(workers: Workers, asked: Sequence[Reading], sizes: dict[int, int]) -> dict[int, list[Row]]:
    """The links of every reading, by readings; those with most statements are compared first."""
    order = sorted(asked, key=lambda one: -sizes.get(one.id, 0))
    found: dict[int, list[Row]] = {}
    first = 0
    while len(found) < len(asked):
        while workers.has_room and first < len(order):
            workers.give(order[first : first + _BATCH_READINGS])
            first += _BATCH_READINGS
        for items, outcome in workers.wait():
            if outcome is None:
                raise ClusterError(
                    f"Three workers died that compared the reading {items[0].id} with the ledger. What was kept is safe; see that a core "
                    "of the cluster has 1 GB of memory, and call again.",
                    code="cluster.worker_died",
                )
            found |= {one.id: rows for one, rows in zip(items, outcome, strict=True)}
    return found


def _kept(ledger: Ledger, run: Run, digest: str, found: dict[int, list[Row]]) -> Iterator[int]:
    with ledger.writing() as connection:
        new = [len(rows) for one, rows in found.items() if add_linking(connection, run.id, one, digest, rows)]
    yield from new
