"""Invented newspapers on loopback that publish without end: feeds whose entries are whole, or lead to a page, or say nothing.

Each text names its own number, so that no two are alike; who says what about which matter is drawn, so that many agree and many contradict.
Every entry stays in its feed for as long as the last `SHOWN` do, as in feeds of the world.
"""

from __future__ import annotations

import random
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

FEED_HOST, PAGE_HOSTS = "127.0.0.1", ("127.0.0.2", "127.0.0.3", "127.0.0.4")
SHOWN = 100
EMPTY_EVERY, PAGE_EVERY = 25, 4
FIRST = datetime(2031, 3, 4, 6, tzinfo=UTC)

GIVEN = ("Mara", "Otto", "Ida", "Nils", "Vera", "Tomas", "Lena", "Hugo", "Greta", "Emil")
FAMILY = ("Quill", "Brandt", "Brook", "Fell", "Harrow", "Sund", "Marsh", "Tarn", "Velm", "Rook")
ROLES = ("mayor of Lesk", "harbour master", "head of the ferry company", "minister of works", "speaker of the council", "union leader")
MATTERS = ("the old bridge", "the night ferry", "the new school", "the harbour wall", "the tram line", "the water works", "the town hall")
PREDICATES = ("would open in May", "would not open in May", "is safe", "is not safe", "costs too much", "will be closed for a year")
CUES = ("said", "told reporters", "insisted", "denied", "promised", "warned")
DULL = ("It rained in Lesk all day.", "The council meets again next week.", "Some forty people stood in front of the building.")


@dataclass(slots=True)
class Press:
    """What was published: `published` says of each entry's locator whether it holds words, `given` are those that an answer held."""

    feeds: int
    pages: int = 0
    chosen: random.Random = field(default_factory=lambda: random.Random(1))
    published: dict[str, bool] = field(default_factory=dict)
    shown: list[deque[tuple[str, str]]] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    articles: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def __post_init__(self) -> None:
        self.shown = [deque(maxlen=SHOWN) for _ in range(self.feeds)]

    def publish(self, port: int) -> None:
        """One more entry, in the next feed. `published` says of its locator whether it holds words."""
        number = len(self.published)
        feed, guid = number % self.feeds, f"lesk-{number}"
        date = format_datetime(FIRST + timedelta(minutes=number))
        link, text, has_words = "", _story(self.chosen, number), (number + 1) % EMPTY_EVERY > 0
        locator = f"http://{FEED_HOST}:{port}/feed/{feed}#{guid}"
        if has_words and number % PAGE_EVERY == 0:
            path = f"/page/{number}"
            self.articles[path] = _page(number, text)
            locator = f"http://{PAGE_HOSTS[number % len(PAGE_HOSTS)]}:{port}{path}"
            link, text = f"<link>{locator}</link>", "The whole story is on our page."
        said = f"<title>Lesk, number {number}</title><description>{escape(text)}</description>" if has_words else "<title/>"
        item = f'<item><guid isPermaLink="false">{guid}</guid><pubDate>{date}</pubDate>{link}{said}</item>'
        self.shown[feed].appendleft((locator, item))
        self.published[locator] = has_words

    def answer(self, path: str) -> str | None:
        """What lies at the path now."""
        kind, _, name = path.strip("/").partition("/")
        if kind == "feed" and name.isdigit() and int(name) < self.feeds:
            shown = list(self.shown[int(name)])
            self.given.update(locator for locator, _ in shown)
            items = "".join(item for _, item in shown)
            return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Lesk Courier {name}</title>{items}</channel></rss>'
        return self.articles.get(path)


def _story(chosen: random.Random, number: int) -> str:
    """A text with some statements."""
    told = []
    for _ in range(4):
        name = f"{chosen.choice(GIVEN)} {chosen.choice(FAMILY)}"
        matter, predicate = chosen.choice(MATTERS), chosen.choice(PREDICATES)
        told.append(f"{name}, {chosen.choice(ROLES)}, {chosen.choice(CUES)} on Tuesday that {matter} {predicate}. {chosen.choice(DULL)}")
        told.append(f'"We have talked about {matter} {chosen.randrange(2, 90)} times," {name.split()[1]} said.')
    return "\n\n".join([*told, f"This is report number {number} of the Lesk Courier."])


def _page(number: int, text: str) -> str:
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in text.split("\n\n"))
    title = f"Lesk, number {number}"
    return f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"


@contextmanager
def on_loopback(press: Press) -> Iterator[int]:
    """Serves the press at all its addresses, at one port, until the block ends; the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            press.asked += 1
            _give(self, press.answer(self.path))

        def log_message(self, *_: object) -> None:
            pass

    with ExitStack() as stack:
        port = 0
        for host in (FEED_HOST, *PAGE_HOSTS):
            server = stack.enter_context(ThreadingHTTPServer((host, port), Handler))
            server.daemon_threads = True
            port = server.server_port
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
        yield port


def _give(handler: BaseHTTPRequestHandler, text: str | None) -> None:
    body = (text or "").encode()
    tag = f'"{sha256(body).hexdigest()[:16]}"'
    is_known = text is not None and handler.headers.get("If-None-Match") == tag
    try:
        handler.send_response(304 if is_known else 404 if text is None else 200)
        handler.send_header("ETag", tag)
        if not is_known:
            handler.send_header("Content-Type", "text/html; charset=utf-8" if handler.path.startswith("/page") else "application/rss+xml")
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if not is_known:
            handler.wfile.write(body)
    except OSError:
        pass  # whoever asked has gone
