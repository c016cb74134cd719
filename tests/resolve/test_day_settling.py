"""The days that statements share: what is counted once and kept equals what the cues weigh one by one."""

from __future__ import annotations

import math

import pytest

from onrecord.annotate.timex import time_expressions
from onrecord.data import Attribution, Channel, Document, Span, Via
from onrecord.resolve.dates import first_thought, read_beside, weights
from onrecord.resolve.day_neighbours import Likely, Told
from onrecord.resolve.day_scene import Scene
from onrecord.resolve.day_settling import Settling, Weighing, likely_days

FRIDAY = "2025-02-14"
TEXT = (
    "Quill said on Monday that the port was shut. Brandt told reporters on Tuesday that it was not.\n"
    '"It is shut," Quill added. "It is open," Brandt replied. Last week Quill hoped for rain.'
)
STATED = (
    ("Quill", "said", "that the port was shut"),
    ("Brandt", "told", "that it was not"),
    ("Quill", "added", '"It is shut,"'),
    ("Brandt", "replied", '"It is open,"'),
    ("Quill", "hoped", "for rain"),
)


def span(words: str, start: int = 0) -> Span:
    at = TEXT.index(words, start)
    return Span(at, at + len(words))


def scene() -> Scene:
    cues = [span(cue) for _, cue, _ in STATED]
    found = [
        Attribution((Span(TEXT.rindex(source, 0, cue.start), cue.start - 1),), (cue,), (span(content),))
        for (source, _, content), cue in zip(STATED, cues, strict=True)
    ]
    document = Document("case", TEXT, creation_time=FRIDAY)
    press = (Via(None, Channel.PRESS_CONFERENCE, span("told reporters")),)
    return Scene(document, found, time_expressions(document), [(), press, (), press, ()])


def one_by_one(settling: Settling, here: Scene, index: int, told: Told, known: dict[str, float]) -> Likely:
    """The days of a statement, every cue of every time looked up anew."""
    evidence = settling.evidence
    numbers = evidence.candidates(index, told)
    choices = [[*((cue, 1.0) for cue in evidence.of_none(index)), *evidence.of_none_as_told(index, told)]]
    for number in numbers:
        choices.append([*((cue, 1.0) for cue in evidence.of_time(index, number)), *evidence.of_time_as_told(index, number, told)])
    scores = [sum(known.get(cue, 0.0) * strength for cue, strength in cues) for cues in choices]
    return likely_days(here, numbers, scores) if numbers else {}


def test_what_is_kept_weighs_as_much_as_the_cues_one_by_one() -> None:
    here, known = scene(), weights()
    read = [read_beside(here, index, known.beside) for index in range(len(STATED))]
    settling = Settling(here, read, Weighing(known.shared))
    days = first_thought(here, read)
    for _ in range(2):
        told, after = Told(days), settling.days(days)
        for index in here.order:
            plainly = one_by_one(settling, here, index, told, known.shared)
            assert {day: number for day, (_, number) in after[index].items()} == {day: number for day, (_, number) in plainly.items()}
            assert [likely for likely, _ in after[index].values()] == pytest.approx([likely for likely, _ in plainly.values()])
            told.add(here, index, plainly)
        days = after
    assert any(days)


def test_days_are_as_likely_as_their_times_together() -> None:
    document = Document("case", "On Thursday and on 13 February it rained.", creation_time=FRIDAY)
    here = Scene(document, (), time_expressions(document), ())
    likely, teller = likely_days(here, (0, 1), (0.0, 0.0, 1.0))["2025-02-13"]
    assert likely == pytest.approx((1 + math.e) / (2 + math.e))
    assert teller == 1
