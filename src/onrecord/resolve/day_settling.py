"""The days that statements share, found one statement after the other: what every cue weighs, and the days of the neighbours.

What does not hang on the neighbours' days is counted once for both passes; what does is counted once a day, not once a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp
from typing import NamedTuple

from onrecord.resolve.day_neighbours import Likely, Neighbour, Told, doubt, neighbours, through_the_same
from onrecord.resolve.day_scene import Scene
from onrecord.resolve.day_shared import FAINT, KINDS, OWN_ODDS, Beside, Evidence


class _Weights(NamedTuple):
    """What a neighbour weighs: for a time of its day, beside the cue or further away; and, undated, for such times and for no day."""

    neighbour: Neighbour
    own: float
    shared: float
    none: float
    own_undated: float
    shared_undated: float


class Weighing:
    """What cues weigh together; the many that are asked for again and again are counted once."""

    def __init__(self, known: dict[str, float]) -> None:
        self.known = known
        self._counted: dict[tuple[str, ...], tuple[float, float, float]] = {}

    def of(self, cues: Iterable[str]) -> float:
        """All of them together; a cue that is not known weighs nothing."""
        known = self.known
        return sum([known[cue] for cue in cues if cue in known])

    def of_neighbour(self, one: Neighbour) -> _Weights:
        """What a neighbour's cues weigh."""
        own, shared, _ = self._by_kind(one.cues)
        own_undated, shared_undated, _ = self._by_kind(one.undated)
        return _Weights(one, own, shared, self._by_kind(one.none)[-1], own_undated, shared_undated)

    def _by_kind(self, cues: tuple[str, ...]) -> tuple[float, float, float]:
        """What they weigh for a time beside the cue and for one further away, and as they stand."""
        found = self._counted.get(cues)
        if found is None:
            own, shared = (self.of([f"{kind}, {cue}" for cue in cues]) for kind in KINDS)
            found = self._counted[cues] = own, shared, self.of(cues)
        return found


class Settling:
    """Finds the days that statements share, with what every cue weighs."""

    def __init__(self, scene: Scene, read: Sequence[Beside], weighing: Weighing) -> None:
        self._scene, self._read, self._weighing = scene, read, weighing
        self.evidence = Evidence(scene, read)
        self._of_times = [self._weighing.of(cues) for cues in self.evidence.time_cues]
        self._of_said = [self._weighing.of(cues) for cues in self.evidence.said_cues]
        self._fixed: dict[tuple[int, int | None], float] = {}
        self._around: dict[int, list[_Weights]] = {}

    def days(self, earlier: list[Likely]) -> list[Likely]:
        """The likely days of all statements, one after the other in the order of the text; `earlier` is what was thought before."""
        told = Told(earlier)
        for index in self._scene.order:
            turn = self._scene.turn_before.get(index)
            is_shared = turn is not None and self._read[index].best is None  # the turns of a transcript are of one day
            told.add(self._scene, index, told.now[turn] if is_shared and turn is not None else self._settled(index, told))
        return [told.now[index] for index in range(len(self._read))]

    def _settled(self, index: int, told: Told) -> Likely:
        numbers = self.evidence.candidates(index, told)
        if not numbers:
            return {}
        none, own, shared, of_days = self._handed_on(index, told)
        scores = [self._of_cues(index, None) + none]
        for number in numbers:
            of_own, of_shared = of_days.get(self._scene.times[number].day, (0.0, 0.0))
            handed_on = own + of_own if self.evidence.is_own(index, number) else shared + of_shared
            scores.append(self._of_cues(index, number) + handed_on)
        return likely_days(self._scene, numbers, scores)

    def _handed_on(self, index: int, told: Told) -> tuple[float, float, float, dict[str, tuple[float, float]]]:
        """What the neighbours weigh for no day, for any time beside the cue or further away, and for the times of each day."""
        if index not in self._around:
            self._around[index] = [self._weighing.of_neighbour(one) for one in neighbours(self._scene, index)]
        none = any_own = any_shared = 0.0
        of_days: dict[str, tuple[float, float]] = {}
        for one in (*self._around[index], *map(self._weighing.of_neighbour, through_the_same(self._scene, index, told))):
            days = one.neighbour.days(told)
            for day, (likely, _) in days.items():
                if likely > FAINT:
                    own, shared = of_days.get(day, (0.0, 0.0))
                    of_days[day] = own + one.own * likely, shared + one.shared * likely
            if one.neighbour.none:
                how_much = doubt(days)
                none += one.none * how_much
                if how_much > FAINT:
                    any_own, any_shared = any_own + one.own_undated * how_much, any_shared + one.shared_undated * how_much
        return none, any_own, any_shared, of_days

    def _of_cues(self, index: int, number: int | None) -> float:
        """What does not hang on the neighbours is counted once."""
        key = index, number
        if key not in self._fixed:
            self._fixed[key] = self._weighing.of(self.evidence.of_none(index)) if number is None else self._of_time(index, number)
        return self._fixed[key]

    def _of_time(self, index: int, number: int) -> float:
        found = self._weighing.of(self.evidence.of_pair(index, number))
        if self.evidence.is_own(index, number):
            return found + self._weighing.known.get(OWN_ODDS, 0.0) * self.evidence.own_odds(index, number)
        return found + self._of_times[number] + self._of_said[index]


def likely_days(scene: Scene, numbers: Sequence[int], scores: Sequence[float]) -> Likely:
    """How likely each day is; `scores` begin with that of no day. Times of one day count together, the likeliest tells it."""
    highest = max(scores)
    parts = [exp(score - highest) for score in scores]
    total = sum(parts)
    found: Likely = {}
    best: dict[str, float] = {}
    for number, part in zip(numbers, parts[1:], strict=True):
        day, likely = scene.times[number].day, part / total
        so_far, teller = found.get(day, (0.0, number))
        if likely > best.get(day, -1.0):
            best[day], teller = likely, number
        found[day] = so_far + likely, teller
    return found
