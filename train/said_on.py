"""Learns what each cue weighs that speaks for or against a time as the day of a saying (`resolve/dates.py`).

    PYTHONPATH=evals python train/said_on.py [all]

Conditional logit with an L2 penalty (Adam on the whole set), once for the times beside a cue and once for the days that statements
share. The second learns from the days as they are and from the days as the program takes them to be; for the latter the sets
are halved and each half is read with what the other taught, or else it would learn to trust its neighbours too much.
It learns from `evals/annotated` and `train/affairs` but for what is held out there, with `all` from that too. Cues that are too rare to
learn from are left out. Takes half a minute on one core.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import gold
from gold import Gold
from onrecord.annotate.attributions import news_of
from onrecord.annotate.tagger import shipped
from onrecord.annotate.timex import time_expressions
from onrecord.resolve.channels import channels
from onrecord.resolve.dates import Weights, first_thought, lessons_beside, read_beside
from onrecord.resolve.day_neighbours import Likely, Told
from onrecord.resolve.day_scene import Scene
from onrecord.resolve.day_settling import Settling, Weighing
from onrecord.resolve.day_shared import Beside, Cue, Evidence
from onrecord.resolve.speakers import speakers
from onrecord.resolve.turn_stances import split_turns

TARGET = Path(str(resources.files("onrecord.resolve"))) / "lexicon/day_weights.tsv"
RAREST, RAREST_WORDS = 12, {"none: cue ": 24, "time by ": 60}  # a word of a text is learnt from where many have it
PENALTY_BESIDE, PENALTY_SHARED = 6.0, 16.0
STEPS, RATE, ROUNDS, PASSES = 250, 0.05, 2, 2
SET = 12
MOST_TURNS = 8
ANNOTATED_COUNT, INVENTED_COUNT = 2, 2  # so often beside the affairs: PolNeAR is real news, the invented articles are of many kinds
HEAD = "# What speaks for and against a time as the day of a saying, in log odds. Written by train/said_on.py.\n# decision\tcue\tweight\n"

Known = dict[str, float]
Lesson = list[tuple[list[Cue], bool]]  # the cues of each choice, and whether it is right


class Case(NamedTuple):
    """One document: its scene, and the day of each statement that somebody read for it, null where it has none."""

    scene: Scene
    wanted: dict[int, str | None]


class Choices(NamedTuple):
    """Lessons as numbers: `strength[i]` of cue `cue[i]` in row `row[i]`; one row a choice, `of[r]` the lesson of row r."""

    row: NDArray[np.int64]
    cue: NDArray[np.int64]
    strength: NDArray[np.float64]
    of: NDArray[np.int64]
    right: NDArray[np.float64]


def case(one: Gold) -> Case:
    """The document as `resolve.statements` sees it."""
    turns = split_turns(one.document, one.attributions, shipped().seen(news_of(one.document)))
    who = speakers(one.document, turns)
    through = channels(one.document, turns, who)
    days = {attribution: _day(row["said_on"]) for attribution, row in zip(one.attributions, one.rows, strict=True)}
    scene = Scene(one.document, turns, time_expressions(one.document), through, who)
    return Case(scene, {index: days[attribution] for index, attribution in enumerate(turns) if attribution in days})


def _day(value: str | None) -> str | None:
    return None if value is None else value.split("T")[0]


def sets(held: bool | None) -> list[list[Case]]:
    """The documents to learn from, about as many a set as one reader read; `held` as in `gold.annotated`."""
    return [
        [case(one) for one in part] * times
        for given, times in (
            (gold.annotated(held), ANNOTATED_COUNT),
            (gold.invented(held), INVENTED_COUNT),
            (gold.invented_affairs(held), 1),
        )
        for part in _parted(list(given))
    ]


def _parted(given: list[Gold]) -> Iterator[list[Gold]]:
    return (given[start : start + SET] for start in range(0, len(given), SET))


def lesson(one: Case, index: int, choices: Iterable[tuple[int | None, list[Cue]]]) -> Lesson:
    """The choices with the right ones marked; "no day" is right where none of the times is."""
    days = [(None if number is None else one.scene.times[number].day, cues) for number, cues in choices]
    right = one.wanted[index] if any(day == one.wanted[index] for day, _ in days) else None
    return [(cues, day == right) for day, cues in days]


def lessons_of_beside(one: Case) -> Iterator[Lesson]:
    for index in one.wanted:
        choices = [(number, certain(cues)) for number, cues in lessons_beside(one.scene, index)]
        if len(choices) > 1:
            yield lesson(one, index, choices)


def lessons_of_shared(one: Case, read: list[Beside], known: Known | None) -> Iterator[Lesson]:
    """Lessons from the days as they are, or where `known` is given as these weights take them to be."""
    settling = Settling(one.scene, read, Weighing(known or {}))
    if known is None:
        told_by = {time.day: number for number, time in reversed(list(enumerate(one.scene.times)))}
        days = [{day: (1.0, told_by[day])} if (day := one.wanted.get(index)) in told_by else {} for index in range(len(read))]
        yield from _taught(one, settling.evidence, days, partial(_as_told, one, settling.evidence))
        return
    days = first_thought(one.scene, read)
    for _ in range(PASSES):
        after = settling.days(days)
        yield from _taught(one, settling.evidence, days, partial(_as_thought, after))
        days = after


def _as_thought(days: list[Likely], index: int, _: Told) -> Likely:
    return days[index]


def _as_told(one: Case, evidence: Evidence, index: int, told: Told) -> Likely:
    day = one.wanted.get(index)
    number = next((n for n in evidence.candidates(index, told) if one.scene.times[n].day == day), None)
    return {} if day is None or number is None else {day: (1.0, number)}


def _taught(one: Case, evidence: Evidence, earlier: list[Likely], days: Callable[[int, Told], Likely]) -> Iterator[Lesson]:
    told = Told(earlier)
    for index in one.scene.order:
        if index in one.wanted:
            of_none = [*certain(evidence.of_none(index)), *evidence.of_none_as_told(index, told)]
            of_times = [
                (number, [*certain(evidence.of_time(index, number)), *evidence.of_time_as_told(index, number, told)])
                for number in evidence.candidates(index, told)
            ]
            learnt_of = lesson(one, index, [(None, of_none), *of_times])
            yield from [learnt_of] * _times_taught(one.scene, index)
        told.add(one.scene, index, days(index, told))


def _times_taught(scene: Scene, index: int) -> int:
    """A transcript's first turn decides for all, so it is learnt as often; of the others nothing is."""
    if index in scene.turn_before:
        return 0
    return min(len(scene.turns), MOST_TURNS) if index in scene.turns else 1


