from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import SpeakerType
from onrecord.resolve.nominals import Nominal, nominals

PERSON, GROUP, DOCUMENT = SpeakerType.PERSON, SpeakerType.GROUP, SpeakerType.DOCUMENT

FOUND = [
    ("Then my daughter came home.", "my daughter", PERSON),
    ("Then two officials came home.", "two officials", GROUP),
    ("Then the minutes came out.", "the minutes", DOCUMENT),
    ("Then an old harbour pilot came home.", "an old harbour pilot", PERSON),
    ("Then the mayor’s brother came home.", "mayor’s brother", PERSON),
    ("Then Quill’s lawyers came home.", "Quill’s lawyers", GROUP),
    ("Then 14 sailors came home.", "14 sailors", GROUP),
    ("Then several local nurses came home.", "several local nurses", GROUP),
    ("Then the “expert” came home.", "the “expert", PERSON),
    ("Then this letter came.", "this letter", DOCUMENT),
    ("Then the crowd came home.", "the crowd", GROUP),
    ("Then the engineer corps came home.", "the engineer corps", GROUP),
    ("Then the two former pilots came home.", "the two former pilots", GROUP),
    ("The crowd hoped that two pilots came home.", "The crowd", GROUP),
    ("They said that two pilots came home.", "two pilots", GROUP),
    ("Then the harbour was shut.", None, None),
    ("Then sailors came home.", None, None),
    ("Then she met officials there.", None, None),
    ("Then the Pilots came home.", None, None),
    ("Then the gate, pilots said, fell.", None, None),
    ("Then the old and very rusty lamp of pilots fell.", None, None),
]


@pytest.mark.parametrize(("text", "words", "kind"), FOUND)
def test_a_noun_for_people_or_texts_is_found_with_the_words_before_it(text: str, words: str | None, kind: SpeakerType | None) -> None:
    found = next(nominals(text, 0, len(text)), None)
    assert (found and found.span.of(text), found and found.type) == (words, kind)


MANY = [
    ("the pilots", True),
    ("the pilot", False),
    ("the women", True),
    ("a couple", True),
    ("the witness", False),
    ("two reports", True),
]


@pytest.mark.parametrize(("text", "many"), MANY)
def test_plurals_and_groups_stand_for_many(text: str, many: bool) -> None:
    assert [one.many for one in nominals(text, 0, len(text))] == [many]


GENDERS = [("my daughter", "f"), ("his uncle", "m"), ("the spokeswoman", "f"), ("a nurse", ""), ("the pilot", ""), ("the mayor", "")]


@pytest.mark.parametrize(("text", "gender"), GENDERS)
def test_only_nouns_that_tell_a_gender_have_one(text: str, gender: str) -> None:
    assert [one.gender for one in nominals(text, 0, len(text))] == [gender]


def test_only_the_passage_asked_for_is_read() -> None:
    text = "The pilot met a nurse and the mayor."
    assert [one.span.of(text) for one in nominals(text, 10, 21)] == ["a nurse"]


@given(
    st.text(alphabet=st.sampled_from("the my two pilots report's ’“,.\n7Q"), max_size=80) | st.text(),
    st.integers(0, 40),
    st.integers(0, 80),
)
def test_any_passage_gives_phrases_in_order_each_within_it_and_ending_with_its_noun(text: str, start: int, end: int) -> None:
    found = list(nominals(text, start, end))
    assert all(start <= one.span.start < one.span.end <= min(end, len(text)) for one in found)
    assert all(one.span.of(text).casefold().endswith(one.noun) for one in found)
    assert all(_ends_before(one, other) for one, other in pairwise(found))


def _ends_before(one: Nominal, other: Nominal) -> bool:
    return one.span.end < other.span.end
