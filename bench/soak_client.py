"""Somebody who uses the desk without rest: opens pages, asks the API, judges conflicts, corrects, and has texts read."""

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from soak_news import FAMILY, GIVEN, MATTERS, PREDICATES

_SIGN_IN = re.compile(r"Sign in at (http://[^/]+)/sign-in\?token=(\S+)")
_TEXT = "Mara Quill said on Tuesday that {} {}. Otto Brandt denied it. This is draft number {}."


@dataclass(slots=True)
class Client:
    """Asks at the address that the desk tells in `told_in`; counts statuses in `told`."""

    told_in: Path
    chosen: random.Random
    told: Counter[str]
    asked: int = 0
    _client: httpx2.Client | None = field(default=None)

    def ask_on(self, stop: threading.Event, seconds: float) -> None:
        """A request every so many seconds, until it is stopped."""
        address, token = self._place()
        with httpx2.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=150, trust_env=False) as client:
            self._client = client
            while not stop.wait(seconds):
                self.asked += 1
                try:
                    self._ask(client)
                except (httpx2.HTTPError, KeyError, ValueError) as error:
                    self.told[f"failed {type(error).__name__}"] += 0 if stop.is_set() else 1

    def _place(self) -> tuple[str, str]:
        while not (found := _SIGN_IN.search(self.told_in.read_text(encoding="utf8"))):
            time.sleep(0.2)
        return found[1], found[2]

    def _ask(self, client: httpx2.Client) -> None:
        matter, predicate = self.chosen.choice(MATTERS), self.chosen.choice(PREDICATES)
        name = f"{self.chosen.choice(GIVEN)} {self.chosen.choice(FAMILY)}"
        if self.asked % 50 == 0:
            given = {"text": _TEXT.format(matter, predicate, self.asked), "name": f"draft-{self.asked}.txt", "date": "2031-03-05"}
            self._count(client.post("/api/v1/readings", json=given | {"keep": self.asked % 100 == 0}))
        elif self.asked % 20 == 0:
            self._judge(client)
        else:
            pages: list[tuple[str, dict[str, str]]] = [
                ("/", {"q": f"{matter} {predicate}"}),
                ("/", {"by": name}),
                ("/", {}),
                ("/speakers", {}),
                ("/conflicts", {}),
                ("/events", {}),
                ("/matter", {"about": matter}),
                ("/api/v1/statements", {"q": matter, "limit": "200"}),
                ("/api/v1/links", {"limit": "50"}),
                ("/api/v1/speakers", {"limit": "50"}),
            ]
            path, asked = self.chosen.choice(pages)
            answer = self._count(client.get(path, params=asked))
            if path == "/api/v1/statements" and answer.status_code == 200:
                self._open(client, answer.json()["items"])

    def _open(self, client: httpx2.Client, items: list[dict[str, Any]]) -> None:
        """The page of one of the answers."""
        if items:
            self._count(client.get(f"/statements/{self.chosen.choice(items)['id']}"))

    def _judge(self, client: httpx2.Client) -> None:
        """Say of a conflict whether it is one."""
        found = self._count(client.get("/api/v1/conflicts", params={"limit": "50"}))
        items = found.json()["items"] if found.status_code == 200 else []
        if items:
            decision = self.chosen.choice(("accepted", "rejected", "unsure"))
            given = {"decision": decision, "note": "looked at by hand"}
            self._count(client.post(f"/api/v1/links/{self.chosen.choice(items)['id']}/review", json=given))

    def _count(self, answer: httpx2.Response) -> httpx2.Response:
        self.told[f"status {answer.status_code}"] += 1
        return answer
