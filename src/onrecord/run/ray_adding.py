"""Documents -> ledger by way of a Ray cluster: as `onrecord.run.adding`, but that workers of a cluster read.

What they read is kept as Parquet until it is safe in the ledger, or for good in a folder that is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.data import Document, Rejection
from onrecord.find.holding import INDEX_SUFFIX, index_path
from onrecord.record.ledger import Ledger, Run
from onrecord.run.adding import AddOptions, added
from onrecord.run.local import Result, RunOptions
from onrecord.run.ray_cluster import Cluster
from onrecord.run.ray_reading import records_on
from onrecord.run.record_parts import RecordParts

_WORK_SUFFIX = ".records"


@dataclass(frozen=True, slots=True)
class RayAddOptions:
    """How documents are read on a cluster, and the folder in which their records are to stay."""

    cluster: Cluster
    run: RunOptions
    records: Path | None = None


def added_on(
    documents: Iterable[Document | Rejection],
    ledger: Ledger,
    run: Run,
    options: RayAddOptions,
    told: Callable[[Result], None] = lambda _: None,
) -> Run:
    """Read the documents into the ledger.

    Args:
        documents: what is read, and why some is not.
        ledger: where it goes, in the order of the documents.
        run: the run it belongs to; its counts grow.
        options: how to read.
        told: called with each record and rejection once it is safe in the ledger.

    Raises:
        RunError: the cluster cannot work, the ledger or the folder cannot be written, or no document can be read.
    """
    parts = RecordParts(options.records or work_folder(ledger), run.program)

    def read(given: Iterable[Document | Rejection]) -> Iterator[Result]:
        return records_on(options.cluster, given, options.run, parts)

    added(documents, ledger, run, AddOptions(options.run, read=read), told)
    if options.records is None:
        parts.remove()
    return run


def work_folder(ledger: Ledger) -> Path:
    """Where records wait for the ledger: beside a SQLite file; for a PostgreSQL database among the cached files of this user."""
    index = index_path(ledger)
    return index.with_name(index.name.removesuffix(INDEX_SUFFIX) + _WORK_SUFFIX)
