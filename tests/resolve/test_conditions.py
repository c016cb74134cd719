"""Which clauses state a condition."""

from __future__ import annotations

import pytest
from tests.resolve.marked import readings

from onrecord.data import Attribution, Document, Span
from onrecord.resolve.conditions import conditions
from onrecord.resolve.words import words

CONDITIONS: tuple[tuple[str, list[str]], ...] = (
    ("The ferry will sail if Lesk pays.", ["if Lesk pays"]),
    ("If Lesk pays, the ferry will sail.", ["If Lesk pays"]),
    ("The ferry stops unless the crane is mended.", ["unless the crane is mended"]),
    ("The ferry stops should the talks fail.", ["should the talks fail"]),
    ("Should talks fail, the ferry stops.", ["Should talks fail"]),
    ("They sign provided that the toll falls.", ["provided that the toll falls"]),
    ("They sign as long as the toll falls.", ["as long as the toll falls"]),
    ("They sign only when the toll falls.", ["only when the toll falls"]),
    ("Nobody sails until there is an offer.", ["until there is an offer"]),
    ("When the rain stops, a sale would help.", ["When the rain stops"]),
    ("When the rain stops, a sale will help.", []),
    ("The ferry sails even if Lesk refuses.", []),
    ("He spoke as if Lesk had won.", []),
    ("She asked if the pier was safe.", []),
    ("They wondered if the pier was safe.", []),
    ("Nobody knows if the pier is safe.", []),
    ("She was not sure if the pier was safe.", []),
    ("It cost hundreds if not thousands.", []),
    ("The council should pay the crew.", []),
    ("The pier stays shut until Monday.", []),
    ("They asked him if the pier was safe.", []),
    ("The cranes provided shelter.", []),
)


@pytest.mark.parametrize(("text", "wanted"), CONDITIONS)
def test_conditions_are_found_and_other_ifs_are_not(text: str, wanted: list[str]) -> None:
    read = words(text)
    assert [read.span(clause.start, clause.stop).of(text) for clause in conditions(read, read.sentence(0))] == wanted


def at(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


HANGING = (
    ("If Lesk refuses, the port would close, Quill said.", "said", "the port would close", True),
    ("Quill said the port would close if Lesk refuses.", "said", "the port would close if Lesk refuses", True),
    ("Quill said the port would close even if Lesk refuses.", "said", "the port would close even if Lesk refuses", False),
    ("Quill said the port closed. If Lesk refuses, so be it.", "said", "the port closed", False),
    ("Quill asked if the port would close.", "asked", "if the port would close", False),
    ('Quill said: "Then I will go to the judge."', "said", '"Then I will go to the judge."', True),
)


@pytest.mark.parametrize(("text", "cue", "content", "wanted"), HANGING)
def test_a_statement_is_conditional_when_a_condition_governs_it(text: str, cue: str, content: str, wanted: bool) -> None:
    attribution = Attribution((), (at(text, cue),), (at(text, content),))
    assert readings(Document("case", text), (attribution,))[0].conditional is wanted


def test_a_condition_of_another_statement_is_left_to_it() -> None:
    text = "Brandt, who has called for a refund, said he would drop the case if Lesk pays."
    called = Attribution((), (at(text, "has called for"),), (at(text, "a refund"),))
    said = Attribution((), (at(text, "said"),), (at(text, "he would drop the case if Lesk pays"),))
    assert [one.conditional for one in readings(Document("case", text), (called, said))] == [False, True]
