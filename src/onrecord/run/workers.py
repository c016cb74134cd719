"""Processes that work for this one. One that dies, whatever kills it and whenever, is noticed at once and takes along only what it had.

Each worker has a line of its own, which nobody else holds open: it ends with the worker, also in the middle of an answer. (An executor
of the standard library waits for ever for the second half of an answer, since its workers share one line.)
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import Generic, TypeVar

Given = TypeVar("Given")
Answer = TypeVar("Answer")


class WorkerDied(Exception):  # noqa: N818  # what happened; whoever gave the work says what it means
    """The process that had the work is no more."""


class Worker(Generic[Given, Answer]):
    """A process that does one thing after the other, started with the first and again after its death. One thread at a time may ask it."""

    def __init__(self, work: Callable[[Given], Answer]) -> None:
        """`work` is a function of a module, or a partial of one; its own process calls it."""
        self._work = work
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None
        self._life: Connection | None = None
        self._is_over = False

    def answer(self, given: Given, seconds: float | None = None) -> Answer:
        """What the work gives, or raises.

        Raises:
            WorkerDied: the process ended before it answered.
            TimeoutError: it takes longer than so many seconds; the process is ended.
        """
        line = self._line or self.start()
        try:
            line.send(given)
            if not line.poll(seconds):
                raise TimeoutError
            answer = line.recv()
        except (EOFError, OSError) as error:  # a TimeoutError is an OSError
            self._bury()
            if isinstance(error, TimeoutError):
                raise
            raise WorkerDied from error
        except BaseException:
            self._bury()  # what it answers now would be taken for the answer to something else
            raise
        if isinstance(answer, BaseException):
            raise answer
        return answer  # type: ignore[no-any-return]  # what `work` gave

    def kill(self) -> None:
        """End the process at once, for good; any thread may. Whoever waits for an answer learns of it."""
        with self._lock:
            self._is_over = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the process, and wait until it has; nobody asks it any more."""
        self.kill()
        self._bury()

    def start(self) -> Connection:
        """Start the process; its line."""
        context = multiprocessing.get_context("spawn")
        (line, theirs), (alive, life) = context.Pipe(), context.Pipe(duplex=False)
        process = context.Process(target=_serve, args=(theirs, alive, self._work), daemon=True)
        with self._lock:
            if self._is_over:
                raise WorkerDied
            with _ctrl_c_held_back():
                process.start()
            self._process, self._line, self._life = process, line, life
        theirs.close()
        alive.close()
        return line

    def _bury(self) -> None:
        process = self._process
        if process is None:
            return
        process.kill()
        process.join()
        for line in (self._line, self._life):
            if line is not None:
                line.close()
        with self._lock:
            self._process = self._line = self._life = None


class Workers(Generic[Given, Answer]):
    """Several workers that share what is to be done; answers may be waited for in any order."""

    def __init__(self, work: Callable[[Given], Answer], number: int) -> None:
        self._workers = [Worker(work) for _ in range(number)]
        self._idle: SimpleQueue[Worker[Given, Answer]] = SimpleQueue()
        for one in self._workers:
            one.start()  # at once: one that starts while this process is killed would complain
            self._idle.put(one)
        self._threads = ThreadPoolExecutor(number)

    def submit(self, given: Given) -> Future[Answer]:
        """Has it done as soon as a worker is free."""
        return self._threads.submit(self._answer, given)

    def stop(self) -> None:
        """End the workers at once, in the middle of something if need be."""
        for one in self._workers:
            one.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for one in self._workers:
            one.close()

    def _answer(self, given: Given) -> Answer:
        worker = self._idle.get()
        try:
            return worker.answer(given)
        finally:
            self._idle.put(worker)


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Processes that start here never hear Ctrl-C, not even before they are ready; this one hears it at the end."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # it would be started in here, and let signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: Connection, alive: Connection, work: Callable[[Given], Answer]) -> None:
    """What a worker process does, until the parent ends or closes the lines."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its workers
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            given = line.recv()
            answer: object
            try:
                answer = work(given)
            except Exception as error:  # noqa: BLE001  # whoever waits for the answer gets it
                answer = error
            line.send(answer)


def _end_with(alive: Connection) -> None:
    """Nothing is ever sent: the pipe ends when the parent closes it or is gone."""
    try:
        alive.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)
