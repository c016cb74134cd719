"""A desk at a real port, and a real browser to open it with."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from fastapi import FastAPI
from tests.serve.asking import WRITER

from onrecord.serve.listen import bound

PATIENCE = 120_000  # milliseconds, on a machine that does much else
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


class Walk:
    """A page of the browser, signed in, that notes what its console complains of."""

    def __init__(self, context: Any, address: str) -> None:
        self.address = address
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda one: self.complaints.append(str(one)))

    def _hear(self, one: Any) -> None:
        if one.type in ("error", "warning"):
            self.complaints.append(one.text)

    def open(self, path: str) -> None:
        """Opens a page, which must be there."""
        answer = self.page.goto(self.address + path, wait_until="load")
        assert answer is not None
        assert answer.status == 200, path

    def sign_in(self) -> None:
        """By the link that `onrecord serve --as` prints."""
        self.open(f"/sign-in?token={quote(WRITER[1])}")
        self.page.click("main button")
        self.page.wait_for_selector("text=Ida Brook")
