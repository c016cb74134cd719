"""Events of one story: what only a definite noun, a kind and a day tell is the one event that the story can mean.

Two documents are of one story where they tell of a common event already, or quote the same speaker.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.find.event_groups import Group, alike, is_alike, people_of, share_name
from onrecord.find.event_tellings import Telling
from onrecord.resolve.event_words import OTHER, SIDED

_NEAREST = 20  # how many events of a story before and after one are compared with it
_SAME_DAY, _NEW_DAY = 2, 1  # what speaks for two being one: they agree in their day, or one gets the other a new one
Item = tuple[str, object]


def groups(told: Iterable[Telling]) -> list[Group]:
    """The announcements sorted into events: those that are alike, then those of one story of which only one can be meant."""
    found = alike(told)
    stories = _Stories(found)
    for place, group in enumerate(found):
        meant = stories.meant_by(place) if group.told else None
        if meant is not None and stories.meant_by(meant) == place:
            stories.join(place, meant)
    return [group for group in found if group.told]


class _Stories:
    """Which events share a document with a common event, or a speaker, and are of one kind."""

    def __init__(self, found: list[Group]) -> None:
        self._found = found
        self._of_reading: dict[int, list[int]] = defaultdict(list)
        for place, group in enumerate(found):
            for reading in group.readings:
                self._of_reading[reading].append(place)
        self._items: list[set[Item]] = [set() for _ in found]
        self._of_item: dict[tuple[str, Item], list[int]] = defaultdict(list)
        for place, group in enumerate(found):
            for item in self._told_with(group):
                self._add(place, item)

    def _told_with(self, group: Group) -> Iterator[Item]:
        for reading in group.readings:
            yield from (("event", place) for place in self._of_reading[reading])
        for one in group.told:
            yield from (("speaker", key) for key in one.company)

    def _add(self, place: int, item: Item) -> None:
        if item not in self._items[place]:
            self._items[place].add(item)
            insort(self._of_item[self._found[place].told[0].kind, item], place)

    def join(self, place: int, other: int) -> None:
        """Makes two events one; what their documents tell besides is of one story from then on."""
        readings = self._found[place].readings | self._found[other].readings
        self._found[place].take_over(self._found[other])
        for near in {near for reading in readings for near in self._of_reading[reading] if self._found[near].told}:
            self._add(near, ("event", place))

    def meant_by(self, place: int) -> int | None:
        """The one event of the story that can be the same; None where two can be, or none."""
        group = self._found[place]
        if group.told[0].kind == OTHER:
            return None
        weighed = [(_evidence(group, self._found[other]), other) for other in self._near(place)]
        most = max((evidence for evidence, _ in weighed), default=0)
        likely = [other for evidence, other in weighed if evidence == most > 0]
        return likely[0] if len(likely) == 1 else None

    def _near(self, place: int) -> list[int]:
        """The other events of its kind of which the story tells, the nearest in time."""
        kind, near = self._found[place].told[0].kind, set[int]()
        for item in self._items[place]:
            places = self._of_item[kind, item]
            at = bisect_left(places, place)
            near.update(places[max(0, at - _NEAREST) : at + _NEAREST])
        return sorted(other for other in near - {place} if self._found[other].told)


def _evidence(group: Group, other: Group) -> int:
    """How much speaks for two events of one story being one: 0 for nothing."""
    first, second = sorted((group, other), key=lambda one: (one.told[0].row["known_on"], one.told[0].row["id"]))
    weight = _NEW_DAY if first.days.isdisjoint(second.days) else _same_day(first, second)
    if weight == _NEW_DAY and not _takes_up(second.told[0], first):
        return 0
    return weight if first.may_take(second.told) and not _are_others(first, second) else 0


def _same_day(first: Group, second: Group) -> int:
    """What a common day weighs: nothing where each has words of its own, unless they have one name or number."""
    names = any(share_name(a, b) for a in first.newest for b in second.newest)
    counted = any(a.ordinal and a.ordinal == b.ordinal for a in first.newest for b in second.newest)
    plain = any(one.is_bare for group in (first, second) for one in group.newest)
    return _SAME_DAY + names + counted if plain or names or counted else 0


def _are_others(first: Group, second: Group) -> bool:
    """Whether each is told with its own people; guests of one meeting may be told one by one."""
    mine, theirs = (frozenset[str]().union(*map(people_of, group.newest)) for group in (first, second))
    return bool(mine and theirs) and mine.isdisjoint(theirs) and first.told[0].kind not in SIDED


def _takes_up(one: Telling, known: Group) -> bool:
    """Whether a definite noun stands for an event known before, which is still ahead or lost its day: "the hearing has been postponed"."""
    last, today = known.told[-1], one.row["known_on"]
    if not one.is_known or one.is_new or last.row["known_on"] > today:
        return False
    if not last.is_ahead_of(today) and not (one.gets_a_new_day and last.gets_a_new_day):
        return False
    if known.has_day_of(one) is False and not one.sets_day:
        return False
    return one.is_bare or any(other.is_bare or is_alike(one, other) for other in known.newest)
