"""One connection for one answer: to a machine that was checked, and never for longer than was given."""

from __future__ import annotations

import ssl
import time
from typing import Any

import httpcore2
from httpcore2 import SyncBackend

from onrecord.errors import ReadError
from onrecord.read.web.addresses import Address, may_be_asked, resolved

_MOST_ADDRESSES = 4


class Deadline:
    """The instant at which whatever is going on has to be over; other clocks may be set back meanwhile, this one not."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Put it off: a time in which nothing could go on does not count."""
        self._end += seconds

    def left(self, most: float | None = None) -> float:
        """The seconds that are left, at most `most`.

        Raises:
            httpcore2.ReadTimeout: none are left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("all the time given to it is over")
        return left if most is None else min(left, most)


class CheckedBackend(httpcore2.NetworkBackend):
    """Looks a name up once, checks the addresses, and connects to the very ones that were checked."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._sockets = SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *_: Any, **__: Any) -> httpcore2.NetworkStream:
        """Connect to the first checked address that answers.

        Raises:
            ReadError: the name is not known, or none of its addresses may be asked.
        """
        known = may_be_asked(resolved(host, port, self._deadline.left(timeout)), host, allow_private=self._allow_private)
        return _TimedStream(self._connected(known[:_MOST_ADDRESSES], port, timeout), self._deadline)

    def _connected(self, addresses: list[Address], port: int, timeout: float | None) -> httpcore2.NetworkStream:
        failed: Exception | None = None
        for address in addresses:
            try:
                return self._sockets.connect_tcp(str(address), port, self._deadline.left(timeout))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed or ReadError("There is no address to ask.", code="read.not_reached")


class _TimedStream(httpcore2.NetworkStream):
    """A connection whose every step ends at the deadline, so that an answer that drips in byte by byte ends too."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
