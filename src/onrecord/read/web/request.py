"""One question to one server, and its answer."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote_to_bytes

import httpcore2
from httpx2 import URL

from onrecord import __version__
from onrecord.errors import ReadError
from onrecord.read.web.addresses import port_of
from onrecord.read.web.body import PACKINGS, body
from onrecord.read.web.connection import CheckedBackend, Deadline
from onrecord.read.web.robots import PRODUCT

USER_AGENT = f"{PRODUCT}/{__version__} (reads news for the record; obeys robots.txt)"
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and how long and how large the answer may be."""

    url: URL
    deadline: Deadline
    largest_bytes: int
    connect_seconds: float
    read_seconds: float
    allow_private: bool = False
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """Its headers have names in small letters; its body is unpacked, and empty where the status is none of success."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


def answer(request: Request) -> Answer:
    """Ask once. Redirects are answers like others.

    Raises:
        ReadError: there is no answer, not in time, or it is too large or broken.
    """
    timeout = {"connect": request.connect_seconds, "read": request.read_seconds, "write": request.read_seconds}
    backend = CheckedBackend(request.deadline, allow_private=request.allow_private)
    with (
        _told(request.url.host),
        httpcore2.ConnectionPool(_tls() if request.url.scheme == "https" else None, network_backend=backend) as pool,
        pool.stream("GET", _target(request.url), headers=list(_headers(request).items()), extensions={"timeout": timeout}) as response,
    ):
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if not 200 <= response.status < 300:
            return Answer(response.status, headers)
        packings = headers.get("content-encoding", "")
        return Answer(response.status, headers, body(response.iter_stream(), packings, request.largest_bytes))


def _target(url: URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=port_of(url), target=url.raw_path)


def _headers(request: Request) -> dict[str, str]:
    url = request.url
    fixed = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": USER_AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": PACKINGS,
        "Connection": "close",
    }
    if url.userinfo:
        fixed["Authorization"] = "Basic " + base64.b64encode(unquote_to_bytes(url.userinfo)).decode("ascii")
    return {**fixed, **request.headers}


@cache
def _tls() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


@contextmanager
def _told(host: str) -> Iterator[None]:
    """What fails on the line, said for a reporter.

    Raises:
        ReadError: something did.
    """
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise ReadError(f"{host} did not answer in time. Try again later.", code="read.timeout") from error
    except httpcore2.ProtocolError as error:
        raise ReadError(f"{host} gave a broken answer ({error}). Try again later.", code="read.bad_response") from error
    except (httpcore2.NetworkError, OSError, ValueError) as error:
        raise ReadError(f"{host} cannot be reached ({error}). Try again later.", code="read.not_reached") from error
