"""A statement and a time anywhere near it -> the cues for and against one occasion: who spoke before, through what, how far away.

The days of the neighbours count as far as they are likely, so that a doubtful day is handed on only doubtfully.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from onrecord.resolve.day_beside import step
from onrecord.resolve.day_scene import Around, Said, Scene, Time

Likely = dict[str, tuple[float, int]]  # a day -> how likely it is, and the number of the time that tells it best
Cue = tuple[str, float]
_BACK, _BEFORE, _FAR_BEFORE = 12, 4, 3
_AHEAD, _BEHIND = 6, 2
_OPENING = 3
_FAINT = 0.05
_LIKELY = 0.3
_MOST_ODDS = 4.0
_OWN, _SHARED = "own", "shared"


@dataclass(slots=True)
class Beside:
    """What the cues in the same sentences say of a statement: how far each time is likelier than none, in log odds; the likeliest one."""

    odds: dict[int, float]
    best: int | None


@dataclass(slots=True)
class Told:
    """What is known when a statement's turn comes: the days of those before it, and those of all as they were thought of last."""

    earlier: list[Likely]
    now: dict[int, Likely] = field(default_factory=dict)
    of_channel: dict[str, int] = field(default_factory=dict)
    of_holder: dict[str, int] = field(default_factory=dict)

    def add(self, scene: Scene, index: int, days: Likely) -> None:
        """Keep the days of a statement for those that follow."""
        self.now[index] = days
        said = scene.said[index]
        if said.teller is None and any(likely > _LIKELY for likely, _ in days.values()):
            self.of_holder[said.holder] = index
            self.of_channel.update((channel, index) for channel in said.channels)


class Evidence:
    """The times that may date the statements of a document, and what speaks for each."""

    def __init__(self, scene: Scene, beside: Sequence[Beside]) -> None:
        self._scene = scene
        self._beside = beside
        self._of_place: dict[int, list[int]] = {}
        self._time_cues = [tuple(f"time {sign}" for sign in time.signs) for time in scene.times]
        self._said_cues = [tuple(f"shared: {sign}" for sign in said.signs if not sign.startswith("through ")) for said in scene.said]
        self._dating = Counter(scene.times[one.best].day for one in beside if one.best is not None)
        self._first, self._next = self._ahead(beside)
        self._dates_something = {one.best for one in beside if one.best is not None}
        told = {one.best for one, said in zip(beside, scene.said, strict=True) if not said.looks_back}
        self._recalled = self._dates_something - told
        self._stamps = frozenset(scene.stamps)
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
        days = [told.now.get(other) for other in handed_on if other is not None]
        if around.next is not None:
            days.append(told.earlier[around.next])
        return list(dict.fromkeys((*self._of_place[index], *(max(one.values())[1] for one in days if one))))

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
        if said.is_turn:
            yield "none: turn"
        if not said.holder:
            yield "none, no holder"
        yield from (f"none, nobody {name}" for name, other in _earlier(said, around) if other is None)

    def of_none_as_told(self, index: int, told: Told) -> Iterator[Cue]:
        """What the days of the neighbours say for no day."""
        said, around = self._scene.said[index], self._scene.around[index]
        for name, other in _earlier(said, around):
            if other is not None:
                yield f"none, {name} undated", _doubt(told.now.get(other, {}))
        if said.is_turn and around.before is not None and self._scene.said[around.before].is_turn:
            yield "none, turn after undated turn", _doubt(told.now.get(around.before, {}))
        if around.next is not None:
            yield "none, next undated", _doubt(told.earlier[around.next])

    def of_time(self, index: int, number: int) -> Iterator[str]:
        """What speaks for and against one time, whatever the neighbours' days are."""
        said, time = self._scene.said[index], self._scene.times[number]
        kind = self._kind(index, number)
        yield kind
        if kind == _SHARED:
            yield from self._shared(index, number)
        yield f"{kind}, dates {step(self._dating[time.day], (0, 1, 2, 4))}"
        if list(self._dating) == [time.day]:
            yield f"{kind}, only day"
        if said.is_turn:
            is_opening = self._scene.first_turn is not None and time.span.start < self._scene.first_turn
            yield f"{kind}, turn{' after its opening' if is_opening else ''}"
        if number in self._stamps:
            yield f"{kind}, stamp"

    def of_time_as_told(self, index: int, number: int, told: Told) -> Iterator[Cue]:
        """What the days of the neighbours say for one time, and what its own sentence does."""
        kind = self._kind(index, number)
        if kind == _OWN:
            yield "own odds", max(-_MOST_ODDS, min(_MOST_ODDS, self._beside[index].odds[number])) / _MOST_ODDS
        for cue, likely in self._handed_on(index, self._scene.times[number].day, told):
            yield f"{kind}, {cue}", likely

    def _kind(self, index: int, number: int) -> str:
        return _OWN if number in self._beside[index].odds else _SHARED

    def _shared(self, index: int, number: int) -> Iterator[str]:
        said, time = self._scene.said[index], self._scene.times[number]
        away = said.paragraph - time.paragraph
        near = "near" if abs(away) <= 1 else "far"
        names = self._scene.names(time.sentence, said.holder)
        yield _way(said, time)
        yield from self._time_cues[number]
        yield from self._said_cues[index]
        yield f"{near}, {next(sign for sign in time.signs if sign.startswith('age '))}"
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
        scene, said, around = self._scene, self._scene.said[index], self._scene.around[index]
        neighbours = (
            (_of_before, around.before, told.now.get(around.before) if around.before is not None else None),
            (_of_last, around.last, told.now.get(around.last) if around.last is not None else None),
            (_of_next, around.next, told.earlier[around.next] if around.next is not None else None),
            (_of_after, around.after, told.earlier[around.after] if around.after not in (None, around.next) else None),
            (_of_teller, said.teller, told.now.get(said.teller) if said.teller is not None else None),
            *((_of_channel, other, told.now.get(other)) for one in said.channels if (other := told.of_channel.get(one)) is not None),
        )
        for cues, other, days in neighbours:
            if other is not None and (likely := _likely(days, day)) > _FAINT:
                yield from ((cue, likely) for cue in cues(said, scene.said[other]))
        if around.last is not None and (doubt := _doubt(told.now.get(around.last, {}))) > _FAINT:
            yield f"last undated {min(_paragraphs(scene.said[around.last], said), 3)}", doubt


