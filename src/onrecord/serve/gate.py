"""What every request passes before it is answered: for this host, of this site, by whom, not too often, not too large, not too long.

An ASGI middleware around the whole application; each check is a function that raises a ServeError. Whatever fails inside is told in one
shape, and every answer carries the headers of `headers`.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import traceback
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import OnRecordError, ServeError
from onrecord.record.abandoned import Work, doing
from onrecord.serve.buckets import Buckets
from onrecord.serve.desk import Desk
from onrecord.serve.errors import Problem, problem_of
from onrecord.serve.headers import with_headers, without_body
from onrecord.serve.pages import problem_response
from onrecord.serve.places import Places
from onrecord.serve.tokens import Token

COOKIE = "onrecord_token"
_SAFE = ("GET", "HEAD", "OPTIONS")
_SAME_SITE = ("same-origin", "none")
_OPEN = ("/sign-in", "/static/")  # without these nobody could sign in
_READINGS = ("/read", "/check", "/api/v1/readings", "/api/v1/check")
_NEEDS_NO_WRITER = ("/sign-in", "/sign-out", *_READINGS)
_FEED = ".atom"
_STREAM_SECONDS = 600  # for an answer of many lines that has begun


class Gate:
    """The checks around the application."""

    def __init__(self, app: ASGIApp, desk: Callable[[], Desk], failed: Callable[[str], object]) -> None:
        """`failed` is told what nobody foresaw, for whoever runs the desk."""
        self._app, self._desk, self._failed = app, desk, failed
        self._buckets, self._places = Buckets(), Places()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # what GET would say, without the body
            scope, send = {**scope, "method": "GET", "head": True}, without_body(send)
        answer = _Answer(with_headers(scope, send))
        try:
            await self._checked(scope, receive, answer)
        except OnRecordError as error:
            await answer.instead(scope, receive, problem_of(error))
        except Exception as error:  # noqa: BLE001  # a reporter is told that it failed, and whoever runs the desk why
            self._failed("".join(traceback.format_exception(error)))
            await answer.instead(scope, receive, Problem("serve.failed", "The desk failed. Whoever runs it sees why in its output."))

    async def _checked(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        desk, request = self._desk(), Request(scope)
        check_address(request)
        check_host(request, desk.options.hosts)
        who = await asyncio.to_thread(_holder, request, desk)
        scope["who"] = who
        check_rights(request, who, by_token=desk.options.by_token)
        check_site(request)
        self._check_rate(request, who, desk)
        limits = desk.options.limits
        is_reading = request.url.path in _READINGS
        most = limits.upload_bytes if is_reading else limits.body_bytes
        body = _bounded(request, receive, most, answer)
        seconds = limits.reading_seconds * 2 + 5 if is_reading else limits.answer_seconds
        place = None if is_reading else await self._places.taken(limits)  # who reads a text waits for others, not for the machine
        try:
            answer.begun = place.leave if place else answer.begun
            await self._in_time(scope, body, answer, seconds)
        finally:
            if place:
                place.leave()

    def _check_rate(self, request: Request, who: Token | None, desk: Desk) -> None:
        name = who.name if who else request.client.host if request.client else ""
        limits, writes = desk.options.limits, request.method not in _SAFE
        rate = (limits.writes_a_second, limits.writes_at_once) if writes else (limits.reads_a_second, limits.reads_at_once)
        wait = self._buckets.wait(f"{name}\x00{writes}", *rate)
        if wait:
            raise ServeError("Too many requests: wait a moment.", code="serve.too_many", headers={"Retry-After": max(1, round(wait))})

    async def _in_time(self, scope: Scope, receive: Receive, answer: _Answer, seconds: float) -> None:
        """The answer, or that it takes too long to begin; what still works then is stopped."""
        with doing(Work()) as asked:
            work = asyncio.ensure_future(self._app(scope, receive, answer))
        try:
            done, _ = await asyncio.wait({work}, timeout=seconds)
            if not done and answer.has_begun:
                done, _ = await asyncio.wait({work}, timeout=_STREAM_SECONDS)
        except asyncio.CancelledError:
            work.cancel()
            await asyncio.shield(asyncio.to_thread(asked.stop))
            raise
        if done:
            await work
            if answer.refused is not None:
                raise answer.refused
            return
        await asyncio.to_thread(asked.stop)
        work.cancel()
        work.add_done_callback(_forget)
        raise ServeError(f"The answer took more than {seconds:g} seconds. Ask for less.", code="serve.too_slow")


class _Answer:
    """Where the answer goes; after `instead` nothing more goes there, and nothing of it once the request is `refused`."""

    def __init__(self, send: Send) -> None:
        self._send, self.has_begun, self._is_shut = send, False, False
        self.refused: ServeError | None = None
        self.begun: Callable[[], object] = bool  # what is told when the answer begins

    async def __call__(self, message: Message) -> None:
        if not self._is_shut and self.refused is None:
            if not self.has_begun:
                self.begun()
            self.has_begun = True
            await self._send(message)

    async def instead(self, scope: Scope, receive: Receive, problem: Problem) -> None:
        """The problem, if no answer has begun; one that has is broken off."""
        self._is_shut = True
        if self.has_begun:
            raise ConnectionAbortedError(problem.detail)
        await problem_response(Request(scope), problem)(scope, receive, self._send)


def _forget(work: asyncio.Future[None]) -> None:
    with contextlib.suppress(asyncio.CancelledError, Exception):
        work.result()


def check_address(request: Request) -> None:
    """NUL is in no name, and no database takes it."""
    if "\x00" in request.url.path or b"%00" in request.scope["query_string"]:
        raise ServeError("There is a NUL character in the address.", code="serve.bad_request")


def check_host(request: Request, hosts: frozenset[str]) -> None:
    """A page elsewhere must not reach the desk by giving its own name the address of this machine (DNS rebinding)."""
    name = _host_name(request.headers.get("host", ""))
    if name not in hosts:
        raise ServeError(f"The desk does not answer for the host {name!r}.", code="serve.host")


def check_site(request: Request) -> None:
    """Only pages of the desk itself, or programs with a token in a header, may have it do anything."""
    if request.method in _SAFE:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    is_foreign = (site is not None and site not in _SAME_SITE) or (
        origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    )
    is_told = site is not None or origin is not None
    if is_foreign or (not is_told and "authorization" not in request.headers and COOKIE in request.cookies):
        raise ServeError("This came from a page of another site. Use the pages of the desk.", code="serve.cross_site")


def check_rights(request: Request, who: Token | None, *, by_token: bool) -> None:
    """Reading may need a token; writing needs one that may write."""
    path = request.url.path
    if path.startswith(_OPEN) or path == "/sign-out":
        return
    if by_token and who is None:
        raise _unknown(request, "Reading here needs a token: `onrecord token add NAME` makes one.")
    if request.method in _SAFE or path in _NEEDS_NO_WRITER:
        return
    if who is None:
        raise _unknown(request, "This needs a token that may write: `onrecord token add NAME --write` makes one.")
    if not who.may_write:
        raise ServeError(f"The token of {who.name} may read, and not write.", code="serve.not_allowed")


def _holder(request: Request, desk: Desk) -> Token | None:
    """Whose token came with the request.

    Raises:
        ServeError: one came in a header that nobody has. A cookie that is no longer good is as if there were none.
    """
    told = request.headers.get("authorization")
    if told is not None:
        secret = _secret(request, told)
        found = None if secret is None else desk.tokens.holder(secret)
        if found is None:
            raise _unknown(request, "Nobody has this token. Give `Authorization: Bearer TOKEN`.")
        return found
    secret = request.cookies.get(COOKIE, "")
    return desk.tokens.holder(secret) if secret else None


def _secret(request: Request, told: str) -> str | None:
    """The token in a header; readers of feeds can mostly send a password only, so of a feed the password is the token."""
    kind, _, given = told.partition(" ")
    if kind.lower() == "bearer":
        return given.strip()
    if kind.lower() != "basic" or not _is_feed(request):
        return None
    with contextlib.suppress(ValueError):
        return base64.b64decode(given.strip(), validate=True).decode("utf8").partition(":")[2]
    return None


def _is_feed(request: Request) -> bool:
    return request.method in _SAFE and request.url.path.endswith(_FEED)


def _unknown(request: Request, message: str) -> ServeError:
    ways = 'Bearer realm="onrecord"' + (', Basic realm="onrecord"' if _is_feed(request) else "")
    return ServeError(message, code="serve.token", headers={"WWW-Authenticate": ways})


def _too_large(most: int) -> ServeError:
    return ServeError(f"What was sent is larger than {most:,} bytes.", code="serve.too_large")


def _host_name(host: str) -> str:
    """The name without the port, as in `[::1]:8765`."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.rpartition(":")[0].lower() if ":" in host else host.lower()


def _bounded(request: Request, receive: Receive, most: int, answer: _Answer) -> Receive:
    """The body as long as it is not too large; whoever reads it may make of the failure what they will, it is told as what it is."""
    told = request.headers.get("content-length", "0")
    if not told.isdigit() or int(told) > most:
        raise _too_large(most)
    got = 0

    async def bounded() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            answer.refused = _too_large(most)
            raise answer.refused
        return message

    return bounded
