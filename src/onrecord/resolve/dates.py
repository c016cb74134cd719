"""Which of the times in a text is the day of the saying.

A date belongs to a saying when it stands beside the cue, outside the content: "said on Thursday", "on Thursday announced".
A date inside the content is what the saying is about and never counts. Statements of one speech, interview or debate share its
day although only one of them, or only the sentence that sets the scene, tells it.

Two decisions, each a conditional logit over the times that are possible and over "no day" (McFadden, 1974): first which time
stands beside the cue, then, going twice through the statements, which day they share. `train/said_on.py` learns the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from math import exp
from typing import NamedTuple

from onrecord.data import Attribution, Document, SaidOn, TimeExpression, Via
from onrecord.resolve.day_beside import beside, cues_of_pair
from onrecord.resolve.day_scene import Scene
from onrecord.resolve.day_shared import Beside, Cue, Evidence, Likely, Told

LEAST = 0.55  # how likely a day must be: a wrong day is worse than none
_PASSES = 2


class Weights(NamedTuple):
    """What each cue weighs in the two decisions, in log odds; a cue that is not listed weighs nothing."""

    beside: dict[str, float]
    shared: dict[str, float]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that were learnt."""
    lines = (resources.files("onrecord.resolve") / "lexicon/day_weights.tsv").read_text(encoding="utf8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return Weights(*({cue: float(weight) for kind, cue, weight in rows if kind == decision} for decision in Weights._fields))


def dates(
    document: Document,
    attributions: tuple[Attribution, ...],
    times: tuple[TimeExpression, ...],
    channels: tuple[tuple[Via, ...], ...],
) -> tuple[SaidOn | None, ...]:
    """The day on which each statement was made, where the text gives one; null where it gives none."""
    scene = Scene(document, attributions, times, channels)
    if not scene.times:
        return (None,) * len(attributions)
    known = weights()
    read = [read_beside(scene, index, known.beside) for index in range(len(attributions))]
    settling, days = Settling(scene, read, known.shared), first_thought(scene, read)
    for _ in range(_PASSES):
        days = settling.days(days)
    return tuple(_said_on(document.text, scene, one) for one in days)


def read_beside(scene: Scene, index: int, known: dict[str, float]) -> Beside:
    """What the sentences of a statement say of its day."""
    found = list(lessons_beside(scene, index))
    if len(found) == 1:
        return Beside({}, None)
    (_, none), *others = [(number, sum(known.get(cue, 0.0) for cue in cues)) for number, cues in found]
    odds = {number: score - none for number, score in others if number is not None}
    best = max(odds, key=lambda number: odds[number])
    return Beside(odds, best if odds[best] > 0 else None)


def lessons_beside(scene: Scene, index: int) -> Iterator[tuple[int | None, list[str]]]:
    """No day and the times beside a statement, each with its cues."""
    said, numbers = scene.said[index], beside(scene, index)
    yield None, ["none", *(f"none: {sign}" for sign in said.signs)]
    for number in numbers:
        time = scene.times[number]
        signs = (*(f"time {sign}" for sign in time.signs), *(f"own: {sign}" for sign in said.signs if not sign.startswith("through ")))
        yield number, [*cues_of_pair(scene, index, time, len(numbers)), *signs]


def first_thought(scene: Scene, read: Sequence[Beside]) -> list[Likely]:
    """The days before any is shared: those beside the cues."""
    return [{} if one.best is None else {scene.times[one.best].day: (1.0, one.best)} for one in read]


class Settling:
    """Finds the days that statements share, with what every cue weighs."""

    def __init__(self, scene: Scene, read: Sequence[Beside], known: dict[str, float]) -> None:
        self._scene, self._read, self._known = scene, read, known
        self._fixed: dict[tuple[int, int | None], float] = {}
        self.evidence = Evidence(scene, read)

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
        scores = [self._of_cues(index, None) + self._of_days(self.evidence.of_none_as_told(index, told))]
        for number in numbers:
            scores.append(self._of_cues(index, number) + self._of_days(self.evidence.of_time_as_told(index, number, told)))
        return likely_days(self._scene, numbers, scores)

    def _of_cues(self, index: int, number: int | None) -> float:
        """What does not hang on the neighbours is counted once."""
        key = index, number
        if key not in self._fixed:
            cues = self.evidence.of_none(index) if number is None else self.evidence.of_time(index, number)
            self._fixed[key] = sum(self._known.get(cue, 0.0) for cue in cues)
        return self._fixed[key]

    def _of_days(self, cues: Iterable[Cue]) -> float:
        return sum(self._known.get(cue, 0.0) * strength for cue, strength in cues)


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


def _said_on(text: str, scene: Scene, days: Likely) -> SaidOn | None:
    likely, number = max(days.values(), default=(0.0, 0))
    if likely < LEAST:
        return None
    one = scene.times[number].expression
    return SaidOn(one.value or "", one.span, one.anchor or one.span.of(text))
