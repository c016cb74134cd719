"""Every page of a desk."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from tests.find.affair import MATTER
from tests.serve.asking import Asker


def pages_of(desk: Asker, about: str = MATTER) -> Iterator[str]:
    """The address of a page of each kind, with something on it."""
    found = desk.json("/statements?limit=200")["items"]
    one = found[0]
    yield from ("/", "/?q=guards", "/speakers", "/matter", f"/matter?about={quote(about)}")
    saved = desk.json("/alerts")["items"] or [desk.post("/alerts", {"name": "Walk", "q": about[:900]}).json()]
    yield from ("/alerts", f"/alerts/{saved[0]['id']}")
    yield from ("/conflicts", "/links", "/events", "/judgements", "/read", "/check", "/sign-in")
    for each in found[:3]:
        yield f"/statements/{each['id']}"
    yield f"/statements/{one['id']}/wordings"
    yield f"/documents/{one['document_id']}"
    yield f"/documents/{one['document_id']}/versions"
    yield f"/speakers/{quote(next(each['speaker_key'] for each in found if each['speaker_key']), safe='')}"
    for link in desk.json("/links?limit=1")["items"]:
        yield f"/links/{link['id']}"
        yield f"/documents/{link['from']['document_id']}"
