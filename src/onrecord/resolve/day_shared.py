"""A statement and a time anywhere near it -> the cues for and against one occasion: who spoke before, through what, how far away."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from onrecord.resolve.day_beside import step
from onrecord.resolve.day_neighbours import Told, doubt, neighbours, through_the_same
from onrecord.resolve.day_scene import Around, Said, Scene, Time

Cue = tuple[str, float]
_BACK, _BEFORE, _FAR_BEFORE = 12, 4, 3
_AHEAD, _BEHIND = 6, 2
_OPENING = 3
FAINT = 0.05
_MOST_ODDS = 4.0
OWN, SHARED = KINDS = ("own", "shared")  # a time beside the cue, a time further away
OWN_ODDS = "own odds"


@dataclass(slots=True)
class Beside:
    """What the cues in the same sentences say of a statement: how far each time is likelier than none, in log odds; the likeliest one."""

    odds: dict[int, float]
    best: int | None


class Evidence:
    """The times that may date the statements of a document, and what speaks for each."""

    def __init__(self, scene: Scene, beside: Sequence[Beside]) -> None:
        self._scene = scene
        self._beside = beside
        self._of_place: dict[int, list[int]] = {}
        self.time_cues = [tuple(f"time {sign}" for sign in time.signs) for time in scene.times]
        self._ages = [next(sign for sign in time.signs if sign.startswith("age ")) for time in scene.times]
        self.said_cues = [tuple(f"shared: {sign}" for sign in said.signs if not sign.startswith("through ")) for said in scene.said]
        self._dating = Counter(scene.times[one.best].day for one in beside if one.best is not None)
        self._only_day = next(iter(self._dating)) if len(self._dating) == 1 else None
        self._first, self._next = self._ahead(beside)
        self._dates_something = {one.best for one in beside if one.best is not None}
        told = {one.best for one, said in zip(beside, scene.said, strict=True) if not said.looks_back}
        self._recalled = self._dates_something - told
        self._stamps = frozenset(scene.stamps)
        self._days_of: dict[str, set[str]] = {}
        for one, said in zip(beside, scene.said, strict=True):
            if one.best is not None and said.holder and said.teller is None and not said.looks_back:
                self._days_of.setdefault(said.holder, set()).add(scene.times[one.best].day)
        most = self._dating.most_common(2)
        self._main = most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None
        self._speakers: dict[int, set[str]] = {}
        for said in scene.said:
            if said.teller is None:
                self._speakers.setdefault(said.sentence, set()).add(said.holder)

    def _ahead(self, beside: Sequence[Beside]) -> tuple[int | None, dict[int, int]]:
        """The first time that stands beside a cue, and for each statement the next one beside a cue of its holder."""
        first: int | None = None
        of_holder: dict[str, int] = {}
        found: dict[int, int] = {}
        for index in reversed(self._scene.order):
            said, best = self._scene.said[index], beside[index].best
            if said.holder in of_holder:
                found[index] = of_holder[said.holder]
            if best is not None and said.teller is None and not said.looks_back:
                first = best
                if said.holder:
                    of_holder[said.holder] = best
        return first, found

    def candidates(self, index: int, told: Told) -> list[int]:
        """The times that may date a statement: those beside it, those near it, and those of its neighbours."""
        said, around = self._scene.said[index], self._scene.around[index]
        if said.is_attitude:
            return list(self._beside[index].odds)
        if index not in self._of_place:
            self._of_place[index] = list(dict.fromkeys(self._by_place(index)))
        of_holder = told.of_holder.get(said.holder) if said.holder else None
        handed_on = (around.before, around.last, said.teller, of_holder, *(told.of_channel.get(one) for one in said.channels))
        numbers = dict.fromkeys(self._of_place[index])
        numbers.update((told.best[other], None) for other in handed_on if other in told.best)
        for later in (around.next, self._scene.echoes.get(index)):
            if later is not None and (days := told.earlier[later]):
                numbers[max(days.values())[1]] = None
        return list(numbers)

    def _by_place(self, index: int) -> Iterator[int]:
        scene, said = self._scene, self._scene.said[index]
        yield from self._beside[index].odds
        yield from self._near(index)
        yield from (number for number in (self._first, self._next.get(index)) if number is not None)
        if said.is_turn and scene.first_turn is not None:
            yield from scene.times_between(0, scene.first_turn)[-_OPENING:]
        stamps = bisect_left(scene.stamps, scene.times_between(0, said.at + 1).stop)
        yield from scene.stamps[max(0, stamps - 1) : stamps]

    def _near(self, index: int) -> Iterator[int]:
        scene, said = self._scene, self._scene.said[index]
        here = scene.times_between(0, said.at).stop
        before = [n for n in range(here - 1, max(-1, here - _BACK), -1) if said.paragraph - scene.times[n].paragraph <= _FAR_BEFORE]
        behind = [n for n in range(here, min(len(scene.times), here + _AHEAD)) if scene.times[n].paragraph - said.paragraph <= 1]
        for numbers, most in ((before, _BEFORE), (behind, _BEHIND)):
            yield from islice((n for n in numbers if scene.times[n].sentence != said.sentence and self._may_share(n, index)), most)

    def _may_share(self, number: int, index: int) -> bool:
        return number not in self._recalled and self._scene.fits(self._scene.times[number], index)

    def of_none(self, index: int) -> Iterator[str]:
        """What speaks for no day at all, whatever the neighbours' days are."""
        said, around = self._scene.said[index], self._scene.around[index]
        yield "none"
        yield f"none of {step(len(self._dating), (0, 1, 2, 4))} days"
        yield from (f"none: {sign}" for sign in said.signs)
        yield from (f"none: cue {word}" for word in said.words)
        if said.is_turn:
            yield "none: turn"
            if said.at == self._scene.first_turn:
                yield "none: first turn"
        if not said.holder:
            yield "none, no holder"
        yield from (f"none, nobody {name}" for name, other in _earlier(said, around) if other is None)

    def of_none_as_told(self, index: int, told: Told) -> Iterator[Cue]:
        """What the days of the neighbours say for no day."""
        for one in neighbours(self._scene, index):
            if one.none:
                how_much = doubt(one.days(told))
                yield from ((cue, how_much) for cue in one.none)

    def of_time(self, index: int, number: int) -> Iterator[str]:
        """What speaks for and against one time, whatever the neighbours' days are."""
        yield from self.of_pair(index, number)
        if not self.is_own(index, number):
            yield from self.time_cues[number]
            yield from self.said_cues[index]

    def of_pair(self, index: int, number: int) -> Iterator[str]:
        """The same, without what the time says by itself and the statement by itself."""
        said, time = self._scene.said[index], self._scene.times[number]
        kind = OWN if self.is_own(index, number) else SHARED
        yield kind
        if kind == SHARED:
            yield from self._shared(index, number)
        yield f"{kind}, dates {step(self._dating[time.day], (0, 1, 2, 4))}"
        if self._only_day == time.day:
            yield f"{kind}, only day"
        if days := self._days_of.get(said.holder):
            yield f"{kind}, {'a' if time.day in days else 'no'} day of the holder with {'one' if len(days) == 1 else 'several'}"
        if time.day == self._main:
            yield f"{kind}, main day"
            yield f"{kind}, main day, {self._ages[number]}"
            yield f"{kind}, main day at paragraph {step(said.from_top, (0, 1, 3, 8))}"
        if said.is_turn:
            is_opening = self._scene.first_turn is not None and time.span.start < self._scene.first_turn
            yield f"{kind}, turn{' after its opening' if is_opening else ''}"
            if said.at == self._scene.first_turn:  # it stands for all turns
                yield f"{kind}, first turn{' after its opening' if is_opening else ''}"
                yield f"{kind}, first turn, {self._ages[number]}"
        if number in self._stamps:
            yield f"{kind}, stamp"

    def of_time_as_told(self, index: int, number: int, told: Told) -> Iterator[Cue]:
        """What the days of the neighbours say for one time, and what its own sentence does."""
        kind = OWN if self.is_own(index, number) else SHARED
        if kind == OWN:
            yield OWN_ODDS, self.own_odds(index, number)
        for cue, likely in self._handed_on(index, self._scene.times[number].day, told):
            yield f"{kind}, {cue}", likely

    def is_own(self, index: int, number: int) -> bool:
        """Whether a time stands beside the statement's cue."""
        return number in self._beside[index].odds

    def own_odds(self, index: int, number: int) -> float:
        """How far a time beside the cue is likelier than none by its sentence alone, between -1 and 1."""
        return max(-_MOST_ODDS, min(_MOST_ODDS, self._beside[index].odds[number])) / _MOST_ODDS

    def _shared(self, index: int, number: int) -> Iterator[str]:
        said, time = self._scene.said[index], self._scene.times[number]
        away = said.paragraph - time.paragraph
        near = "near" if abs(away) <= 1 else "far"
        names = self._scene.names(time.sentence, said.called)
        way = _way(said, time)
        yield way
        if "quoted" in said.signs:
            yield f"quoted, {way}"
        yield f"{near}, {self._ages[number]}"
        yield "dates a statement" if number in self._dates_something else "dates no statement"
        if said.holder:
            yield f"{near}, {'names' if names else 'does not name'} the holder"
        if "occasion" in time.signs:
            yield f"{near}, occasion{' of the holder' if names else ''}"
        if speakers := self._speakers.get(time.sentence):
            yield "holder speaks there" if said.holder in speakers else "another speaks there"
        if time.span.start < said.at:
            if number + 1 == self._scene.times_between(0, said.at).stop:
                yield "latest before"
            if "fronted" in time.signs and number not in self._dates_something:
                yield f"sets the scene {step(away, (0, 1, 2))}"

    def _handed_on(self, index: int, day: str, told: Told) -> Iterator[Cue]:
        """The neighbours that are of this day, each with how likely that is."""
        for one in (*neighbours(self._scene, index), *through_the_same(self._scene, index, told)):
            days = one.days(told)
            if (likely := days[day][0] if day in days else 0.0) > FAINT:
                yield from ((cue, likely) for cue in one.cues)
            if one.undated and (how_much := doubt(days)) > FAINT:
                yield from ((cue, how_much) for cue in one.undated)


def _earlier(said: Said, around: Around) -> tuple[tuple[str, int | None], ...]:
    return ("before", around.before), ("last", around.last), ("teller", said.teller)


def _way(said: Said, time: Time) -> str:
    away = said.paragraph - time.paragraph
    if away:
        return f"paragraphs before {step(away, (1, 2, 3, 5))}" if away > 0 else f"paragraphs behind {step(-away, (1, 2, 4))}"
    return f"sentences before {step(said.sentence - time.sentence, (0, 1, 2, 3))}" if time.span.start < said.at else "sentences behind"
