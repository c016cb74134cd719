"""What several documents announce -> events: which of their announcements are of the same one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from onrecord.data import EventStatus
from onrecord.link.stems import stems_of
from onrecord.record.days import last_day
from onrecord.resolve.event_days import is_a_day, is_one_day
from onrecord.resolve.event_mentions import is_of_coming, kind_of
from onrecord.resolve.event_words import AGAIN, COUNTED, LISTED, OTHER, plain

Row = dict[str, Any]
SAME_WORDS = 0.5  # share of the words of the shorter announcement from which on two of one kind are alike
SAME_TOPIC = 2  # words of all that two documents announce, from which on they are of one story
_OWNED = re.compile(r"[’']s?\b")
_NEWEST = 40  # how many events with a word, and of a day, an announcement is compared with
_NEW_DAY = (EventStatus.MOVED, EventStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Telling:
    """One document's announcement, with what it is compared by.

    `earlier` are the days that it had before, `company` the keys of those who speak in the document and its publisher, `topic` the words of
    all that it announces. `is_absence` is told
    where somebody will not come, which denies no event of others.
    """

    row: Row
    earlier: frozenset[str]
    company: frozenset[str]
    topic: frozenset[str]
    kind: str
    ordinal: str
    words: frozenset[str]
    is_absence: bool

    @property
    def days(self) -> tuple[str, ...]:
        """The day for which it is announced, and those before it was moved."""
        when = self.row["when"]
        return ((when,) if when else ()) + tuple(sorted(self.earlier))

    @property
    def gets_a_new_day(self) -> bool:
        """Whether it may have been known for another day, which this document does not tell."""
        return self.row["status"] in _NEW_DAY or AGAIN.search(self.row["what"]) is not None


@dataclass(slots=True)
class Group:
    """The announcements of one event, in the order of their documents' days."""

    told: list[Telling] = field(default_factory=list)

    def likeness(self, one: Telling) -> int:
        """How much speaks for the announcement being of this event: 0 for nothing. What one reading holds apart stays apart."""
        if any(one.row["reading_id"] == other.row["reading_id"] or not _may_be_one(one, other) for other in self.told):
            return 0
        same_day = self._has_that_day(one)
        return max((_likeness(one, other, same_day) for other in self.told), default=0)

    def take_over(self, other: Group) -> None:
        """Makes two groups one, where an announcement is like both and no reading holds them apart."""
        mine = {one.row["reading_id"] for one in self.told}
        if not mine & {one.row["reading_id"] for one in other.told} and all(_may_be_one(a, b) for a in self.told for b in other.told):
            self.told = sorted((*self.told, *other.told), key=lambda one: (one.row["known_on"], one.row["id"]))
            other.told = []

    def _has_that_day(self, one: Telling) -> bool | None:
        """Whether they agree in a day; None where one tells none. The newest day counts unless the announcement moves it."""
        known = [day for other in self.told for day in other.days]
        if not known or not one.days:
            return None
        if any(is_one_day(a, b) for a in one.days for b in known):
            return True
        return None if one.gets_a_new_day or self.told[-1].gets_a_new_day else False


def words_of(row: Row) -> frozenset[str]:
    """The stems of an announcement that tell it from others of its kind."""
    said = " ".join((row["what"], row["place"] or "", *row["participants"]))
    return stems_of(_OWNED.sub("", said)) - _common_words()


def telling(row: Row, earlier: Iterable[str], company: frozenset[str], topic: frozenset[str], speakers: Iterable[Row] = ()) -> Telling:
    """An announcement of the ledger, ready to be compared; `speakers` are the statements of those who say so."""
    what = row["what"]
    counted = COUNTED.search(what)
    absence = bool(row["status"] == EventStatus.DENIED and is_of_coming(what))
    words = words_of(row)
    if words:
        words |= {one["speaker_key"] for one in speakers if one["speaker_key"]}
        words |= stems_of(" ".join(one["speaker_name"] or "" for one in speakers if not one["speaker_key"])) - _common_words()
    return Telling(row, frozenset(earlier), company, topic, kind_of(what), plain(counted[1]) if counted else "", words, absence)


def groups(told: Iterable[Telling]) -> list[Group]:
    """The announcements sorted into events, each to the one that it is most like. Only those that share a word or a day are compared."""
    found: list[Group] = []
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in told:
        keys = list(_keys(one))
        near = sorted({place for key in keys for place in by_key[key][-_NEWEST:]})
        ranked = sorted(((found[place].likeness(one), place) for place in near), reverse=True)
        likely = [place for likeness, place in ranked if likeness > 1] or [place for likeness, place in ranked if likeness]
        place = likely[0] if likely else len(found)
        if not likely:
            found.append(Group())
        found[place].told.append(one)
        for other in likely[1:]:
            found[place].take_over(found[other])
        for key in keys:
            if place not in by_key[key][-_NEWEST:]:
                by_key[key].append(place)
    return [group for group in found if group.told]


def _keys(one: Telling) -> Iterator[tuple[str, str]]:
    for word in one.words:
        yield one.kind, word
    for day in one.days:
        yield one.kind, day[:10]
    for name in one.company:
        yield one.kind, f"by {name}"


def _may_be_one(one: Telling, other: Telling) -> bool:
    """Whether kind, number and place allow it: the words of one place hold those of the other, or one is not told."""
    if one.is_absence or other.is_absence:
        return False
    if one.kind != other.kind or (one.ordinal and other.ordinal and one.ordinal != other.ordinal):
        return False
    mine, theirs = ({word.casefold() for word in (told.row["place"] or "").split()} for told in (one, other))
    return not mine or not theirs or mine <= theirs or theirs <= mine


def _likeness(one: Telling, other: Telling, same_day: bool | None) -> int:
    """Without a common day they must share half their words; with one a word, or, where the words tell nothing, whoever speaks."""
    shared = len(one.words & other.words)
    if same_day is False or (same_day is None and not one.gets_a_new_day and not _is_still_ahead(one, other)):
        return 0
    if same_day and one.ordinal and one.ordinal == other.ordinal and _is_one_story(one, other):
        return 3
    bare = not one.words or not other.words
    if bare and (same_day or _is_without_day(one, other)):
        return 1 if _is_one_story(one, other) and one.kind != OTHER else 0
    alike = shared >= max(1.0, SAME_WORDS * min(len(one.words), len(other.words)))
    if same_day:
        exact = any(is_a_day(day) for day in one.days)
        return 2 + shared if alike or (exact and shared and one.kind != OTHER) else 0
    return shared if alike else 0


def _is_one_story(one: Telling, other: Telling) -> bool:
    """Whether the documents share a speaker or a publisher, or announce things in the same words."""
    return bool(one.company & other.company) or len(one.topic & other.topic) >= SAME_TOPIC


def _is_without_day(one: Telling, other: Telling) -> bool:
    return (not one.days) != (not other.days)


def _is_still_ahead(one: Telling, other: Telling) -> bool:
    """Whether the day that the earlier document tells had not passed when the later one came out."""
    days = [last_day(day) for day in other.days]
    return not days or any(day is not None and day >= one.row["known_on"] for day in days)


@cache
def _common_words() -> frozenset[str]:
    """Stems that do not tell one event of a kind from another: calendar words and those of the lists of `events.toml`."""
    calendar = (
        "today tomorrow tonight morning afternoon evening night week month year day Monday Tuesday Wednesday Thursday Friday Saturday "
        "Sunday January February March April May June July August September October November December noon midnight next last "
        "Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec"
    )
    return stems_of(" ".join((calendar, *LISTED)))
