"""What several documents announce -> events: which of their announcements are of the same one.

First those that are alike in their words and agree in their day; then (`event_stories`) those that only their kind and day tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.find.event_tellings import Telling
from onrecord.resolve.event_days import is_a_day, is_one_day
from onrecord.resolve.event_words import NEEDS_ALL, OTHER

SAME_WORDS = 0.5  # share of the words of the shorter announcement from which on two of one kind are alike
_NEWEST = 40  # how many events with a word, and of a day, an announcement is compared with, and how many announcements of each
_SIDES = 2  # who take part in a match or a debate


@dataclass(slots=True, eq=False)
class Group:
    """The announcements of one event, in the order of their documents' days, with their readings and the calendar days that they tell."""

    told: list[Telling] = field(default_factory=list)
    readings: set[int] = field(default_factory=set)
    days: set[str] = field(default_factory=set)

    @property
    def newest(self) -> list[Telling]:
        """Those that others are compared with."""
        return self.told[-_NEWEST:]

    def add(self, one: Telling) -> None:
        """Takes in one more announcement, which is not of an earlier day than those before."""
        self.told.append(one)
        self.readings.add(one.row["reading_id"])
        self.days.update(day[:10] for day in one.days if is_a_day(day))

    def likeness(self, one: Telling) -> int:
        """How much speaks for the announcement being of this event: 0 for nothing. What one reading holds apart stays apart."""
        if not self.may_take((one,)):
            return 0
        same_day = self.has_day_of(one)
        return max((_likeness(one, other, same_day) for other in self.newest), default=0)

    def may_take(self, told: Sequence[Telling]) -> bool:
        """Whether nothing forbids that the announcements are of this event."""
        return all(one.row["reading_id"] not in self.readings for one in told) and all(
            _may_be_one(one, other) for other in told[-_NEWEST:] for one in self.newest
        )

    def take_over(self, other: Group) -> None:
        """Makes two groups one, where nothing forbids it."""
        if self.may_take(other.told):
            self.told = sorted((*self.told, *other.told), key=lambda one: (one.row["known_on"], one.row["id"]))
            self.readings |= other.readings
            self.days |= other.days
            other.told, other.readings, other.days = [], set(), set()

    def has_day_of(self, one: Telling) -> bool | None:
        """Whether they agree in a day; None where one tells none. The newest day counts unless the announcement moves it."""
        known = [day for other in self.newest for day in other.days]
        if not known or not one.days:
            return None
        if any(is_one_day(a, b) for a in one.days for b in known):
            return True
        return None if one.gets_a_new_day or self.told[-1].gets_a_new_day else False


def alike(told: Iterable[Telling]) -> list[Group]:
    """The announcements sorted by their words, each to the event that it is most like; those without a common word are not compared."""
    found: list[Group] = []
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in told:
        keys = list(_keys(one))
        near = sorted({place for key in keys for place in by_key[key][-_NEWEST:]})
        likely = [place for likeness, place in sorted(((found[place].likeness(one), place) for place in near), reverse=True) if likeness]
        place = likely[0] if likely else len(found)
        if not likely:
            found.append(Group())
        found[place].add(one)
        for other in likely[1:]:
            found[place].take_over(found[other])
        for key in keys:
            if place not in by_key[key][-_NEWEST:]:
                by_key[key].append(place)
    return [group for group in found if group.told]


def _keys(one: Telling) -> Iterator[tuple[str, str]]:
    if one.words:
        yield from ((one.kind, word) for word in one.words)
        yield from ((one.kind, day[:10]) for day in one.days)


def is_alike(one: Telling, other: Telling) -> int:
    """How many words of their own two announcements share, where those are half the words of the shorter.

    A town is not enough where each has words of its own, unless both call the event by one name ("the summit in Lesk").
    """
    shared = _shared(one, other)
    return shared if shared >= max(1.0, SAME_WORDS * min(len(one.words), len(other.words))) else 0


def share_name(one: Telling, other: Telling) -> bool:
    """Whether both call it by a noun that tells it from others of its kind: "the referendum"."""
    return not one.names.isdisjoint(other.names)


def _shared(one: Telling, other: Telling) -> int:
    shared, where = one.words & other.words, one.where | other.where
    if shared <= where and one.words - where and other.words - where and not share_name(one, other):
        return 0
    return len(shared)


def _may_be_one(one: Telling, other: Telling) -> bool:
    """Whether kind, name, number, sides and place allow it: the words of one place hold those of the other, or one is not told."""
    if one.is_absence or other.is_absence or one.kind != other.kind:
        return False
    if (one.ordinal and other.ordinal and one.ordinal != other.ordinal) or (one.names and other.names and not share_name(one, other)):
        return False
    if one.kind in NEEDS_ALL and _have_other_sides(one, other):
        return False
    mine, theirs = ({word.casefold() for word in (told.row["place"] or "").split()} for told in (one, other))
    return not mine or not theirs or mine <= theirs or theirs <= mine


def _have_other_sides(one: Telling, other: Telling) -> bool:
    mine, theirs = one.row["participants"], other.row["participants"]
    return len(mine) >= _SIDES and len(theirs) >= _SIDES and people_of(one).isdisjoint(people_of(other))


def people_of(one: Telling) -> frozenset[str]:
    """The words of the names of those who take part."""
    return frozenset(word.casefold() for name in one.row["participants"] for word in name.split())


def _likeness(one: Telling, other: Telling, same_day: bool | None) -> int:
    """Without a common day they must share half their words, with one a word."""
    if same_day:
        enough = one.kind != OTHER and any(is_a_day(day) for day in one.days) and _shared(one, other)
        return 1 + (is_alike(one, other) or enough or -1)
    if same_day is False or one.is_new or (not one.gets_a_new_day and not other.is_ahead_of(one.row["known_on"])):
        return 0
    return is_alike(one, other)
