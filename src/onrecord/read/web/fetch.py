"""Fetching from the web, as a guest: robots.txt is obeyed, hosts are asked slowly, and no answer is waited for without end.

Redirects are followed by hand, so that every step is checked as the first one was. No cookies are kept, no proxy is used.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from httpx2 import URL

from onrecord.errors import ReadError
from onrecord.read.archive.payload import charset, media_type
from onrecord.read.files import without_password
from onrecord.read.web.addresses import web_address
from onrecord.read.web.connection import Deadline
from onrecord.read.web.manners import Manners, resting_error, seconds_of
from onrecord.read.web.request import Answer, Request, answer
from onrecord.read.web.robots import LARGEST, Robots
from onrecord.settings import ReadOptions

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much and how often. `patience_seconds`: the longest that is waited for a host that is busy."""

    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    largest_bytes: int = 32 << 20
    redirects: int = 8
    retries: int = 2
    delay_seconds: float = 1.0
    patience_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version that was fetched before: ETag and Last-Modified."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The conditions of a request that wants only what is newer."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where it was found in the end, without name and password; `retrieved_at` is an instant in UTC."""

    url: str
    status: int
    media_type: str
    charset: str | None
    body: bytes
    retrieved_at: str
    validators: Validators = Validators()

    @property
    def not_modified(self) -> bool:
        """Whether nothing is newer than what was fetched before."""
        return self.status == _NOT_MODIFIED


class Fetcher:
    """Fetches, and remembers for as long as it lives what hosts allow and when they were asked. Threads may share one."""

    def __init__(self, options: ReadOptions, limits: Limits | None = None) -> None:
        self._allow_private = options.allow_private
        self._limits = limits or Limits()
        self._manners = Manners(self._limits.delay_seconds, self._limits.patience_seconds)
        self._robots = Robots(self._robots_txt)

    def fetched(self, address: str, validators: Validators | None = None) -> Fetched:
        """What lies at the address now.

        Args:
            address: the address, of http or https.
            validators: those of the version that is known; if it is still the newest, the answer is `not_modified`.

        Raises:
            ReadError: it cannot be had, or must not be. If the host says when to come back, `context["retry_after"]` holds the seconds.
        """
        url = web_address(address)
        headers = (validators or Validators()).headers
        for attempt in range(self._limits.retries + 1):
            landed, got = self._landed(url, headers)
            if got.status not in _BUSY:
                return _fetched(landed, got)
            self._rest(landed.host, got, attempt)
        raise ReadError(f"{landed.host} is too busy to answer (status {got.status}). Try again later.", code="read.http_status")

    def _rest(self, host: str, busy: Answer, attempt: int) -> None:
        """Leave a busy host alone for as long as it says, or for longer each time.

        Raises:
            ReadError: that is longer than anybody here will wait.
        """
        told = seconds_of(busy.headers.get("retry-after"))
        seconds = told if told is not None else self._limits.delay_seconds * 4 ** (attempt + 1)
        self._manners.leave_alone(host, seconds)
        if seconds > self._limits.patience_seconds:
            raise resting_error(host, seconds)

    def _landed(self, url: URL, headers: dict[str, str]) -> tuple[URL, Answer]:
        """The answer behind all redirects, each of which is as welcome as robots.txt says."""
        deadline = Deadline(self._limits.total_seconds)
        for _ in range(self._limits.redirects + 1):
            started = time.monotonic()
            self._manners.wait_turn(url.host, self._robots.check(url))
            deadline.extend(time.monotonic() - started)  # to wait out of politeness is not to wait for an answer
            got = answer(self._request(url, deadline, self._limits.largest_bytes, headers))
            if got.status not in _REDIRECTS or "location" not in got.headers:
                return url, got
            url = web_address(got.headers["location"], url)
        raise _led_on()

    def _robots_txt(self, url: URL) -> tuple[int, bytes]:
        deadline = Deadline(self._limits.total_seconds)
        for _ in range(self._limits.redirects + 1):
            got = answer(self._request(url, deadline, LARGEST, {}))
            if got.status not in _REDIRECTS or "location" not in got.headers:
                return got.status, got.body
            url = web_address(got.headers["location"], url)
        raise _led_on()

    def _request(self, url: URL, deadline: Deadline, largest: int, headers: dict[str, str]) -> Request:
        limits = self._limits
        return Request(url, deadline, largest, limits.connect_seconds, limits.read_seconds, self._allow_private, headers)


def fetched(url: str, options: ReadOptions, validators: Validators | None = None) -> Fetched:
    """What lies at the address now; this process asks every host slowly, whoever calls.

    Raises:
        ReadError: it cannot be had, or must not be.
    """
    return fetcher(options.allow_private).fetched(url, validators)


@cache
def fetcher(allow_private: bool) -> Fetcher:
    """The one Fetcher of this process."""
    return Fetcher(ReadOptions(allow_private=allow_private))


def _led_on() -> ReadError:
    return ReadError("The address leads on and on, and to no page. Open it in a browser to see what is wrong.", code="read.redirects")


def _fetched(url: URL, got: Answer) -> Fetched:
    if not 200 <= got.status < 300 and got.status != _NOT_MODIFIED:
        raise ReadError(f"{url.host} answers with status {got.status}. {_advice(got.status)}", code="read.http_status", status=got.status)
    content_type = got.headers.get("content-type", "")
    return Fetched(
        without_password(str(url)),
        got.status,
        media_type(content_type),
        charset(content_type),
        got.body,
        datetime.now(UTC).isoformat(timespec="seconds"),
        Validators(got.headers.get("etag"), got.headers.get("last-modified")),
    )


def _advice(status: int) -> str:
    if status in (401, 402, 403, 451):
        return "It does not give the page to everyone. Save the page in a browser and read the file."
    if status in (404, 410):
        return "There is nothing any more. Check the address."
    return "Try again later."
