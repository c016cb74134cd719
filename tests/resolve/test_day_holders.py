"""One speaker goes on: as resolved, or by the words of the source alone."""

from __future__ import annotations

import pytest

from onrecord.data import Attribution, Span, Speaker, SpeakerType
from onrecord.resolve.day_holders import Holder, holders, known_holder

# Sources in the order of the text, each with its paragraph, and the holders wanted.
GOING_ON = [
    ([("Mara Quill", 0), ("she", 1)], ["quill", "quill"]),
    ([("Mara Quill, mayor of Lesk", 0), ("Quill’s", 3)], ["quill", "quill"]),
    ([("Mara Quill", 0), ("the mayor", 0)], ["quill", "quill"]),
    ([("Mara Quill", 0), ("the mayor", 1)], ["quill", "mayor"]),
    ([("Mara Quill", 0), ("", 0), ("who", 0)], ["quill", "", "quill"]),
    ([("The council", 0), ("It", 1)], ["council", "council"]),
]


@pytest.mark.parametrize(("sources", "wanted"), GOING_ON)
def test_a_holder_is_the_last_name_or_the_one_before(sources: list[tuple[str, int]], wanted: list[str]) -> None:
    text, found = "", []
    for words, _ in sources:
        found.append(Attribution((Span(len(text), len(text) + len(words)),) if words else (), (), (Span(0, 1),)))
        text += words + " "
    assert holders(text, found, range(len(found)), [paragraph for _, paragraph in sources]) == wanted


KNOWN = [
    (Speaker("Mara Quill", SpeakerType.PERSON, key="mara-quill"), Holder("mara-quill", "quill")),
    (Speaker("the harbour board", SpeakerType.ORGANISATION, key="harbour-board"), Holder("harbour-board", "harbour board")),
    (Speaker("two officials", SpeakerType.GROUP), Holder("two officials", "two officials")),
    (Speaker(None), Holder("she", "she")),
]


@pytest.mark.parametrize(("speaker", "wanted"), KNOWN)
def test_a_speaker_who_is_known_is_the_holder(speaker: Speaker, wanted: Holder) -> None:
    assert known_holder(speaker, "she") == wanted
