"""Documents -> records on this machine. No document is lost: each becomes a record or a rejection, in the order given."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import Protocol

from onrecord.data import Document, Record, Rejection
from onrecord.errors import ItemError, RunError
from onrecord.run.workers import WorkerDied, Workers

_CHUNK_DOCUMENTS = 16
_CHUNK_CHARACTERS = 12_000
_CHUNKS_AHEAD = 2  # for each process: one at work, one waiting
_TRIES = 2  # of a document alone: its worker may have been killed for something else

Chunk = list[Document | Rejection]
Result = Record | Rejection
Pool = Workers[Chunk, list[Result]]


class Reads(Protocol):
    """What makes records of documents: `onrecord.pipeline.Reader`."""

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record: ...


class ReadsDrafts(Reads, Protocol):
    """What reads drafts as well, around their quotations and no further."""

    def draft(self, document: Document) -> Record: ...


def pipeline_reader(threads: int) -> ReadsDrafts:
    """The reader with the shipped models; `threads` 0 leaves their number to the machine."""
    from onrecord.pipeline import Reader  # noqa: PLC0415  # heavy, and needed only where documents are read

    return Reader(threads=threads)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How documents are made records. `make_reader` is called once in each process, with the threads it may use."""

    min_probability: float = 0.5
    make_reader: Callable[[int], Reads] = pipeline_reader


def records(documents: Iterable[Document | Rejection], options: RunOptions, jobs: int = 1) -> Iterator[Result]:
    """The record of every document, or why there is none; rejections given are passed on in their place.

    Raises:
        RunError: no document can be read, for example because a model is missing.
    """
    if jobs > 1:
        return _in_processes(documents, options, jobs)
    return _here(documents, options)


@contextmanager
def records_of_batches(options: RunOptions, jobs: int = 1) -> Iterator[Callable[[Iterable[Document | Rejection]], Iterator[Result]]]:
    """What gives `records` for one batch after the other: models are loaded and processes started once, for the first document."""
    if jobs > 1:
        pool = _pool(options, jobs)
        try:
            yield lambda documents: _through(pool, documents, jobs)
        finally:
            pool.stop()
        return
    kept = cache(options.make_reader)
    yield lambda documents: (one if isinstance(one, Rejection) else result(one, kept(0), options) for one in documents)


def _here(documents: Iterable[Document | Rejection], options: RunOptions) -> Iterator[Result]:
    reader = options.make_reader(0)
    for one in documents:
        yield result(one, reader, options)


def result(one: Document | Rejection, reader: Reads, options: RunOptions) -> Result:
    """The document's record, or why there is none, whatever is wrong with it."""
    if isinstance(one, Rejection):
        return one
    try:
        return reader.record(one, min_probability=options.min_probability)
    except RunError:
        raise
    except ItemError as error:
        return Rejection(one.locator, error.code, error.message)
    except Exception as error:  # noqa: BLE001  # one document must not end the run, whatever is wrong with it
        return failed(one, f"{type(error).__name__}: {error}")


def failed(document: Document, what: str) -> Rejection:
    """The rejection of a document that nobody foresaw would fail."""
    message = f"Reading it failed ({what}). The other documents are not touched; please report this one."
    return Rejection(document.locator or document.name, "read.failed", message)


def _in_processes(documents: Iterable[Document | Rejection], options: RunOptions, jobs: int) -> Iterator[Result]:
    pool = _pool(options, jobs)
    try:
        yield from _through(pool, documents, jobs)
    finally:
        pool.stop()


def _pool(options: RunOptions, jobs: int) -> Pool:
    return Workers(partial(_read_chunk, options), jobs)


def _through(pool: Pool, documents: Iterable[Document | Rejection], jobs: int) -> Iterator[Result]:
    ahead: deque[tuple[Chunk, Future[list[Result]]]] = deque()
    chunks = _chunks(documents)
    while True:
        ahead.extend((chunk, pool.submit(chunk)) for chunk in itertools.islice(chunks, _CHUNKS_AHEAD * jobs - len(ahead)))
        if not ahead:
            return
        chunk, future = ahead[0]
        try:
            results: Iterable[Result] = future.result()
        except WorkerDied:
            results = _one_by_one(chunk, pool)
        ahead.popleft()
        yield from results


def _one_by_one(chunk: Chunk, pool: Pool) -> Iterator[Result]:
    """After a worker died: each document alone, so that only the one that kills its worker is rejected."""
    for one in chunk:
        for _ in range(_TRIES):
            try:
                yield from pool.submit([one]).result()
                break
            except WorkerDied:
                continue
        else:
            yield failed(one, "the process that read it died") if isinstance(one, Document) else one


def _chunks(documents: Iterable[Document | Rejection]) -> Iterator[Chunk]:
    """Some documents at a time: enough to be worth the way to a worker, few enough to share out evenly."""
    chunk: Chunk = []
    characters = 0
    for one in documents:
        chunk.append(one)
        characters += len(one.text) if isinstance(one, Document) else 0
        if len(chunk) == _CHUNK_DOCUMENTS or characters >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


@cache
def _reader(make_reader: Callable[[int], Reads]) -> Reads:
    """What one worker process keeps from document to document; it is made when the first one comes."""
    return make_reader(1)


def _read_chunk(options: RunOptions, chunk: Chunk) -> list[Result]:
    """In a worker process."""
    return [one if isinstance(one, Rejection) else result(one, _reader(options.make_reader), options) for one in chunk]
