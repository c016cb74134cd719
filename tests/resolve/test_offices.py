from __future__ import annotations

import pytest
from tests.resolve.marked import cast_of

from onrecord.data import Span, SpeakerType
from onrecord.resolve.holders import Holder
from onrecord.resolve.names import names
from onrecord.resolve.offices import Offices, beside, genders, named_before

PERSON, ORGANISATION, GOVERNMENT, UNKNOWN = SpeakerType.PERSON, SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT, SpeakerType.UNKNOWN

BESIDE = [
    ("They met Otto Brandt, a doctor, there.", "Otto Brandt", ["doctor"]),
    ("They met Otto Brandt, 58, a doctor, there.", "Otto Brandt", ["doctor"]),
    ("They met Otto Brandt (58), the port’s doctor.", "Otto Brandt", ["port’s doctor"]),
    ("They met Otto Brandt, who is the doctor.", "Otto Brandt", ["doctor"]),
    ("The doctor, Otto Brandt, left.", "Otto Brandt", ["doctor"]),
    ("They went with his wife, Otto Brandt, to Lesk.", "Otto Brandt", ["wife"]),
    ("The lamp maker, Brask Works, left.", "Brask Works", ["lamp maker"]),
    ("The head of the lamp maker, Brask Works, left.", "Brask Works", ["maker"]),
    ("The head of the Lesk Institute, Otto Brandt, left.", "Otto Brandt", ["head of the Lesk Institute"]),
    ("The head of the Lesk Institute, Otto Brandt, left.", "Lesk Institute", []),
    ("They saw Otto Brandt’s, doctor, there.", "Otto Brandt", []),
    ("It rained, Otto Brandt, before the doctor came.", "Otto Brandt", []),
]


@pytest.mark.parametrize(("text", "name", "roles"), BESIDE)
def test_a_description_stands_before_or_behind_a_name_between_commas(text: str, name: str, roles: list[str]) -> None:
    assert {one.name: one.roles for one in cast_of(text).holders}[name] == roles


@pytest.mark.parametrize(("text", "sure"), [("Brandt, a doctor, left.", True), ("Brandt, doctor, left.", False)])
def test_an_article_makes_a_description_sure(text: str, sure: bool) -> None:
    assert list(beside(text, names(text)[0])) == [("doctor", sure)]


GENDERS = [("spokeswoman", "f"), ("widow", "f"), ("chairman", ""), ("man", "m"), ("husband", "m"), ("nurse", ""), ("doctor", "")]


@pytest.mark.parametrize(("noun", "gender"), GENDERS)
def test_only_some_nouns_tell_a_gender(noun: str, gender: str) -> None:
    male, female = genders(noun)
    assert ("m" if male else "") + ("f" if female else "") == gender


DESCRIBED = [
    (UNKNOWN, "doctor from Lesk", PERSON, ["doctor from Lesk"]),
    (UNKNOWN, "lamp maker", ORGANISATION, ["lamp maker"]),
    (GOVERNMENT, "agency for lamps", GOVERNMENT, ["agency for lamps"]),
    (ORGANISATION, "doctor from Lesk", ORGANISATION, []),
    (UNKNOWN, "before the doctor", UNKNOWN, []),
    (UNKNOWN, "heavy rain", UNKNOWN, []),
]


@pytest.mark.parametrize(("kind", "words", "after", "roles"), DESCRIBED)
def test_a_description_tells_what_a_holder_is(kind: SpeakerType, words: str, after: SpeakerType, roles: list[str]) -> None:
    holder = Holder("Brask", kind)
    Offices().describe(holder, words, sure=True)
    assert (holder.type, holder.roles) == (after, roles)


def test_a_role_is_noted_once_without_its_article() -> None:
    holder, offices = Holder("Mara Quill", PERSON), Offices()
    offices.add(holder, "the spokeswoman")
    offices.add(holder, "spokeswoman")
    assert (holder.roles, holder.gender) == (["spokeswoman"], "f")
    assert offices.held("spokeswoman")
    assert not offices.held("mayor")


MET = "Mara Quill, the foreign minister, met {other}."
WHO = [
    ("Otto Brandt, the finance minister", "the foreign minister", "Mara Quill"),
    ("Otto Brandt, the finance minister", "the finance minister", "Otto Brandt"),
    ("Otto Brandt, the finance minister", "the minister", "Otto Brandt"),
    ("Otto Brandt, the deputy foreign minister", "the foreign minister", "Mara Quill"),
    ("Otto Brandt, the deputy foreign minister", "the deputy foreign minister", "Otto Brandt"),
    ("Otto Brandt, a former foreign minister", "the foreign minister", "Mara Quill"),
    ("Otto Brandt, a former foreign minister", "the former foreign minister", "Otto Brandt"),
    ("Otto Brandt, a former minister", "the minister", "Mara Quill"),
    ("Gov. Otto Brandt", "the governor", "Otto Brandt"),
    ("Otto Brandt, a doctor", "the mayor", None),
    ("Otto Brandt, a doctor", "the vice minister", None),
]


@pytest.mark.parametrize(("other", "words", "name"), WHO)
def test_a_role_means_whoever_is_called_so(other: str, words: str, name: str | None) -> None:
    text = MET.format(other=other)
    found = cast_of(text).offices.who(words, len(text))
    assert (found and found.name) == name


def test_of_two_of_one_office_the_one_named_last_is_meant() -> None:
    text = "Mara Quill, a harbour pilot, met Otto Brandt, a harbour pilot. Quill left. Brandt left."
    offices = cast_of(text).offices
    found = [offices.who("the harbour pilot", position) for position in (text.index("Brandt left"), len(text))]
    assert [one and one.name for one in found] == ["Mara Quill", "Otto Brandt"]


def test_a_holder_is_named_before_a_position_or_nowhere() -> None:
    holder = Holder("Mara Quill", PERSON, mentions=[Span(3, 8), Span(30, 35)])
    assert [named_before(holder, position) for position in (0, 4, 31, 99)] == [-1, 3, 30, 30]
