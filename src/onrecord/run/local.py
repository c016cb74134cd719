"""Documents -> records on this machine. No document is lost: each becomes a record or a rejection, in the order given."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from typing import Protocol

from onrecord.data import Document, Record, Rejection
from onrecord.errors import ItemError, RunError

_CHUNK_DOCUMENTS = 16
_CHUNK_CHARACTERS = 12_000
_CHUNKS_AHEAD = 2  # for each process: one at work, one waiting

Chunk = list[Document | Rejection]
Result = Record | Rejection


class Reads(Protocol):
    """What makes records of documents: `onrecord.pipeline.Reader`."""

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record: ...


def pipeline_reader(threads: int) -> Reads:
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
        pool = _Pool(options, jobs)
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


class _Pool:
    """Worker processes that can be replaced when one of them dies."""

    def __init__(self, options: RunOptions, jobs: int) -> None:
        self._options = options
        self._jobs = jobs
        self._start()

    def submit(self, chunk: Chunk) -> Future[list[Result]]:
        with _ctrl_c_held_back():  # the first call starts the workers
            return self._executor.submit(_read_chunk, chunk)

    def restart(self) -> None:
        self.stop()
        self._start()

    def stop(self) -> None:
        """End the workers at once, in the middle of a document if need be."""
        self._life.close()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        theirs, self._life = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(self._jobs, context, _begin, (theirs, self._options))


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Processes that start here never hear Ctrl-C, not even before they are ready; this one hears it at the end."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_processes(documents: Iterable[Document | Rejection], options: RunOptions, jobs: int) -> Iterator[Result]:
    pool = _Pool(options, jobs)
    try:
        yield from _through(pool, documents, jobs)
    finally:
        pool.stop()


def _through(pool: _Pool, documents: Iterable[Document | Rejection], jobs: int) -> Iterator[Result]:
    ahead: deque[tuple[Chunk, Future[list[Result]]]] = deque()
    chunks = _chunks(documents)
    while True:
        try:
            for chunk in itertools.islice(chunks, _CHUNKS_AHEAD * jobs - len(ahead)):
                ahead.append((chunk, Future()))
                ahead[-1] = (chunk, pool.submit(chunk))
            if not ahead:
                return
            results = ahead[0][1].result()
        except BrokenProcessPool:
            lost = [chunk for chunk, _ in ahead]
            ahead.clear()
            pool.restart()
            yield from _one_by_one(itertools.chain.from_iterable(lost), pool)
            continue
        ahead.popleft()
        yield from results


def _one_by_one(documents: Iterable[Document | Rejection], pool: _Pool) -> Iterator[Result]:
    """After a worker died: each document alone, so that only the one that kills its worker is rejected."""
    for one in documents:
        try:
            yield from pool.submit([one]).result()
        except BrokenProcessPool:
            pool.restart()
            if isinstance(one, Document):
                yield failed(one, "the process that read it died")


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


class _Worker:
    """What one worker process keeps from document to document; the reader is made when the first one comes."""

    reader: Reads | None = None
    options = RunOptions()


def _begin(life: Connection, options: RunOptions) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its workers
    _Worker.options = options
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()


def _end_with(life: Connection) -> None:
    """Nothing is ever sent: the pipe ends when the parent closes it or is gone."""
    try:
        life.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)


def _read_chunk(chunk: Chunk) -> list[Result]:
    if _Worker.reader is None:
        _Worker.reader = _Worker.options.make_reader(1)
    reader = _Worker.reader
    return [result(one, reader, _Worker.options) for one in chunk]
