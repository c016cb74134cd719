"""How far a long run has come, for somebody who watches."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

_PATIENCE_SECONDS = 2.0


class Progress:
    """A line on standard error after two seconds, where that is a terminal and standard output is none."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty() and not sys.stdout.isatty()
        self._started = time.monotonic()
        self._status: Status | None = None

    def show(self, recorded: int, rejected: int) -> None:
        """Say how many documents were read and rejected so far."""
        seconds = time.monotonic() - self._started
        if not self._watched or seconds < _PATIENCE_SECONDS:
            return
        rate = recorded / seconds
        words = f"{recorded:,} read, {rejected:,} rejected, {rate:,.1f} a second"
        if self._status is None:
            self._status = _status(words)
        self._status.update(words)

    def close(self) -> None:
        """Take the line away."""
        if self._status is not None:
            self._status.stop()


def _status(words: str) -> Status:
    from rich.console import Console  # noqa: PLC0415  # slow to import, and seldom needed

    status = Console(stderr=True, highlight=False).status(words)
    status.start()
    return status
