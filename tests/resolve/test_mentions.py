from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import SpeakerType
from onrecord.resolve.mentions import head, holder_type, own_words, owner, singular

PHRASES = [
    ("a spokesman for Ms Quill", "spokesman", SpeakerType.PERSON, "spokesman for Ms Quill"),
    ("The harbour pilot, who would not give his name,", "pilot", SpeakerType.PERSON, "harbour pilot"),
    ("three of the pilots", "three", SpeakerType.GROUP, "three of the pilots"),
    ("one of the pilots", "one", SpeakerType.PERSON, "one of the pilots"),
    ("many voters, especially younger ones,", "voters", SpeakerType.GROUP, "many voters, especially younger ones"),
    ("a new harbour survey released last week", "survey", SpeakerType.DOCUMENT, "harbour survey"),
    ("the ministry", "ministry", SpeakerType.GOVERNMENT, "ministry"),
    ("the lamp company", "company", SpeakerType.ORGANISATION, "lamp company"),
    ("41 percent", "percent", SpeakerType.GROUP, "41 percent"),
    ("Only seven even-handed judges", "judges", SpeakerType.GROUP, "seven even-handed judges"),
    ("nobody", "nobody", SpeakerType.GROUP, "nobody"),
]


@pytest.mark.parametrize(("words", "noun", "kind", "own"), PHRASES)
def test_an_unnamed_holder_has_a_head_a_type_and_its_own_words(words: str, noun: str, kind: SpeakerType, own: str) -> None:
    assert (head(words), holder_type(words), own_words(words)) == (noun, kind, own)


@pytest.mark.parametrize(
    ("words", "whose", "rest"),
    [
        ("the mayor’s lawyers", "the mayor", "lawyers"),
        ("her press secretary", "her", "press secretary"),
        ("a friend of the mayor’s wife", None, "a friend of the mayor’s wife"),
        ("officials", None, "officials"),
    ],
)
def test_only_an_owner_before_the_head_counts(words: str, whose: str | None, rest: str) -> None:
    assert owner(words) == (whose, rest)


@pytest.mark.parametrize(
    ("noun", "one"),
    [("ministers", "minister"), ("parties", "party"), ("women", "woman"), ("bosses", "boss"), ("press", "press"), ("crisis", "crisis")],
)
def test_plurals_are_made_singular(noun: str, one: str) -> None:
    assert singular(noun) == one


@given(st.text())
def test_any_words_have_a_type(words: str) -> None:
    assert isinstance(holder_type(words), SpeakerType)
    own_words(words)
