"""How often a host is asked: not faster than it likes, and not at all while it wants to be left alone."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from onrecord.errors import ReadError

_LONGEST_DELAY = 30.0
_LONGEST_REST = 86_400.0
_MOST_HOSTS = 10_000


class Manners:
    """When each host may be asked next. Threads may share one; each asks in its turn."""

    def __init__(self, delay_seconds: float, patience_seconds: float) -> None:
        self._delay = delay_seconds
        self._patience = patience_seconds
        self._next: dict[str, float] = {}
        self._resting: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait_turn(self, host: str, delay: float | None = None) -> None:
        """Wait until the host may be asked.

        Args:
            host: whom to ask.
            delay: the seconds between two questions that the host itself wishes.

        Raises:
            ReadError: it wants to be left alone for longer than anybody here will wait.
        """
        between = min(max(self._delay, delay or 0.0), max(self._delay, _LONGEST_DELAY))
        with self._lock:
            now = time.monotonic()
            resting = self._resting.get(host, now) - now
            if resting > self._patience:
                raise resting_error(host, resting)
            turn = max(now, self._next.get(host, now), now + resting)
            self._forget(now)
            self._next[host] = turn + between
        time.sleep(max(0.0, turn - time.monotonic()))

    def leave_alone(self, host: str, seconds: float) -> None:
        """Do not ask this host for so long."""
        with self._lock:
            self._resting[host] = time.monotonic() + min(seconds, _LONGEST_REST)

    def _forget(self, now: float) -> None:
        """What is over need not be remembered."""
        if len(self._next) + len(self._resting) >= _MOST_HOSTS:
            self._next = {host: turn for host, turn in self._next.items() if turn > now}
            self._resting = {host: turn for host, turn in self._resting.items() if turn > now}


def resting_error(host: str, seconds: float) -> ReadError:
    """The refusal to ask a host that wants to be left alone for so long."""
    return ReadError(
        f"{host} asks to be left alone for {seconds:,.0f} seconds more. Try again after that.",
        code="read.http_status",
        retry_after=seconds,
    )


def seconds_of(retry_after: str | None) -> float | None:
    """The header Retry-After in seconds from now: a number, or a date of HTTP; None if it says neither."""
    if retry_after is None:
        return None
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:12]), _LONGEST_REST)
    try:
        instant = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)  # HTTP dates are in UTC
    return min(max(0.0, (aware - datetime.now(UTC)).total_seconds()), _LONGEST_REST)
