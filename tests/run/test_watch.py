"""Watching feeds: what is new is passed on once it is, and never lost, whatever feeds, clocks and killers do."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from tests.read.invented_feeds import rss
from tests.read.loopback import Asked, Page, Web, web
from tests.run.fake_reader import FakeReader

from onrecord.data import Record, Rejection
from onrecord.errors import ReadError, RunError
from onrecord.read.web import fetch
from onrecord.read.web.fetch import Fetcher, Limits
from onrecord.run.local import RunOptions
from onrecord.run.polls import Polled, Polls
from onrecord.run.watch import Watched, WatchOptions, _Watch, watched
from onrecord.run.watch_state import EntryKey, State
from onrecord.settings import ReadOptions

LOCAL = ReadOptions(allow_private=True)
QUICK = Limits(connect_seconds=2, read_seconds=2, total_seconds=3, delay_seconds=0, patience_seconds=0.2, retries=0)


@pytest.fixture
def lesk() -> Iterator[Web]:
    with web() as running:
        yield running


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    kept = State(tmp_path / "state")
    yield kept
    kept.close()


@pytest.fixture(autouse=True)
def quick_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages behind entries are fetched without delay too."""
    monkeypatch.setattr(fetch, "fetcher", lambda _: Fetcher(LOCAL, Limits(delay_seconds=0)))


def options(*, once: bool = True, follow: bool = False, jobs: int = 1, every: float = 900.0) -> WatchOptions:
    read = ReadOptions(allow_private=True, follow=follow)
    return WatchOptions(read, RunOptions(make_reader=FakeReader), jobs, every, once=once, fetch=Fetcher(LOCAL, QUICK).fetched)


def shown(one: Watched) -> str:
    return one.result.document.text if isinstance(one.result, Record) else one.result.code


def poll(state: State, *feeds: str, wanted: WatchOptions | None = None) -> list[str]:
    """What one round gives, all of it kept."""
    given = []
    for one in watched(feeds, state, wanted or options()):
        given.append(shown(one))
        one.kept()
    return given


def test_only_new_and_changed_entries_are_passed_on(lesk: Web, state: State) -> None:
    feed = lesk.address + "/feed"
    rounds = [
        (rss(("1", "One."), ("2", "Two.")), ["One.", "Two."]),
        (rss(("1", "One."), ("2", "Two.")), []),
        (rss(("3", "Three."), ("1", "One, corrected."), ("2", "Two.")), ["Three.", "One, corrected."]),
        (rss(("3", "Three."), ("1", "One."), ("2", "Two.")), []),
        (rss(), []),
    ]
    for body, new in rounds:
        lesk.pages["/feed"] = Page(body)
        assert poll(state, feed) == new


def test_a_round_ends_when_all_feeds_that_were_asked_have_answered(lesk: Web, state: State) -> None:
    lesk.pages["/news"], lesk.pages["/town"] = Page(rss(("1", "One."), ("2", "Two."))), Page(rss(("3", "Three.")))
    given: list[str] = []
    ended: list[list[str]] = []
    wanted = replace(options(), after_round=lambda: ended.append(sorted(given)))
    for _ in range(2):
        for one in watched([lesk.address + "/news", lesk.address + "/gone", lesk.address + "/town"], state, wanted):
            given.append(shown(one))
            one.kept()
    first = ["One.", "Three.", "Two.", "read.http_status"]
    assert ended == [first, [*first, "read.http_status"]]


def test_a_feed_that_is_asked_again_meanwhile_belongs_to_the_next_round(state: State) -> None:
    watch = _Watch(state, options(once=False), lambda _: iter(()))
    list(watch.begin(["quick", "slow"]))
    asked: list[str] = []
    polls = cast("Polls", SimpleNamespace(ask=lambda address, _: asked.append(address)))
    watch.ask_due(polls)
    assert asked == ["quick", "slow"]
    list(watch.taken(Polled("quick", ReadError("no"))))
    assert not watch.ends_round("quick")
    watch._due["quick"] = 0.0
    watch.ask_due(polls)
    list(watch.taken(Polled("slow", ReadError("no"))))
    assert watch.ends_round("slow")
    list(watch.taken(Polled("quick", ReadError("no"))))
    assert watch.ends_round("quick")


def test_two_entries_with_one_guid_are_both_passed_on_and_only_once(lesk: Web, state: State) -> None:
    lesk.pages["/feed"] = Page(rss(("same", "One."), ("same", "Two."), ("same", "One.")))
    assert poll(state, lesk.address + "/feed") == ["One.", "Two."]
    assert poll(state, lesk.address + "/feed") == []


