"""Work that nobody waits for any more: its queries stop, and it begins no others, so that it does not keep a processor busy.

work = Work()
with doing(work):
    ...                # in this thread, and in threads to which the context is handed on
work.stop()            # from any other thread
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, event

from onrecord.errors import LedgerError

_STEPS = 1_000_000  # of SQLite's machine, some tens of milliseconds, after which it asks whether to go on
_CANCEL_SECONDS = 5.0

_here: ContextVar[Work | None] = ContextVar("onrecord_work", default=None)


class Work:
    """What is done for somebody, as long as they wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asking: list[Any] = []
        self.is_over = False

    def stop(self) -> None:
        """Nobody waits any more."""
        self.is_over = True
        with self._lock:
            for raw in self._asking:
                _interrupt(raw)

    def check(self) -> None:
        """Raises LedgerError where nobody waits any more."""
        if self.is_over:
            raise LedgerError("Nobody waits for this answer any more.", code="ledger.abandoned")

    @contextmanager
    def asking(self, connection: Connection) -> Iterator[None]:
        """The connection asks for this work; one that was interrupted is not used again."""
        raw = connection.connection.dbapi_connection
        if isinstance(raw, sqlite3.Connection):
            raw.set_progress_handler(lambda: self.is_over, _STEPS)
        with self._lock:
            self._asking.append(raw)
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._asking.remove(raw)
            if isinstance(raw, sqlite3.Connection):
                raw.set_progress_handler(None, 0)
            if self.is_over and not connection.closed:
                connection.invalidate()


@contextmanager
def doing(work: Work) -> Iterator[Work]:
    """What is asked of ledgers in here is asked for this work."""
    before = _here.set(work)
    try:
        yield work
    finally:
        _here.reset(before)


@contextmanager
def unhurried() -> Iterator[None]:
    """What is asked of ledgers in here goes on even if nobody waits for the answer: others need it, too."""
    before = _here.set(None)
    try:
        yield
    finally:
        _here.reset(before)


@contextmanager
def asked_for(connection: Connection) -> Iterator[None]:
    """The connection asks for the work at hand, if there is one."""
    work = _here.get()
    if work is None:
        yield
        return
    with work.asking(connection):
        yield


def heed(engine: Engine) -> None:
    """Has every query of the engine ask first whether anybody still waits for it."""

    @event.listens_for(engine, "before_cursor_execute")
    def _ask(*_: Any) -> None:
        work = _here.get()
        if work is not None:
            work.check()


def _interrupt(raw: Any) -> None:
    if isinstance(raw, sqlite3.Connection):
        raw.interrupt()
        return
    with suppress(Exception):  # the query ends by itself where it cannot be cancelled
        raw.cancel_safe(timeout=_CANCEL_SECONDS)
