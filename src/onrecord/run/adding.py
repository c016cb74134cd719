"""Documents -> ledger: what it holds already is passed over unread, the rest is read and added some documents at a time.

Whatever ends a run, and whenever, what was added is whole; the same call again goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from onrecord.data import Document, Record, Rejection
from onrecord.record.ledger import Ledger, Program, Run
from onrecord.run.local import RunOptions, records

BATCH_RESULTS = 100
BATCH_SECONDS = 1.0  # so long at most is read before it is safe

Result = Record | Rejection


@dataclass(frozen=True, slots=True)
class AddOptions:
    """How documents are added: read in so many processes here, or by `read`, which gives the results in the order of the documents."""

    run: RunOptions
    jobs: int = 1
    read: Callable[[Iterable[Document | Rejection]], Iterator[Result]] | None = None


def added(
    documents: Iterable[Document | Rejection],
    ledger: Ledger,
    run: Run,
    options: AddOptions,
    told: Callable[[Result], None] = lambda _: None,
) -> Run:
    """Read the documents into the ledger.

    Args:
        documents: what is read, and why some is not.
        ledger: where it goes.
        run: the run it belongs to; its counts grow.
        options: how to read.
        told: called with each record and rejection once it is safe in the ledger.

    Raises:
        RunError: the ledger cannot be written, or no document can be read.
    """
    new = _new(documents, ledger, run)
    results = records(new, options.run, options.jobs) if options.read is None else options.read(new)
    try:
        for batch in batches(results):
            ledger.add(run, batch)
            for one in batch:
                told(one)
    finally:
        results.close()  # type: ignore[attr-defined]  # a generator: its worker processes end here
    ledger.end(run)
    return run


def batches(results: Iterable[Result]) -> Iterator[list[Result]]:
    """The results some at a time: as many as come in a second."""
    batch: list[Result] = []
    began = time.monotonic()
    for one in results:
        batch.append(one)
        if len(batch) >= BATCH_RESULTS or time.monotonic() - began >= BATCH_SECONDS:
            yield batch
            batch, began = [], time.monotonic()
    if batch:
        yield batch


def _new(documents: Iterable[Document | Rejection], ledger: Ledger, run: Run) -> Iterator[Document | Rejection]:
    """What the ledger does not hold yet; a warning about what it holds is passed over with it. What was removed by hand is told of."""
    warnings: list[Rejection] = []
    for one in documents:
        if isinstance(one, Rejection) and one.warning:
            warnings.append(one)
            continue
        if isinstance(one, Document) and ledger.is_read(one, run.program):
            run.known += 1
        elif isinstance(one, Document) and ledger.is_removed(one):
            run.known += 1
            yield _removed(one)
        else:
            yield from warnings
            yield one
        warnings = []
    yield from warnings


def _removed(document: Document) -> Rejection:
    message = "The document was removed from the ledger by hand and is not added again."
    return Rejection(document.locator or document.name, "ledger.removed", message, warning=True)


def program(version: str, models: tuple[tuple[str, str], ...], min_probability: float) -> Program:
    """Who reads, for the ledger."""
    return Program(f"onrecord {version}", models, min_probability)


def shipped_program(min_probability: float) -> Program:
    """This version with the shipped models."""
    from onrecord import __version__  # noqa: PLC0415  # the package is not ready yet when this module is imported
    from onrecord.annotate.meaning import Meaning  # noqa: PLC0415  # these load the models' runtime
    from onrecord.annotate.tagger import Tagger  # noqa: PLC0415
    from onrecord.resolve.stance_model import shipped  # noqa: PLC0415

    models = (("meaning", Meaning().sha256), ("stance", shipped().sha256), ("tagger", Tagger().sha256))
    return program(__version__, models, min_probability)
