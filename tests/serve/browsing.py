"""A desk at a real port, and a real browser to open it with."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from onrecord.serve.listen import bound

NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The address at which the application answers, in a thread of this process."""
    with bound("127.0.0.1", 0) as given:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [given]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{given.getsockname()[1]}"
        server.should_exit = True
        thread.join(60)


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium as Debian has it; the test is skipped where there is none."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no browser: apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # starts a process of its own

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else [], timeout=180_000)
        try:
            yield started
        finally:
            started.close()
