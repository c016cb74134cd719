"""Documents -> records on a Ray cluster, in the order given: the same as `onrecord.run.local` makes, and kept in parts as they come.

This process reads the documents, some hundred that follow each other at a time (a share), and makes batches of those of like length, the
longest first. Workers send tables of records back. A share that is whole is kept as one part, and goes on when all before it have.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from onrecord.data import Document, Record, Rejection
from onrecord.errors import RunError
from onrecord.export.record_table import records_of, table_of
from onrecord.run.adding import shipped_program
from onrecord.run.local import Reads, Result, RunOptions, failed, result
from onrecord.run.ray_cluster import Cluster
from onrecord.run.ray_workers import Workers
from onrecord.run.record_parts import RecordParts

_SHARE_DOCUMENTS = 256
_BATCH_DOCUMENTS = 64
_BATCH_CHARACTERS = 24_000


class Item(NamedTuple):
    """A document on its way to a worker: of which share, and its place there."""

    share: int
    place: int
    document: Document


class Read(NamedTuple):
    """What a worker made of a batch: a table of records in the order of the items, and those items, by place, that have none."""

    table: Any
    rejections: dict[int, Rejection]


class ReadingWorker:
    """Reads documents, one core, its models loaded once."""

    def __init__(self, options: RunOptions) -> None:
        self._options = options
        self._reader: Reads | None = None

    def ready(self) -> str | RunError:
        """The digest of its program, once its models are loaded."""
        try:
            self._reader = self._options.make_reader(1)
            result(Document("ready", "Nobody said so."), self._reader, self._options)
            return shipped_program(self._options.min_probability).digest
        except RunError as error:
            return error

    def work(self, items: list[Item]) -> Read | RunError:
        """What it makes of each document."""
        assert self._reader is not None
        try:
            made = [result(one.document, self._reader, self._options) for one in items]
        except RunError as error:
            return error
        records = [one for one in made if isinstance(one, Record)]
        return Read(table_of(records), {place: one for place, one in enumerate(made) if isinstance(one, Rejection)})


@dataclass(slots=True)
class _Share:
    """Documents that follow each other: what is known of each, and what is still awaited."""

    results: list[Result | None]
    missing: int
    tables: list[tuple[int, Any]] = field(default_factory=list)  # the place of each record, and its row


def records_on(cluster: Cluster, documents: Iterable[Document | Rejection], options: RunOptions, parts: RecordParts) -> Iterator[Result]:
    """The record of every document, or why there is none; rejections given are passed on in their place.

    Args:
        cluster: where to read.
        documents: what is read, and why some is not.
        options: how.
        parts: where the records are kept; what is there already is not read again.

    Raises:
        RunError: the cluster cannot work, or no document can be read.
    """
    workers = Workers(cluster, ReadingWorker, (options,), shipped_program(options.min_probability).digest)
    reading = _Reading(workers, parts)
    try:
        yield from reading.results(documents, most_ahead=cluster.workers + 2)
    finally:
        workers.stop()


class _Reading:
    def __init__(self, workers: Workers, parts: RecordParts) -> None:
        self._workers, self._parts = workers, parts
        self._shares: dict[int, _Share] = {}  # in order, those that did not go on yet

    def results(self, documents: Iterable[Document | Rejection], most_ahead: int) -> Iterator[Result]:
        for number, some in enumerate(_some(documents)):
            items = self._begun(number, some)
            for batch in batches(items):
                while not self._workers.has_room:
                    self._take()
                    yield from self._whole()
                self._workers.give(batch)
            yield from self._whole()
            while len(self._shares) > most_ahead:
                self._take()
                yield from self._whole()
        while self._shares:
            self._take()
            yield from self._whole()
        self._parts.finish()

    def _begun(self, number: int, some: list[Document | Rejection]) -> list[Item]:
        """The share's documents that are still to be read."""
        known = [one if isinstance(one, Rejection) else self._parts.record_of(one) for one in some]
        items = [Item(number, place, one) for place, one in enumerate(some) if known[place] is None and isinstance(one, Document)]
        self._shares[number] = _Share(list(known), len(items))
        return items

    def _take(self) -> None:
        """What workers have done meanwhile, or do next."""
        for items, outcome in self._workers.wait():
            killed = "the workers that read it died, three times"
            self._fill(items, Read(None, {0: failed(items[0].document, killed)}) if outcome is None else outcome)

    def _fill(self, items: list[Item], read: Read) -> None:
        row = 0
        for place, item in enumerate(items):
            share = self._shares[item.share]
            if place in read.rejections:
                share.results[item.place] = read.rejections[place]
            else:
                share.tables.append((item.place, read.table.slice(row, 1)))
                row += 1
            share.missing -= 1
            if share.missing == 0 and share.tables:
                share.tables.sort(key=lambda one: one[0])
                self._parts.keep([table for _, table in share.tables])

    def _whole(self) -> Iterator[Result]:
        """The results of the first shares, as far as they are whole."""
        while self._shares:
            number, share = next(iter(self._shares.items()))
            if share.missing:
                return
            rows = iter(share.tables)
            for one in share.results:
                if one is None:
                    yield from records_of(next(rows)[1])
                else:
                    yield one
            del self._shares[number]


def _some(documents: Iterable[Document | Rejection]) -> Iterator[list[Document | Rejection]]:
    found = iter(documents)
    while some := list(itertools.islice(found, _SHARE_DOCUMENTS)):
        yield some


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The documents in batches of like length, the longest first: so none is waited for at the end."""
    waiting = deque(sorted(items, key=lambda one: -len(one.document.text)))
    while waiting:
        batch = [waiting.popleft()]
        characters = len(batch[0].document.text)
        while waiting and len(batch) < _BATCH_DOCUMENTS and characters + len(waiting[0].document.text) <= _BATCH_CHARACTERS:
            characters += len(waiting[0].document.text)
            batch.append(waiting.popleft())
        yield batch
