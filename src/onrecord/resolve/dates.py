"""Which of the times in a text is the day of the saying.

A date belongs to a saying when it stands beside the cue, outside the content: "said on Thursday", "on Thursday announced".
A date inside the content is what the saying is about and never counts. Statements of one speech, interview or debate share its
day although only one of them, or only the sentence that sets the scene, tells it; headline and opening are of the day of what tells
the same more fully.

Two decisions, each a conditional logit over the times that are possible and over "no day" (McFadden, 1974): first which time
stands beside the cue, then, going twice through the statements, which day they share. `train/said_on.py` learns the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from onrecord.data import Attribution, Document, SaidOn, Speaker, TimeExpression, Via
from onrecord.resolve.day_beside import beside, cues_of_pair
from onrecord.resolve.day_neighbours import Likely
from onrecord.resolve.day_scene import Scene
from onrecord.resolve.day_settling import Settling, Weighing
from onrecord.resolve.day_shared import Beside

LEAST = 0.5  # how likely a day must be: a wrong day is worse than none
LEAST_OF_TURN = 0.4  # the turns of a transcript are of one occasion, and times are few in one
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


@lru_cache(maxsize=1)
def _weighing() -> Weighing:
    return Weighing(weights().shared)


def dates(
    document: Document,
    attributions: tuple[Attribution, ...],
    times: tuple[TimeExpression, ...],
    channels: tuple[tuple[Via, ...], ...],
    speakers: tuple[Speaker, ...] = (),
) -> tuple[SaidOn | None, ...]:
    """The day on which each statement was made, where the text gives one; null where it gives none."""
    scene = Scene(document, attributions, times, channels, speakers)
    if not scene.times:
        return (None,) * len(attributions)
    known = weights().beside
    read = [read_beside(scene, index, known) for index in range(len(attributions))]
    settling, days = Settling(scene, read, _weighing()), first_thought(scene, read)
    for _ in range(_PASSES):
        days = settling.days(days)
    turns = scene.turns
    return tuple(_said_on(document.text, scene, one, LEAST_OF_TURN if index in turns else LEAST) for index, one in enumerate(days))


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
    yield None, ["none", *(f"none: {sign}" for sign in said.signs), *(f"none: cue {word}" for word in said.words)]
    for number in numbers:
        time = scene.times[number]
        signs = (*(f"time {sign}" for sign in time.signs), *(f"own: {sign}" for sign in said.signs if not sign.startswith("through ")))
        yield number, [*cues_of_pair(scene, index, time, len(numbers)), *signs]


def first_thought(scene: Scene, read: Sequence[Beside]) -> list[Likely]:
    """The days before any is shared: those beside the cues."""
    return [{} if one.best is None else {scene.times[one.best].day: (1.0, one.best)} for one in read]


def _said_on(text: str, scene: Scene, days: Likely, least: float) -> SaidOn | None:
    likely, number = max(days.values(), default=(0.0, 0))
    if likely < least:
        return None
    one = scene.times[number].expression
    return SaidOn(one.value or "", one.span, one.anchor or one.span.of(text))