def test_an_entry_named_by_its_address_is_passed_on_once_for_all_feeds(lesk: Web, state: State) -> None:
    lesk.pages["/news"] = lesk.pages["/town"] = Page(rss(("https://lesk.example/1", "One."), ("7", "Seven.")))
    assert sorted(poll(state, lesk.address + "/news", lesk.address + "/town")) == ["One.", "Seven.", "Seven."]


def test_what_a_server_says_of_its_version_is_sent_back(lesk: Web, state: State) -> None:
    def conditional(asked: Asked) -> Page:
        if asked.headers.get("if-none-match") == '"a"':
            return Page(status=304)
        return Page(rss(("1", "One.")), headers={"ETag": '"a"', "Last-Modified": "Tue, 04 Mar 2031 10:00:00 GMT"})

    lesk.pages["/feed"] = conditional
    assert [poll(state, lesk.address + "/feed") for _ in range(3)] == [["One."], [], []]
    asked = [one for one in lesk.asked if one.path == "/feed"]
    assert [one.headers.get("if-modified-since") for one in asked] == [None, *["Tue, 04 Mar 2031 10:00:00 GMT"] * 2]


def test_what_was_not_kept_comes_again_though_the_server_has_nothing_newer(lesk: Web, state: State) -> None:
    lesk.pages["/feed"] = lambda asked: (
        Page(status=304) if "if-none-match" in asked.headers else Page(rss(("1", "One."), ("2", "Two.")), headers={"ETag": '"a"'})
    )
    feed = lesk.address + "/feed"
    first = next(found := watched([feed], state, options()))
    first.kept()
    found.close()
    assert poll(state, feed) == ["Two."]
    assert [shown(one) for one in watched([feed], state, options())] == []


def test_an_entry_that_is_taken_and_never_kept_comes_again(lesk: Web, state: State) -> None:
    lesk.pages["/feed"] = lambda asked: (
        Page(status=304) if "if-none-match" in asked.headers else Page(rss(("1", "One.")), headers={"ETag": "a"})
    )
    for _ in range(2):
        assert [shown(one) for one in watched([lesk.address + "/feed"], state, options())] == ["One."]


def test_what_cannot_be_read_is_told_once(lesk: Web, state: State) -> None:
    lesk.pages["/feed"] = Page(rss(("1", "RAISE"), ("2", "REFUSE"), ("3", "Three."), dated=False))
    given = poll(state, lesk.address + "/feed")
    assert [one for one in given if one != "read.undated"] == ["read.failed", "read.unsupported", "Three."]
    assert poll(state, lesk.address + "/feed") == []


def test_a_feed_that_goes_bad_is_asked_ever_more_seldom_until_it_comes_back(lesk: Web, state: State) -> None:
    feed = lesk.address + "/feed"
    waits = []
    for page in (Page(status=500), Page("<html><p>Sorry</p></html>"), Page(status=404)):
        lesk.pages["/feed"] = page
        with_due(state, feed, 0.0)
        (code,) = poll(state, feed)
        assert code in ("read.http_status", "read.bad_feed")
        waits.append(state.feed(feed).due_at - time.time())
    assert waits[0] > 1700
    assert waits[1] > 1.7 * waits[0]
    assert waits[2] > 1.7 * waits[1]
    assert poll(state, feed) == ["read.http_status"]
    assert len(lesk.paths()) == 3
    with_due(state, feed, 0.0)
    lesk.pages["/feed"] = Page(rss(("1", "One.")))
    assert poll(state, feed) == ["One."]
    assert state.feed(feed).failures == 0
    assert state.feed(feed).due_at - time.time() < 1000


def with_due(state: State, feed: str, due_at: float) -> None:
    from dataclasses import replace  # noqa: PLC0415

    state.asked(feed, replace(state.feed(feed), due_at=due_at))


def test_a_host_that_asks_for_rest_has_it(lesk: Web, state: State) -> None:
    lesk.pages["/feed"] = Page(status=429, headers={"Retry-After": "7200"})
    assert poll(state, lesk.address + "/feed", wanted=options(every=60)) == ["read.http_status"]
    assert state.feed(lesk.address + "/feed").due_at - time.time() > 7000


def test_a_feed_that_wishes_to_be_asked_seldom_is(lesk: Web, state: State) -> None:
    lesk.pages["/feed"] = Page(rss(("1", "One."), more="<ttl>120</ttl>"))
    poll(state, lesk.address + "/feed")
    assert 7100 < state.feed(lesk.address + "/feed").due_at - time.time() < 8000


