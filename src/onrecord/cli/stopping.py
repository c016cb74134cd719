"""Ctrl-C and SIGTERM end a command that else goes on for ever; that is no failure."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class _Stopped(BaseException):
    """Raised wherever the command is when it is to stop; no `except Exception` takes it."""


class Stop:
    """The wish to stop, which waits while something is being written."""

    def __init__(self) -> None:
        self._wished = False
        self._is_held = False

    def wish(self, *_: object) -> None:
        """Stop now, or as soon as what is held is done; to wish it once is enough."""
        is_first, self._wished = not self._wished, True
        if is_first and not self._is_held:
            raise _Stopped

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is done inside is done whole."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._wished:
            raise _Stopped


@contextmanager
def ended_by_signals() -> Iterator[Stop]:
    """Ctrl-C and SIGTERM leave the block, and nothing more; a second one, while it is being left, changes nothing."""
    stop = Stop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, stop.wish) for number in numbers]
    try:
        yield stop
    except _Stopped:
        pass
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
