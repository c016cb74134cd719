"""Fetching: what is refused, what is waited for and what is not, and what a host may wish."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from tests.read.loopback import Asked, Page, Web, web

from onrecord.errors import ReadError
from onrecord.read.web.fetch import Fetcher, Limits, Validators
from onrecord.settings import ReadOptions

QUICK = Limits(connect_seconds=2, read_seconds=1, total_seconds=1.5, largest_bytes=100_000, delay_seconds=0, patience_seconds=0.5)
BOMB = gzip.compress(bytes(50_000_000))
LOCAL = ReadOptions(allow_private=True)


@pytest.fixture
def lesk() -> Iterator[Web]:
    with web() as running:
        yield running


def fetch(lesk: Web, path: str = "/a", limits: Limits = QUICK, validators: Validators | None = None) -> bytes:
    return Fetcher(LOCAL, limits).fetched(lesk.address + path, validators).body


def refusal(lesk: Web, path: str = "/a", options: ReadOptions = LOCAL, limits: Limits = QUICK) -> ReadError:
    with pytest.raises(ReadError) as refused:
        Fetcher(options, limits).fetched(lesk.address + path if path.startswith("/") else path)
    return refused.value


def test_an_answer_says_where_it_was_found_what_it_is_and_when(lesk: Web) -> None:
    lesk.pages["/a"] = Page("café".encode("latin-1"), headers={"Content-Type": "Text/HTML; Charset=ISO-8859-1", "ETag": '"1"'})
    got = Fetcher(LOCAL, QUICK).fetched(lesk.address + "/a#top")
    assert (got.url, got.media_type, got.charset) == (lesk.address + "/a", "text/html", "ISO-8859-1")
    assert (got.body, got.validators) == (b"caf\xe9", Validators('"1"'))
    assert abs(datetime.fromisoformat(got.retrieved_at) - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_host_is_told_who_asks_and_no_cookie_is_kept(lesk: Web) -> None:
    lesk.pages["/a"] = Page("a", headers={"Set-Cookie": "a=b"})
    fetcher = Fetcher(LOCAL, QUICK)
    fetcher.fetched(lesk.address + "/a")
    fetcher.fetched(lesk.address + "/a")
    assert all(one.headers["user-agent"].startswith("onrecord/") and "cookie" not in one.headers for one in lesk.asked)


def test_names_and_passwords_are_sent_but_not_shown(lesk: Web) -> None:
    lesk.pages["/a"] = Page("a")
    got = Fetcher(LOCAL, QUICK).fetched(lesk.address.replace("//", "//mara:secret@") + "/a")
    assert lesk.asked[-1].headers["authorization"] == "Basic bWFyYTpzZWNyZXQ="
    assert "secret" not in got.url
    assert "secret" not in refusal(lesk, lesk.address.replace("//", "//mara:secret@") + "/gone").message


def test_only_what_is_newer_is_sent_again(lesk: Web) -> None:
    lesk.pages["/a"] = lambda asked: Page(status=304) if asked.headers.get("if-none-match") == '"1"' else Page("a")
    known = Validators('"1"', "Tue, 04 Mar 2031 10:00:00 GMT")
    assert Fetcher(LOCAL, QUICK).fetched(lesk.address + "/a", known).not_modified
    assert lesk.asked[-1].headers["if-modified-since"] == "Tue, 04 Mar 2031 10:00:00 GMT"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"])
def test_machines_of_this_network_are_refused_before_anything_is_sent(lesk: Web, host: str) -> None:
    assert refusal(lesk, lesk.address.replace("127.0.0.1", host), ReadOptions()).code == "read.refused_address"
    assert lesk.asked == []


def test_the_machine_that_was_checked_is_the_one_that_is_asked(lesk: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that gives a public address first and a private one after that gains nothing: it is asked once."""
    given = iter(["8.8.8.8", "127.0.0.1"])
    connected: list[str] = []

    def names(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(given), port))]

    def connect(where: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(where[0])
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert refusal(lesk, "http://lesk.example/a", ReadOptions()).code == "read.not_reached"
    assert connected == ["8.8.8.8"]


def test_a_redirect_is_checked_like_the_first_address(lesk: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server counts as public here, so that only the place that it redirects to is private."""
    port = lesk.address.rpartition(":")[2]
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda where, *rest, **more: real(("127.0.0.1", where[1]), *rest, **more))
    start = f"http://8.8.8.8:{port}"
    lesk.pages["/good"] = Page("good")
    assert Fetcher(ReadOptions(), QUICK).fetched(start + "/good").body == b"good"
    for target in (lesk.address + "/secret", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://localhost/"):
        lesk.pages["/a"] = Page(status=302, headers={"Location": target})
        assert refusal(lesk, start + "/a", ReadOptions()).code == "read.refused_address"
    for target in ("file:///etc/passwd", "data:text/plain,x", "ftp://lesk.example/"):
        lesk.pages["/a"] = Page(status=302, headers={"Location": target})
        assert refusal(lesk, start + "/a", ReadOptions()).code == "read.bad_address"
    assert "/secret" not in lesk.paths()


def test_redirects_are_followed_to_their_end_and_loops_are_not(lesk: Web) -> None:
    lesk.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    lesk.pages["/b"] = Page(status=307, headers={"Location": "c"})
    lesk.pages["/c"] = Page("found")
    lesk.pages["/loop"] = Page(status=302, headers={"Location": "/loop"})
    assert Fetcher(LOCAL, QUICK).fetched(lesk.address + "/a").url == lesk.address + "/c"
    assert refusal(lesk, "/loop").code == "read.redirects"


def test_a_server_that_drips_is_not_waited_for(lesk: Web) -> None:
    lesk.pages["/a"] = Page(b"x" * 1000, drip_seconds=0.1)
    started = time.monotonic()
    assert refusal(lesk).code == "read.timeout"
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("sent", [b"", b"H", b"HTTP/1.1 200 OK\r\nX: x"], ids=["silent", "one byte", "headers that drip"])
def test_a_server_that_never_ends_its_headers_is_not_waited_for(sent: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line, suppress(OSError):  # whoever asked has gone
                line.sendall(sent)
                for _ in range(50):
                    time.sleep(0.1)
                    line.sendall(sent[-1:])

        threading.Thread(target=serve, daemon=True).start()
        started = time.monotonic()
        with pytest.raises(ReadError) as refused:
            Fetcher(LOCAL, QUICK).fetched(f"http://127.0.0.1:{server.getsockname()[1]}/")
    assert refused.value.code == "read.timeout"
    assert time.monotonic() - started < 5


BODIES = [
    ("plain", b"a", {}, b"a"),
    ("gzip", gzip.compress(b"a" * 500), {"Content-Encoding": "gzip"}, b"a" * 500),
    ("several gzip streams", gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0", {"Content-Encoding": "x-gzip"}, b"ab"),
    ("deflate", zlib.compress(b"a" * 500), {"Content-Encoding": "deflate"}, b"a" * 500),
    ("raw deflate", zlib.compress(b"a" * 500)[2:-4], {"Content-Encoding": "deflate"}, b"a" * 500),
    ("packed twice", gzip.compress(zlib.compress(b"a")), {"Content-Encoding": "deflate, gzip"}, b"a"),
    ("a length that is too small", b"abc", {"Content-Length": "1"}, b"a"),
    ("nothing", b"", {}, b""),
]


@pytest.mark.parametrize(("body", "headers", "read"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES])
def test_bodies_are_unpacked(lesk: Web, body: bytes, headers: dict[str, str], read: bytes) -> None:
    length = headers.get("Content-Length")
    rest = {name: value for name, value in headers.items() if name != "Content-Length"}
    lesk.pages["/a"] = Page(body, headers=rest, declared_length=int(length) if length else None)
    assert fetch(lesk) == read


REFUSED = [
    ("too large", Page(b"x" * 100_001), "read.too_large"),
    ("a gzip bomb", Page(BOMB, headers={"Content-Encoding": "gzip"}), "read.too_large"),
    (
        "a bomb in a bomb",
        Page(gzip.compress(BOMB), headers={"Content-Encoding": "gzip, gzip"}),
        "read.too_large",
    ),
    ("gzip that is none", Page(b"x", headers={"Content-Encoding": "gzip"}), "read.bad_response"),
    ("gzip that breaks off", Page(gzip.compress(b"x" * 500)[:-9], headers={"Content-Encoding": "gzip"}), "read.bad_response"),
    ("an unknown packing", Page(b"x", headers={"Content-Encoding": "br"}), "read.bad_response"),
    ("a length that is too large", Page(b"x", declared_length=1000), "read.bad_response"),
    ("headers without end", Page(b"x", headers={f"X-{n}": "x" * 1000 for n in range(150)}), "read.bad_response"),
    ("not found", Page(status=404), "read.http_status"),
    ("gone", Page(status=410), "read.http_status"),
    ("a server that fails", Page(status=500), "read.http_status"),
    ("a redirect to nowhere", Page(status=302), "read.http_status"),
]


@pytest.mark.parametrize(("page", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_bad_answers_have_their_codes(lesk: Web, page: Page, code: str) -> None:
    lesk.pages["/a"] = page
    assert refusal(lesk).code == code


def test_a_host_that_is_not_there_is_said_to_be_so(lesk: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    assert refusal(lesk, f"http://127.0.0.1:{free}/").code == "read.not_reached"


def test_robots_txt_is_asked_once_and_obeyed(lesk: Web) -> None:
    lesk.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /private\n\nUser-agent: onrecord\nDisallow: /not-this*x\n")
    lesk.pages["/a"] = lesk.pages["/private"] = lesk.pages["/not-this-x"] = Page("a")
    lesk.pages["/b"] = Page(status=302, headers={"Location": "/not-this-x"})
    fetcher = Fetcher(LOCAL, QUICK)
    assert fetcher.fetched(lesk.address + "/a").body == b"a"
    assert fetcher.fetched(lesk.address + "/private").body == b"a"
    for path in ("/not-this-x", "/b"):
        with pytest.raises(ReadError) as refused:
            fetcher.fetched(lesk.address + path)
        assert refused.value.code == "read.robots"
    assert [one.path for one in lesk.asked].count("/robots.txt") == 1
    assert "/not-this-x" not in lesk.paths()


@pytest.mark.parametrize(("status", "allowed"), [(200, True), (404, True), (403, True), (500, False), (503, False), (429, False)])
def test_without_rules_all_is_allowed_and_without_an_answer_nothing(lesk: Web, status: int, allowed: bool) -> None:
    lesk.pages["/robots.txt"] = Page(status=status)
    lesk.pages["/a"] = Page("a")
    if allowed:
        assert fetch(lesk) == b"a"
    else:
        assert refusal(lesk).code == "read.robots"


def test_rules_of_any_bytes_are_no_danger(lesk: Web) -> None:
    lesk.pages["/robots.txt"] = Page(
        b"\xef\xbb\xbf\xff\xfeUser-agent: *\nDisallow: /" + b"*a" * 2000 + b"b\nCrawl-delay: nan\n" + bytes(range(256))
    )
    lesk.pages["/a"] = Page("a")
    assert fetch(lesk) == b"a"


def test_a_host_is_asked_slowly(lesk: Web) -> None:
    lesk.pages["/a"] = Page("a")
    fetcher = Fetcher(LOCAL, Limits(delay_seconds=0.3))
    for _ in range(3):
        fetcher.fetched(lesk.address + "/a")
    times = [one.at for one in lesk.asked if one.path == "/a"]
    assert all(later - earlier >= 0.25 for earlier, later in pairwise(times))


def test_a_host_may_wish_to_be_asked_more_slowly(lesk: Web) -> None:
    lesk.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 0.4\n")
    lesk.pages["/a"] = Page("a")
    fetcher = Fetcher(LOCAL, QUICK)
    for _ in range(2):
        fetcher.fetched(lesk.address + "/a")
    first, second = (one.at for one in lesk.asked if one.path == "/a")
    assert second - first >= 0.35


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_asked_again_when_it_said(lesk: Web, status: int) -> None:
    def busy_once(asked: Asked) -> Page:
        return Page("a") if len(lesk.paths()) > 1 else Page(status=status, headers={"Retry-After": "1"})

    lesk.pages["/a"] = busy_once
    assert fetch(lesk, limits=Limits(delay_seconds=0, patience_seconds=5)) == b"a"
    first, second = (one.at for one in lesk.asked if one.path == "/a")
    assert second - first >= 0.9


def test_a_host_that_is_busy_for_long_is_left_alone(lesk: Web) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    lesk.pages["/a"] = Page(status=429, headers={"Retry-After": later})
    lesk.pages["/b"] = Page("b")
    fetcher = Fetcher(LOCAL, QUICK)
    for path in ("/a", "/a", "/b"):
        with pytest.raises(ReadError) as refused:
            fetcher.fetched(lesk.address + path)
        assert 3500 < refused.value.context["retry_after"] <= 3600
    assert lesk.paths() == ["/a"]


def test_a_host_that_stays_busy_is_not_asked_for_ever(lesk: Web) -> None:
    lesk.pages["/a"] = Page(status=503)
    assert refusal(lesk).code == "read.http_status"
    assert len(lesk.paths()) == 3


@pytest.mark.parametrize("said", ["", "soon", "-5", "1e9", "99999999999999999999", "Tue, 99 Foo 2031", "²"])
def test_a_strange_wish_to_be_left_alone_does_no_harm(lesk: Web, said: str) -> None:
    lesk.pages["/a"] = Page(status=503, headers={"Retry-After": said.encode("utf8").decode("latin-1")})
    assert refusal(lesk).code == "read.http_status"


@pytest.mark.parametrize("said", ["", ";", "text/html; charset=", "text/html; charset*=x''%ff", "a" * 5000, "text/html; charset=\xe9\xff"])
def test_a_strange_content_type_does_no_harm(lesk: Web, said: str) -> None:
    lesk.pages["/a"] = Page("a", headers={"Content-Type": said})
    assert fetch(lesk) == b"a"