def test_one_bad_feed_does_not_hold_up_the_others(lesk: Web, state: State) -> None:
    lesk.pages["/slow"] = Page(b"x" * 100, drip_seconds=0.3)
    lesk.pages["/feed"] = Page(rss(("1", "One.")))
    assert poll(state, lesk.address + "/slow", lesk.address + "/feed") == ["One.", "read.timeout"]


def test_the_watch_goes_on_and_asks_again(lesk: Web, state: State) -> None:
    numbers = iter(range(100))
    lesk.pages["/feed"] = lambda _: Page(rss((str(number := next(numbers)), f"Number {number}.")))
    results = watched([lesk.address + "/feed"], state, options(once=False, every=0.1))
    assert [shown(next(results)) for _ in range(3)] == ["Number 0.", "Number 1.", "Number 2."]
    results.close()


def test_a_clock_that_was_set_back_stops_nothing(lesk: Web, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = lesk.address + "/feed"
    lesk.pages["/feed"] = Page(rss(("1", "One.")))
    with_due(state, feed, time.time() + 400 * 86_400)
    results = watched([feed], state, options(once=False, every=0.1))
    monkeypatch.setattr(time, "time", lambda: 1_000_000.0)
    first = next(results)
    assert shown(first) == "One."
    first.kept()
    lesk.pages["/feed"] = Page(rss(("2", "Two.")))
    assert shown(next(results)) == "Two."
    results.close()


def test_a_watch_goes_on_where_the_last_one_was(lesk: Web, state: State) -> None:
    feed = lesk.address + "/feed"
    lesk.pages["/feed"] = Page(rss(("1", "One.")))
    with_due(state, feed, time.time() + 0.8)
    started = time.monotonic()
    results = watched([feed], state, options(once=False))
    next(results)
    results.close()
    assert 0.5 < time.monotonic() - started < 5


def test_the_pages_behind_new_entries_alone_are_fetched(lesk: Web, state: State) -> None:
    links = {"1": "/one", "2": "file:///etc/passwd"}
    lesk.pages["/one"] = Page("Mara Quill said the bridge is safe and will open soon.", headers={"Content-Type": "text/plain"})
    lesk.pages["/feed"] = Page(rss(("1", "One."), ("2", "Two."), links=links))
    feed = lesk.address + "/feed"
    given = poll(state, feed, wanted=options(follow=True))
    assert given == ["Mara Quill said the bridge is safe and will open soon.", "read.not_followed", "Two."]
    assert poll(state, feed, wanted=options(follow=True)) == []
    assert lesk.paths().count("/one") == 1


def test_several_processes_give_the_same(lesk: Web, state: State) -> None:
    entries = [(str(number), f"Mara Quill said number {number}.") for number in range(40)]
    lesk.pages["/feed"] = Page(rss(*entries))
    assert poll(state, lesk.address + "/feed", wanted=options(jobs=2)) == [text for _, text in entries]


BAD_FILES: list[tuple[str, Callable[[Path], object]]] = [
    ("no database", lambda path: path.write_bytes(b"Mara Quill said so. " * 100)),
    ("another program's", lambda path: sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()),
    ("a folder", lambda path: path.mkdir()),
]


@pytest.mark.parametrize("make", [case[1] for case in BAD_FILES], ids=[case[0] for case in BAD_FILES])
def test_a_state_file_that_is_none_is_left_alone(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "x")
    before = (tmp_path / "x").read_bytes() if (tmp_path / "x").is_file() else b""
    with pytest.raises(RunError) as failed:
        State(tmp_path / "x")
    assert failed.value.code == "run.state"
    assert not before or (tmp_path / "x").read_bytes() == before


def test_two_watches_do_not_share_a_state(tmp_path: Path, state: State) -> None:
    with pytest.raises(RunError) as failed:
        State(tmp_path / "state")
    assert failed.value.code == "run.state"


def test_entries_long_gone_from_their_feed_are_forgotten(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    old, listed = EntryKey("f", "old", "1"), EntryKey("f", "listed", "1")
    now = time.time()
    for entry in (old, listed):
        state.keep(entry)
    monkeypatch.setattr(time, "time", lambda: now + 91 * 86_400)
    state.asked("f", state.feed("f"), [listed])
    assert (state.is_known(old), state.is_known(listed)) == (False, True)


def test_warnings_stand_before_their_record(lesk: Web, state: State) -> None:
    lesk.pages["/feed"] = Page(rss(("1", "One."), dated=False))
    results = [one.result for one in watched([lesk.address + "/feed"], state, options())]
    assert [isinstance(one, Rejection) and one.warning for one in results] == [True, False]
