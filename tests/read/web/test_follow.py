"""Addresses as paths, and the pages behind the entries of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.read.invented_feeds import rss
from tests.read.loopback import Page, Web, web

from onrecord.data import CreationBasis, Document, Rejection
from onrecord.read import documents
from onrecord.read.web import fetch
from onrecord.read.web.fetch import Fetcher, Limits
from onrecord.settings import ReadOptions

TEXT = "Mara Quill said the bridge is safe and that it will open soon."
PLAIN = {"Content-Type": "text/plain"}
QUICK = Limits(connect_seconds=2, read_seconds=1, total_seconds=2, delay_seconds=0, patience_seconds=0.1, retries=0)


@pytest.fixture
def lesk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setattr(fetch, "fetcher", lambda allow_private: Fetcher(ReadOptions(allow_private=allow_private), QUICK))
    with web() as running:
        yield running


def read(path: str, *, follow: bool = False) -> list[Document | Rejection]:
    return list(documents([path], ReadOptions(allow_private=True, follow=follow)))


def shown(found: list[Document | Rejection]) -> list[str]:
    return [one.text if isinstance(one, Document) else one.code for one in found]


def test_what_lies_at_an_address_is_read_as_what_it_is(lesk: Web) -> None:
    lesk.pages["/news/bridge.txt"] = Page(f"date 2031-03-04\n{TEXT}", headers=PLAIN)
    lesk.pages["/wire"] = Page('{"text": "date 2031-03-04", "name": "lesk/1"}')
    (document,) = read(lesk.address + "/news/bridge.txt#top")
    assert isinstance(document, Document)
    assert (document.name, document.locator, document.url) == ("127.0.0.1/news/bridge", *[lesk.address + "/news/bridge.txt"] * 2)
    assert document.retrieved_at
    (wire,) = read(lesk.address + "/wire")
    assert isinstance(wire, Document)
    assert (wire.name, wire.url) == ("lesk/1", None)


def test_the_entries_of_a_feed_have_locators_that_stay(lesk: Web) -> None:
    lesk.pages["/feed"] = Page(rss(("a b", TEXT), ("7", TEXT), links={"7": "/seven"}))
    found = [one for one in read(lesk.address + "/feed") if isinstance(one, Document)]
    assert [one.locator for one in found] == [lesk.address + "/feed#a b", lesk.address + "/feed#7"]
    assert [one.url for one in found] == [None, lesk.address + "/seven"]


def test_passwords_in_addresses_are_not_shown(lesk: Web) -> None:
    (refused,) = read(lesk.address.replace("//", "//mara:secret@") + "/gone")
    assert "secret" not in repr(refused)


def test_without_leave_nothing_of_this_network_is_fetched(lesk: Web) -> None:
    (refused,) = documents([lesk.address + "/a"])
    assert isinstance(refused, Rejection)
    assert refused.code == "read.refused_address"
    assert lesk.asked == []


def test_what_the_page_does_not_say_the_feed_says(lesk: Web) -> None:
    lesk.pages["/seven"] = Page(TEXT, headers=PLAIN)
    lesk.pages["/feed"] = Page(rss(("7", "Mara Quill said so."), links={"7": "seven"}))
    (document,) = read(lesk.address + "/feed", follow=True)
    assert isinstance(document, Document)
    assert (document.text, document.title, document.publisher) == (TEXT, "Bridge 7", "Lesk Courier")
    assert (document.creation_time or "").startswith("2031-03-04")
    assert document.creation_time_basis is CreationBasis.METADATA
    assert document.locator == lesk.address + "/seven"


PAGES = [
    ("not there", Page(status=404)),
    ("not text", Page(b"\0\1\2")),
    ("empty", Page(" ")),
    ("less than the feed gives", Page("Subscribe.", headers=PLAIN)),
    ("several documents", Page('{"text": "date 2031-03-04"}\n{"text": "date 2031-03-04"}\n')),
    ("slow", Page(b"x" * 100, drip_seconds=0.2)),
    ("a redirect to nowhere", Page(status=302, headers={"Location": "file:///etc/passwd"})),
]


@pytest.mark.parametrize("page", [case[1] for case in PAGES], ids=[case[0] for case in PAGES])
def test_where_a_page_cannot_be_had_the_entry_is_kept_with_a_warning(lesk: Web, page: Page) -> None:
    lesk.pages["/seven"] = page
    lesk.pages["/feed"] = Page(rss(("7", "Mara Quill said so again."), links={"7": "/seven"}))
    warning, document = read(lesk.address + "/feed", follow=True)
    assert isinstance(warning, Rejection)
    assert (warning.code, warning.warning) == ("read.not_followed", True)
    assert isinstance(document, Document)
    assert document.text == "Mara Quill said so again."


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "data:text/plain,x", "javascript:alert(1)", "mailto:quill@lesk.example", "http://[", ""]
)
def test_links_to_anything_but_the_web_are_not_followed(lesk: Web, link: str) -> None:
    lesk.pages["/feed"] = Page(rss(("7", "Mara Quill said so."), links={"7": link}))
    assert shown(read(lesk.address + "/feed", follow=True)) == ["read.not_followed", "Mara Quill said so."]
    assert lesk.paths() == ["/feed"]


def test_relative_links_of_a_saved_feed_lead_nowhere(lesk: Web, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(("7", "Mara Quill said so."), links={"7": "secret.txt"}), encoding="utf8")
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf8")
    assert shown(read(str(tmp_path / "feed.xml"), follow=True)) == ["read.not_followed", "Mara Quill said so."]


def test_a_feed_behind_an_entry_is_not_followed_further(lesk: Web) -> None:
    lesk.pages["/feed"] = Page(rss(("7", "So."), links={"7": "/feed"}))
    read(lesk.address + "/feed", follow=True)
    assert lesk.paths() == ["/feed", "/feed"]
