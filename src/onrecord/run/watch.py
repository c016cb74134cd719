"""Feeds -> records of what is new in them, one after the other, for as long as it is let.

Whoever takes a result calls its `kept` when it is safe; only then is the entry written down as passed on. So an entry may
come twice, if the watch is killed between the two, but none is ever lost.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from onrecord.data import Document, Record, Rejection
from onrecord.errors import ReadError
from onrecord.read import entries_whole
from onrecord.read.feed.wishes import Wishes, wishes
from onrecord.read.files import without_password
from onrecord.read.web.answers import entries_in
from onrecord.read.web.fetch import Fetched, Validators, fetcher
from onrecord.run.local import RunOptions, records_of_batches
from onrecord.run.polls import Fetch, Polled, Polls
from onrecord.run.watch_state import EntryKey, FeedState, State
from onrecord.settings import ReadOptions

_LONGEST_SECONDS = 86_400.0
_MOST_DOUBLINGS = 10
_JITTER = 0.1
_IDLE_SECONDS = 3600.0

Result = Record | Rejection
Batches = Callable[[Iterable[Document | Rejection]], Iterator[Result]]


def _nothing() -> None:
    """A warning needs no keeping, and a round no more than its results."""


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How feeds are watched. `once`: ask each of them once and stop. `fetch` asks a server.

    `after_round` is called whenever all feeds have answered that were being asked when it was called last.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    run: RunOptions = field(default_factory=RunOptions)
    jobs: int = 1
    every_seconds: float = 900.0
    once: bool = False
    fetch: Fetch | None = None
    after_round: Callable[[], None] = _nothing


@dataclass(frozen=True, slots=True)
class Watched:
    """A record, a rejection or a warning, and what is to be called once it is where it belongs."""

    result: Result
    kept: Callable[[], None]


def watched(feeds: Iterable[str], state: State, options: WatchOptions) -> Generator[Watched, None, None]:
    """What is new in the feeds, now and from now on; with `once`, now.

    Args:
        feeds: the addresses of the feeds.
        state: what earlier watches passed on.
        options: how often to ask, and how to read.

    Raises:
        RunError: the state cannot be written, or no document can be read.
    """
    addresses = tuple(feeds)
    polls = Polls(options.fetch or fetcher(options.read.allow_private).fetched, len(addresses))
    try:
        with records_of_batches(options.run, options.jobs) as batches:
            watch = _Watch(state, options, batches)
            yield from watch.begin(addresses)
            while watch.is_waiting():
                watch.ask_due(polls)
                polled = polls.answer(watch.seconds_to_next())
                if polled is not None:
                    yield from watch.taken(polled)
                    if watch.ends_round(polled.address):
                        options.after_round()
    finally:
        polls.end()


@dataclass(slots=True)
class _Batch:
    """The entries of one answer: what the feed lists, what of it was handed out, and how much of that is not yet kept."""

    state: State
    feed: str
    listed: dict[EntryKey, None] = field(default_factory=dict)
    handed_out: deque[EntryKey] = field(default_factory=deque)
    not_kept: int = 0

    def new(self, entries: Iterable[Document | Rejection]) -> Iterator[Document | Rejection]:
        """The entries that were not passed on before, after the warnings about them."""
        warnings: list[Rejection] = []
        for one in entries:
            if isinstance(one, Rejection) and one.warning:
                warnings.append(one)
                continue
            key = _key(self.feed, one)
            if key not in self.listed and not self.state.is_known(key):
                self.handed_out.append(key)
                self.not_kept += 1
                yield from warnings
                yield one
            self.listed[key] = None
            warnings = []

    def watched(self, result: Result) -> Watched:
        """The result of the entry that was handed out first, or a warning about it."""
        if isinstance(result, Rejection) and result.warning:
            return Watched(result, _nothing)
        return Watched(result, partial(self._keep, self.handed_out.popleft()))

    def _keep(self, entry: EntryKey) -> None:
        self.state.keep(entry)
        self.not_kept -= 1


class _Watch:
    """One run of a watch. Waiting is counted on the monotonic clock, so that a clock set back delays nothing."""

    def __init__(self, state: State, options: WatchOptions, batches: Batches) -> None:
        self._state = state
        self._options = options
        self._batches = batches
        self._due: dict[str, float] = {}
        self._asked: set[str] = set()
        self._round: set[str] = set()
        self._wishes: dict[str, Wishes] = {}

    def begin(self, feeds: Iterable[str]) -> Iterator[Watched]:
        """Set every feed's time: the one it had when the last watch ended. `once` asks all but those that fail and rest."""
        now = time.monotonic()
        for address in feeds:
            known = self._state.feed(address)
            left = known.due_at - time.time()
            if not 0 < left <= (1 + _JITTER) * _LONGEST_SECONDS:
                left = 0.0  # a time further off than any that is ever set comes from a clock that was set back since
            if self._options.once and known.failures and left:
                message = f"It failed {known.failures} times in a row and is left alone for {left / 60:,.0f} minutes more."
                yield Watched(Rejection(without_password(address), "read.http_status", message, warning=True), _nothing)
            else:
                self._due[address] = now + (0.0 if self._options.once else left)

    def is_waiting(self) -> bool:
        return bool(self._due or self._asked)

    def seconds_to_next(self) -> float:
        soonest = min(self._due.values(), default=time.monotonic() + _IDLE_SECONDS)
        return min(soonest - time.monotonic(), _IDLE_SECONDS)

    def ask_due(self, polls: Polls) -> None:
        """Have every feed asked whose time has come."""
        now = time.monotonic()
        for address in [address for address, due in self._due.items() if due <= now]:
            del self._due[address]
            self._asked.add(address)
            polls.ask(address, self._state.feed(address).validators)
        self._round = self._round or set(self._asked)

    def ends_round(self, answered: str) -> bool:
        """Whether it is the last answer of its round; those that are asked by then are the next one."""
        self._round.discard(answered)
        if self._round:
            return False
        self._round = set(self._asked)
        return True

    def taken(self, polled: Polled) -> Iterator[Watched]:
        """What an answer holds that is new; then the feed's next time is set."""
        address = polled.address
        self._asked.discard(address)
        known = self._state.feed(address)
        batch = _Batch(self._state, address)
        try:
            answer, entries = _opened(polled, self._options.read)
        except ReadError as error:
            self._put_down(batch, replace(known, failures=known.failures + 1), error.context.get("retry_after", 0.0))
            yield Watched(Rejection(without_password(address), error.code, error.message), _nothing)
            return
        for result in self._batches(entries_whole(batch.new(entries), self._options.read)):
            yield batch.watched(result)
        if answer.not_modified:
            self._put_down(batch, FeedState(known.validators))
        else:
            self._wishes[address] = wishes(answer.body)
            # The server must send it all again while an entry of it is not safe.
            self._put_down(batch, FeedState(answer.validators if not batch.not_kept else Validators()))

    def _put_down(self, batch: _Batch, stands: FeedState, least_seconds: float = 0.0) -> None:
        """Set a feed's next time, later for one that fails, and write it down."""
        wished = self._wishes.get(batch.feed, Wishes())
        every = self._options.every_seconds * 2 ** min(stands.failures, _MOST_DOUBLINGS)
        seconds = min(max(every, wished.seconds, least_seconds), _LONGEST_SECONDS) * random.uniform(1, 1 + _JITTER)
        seconds += wished.put_off(datetime.now(UTC) + timedelta(seconds=seconds)).total_seconds()
        if not self._options.once:
            self._due[batch.feed] = time.monotonic() + seconds
        self._state.asked(batch.feed, replace(stands, due_at=time.time() + seconds), batch.listed)


def _opened(polled: Polled, options: ReadOptions) -> tuple[Fetched, list[Document | Rejection]]:
    """The answer and its entries; a feed without any is no failure.

    Raises:
        ReadError: there is no answer, or it is no feed.
    """
    if isinstance(polled.answer, ReadError):
        raise polled.answer
    if polled.answer.not_modified:
        return polled.answer, []
    try:
        return polled.answer, list(entries_in(polled.answer, options))
    except ReadError as error:
        if error.code == "read.no_entries":
            return polled.answer, []
        raise


def _key(feed: str, one: Document | Rejection) -> EntryKey:
    """What names an entry in its feed, and a digest of what it says."""
    said = f"{one.title}\n{one.text}" if isinstance(one, Document) else one.code
    key = one.locator.partition("#")[2] or one.locator
    return EntryKey(feed, key.encode("utf8", "replace").decode("utf8"), hashlib.sha256(said.encode("utf8", "replace")).hexdigest())