def certain(cues: Iterable[str]) -> list[Cue]:
    return [(cue, 1.0) for cue in cues]


def numbers(lessons: list[Lesson], places: dict[str, int]) -> Choices:
    row: list[int] = []
    cue: list[int] = []
    strength: list[float] = []
    of: list[int] = []
    right: list[float] = []
    for number, choices in enumerate(lessons):
        for cues, is_right in choices:
            for name, much in cues:
                if name in places:
                    row.append(len(of))
                    cue.append(places[name])
                    strength.append(much)
            of.append(number)
            right.append(float(is_right))
    return Choices(np.array(row), np.array(cue), np.array(strength), np.array(of), np.array(right))


def _rarest(cue: str) -> int:
    return next((least for start, least in RAREST_WORDS.items() if cue.startswith(start)), RAREST)


def learnt(lessons: list[Lesson], penalty: float) -> Known:
    """The weights that make the right choices most likely."""
    counts = Counter(cue for choices in lessons for cues, _ in choices for cue, _ in cues)
    names = sorted(cue for cue, count in counts.items() if count >= _rarest(cue))
    row, cue, strength, of, right = numbers(lessons, {name: n for n, name in enumerate(names)})
    weights, first, second = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        likely = np.exp(np.clip(np.bincount(row, weights[cue] * strength, len(of)), -30, 30))
        every = likely / np.bincount(of, likely)[of]
        fitting = likely * right / np.bincount(of, likely * right)[of]
        slope = np.bincount(cue, (every - fitting)[row] * strength, len(names)) + penalty * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def taught(given_sets: list[list[Case]]) -> Weights:
    """What the documents of these sets teach of both decisions."""
    given = [one for documents in given_sets for one in documents]
    of_set = [number for number, documents in enumerate(given_sets) for _ in documents]
    beside = learnt([one for case_ in given for one in lessons_of_beside(case_)], PENALTY_BESIDE)
    read = [[read_beside(one.scene, index, beside) for index in range(len(one.scene.said))] for one in given]

    def shared(places: Iterable[int], known: Known | None) -> list[Lesson]:
        return [one for n in places for one in lessons_of_shared(given[n], read[n], known)]

    halves = [[n for n in range(len(given)) if of_set[n] % 2 == half] for half in (0, 1)]
    true = shared(range(len(given)), None)
    known = learnt(true, PENALTY_SHARED)
    for number in range(ROUNDS):
        thought = []
        for mine, others in (halves, halves[::-1]):
            half = learnt(shared(mine, None) + (shared(mine, known) if number else []), PENALTY_SHARED)
            thought += shared(others, half)
        known = learnt(true + thought, PENALTY_SHARED)
    return Weights(beside, known)


def main() -> None:
    if not gold.SHARED.is_dir():
        raise SystemExit(f"PolNeAR is not at {gold.SHARED} (see train/README.md)")
    given = sets(None if "all" in sys.argv[1:] else False)
    weights = taught(given)
    rows = [f"{kind}\t{cue}\t{weight:.2f}\n" for kind, known in zip(Weights._fields, weights, strict=True) for cue, weight in known.items()]
    kept = [row for row in rows if not row.endswith(("\t0.00\n", "\t-0.00\n"))]
    TARGET.write_text(HEAD + "".join(kept), encoding="utf8")
    print(f"{sum(len(one.wanted) for part in given for one in part)} statements, {len(kept)} cues -> {TARGET}")


if __name__ == "__main__":
    main()
