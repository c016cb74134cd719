"""Feeds are asked several at a time, so that one that is slow holds up no other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.errors import ReadError
from onrecord.read.files import without_password
from onrecord.read.web.fetch import Fetched, Validators

_THREADS = 6
_ANSWERS_AHEAD = 2  # an answer may be large
_PATIENCE_SECONDS = 0.2

Fetch = Callable[[str, Validators], Fetched]


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of asking a feed: an answer, or why there is none."""

    address: str
    answer: Fetched | ReadError


class Polls:
    """Asks feeds in threads of its own, which end with the process at the latest."""

    def __init__(self, fetch: Fetch, feeds: int) -> None:
        self._fetch = fetch
        self._questions: queue.SimpleQueue[tuple[str, Validators]] = queue.SimpleQueue()
        self._answers: queue.Queue[Polled] = queue.Queue(_ANSWERS_AHEAD)
        self._ended = threading.Event()
        for _ in range(min(_THREADS, feeds)):
            threading.Thread(target=self._work, daemon=True).start()

    def ask(self, address: str, validators: Validators) -> None:
        """Have the feed asked as soon as a thread is free."""
        self._questions.put((address, validators))

    def answer(self, seconds: float) -> Polled | None:
        """The next feed that was asked, or None after so long."""
        try:
            return self._answers.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return None

    def end(self) -> None:
        """Ask nothing more."""
        self._ended.set()

    def _work(self) -> None:
        while not self._ended.is_set():
            try:
                address, validators = self._questions.get(timeout=_PATIENCE_SECONDS)
            except queue.Empty:
                continue
            self._give(Polled(address, self._asked(address, validators)))

    def _asked(self, address: str, validators: Validators) -> Fetched | ReadError:
        try:
            return self._fetch(address, validators)
        except ReadError as error:
            return error
        except Exception as error:  # noqa: BLE001  # one feed must not end the watch, whatever is wrong with it
            shown = without_password(address)
            return ReadError(f"Asking {shown} failed ({type(error).__name__}: {error}). Please report this.", code="read.failed")

    def _give(self, polled: Polled) -> None:
        while not self._ended.is_set():
            try:
                return self._answers.put(polled, timeout=_PATIENCE_SECONDS)
            except queue.Full:
                continue
        return None
