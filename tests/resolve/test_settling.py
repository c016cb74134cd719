from __future__ import annotations

import pytest
from tests.resolve.marked import cast_of, passage

from onrecord.data import SpeakerType
from onrecord.resolve.holders import Holder
from onrecord.resolve.settling import adjectives, is_inside, owns_a_state, settle, settle_places

PERSON, GOVERNMENT, ORGANISATION, UNKNOWN = SpeakerType.PERSON, SpeakerType.GOVERNMENT, SpeakerType.ORGANISATION, SpeakerType.UNKNOWN

INSIDE = [
    ("The lamp fell in [Lesk], they said.", True),
    ("The lamp fell in [Lesk].", True),
    ("The lamp fell near [Lesk] on Monday.", True),
    ("It rained across the [Marrow] and there was wind.", True),
    ("It rained north of [Lesk].", True),
    ("They live outside [Lesk]", True),
    ("They bought shares in [Lesk], they said.", False),
    ("They lost faith in [Quill].", False),
    ("They had an interest in [Quill], he said.", False),
    ("There was fear in [Lesk] boardrooms.", False),
    ("They spoke to [Quill].", False),
    ("They asked [Quill] on Monday.", False),
    ("[Lesk] was wet.", False),
]


@pytest.mark.parametrize(("marked", "inside"), INSIDE)
def test_a_place_has_something_in_it_but_shares_and_faith_are_in_no_place(marked: str, inside: bool) -> None:
    assert is_inside(*passage(marked)) is inside


STATES = [
    ("[Karsovia]’s foreign minister left.", True),
    ("[Karsovia]'s new prime minister left.", True),
    ("[Karsovia]’s army left.", True),
    ("[Quill]’s lawyer left.", False),
    ("[Quill]’s ministerial car left.", False),
    ("[Karsovia] army left.", False),
]


@pytest.mark.parametrize(("marked", "state"), STATES)
def test_what_has_an_army_or_a_foreign_minister_is_a_state(marked: str, state: bool) -> None:
    text, span = passage(marked)
    assert owns_a_state(text, span.end) is state


def test_adjectives_of_places_are_kept_by_their_first_letters() -> None:
    found = adjectives("The Karsovian ships and a Karsovian pilot met two Leskish boats and an italian one.")
    assert found == {"kars": {"karsovian"}, "lesk": {"leskish"}}


KINDS = [
    ("The port of Karsovia is shut. A Karsovian ship left.", "Karsovia", GOVERNMENT),
    ("The lamp fell in Pellmarrow. Nobody was hurt.", "Pellmarrow", GOVERNMENT),
    ("They bought shares in Braskel. It fell.", "Braskel", ORGANISATION),
    ("They met Braskel there. It sold its boats.", "Braskel", ORGANISATION),
    ("They met Brandt there. He sold his boats.", "Brandt", PERSON),
    ("They met Braskel there.", "Braskel", UNKNOWN),
    ("They met Otto Brandt in Lesk.", "Otto Brandt", PERSON),
    ("It rained in Otto Brandt on Monday. It was wet.", "Otto Brandt", GOVERNMENT),
    ("They lost faith in Otto Brandt, they said.", "Otto Brandt", PERSON),
    ("It is warm in Mr Brandt, they said.", "Brandt", PERSON),
    ("They met Canada there.", "Canada", GOVERNMENT),
]


@pytest.mark.parametrize(("text", "name", "kind"), KINDS)
def test_pronouns_adjectives_and_places_tell_what_a_name_is(text: str, name: str, kind: SpeakerType) -> None:
    assert {one.name: one.type for one in cast_of(text).holders}[name] is kind


def test_a_bank_of_a_place_is_a_part_of_government_where_it_has_a_governor() -> None:
    bank, other = Holder("Bank of Lesk", ORGANISATION), Holder("Bank of Lesk", ORGANISATION)
    settle(bank, {}, has_governor=True)
    settle(other, {}, has_governor=False)
    assert (bank.type, other.type) == (GOVERNMENT, ORGANISATION)


def test_a_name_once_proved_to_be_a_person_is_no_place() -> None:
    person, place = Holder("Otto Brandt", PERSON, placed=2, proved=True), Holder("Pell Marrow", PERSON, placed=2)
    settle_places(person)
    settle_places(place)
    assert (person.type, place.type) == (PERSON, GOVERNMENT)


def test_two_words_that_are_cut_to_the_first_name_a_body() -> None:
    body, person = Holder("Brask Marrow", PERSON, by_first=1), Holder("Brask Marrow", PERSON, by_first=1, by_last=1)
    settle(body, {}, has_governor=False)
    settle(person, {}, has_governor=False)
    assert (body.type, person.type) == (ORGANISATION, PERSON)
