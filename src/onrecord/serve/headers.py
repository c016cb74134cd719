"""The headers of every answer: nothing runs but the desk's own script, nothing is framed, guessed, told to others or kept by proxies.

Pages of the ledger have an ETag made of its state, so that what has not changed is not sent again; see `fresh`.
"""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.types import Message, Scope, Send

from onrecord import __version__
from onrecord.record.state import state_of
from onrecord.serve.desk import Desk, who_of

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SECURE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_VARY = "Accept, Authorization, Cookie"
_KEPT = b"public, max-age=3600"  # of the style sheet and the scripts


def with_headers(scope: Scope, send: Send) -> Send:
    """The same, with the headers on the answer."""
    secure = [(name.lower().encode(), value.encode()) for name, value in SECURE.items()]

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message.get("headers", []), *secure]
            if not any(name == b"cache-control" for name, _ in headers):
                tag = scope.get("etag")
                headers.append((b"cache-control", _KEPT if scope["path"].startswith("/static/") else b"private, no-cache"))
                if tag and message["status"] == 200:
                    headers += [(b"etag", tag.encode()), (b"vary", _VARY.encode())]
            message = {**message, "headers": headers}
        await send(message)

    return sent


def without_body(send: Send) -> Send:
    """The same, with the headers that the body would have, and without the body (HEAD)."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sent


def etag_of(request: Request, desk: Desk) -> str:
    """What names the answer: the state of the ledger, what was asked, in which form, and by whom."""
    with desk.ledger.reading() as connection:
        state = state_of(connection)
    who = who_of(request)
    asked = (__version__, state, str(request.url), request.headers.get("accept", ""), who.name if who else "", bool(who and who.may_write))
    return f'W/"{hashlib.sha256(repr(asked).encode("utf8", "replace")).hexdigest()[:32]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether whoever asks has the answer already."""
    given = request.headers.get("if-none-match", "")
    return tag in (one.strip() for one in given.split(",")) or given.strip() == "*"
