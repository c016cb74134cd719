from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import SpeakerType
from onrecord.resolve.mentions import (
    NOUNS,
    head,
    holder_type,
    is_person,
    is_role,
    last_phrase,
    nearest_noun,
    own_words,
    owner,
    singular,
)

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


KINDS = [
    ("the letters", SpeakerType.DOCUMENT),
    ("the paper", SpeakerType.DOCUMENT),
    ("the reports", SpeakerType.DOCUMENT),
    ("an anthem", SpeakerType.DOCUMENT),
    ("the crowd", SpeakerType.GROUP),
    ("economists", SpeakerType.GROUP),
    ("pilots and nurses", SpeakerType.GROUP),
    ("the elderly", SpeakerType.GROUP),
    ("one in five", SpeakerType.PERSON),
    ("each minister", SpeakerType.PERSON),
    ("every party", SpeakerType.ORGANISATION),
    ("a baker", SpeakerType.PERSON),
    ("a bank", SpeakerType.ORGANISATION),
    ("the army", SpeakerType.GOVERNMENT),
    ("Kyiv", SpeakerType.GOVERNMENT),
    ("the harbour", SpeakerType.UNKNOWN),
    ("", SpeakerType.UNKNOWN),
]


@pytest.mark.parametrize(("words", "kind"), KINDS)
def test_the_noun_tells_what_kind_of_holder_is_meant(words: str, kind: SpeakerType) -> None:
    assert holder_type(words) is kind


@pytest.mark.parametrize(
    ("noun", "person"),
    [
        ("minister", True),
        ("fisherman", True),
        ("biologist", True),
        ("baker", True),
        ("co-founder", True),
        ("newman", False),
        ("lamp", False),
        ("crowd", False),
        ("accused", False),
        ("pilots", False),
        ("", False),
    ],
)
def test_a_noun_stands_for_one_person_or_not(noun: str, person: bool) -> None:
    assert is_person(noun) is person


def test_people_of_the_dictionary_are_no_roles_unless_they_are_listed() -> None:
    assert [(is_person(noun), is_role(noun)) for noun in ("baker", "nurse")] == [(True, False), (True, True)]


def test_nouns_stand_for_people_groups_and_texts() -> None:
    assert set(NOUNS.values()) == {"person", "group", "text"}
    assert [NOUNS[noun] for noun in ("fisherman", "crowd", "anthem")] == ["person", "group", "text"]


@pytest.mark.parametrize(
    ("words", "noun"),
    [
        ("head of the lamp maker", "maker"),
        ("chief of the lamp union", "union"),
        ("the lamp maker", "maker"),
        ("neighbour of the mayor", "neighbour"),
        ("head of Brask Works", "head"),
        ("director of the Lesk Institute", "director"),
        ("", ""),
    ],
)
def test_a_name_behind_a_comma_explains_the_nearest_noun_unless_that_is_part_of_a_name(words: str, noun: str) -> None:
    assert nearest_noun(words) == noun


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("They met two pilots", "two pilots"),
        ("It was told to the mayor’s lawyers", "the mayor’s lawyers"),
        ("It fell, a spokesman", "a spokesman"),
        ("a spokesman for the mayor", "the mayor"),
        ("pilots", "pilots"),
    ],
)
def test_the_last_phrase_begins_behind_a_small_word(words: str, last: str) -> None:
    assert last_phrase(words) == last


@given(st.text())
def test_any_words_have_a_type(words: str) -> None:
    assert isinstance(holder_type(words), SpeakerType)
    own_words(words)


@given(st.text(alphabet=st.sampled_from("the a of maker who ’s,lamp\n"), max_size=60) | st.text())
def test_the_last_phrase_of_any_words_ends_them(words: str) -> None:
    assert words.endswith(last_phrase(words))
    assert nearest_noun(words) == nearest_noun(words).casefold()
