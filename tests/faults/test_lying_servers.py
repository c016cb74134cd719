"""Fault: servers that are slow, cut answers short, lie about them, or never end. Others go on; once they are well nothing is lost."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.outcome import Told, held_in, nothing_lost
from tests.read.invented_feeds import rss
from tests.read.loopback import Asked, Page, Web, web
from tests.run.fake_reader import FakeReader

from onrecord.data import Rejection
from onrecord.errors import ReadError
from onrecord.read.web.fetch import Fetcher, Limits
from onrecord.record.ledger import Program, open_ledger
from onrecord.run.local import RunOptions
from onrecord.run.watch import WatchOptions, watched
from onrecord.run.watch_state import State
from onrecord.settings import ReadOptions

LIMITS = Limits(connect_seconds=2, read_seconds=1, total_seconds=2, largest_bytes=1 << 20, delay_seconds=0, patience_seconds=0.1, retries=0)
LOCAL = ReadOptions(allow_private=True)
PROGRAM = Program("onrecord test", (("tagger", "0" * 64),))
ENTRIES = [(str(n), f"Mara Quill said berth {n} is shut. It rained on the berth {n} all day.") for n in range(20)]
FEED, OTHER = rss(*ENTRIES), rss(("other", "Otto Brandt said the tram is late."))
MOST_MEMORY = 100_000_000


def packed(data: bytes, **headers: str) -> Page:
    return Page(gzip.compress(data), headers={"Content-Encoding": "gzip", **headers})


def forever_the_same(asked: Asked) -> Page:
    """Says that nothing is new to whoever knows a version, whatever there is."""
    return Page(status=304) if "if-none-match" in asked.headers else Page(rss(*ENTRIES[:5]), headers={"ETag": '"a"'})


Lie = Page | Callable[[Asked], Page]
# What the server does, and the codes of what is told of it.
LIES: list[tuple[str, Lie, set[str]]] = [
    ("a byte at a time", Page(FEED, drip_seconds=0.05), {"read.timeout"}),
    ("more declared than sent", Page(FEED[:1500], declared_length=len(FEED)), {"read.timeout", "read.bad_response"}),
    ("less declared than sent", Page(FEED, declared_length=1500), {"read.damaged"}),
    ("the half of a feed", Page(FEED[:1500]), {"read.damaged"}),
    ("a wrong charset", Page(FEED, headers={"Content-Type": "application/rss+xml; charset=utf-16"}), set()),
    ("a charset that there is not", Page(FEED, headers={"Content-Type": "text/xml; charset=x-lesk"}), set()),
    ("too much", Page(b"<rss><channel>" + b"a" * (2 << 20)), {"read.too_large"}),
    ("a gzip bomb", packed(b"<rss><channel>" + b" " * (1 << 28)), {"read.too_large", "read.bomb"}),
    ("gzip that is none", Page(FEED, headers={"Content-Encoding": "gzip"}), {"read.bad_response"}),
    ("gzip that breaks off", Page(gzip.compress(FEED.encode())[:200], headers={"Content-Encoding": "gzip"}), {"read.bad_response"}),
    ("redirects in a ring", Page(status=302, headers={"Location": "/feed"}), {"read.redirects"}),
    ("redirects to nowhere", Page(status=302, headers={"Location": "http://127.0.0.1:1/"}), {"read.not_reached"}),
    ("a page in place of the feed", Page("<html><body><p>We are being rebuilt.</p></body></html>"), {"read.bad_feed", "read.no_entries"}),
    ("nothing at all", Page(b""), {"read.bad_feed", "read.empty", "read.no_text"}),
    ("an error", Page(status=500), {"read.http_status"}),
    ("no answer in HTTP", Page(status=200, headers={"X": "a\r\nbroken \x01 line"}), {"read.bad_response"}),
    ("nothing new for ever", forever_the_same, set()),
]


@pytest.fixture
def lesk() -> Iterator[Web]:
    with web() as running:
        yield running


def round_of(folder: Path, where: str, lesk: Web) -> list[Rejection]:
    """One round over the bad feed and another one, into the ledger; what was told of."""
    told = []
    state = State(folder / f"{Path(where).stem}.state")
    options = WatchOptions(LOCAL, RunOptions(make_reader=FakeReader), once=True, fetch=Fetcher(LOCAL, LIMITS).fetched)
    with open_ledger(where, create=True) as ledger:
        run = ledger.begin(PROGRAM, "watch")
        for feed in (f"{lesk.address}/feed", f"{lesk.address}/other"):  # the failures before are forgiven
            stands = state.feed(feed)
            state.asked(feed, type(stands)(stands.validators))
        for one in watched([f"{lesk.address}/feed", f"{lesk.address}/other"], state, options):
            ledger.add(run, [one.result])
            one.kept()
            told += [one.result] if isinstance(one.result, Rejection) else []
        ledger.end(run)
    state.close()
    return told


@pytest.mark.parametrize(("what", "lie", "codes"), LIES, ids=[one[0] for one in LIES])
def test_a_server_that_lies_holds_up_no_other_and_nothing_is_lost_once_it_is_well(
    tmp_path: Path, lesk: Web, what: str, lie: Lie, codes: set[str], record_property: Told
) -> None:
    lesk.pages.update({"/feed": Page(FEED), "/other": Page(OTHER)})
    round_of(tmp_path, str(tmp_path / "whole.db"), lesk)
    wanted = held_in(tmp_path / "whole.db")
    where = str(tmp_path / "ledger.db")
    lesk.pages["/feed"] = lie
    tracemalloc.start()
    began = time.monotonic()
    told = [one for _ in range(2) for one in round_of(tmp_path, where, lesk)]
    seconds = time.monotonic() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {one.code for one in told} <= codes
    assert bool(told) == bool(codes)
    assert seconds < 60  # it does end
    assert peak < MOST_MEMORY
    during = held_in(where)
    assert any("Otto Brandt" in line for lines in during.values() for line in lines)
    assert {key: wanted.get(key) for key in during} == during  # no half of an entry, and no other letters
    lesk.pages["/feed"] = Page(FEED)
    round_of(tmp_path, where, lesk)
    nothing_lost(record_property, where, wanted, "lying server", f"{what}, then well")


@pytest.mark.parametrize(("what", "lie"), [one[:2] for one in LIES if one[2] & {"read.timeout", "read.bad_response", "read.too_large"}])
def test_a_page_of_a_server_that_lies_is_refused(lesk: Web, what: str, lie: Page) -> None:
    lesk.pages["/page"] = lie
    with pytest.raises(ReadError) as failed:
        Fetcher(LOCAL, LIMITS).fetched(f"{lesk.address}/page")
    assert failed.value.code in {"read.timeout", "read.bad_response", "read.too_large"}
