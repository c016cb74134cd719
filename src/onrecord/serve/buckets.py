"""How often somebody may ask: a bucket for each, which fills steadily and from which every request takes one (token bucket)."""

from __future__ import annotations

import time
from collections import OrderedDict

MOST = 10_000  # of those who asked last; who asked longer ago has a full bucket anyhow


class Buckets:
    """The buckets of all who ask, by name."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, a_second: float, at_once: int, now: float | None = None) -> float:
        """Takes one; 0, or the seconds until there is one again."""
        now = time.monotonic() if now is None else now
        left, then = self._left.pop(name, (float(at_once), now))
        left = min(float(at_once), left + (now - then) * a_second)
        wait = 0.0 if left >= 1 else (1 - left) / a_second
        self._left[name] = (left if wait else left - 1), now
        if len(self._left) > MOST:
            self._left.popitem(last=False)
        return wait
