from __future__ import annotations

import pytest
from tests.resolve.marked import cast_of, last_name

from onrecord.data import SpeakerType
from onrecord.resolve.pronouns import Pronouns
from onrecord.resolve.unnamed import Unnamed

BACK = [
    ("[[A spokesman for Mara Quill]] said no. [[The spokesman]] said yes.", "spokesman for Mara Quill"),
    ("[[Two pilots]] said no. [[The pilots]] said yes.", "Two pilots"),
    ("[[Two pilots]] said no. [[These pilots]] said yes.", "Two pilots"),
    ("[[The vicar of Lesk]] said no. [[The vicar]] said yes.", "vicar of Lesk"),
    ("[[A harbour survey]] said no. [[The survey]] said yes.", "harbour survey"),
    ("[[A harbour survey]] said no. [[That survey]] said yes.", "harbour survey"),
    ("[[The Lesk government]] said no. [[The government]] said yes.", "Lesk government"),
]


@pytest.mark.parametrize(("marked", "name"), BACK)
def test_a_definite_description_points_back_to_whoever_was_so_described(marked: str, name: str) -> None:
    assert last_name(marked) == name


NEW = [
    ("[[A spokesman for Mara Quill]] said no. [[Another spokesman]] said yes.", "Another spokesman"),
    ("[[A spokesman for Mara Quill]] said no. [[A spokesman]] said yes.", "spokesman"),
    ("[[A spokesman for Mara Quill]] said no. [[The mayor’s spokesman]] said yes.", "mayor’s spokesman"),
    ("[[Two pilots]] said no. [[Some pilots]] said yes.", "Some pilots"),
    ("[[The Lesk government]] said no. [[The government of Pell]] said yes.", "government of Pell"),
    ("Mayor Ida Roe came. [[A mayor]] said yes.", "mayor"),
    ("The Lesk Supreme Court met. [[A court]] said yes.", "court"),
    ("[[Brask Works]] said no. [[Another company]] said yes.", "Another company"),
    ("[[Brask Works]] said no. [[Its rival]] said yes.", "Its rival"),
]


@pytest.mark.parametrize(("marked", "name"), NEW)
def test_an_indefinite_description_is_somebody_new(marked: str, name: str) -> None:
    assert last_name(marked) == name


LAST_PERSON = [
    ("[[Otto Brandt]] said no. [[The candidate]] said yes.", "Otto Brandt"),
    ("[[Otto Brandt]] said no. [[The 58-year-old]] said yes.", "Otto Brandt"),
    ("[[Otto Brandt]] said no. [[The businessman, 58,]] said yes.", "Otto Brandt"),
    ("[[Otto Brandt]] said no. [[The environment secretary]] said yes.", "Otto Brandt"),
    ("[[Otto Brandt]] said no. [[The secretary]] said yes.", "secretary"),
    ("[[Otto Brandt]] said no. [[The vicar]] said yes.", "vicar"),
    ("[[Otto Brandt]] said no. [[The nurse]] said yes.", "nurse"),
    ("[[Otto Brandt]] said no. [[The lawyer]] said yes.", "lawyer"),
    ("[[Otto Brandt]] said no. [[A candidate]] said yes.", "candidate"),
    ("[[Otto Brandt]] said no. [[His candidate]] said yes.", "His candidate"),
    ("Ida Roe, a candidate, came. [[Otto Brandt]] said no. [[The candidate]] said yes.", "Ida Roe"),
]


@pytest.mark.parametrize(("marked", "name"), LAST_PERSON)
def test_only_some_nouns_mean_whoever_was_spoken_of_last(marked: str, name: str) -> None:
    assert last_name(marked) == name


BODIES = [
    ("Brask Works shut its gate. [[The company]] said no.", "Brask Works"),
    ("[[Brask Works]] said yes. [[Otto Brandt]] said no. [[The company]] said so.", "Brask Works"),
    ("Brask Works met the Lesk Pilots Union. [[The union]] said no.", "Lesk Pilots Union"),
    ("The Lesk Pilots Union met Brask Works. [[The company]] said no.", "Brask Works"),
    ("[[Brask Works]] said yes. [[The union]] said no.", "union"),
    ("[[The Lesk Pilots Union]] said yes. [[The company]] said no.", "company"),
    ("[[The Lesk Times]] said yes. [[The company]] said no.", "company"),
    ("[[Otto Brandt]] told the Lesk Times. [[The newspaper]] said no.", "Lesk Times"),
    ("[[Otto Brandt]] told the pilots. [[The newspaper]] said no.", "newspaper"),
    ("The Lesk Institute of Tides met. [[The institute]] said no.", "Lesk Institute of Tides"),
    ("The Ministry of Tides met the Ministry of Lamps. [[The ministry]] said no.", "Ministry of Lamps"),
    ("The Ministry of Tides met. [[The lamp ministry]] said no.", "lamp ministry"),
]


@pytest.mark.parametrize(("marked", "name"), BODIES)
def test_the_company_is_the_last_body_that_may_be_called_so(marked: str, name: str) -> None:
    assert last_name(marked) == name


SENDERS = [
    ("[[A letter from Mara Quill]] said no.", "Mara Quill"),
    ("[[Mara Quill’s letter]] said no.", "Mara Quill"),
    ("Ms Mara Quill came. [[Her letter]] said no.", "Mara Quill"),
    ("[[Otto Brandt]] said yes. [[The letter]] said no.", "Otto Brandt"),
    ("[[Otto Brandt]] said yes. [[A statement]] said no.", "Otto Brandt"),
    ("[[Brask Works]] said yes. [[A statement]] said no.", "Brask Works"),
    ("[[Brask Works]] said yes. [[Otto Brandt]] said so. [[A company statement]] said no.", "Brask Works"),
    ("[[Otto Brandt]] said yes. [[The union’s statement]] said no.", "union"),
    ("[[Otto Brandt]] said yes. [[A letter]] said no.", "letter"),
    ("[[The Lesk Times]] said yes. [[A statement]] said no.", "statement"),
    ("[[Otto Brandt]] said yes. [[The report]] said no.", "report"),
]


@pytest.mark.parametrize(("marked", "name"), SENDERS)
def test_a_letter_or_statement_speaks_for_its_sender(marked: str, name: str) -> None:
    assert last_name(marked) == name


def test_the_same_words_are_the_same_holder() -> None:
    cast = cast_of("Nobody came.")
    unnamed = Unnamed(cast, Pronouns(cast), lambda _: None)
    first = unnamed.own("Two pilots", SpeakerType.GROUP)
    assert unnamed.own("two pilots", SpeakerType.GROUP) is first
    assert unnamed.own("three pilots", SpeakerType.GROUP) is not first


def test_the_last_to_speak_is_known() -> None:
    cast = cast_of("Nobody came.")
    unnamed = Unnamed(cast, Pronouns(cast), lambda _: None)
    assert unnamed.last is None
    unnamed.spoke(pilot := unnamed.own("pilot", SpeakerType.PERSON))
    assert unnamed.last is pilot
