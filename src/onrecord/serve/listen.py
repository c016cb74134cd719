"""The desk at a port of this machine, until somebody stops it."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI

from onrecord.errors import ServeError

GRACE_SECONDS = 10  # for what is being answered when the desk is stopped
MOST_AT_ONCE = 200


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any that is free.

    Raises:
        ServeError: the port cannot be had.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        raise ServeError(f"The desk cannot listen at {host}, port {port} ({error}). Give another --port.", code="serve.port") from error


def listen(app: FastAPI, given: socket.socket) -> None:
    """Answers until a signal comes; what is being answered then is answered to the end."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=MOST_AT_ONCE,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=64 * 1024,
    )
    uvicorn.Server(config).run(sockets=[given])
