"""What a host's robots.txt allows (RFC 9309), asked for once a day."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from httpx2 import URL
from protego import Protego

from onrecord.errors import ReadError

PRODUCT = "onrecord"
LARGEST = 500 * 1024  # RFC 9309: at least so much is to be read
_DAY = 86_400.0
_AGAIN_AFTER = 600.0  # where the rules could not be had
_MOST_HOSTS = 1000
_NOT_THERE, _TOO_MANY_REQUESTS, _SERVER_FAILS = 400, 429, 500

Ask = Callable[[URL], tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one host until a monotonic instant, or why nothing of it may be fetched until then."""

    until: float
    rules: Protego | None = None
    refusal: ReadError | None = None


class Robots:
    """The rules of the hosts that were asked. `ask` fetches an address: status and body."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: dict[str, _Rules] = {}

    def check(self, url: URL) -> float | None:
        """Refuse what the host does not want fetched; else the seconds that it wishes between two questions.

        Raises:
            ReadError: the host does not want it, or cannot be asked now whether it does.
        """
        known = self._rules(url)
        if known.refusal is not None:
            raise known.refusal
        if known.rules is None:
            return None
        if not known.rules.can_fetch(str(url.copy_with(userinfo=b"")), PRODUCT):
            raise ReadError(
                f"{url.host} does not want this address fetched (robots.txt). Save the page and read the file.", code="read.robots"
            )
        delay = known.rules.crawl_delay(PRODUCT)
        return float(delay) if delay is not None else None

    def _rules(self, url: URL) -> _Rules:
        key = f"{url.scheme}://{url.netloc.decode('ascii')}"
        known = self._known.get(key)
        if known is None or known.until < time.monotonic():
            known = self._asked(url)
            if len(self._known) >= _MOST_HOSTS:
                self._known.pop(next(iter(self._known)), None)
            self._known[key] = known
        return known

    def _asked(self, url: URL) -> _Rules:
        """4xx: there are no rules, so all is allowed. 5xx, too many requests, or no answer: nothing is, for now."""
        now = time.monotonic()
        try:
            status, data = self._ask(url.copy_with(raw_path=b"/robots.txt", userinfo=b""))
        except ReadError as error:
            return _Rules(now + _AGAIN_AFTER, refusal=error)
        if status == _TOO_MANY_REQUESTS or status >= _SERVER_FAILS:
            message = f"{url.host} does not give its robots.txt (status {status}), so nothing of it is fetched now. Try again later."
            return _Rules(now + _AGAIN_AFTER, refusal=ReadError(message, code="read.robots"))
        if status >= _NOT_THERE:
            return _Rules(now + _DAY)
        return _Rules(now + _DAY, Protego.parse(data.decode("utf8", "replace").removeprefix("\ufeff")))
