"""What asks a desk, without a network: as nobody, or with a token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from lxml import html

from onrecord.serve.app import make_app
from onrecord.serve.desk import DeskOptions, open_desk
from onrecord.serve.tokens import TokenFile, new_token

WRITER = new_token("Ida Brook", may_write=True)
READER = new_token("Nils Fell", may_write=False)
AS_WRITER = {"Authorization": f"Bearer {WRITER[1]}"}
AS_READER = {"Authorization": f"Bearer {READER[1]}"}
BASE = "http://localhost:8765"


@dataclass(frozen=True, slots=True)
class Asker:
    """A client of the desk; `failures` are what nobody foresaw: there must be none."""

    client: TestClient
    failures: list[str]

    def get(self, path: str, **headers: str) -> Any:
        """The answer, redirects not followed."""
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def json(self, path: str) -> Any:
        """What the API answers."""
        answer = self.client.get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def page(self, path: str) -> Any:
        """The page, as a tree."""
        answer = self.client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, answer.text
        return html.fromstring(answer.text)

    def post(self, path: str, given: Any, headers: dict[str, str] | None = None) -> Any:
        """What the API answers to JSON."""
        return self.client.post(f"/api/v1{path}", json=given, headers=AS_WRITER if headers is None else headers)

    def send(self, path: str, given: dict[str, Any], **others: Any) -> Any:
        """What a form of a page gives, sent from that page by who is signed in."""
        return self.client.post(path, data=given, headers={"Origin": BASE}, **others)

    def sign_in(self) -> None:
        """From now on it asks as the writer."""
        answer = self.send("/sign-in", {"token": WRITER[1]})
        assert answer.status_code == 303


@contextmanager
def asker(options: DeskOptions, tokens: TokenFile) -> Iterator[Asker]:
    """What asks a new desk."""
    failures: list[str] = []
    app = make_app(open_desk(options, tokens), failures.append)
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield Asker(client, failures)
    assert failures == []