def _earlier(said: Said, around: Around) -> tuple[tuple[str, int | None], ...]:
    return ("before", around.before), ("last", around.last), ("teller", said.teller)


def _way(said: Said, time: Time) -> str:
    away = said.paragraph - time.paragraph
    if away:
        return f"paragraphs before {step(away, (1, 2, 3, 5))}" if away > 0 else f"paragraphs behind {step(-away, (1, 2, 4))}"
    return f"sentences before {step(said.sentence - time.sentence, (0, 1, 2, 3))}" if time.span.start < said.at else "sentences behind"


def _paragraphs(one: Said, other: Said) -> int:
    return step(other.paragraph - one.paragraph, (0, 1, 2, 3, 6))


def _of_before(said: Said, before: Said) -> Iterator[str]:
    whose = "holder" if said.holder and said.holder == before.holder else "another"
    yield f"before, {whose}"
    yield f"before, {whose} {_paragraphs(before, said)}"
    yield f"before, {whose} through {_channels(said, before)}"
    if said.is_turn and before.is_turn:
        yield "turn after turn"
    if said.sentence == before.sentence:
        yield f"before, {whose} in the sentence"


def _of_last(said: Said, last: Said) -> Iterator[str]:
    yield "last"
    yield f"last {_paragraphs(last, said)}"
    yield f"last through {_channels(said, last)}"


def _of_next(said: Said, following: Said) -> Iterator[str]:
    yield f"next {_paragraphs(said, following)}"
    yield f"next through {_channels(said, following)}"


def _of_after(said: Said, after: Said) -> Iterator[str]:
    yield f"another's after {_paragraphs(said, after)}"


def _of_teller(_: Said, __: Said) -> Iterator[str]:
    yield "teller"


def _of_channel(said: Said, other: Said) -> Iterator[str]:
    yield from (f"same {channel.value}" for channel in said.channels & other.channels)
    yield f"same channel, {'same holder' if said.holder == other.holder else 'another'}"


def _channels(one: Said, other: Said) -> str:
    if one.channels & other.channels:
        return "the same"
    if one.channels:
        return "others" if other.channels else "its own"
    return "the other's" if other.channels else "none"


def _likely(days: Likely | None, day: str) -> float:
    return days[day][0] if days and day in days else 0.0


def _doubt(days: Likely) -> float:
    return 1.0 - sum(likely for likely, _ in days.values())
