"""What a correction may say: days that the calendar has, stances and types that there are."""

from __future__ import annotations

from typing import Any

import pytest
from tests.record.invented import MODELS

from onrecord.data import SpeakerType, Stance
from onrecord.errors import UsageError
from onrecord.record.corrections import Changes, is_day
from onrecord.record.ledger import Program

OLD, NEW, NEWEST = (Program(f"onrecord {n}", MODELS) for n in (1, 2, 3))
IMPOSSIBLE: list[dict[str, Any]] = [
    {},
    {"speaker": " "},
    {"speaker_type": "robot"},
    {"stance": "shouts"},
    {"said_on": "tomorrow"},
    {"said_on": "2031-02-30"},
    {"said_on": ""},
]


@pytest.mark.parametrize("changes", IMPOSSIBLE, ids=str)
def test_what_cannot_be_is_no_correction(changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        Changes(**changes)
    assert caught.value.code == "usage.bad_judgement"


DAYS = ["2031", "2031-03", "2031-03-04", "2031-W10", "2031-W10-WE", "2031-Q1", "2031-H2", "2031-SP", "2031-03-04TMO", "2031-03-04T18:30Z"]
NO_DAYS = ["2031-13", "2031-W60", "2031-03-04TXX", "2031-03-04T25", "P2D", "PRESENT_REF", "203", "2031-3-4", "2031-03-04 ", "٢٠٣١"]


@pytest.mark.parametrize("value", DAYS)
def test_a_stretch_of_the_calendar_is_a_day(value: str) -> None:
    assert is_day(value)


@pytest.mark.parametrize("value", NO_DAYS)
def test_what_the_calendar_does_not_have_is_no_day(value: str) -> None:
    assert not is_day(value)


def test_every_stance_and_type_can_be_given() -> None:
    assert all(Changes(stance=one).stance == one for one in Stance)
    assert all(Changes(speaker_type=one).speaker_type == one for one in SpeakerType)
