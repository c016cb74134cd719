"""A web server on loopback for tests: pages are functions or plain answers, and every question is written down."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Page:
    """An answer: its status, body and headers, and the seconds that each byte is held back."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip_seconds: float = 0.0
    declared_length: int | None = None


@dataclass(frozen=True)
class Asked:
    """A question: its path and headers, and when it came (monotonic)."""

    path: str
    headers: Mapping[str, str]
    at: float


@dataclass
class Web:
    """What the server gives at each path, and what it was asked."""

    address: str
    pages: dict[str, Page | Callable[[Asked], Page]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]


@contextmanager
def web() -> Iterator[Web]:
    """A running server; it ends with the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            one = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
            known.asked.append(one)
            page = known.pages.get(self.path, Page(status=404))
            _give(self, page if isinstance(page, Page) else page(one))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    known = Web(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()


def _give(handler: BaseHTTPRequestHandler, page: Page) -> None:
    body = page.body.encode() if isinstance(page.body, str) else page.body
    try:
        handler.send_response(page.status)
        for name, value in page.headers.items():
            handler.send_header(name, value)
        if page.status != 304:
            handler.send_header("Content-Length", str(len(body) if page.declared_length is None else page.declared_length))
        handler.end_headers()
        if not page.drip_seconds:
            handler.wfile.write(body)
            return
        for byte in body:
            handler.wfile.write(bytes([byte]))
            time.sleep(page.drip_seconds)
    except OSError:
        pass  # whoever asked has gone
