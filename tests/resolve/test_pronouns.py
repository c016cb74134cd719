from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.marked import cast_of, passage

from onrecord.data import Span, SpeakerType
from onrecord.resolve.pronoun_evidence import Scene, weights
from onrecord.resolve.pronouns import Pronouns

PERSON, GROUP, ORGANISATION, DOCUMENT = SpeakerType.PERSON, SpeakerType.GROUP, SpeakerType.ORGANISATION, SpeakerType.DOCUMENT

WHO = [
    ("Mara Quill met Ilse Varga in Lesk. [She] left early.", "Mara Quill"),
    ("Ottmar Brandt works for Ivo Stell. [He] left early.", "Ottmar Brandt"),
    ("Ottmar Brandt arrived. Ivo Stell saw [him] there.", "Ottmar Brandt"),
    ("Ottmar Brandt arrived. Ivo Stell hurt [himself] there.", "Ivo Stell"),
    ("Ottmar Brandt, a pilot, lost [his] boat.", "Ottmar Brandt"),
    ("Ms Mara Quill met Mr Ivo Stell. [He] left early.", "Ivo Stell"),
    ("Mr Ivo Stell met Ms Mara Quill. [She] left early.", "Mara Quill"),
    ("When [he] was young, Ottmar Brandt went to sea.", "Ottmar Brandt"),
    ("“Ivo Stell is wrong,” said Ottmar Brandt. “It fell,” [he] added.", "Ottmar Brandt"),
    ("It rained all day. [He] left early.", None),
]


@pytest.mark.parametrize(("marked", "name"), WHO)
def test_a_pronoun_means_the_likeliest_person(marked: str, name: str | None) -> None:
    text, span = passage(marked)
    found = Pronouns(cast_of(text)).resolve(span.of(text).lower(), span, None)
    assert (found.name if found is not None else None) == name


def test_the_last_source_outweighs_the_last_name() -> None:
    text, span = passage("Ottmar Brandt spoke of Ivo Stell. The port fell. [He] left.")
    pronouns = Pronouns(cast_of(text))
    stell = next(holder for holder in pronouns.cast.holders if holder.name == "Ivo Stell")
    assert _name(pronouns, span) == "Ottmar Brandt"
    told = pronouns.afresh()
    told.spoke(text.index("The port"), stell)
    assert _name(told, span) == "Ivo Stell"


def _name(pronouns: Pronouns, span: Span) -> str | None:
    found = pronouns.resolve("he", span, None)
    return found.name if found is not None else None


def test_one_who_cannot_be_meant_is_passed_over() -> None:
    text, span = passage("Ottmar Brandt met Ivo Stell. [He] left.")
    pronouns = Pronouns(cast_of(text))
    brandt = next(holder for holder in pronouns.cast.holders if holder.name == "Ottmar Brandt")
    found = pronouns.person("he", span, brandt)
    assert found is not None
    assert found.name == "Ivo Stell"


def test_nobody_calls_himself_he_in_his_own_turn() -> None:
    text, span = passage("On Monday Mr Ottmar Brandt met Mr Ivo Stell in the harbour of Lesk.\n\nBRANDT: Yes, [he] did say that it fell.")
    scene = Scene(cast_of(text), span, "m")
    found = {one.holder.name for one in scene.candidates()}
    assert "Ivo Stell" in found
    assert "Ottmar Brandt" not in found


def test_a_person_found_by_a_pronoun_is_a_person() -> None:
    text, span = passage("In Lesk they met Brandt. [He] left.")
    found = Pronouns(cast_of(text)).resolve("he", span, None)
    assert found is not None
    assert found.type is SpeakerType.PERSON
    assert found.gender == "m"


def test_every_cue_that_is_seen_often_has_a_weight() -> None:
    text, span = passage("Mara Quill met Ilse Varga. [She] left.")
    cues = [cue for one in Scene(cast_of(text), span, "f").candidates() for cue in one.cues]
    assert set(cues) <= set(weights())
    assert len(cues) > 8


THINGS = [
    ("The Lesk Institute met on Monday. [It] left early.", "Lesk Institute"),
    ("The Lesk Institute met the pilots of the harbour and the Ministry of Tides. [It] left early.", "Lesk Institute"),
    ("Otto Brandt met the Lesk Institute. [It] left early.", "Lesk Institute"),
    ("In Lesk they met Braskel. [It] left early.", "Braskel"),
    ("Otto Brandt left. [It] rained.", None),
]


@pytest.mark.parametrize(("marked", "name"), THINGS)
def test_it_means_a_body_and_no_person(marked: str, name: str | None) -> None:
    text, span = passage(marked)
    found = Pronouns(cast_of(text)).resolve("it", span, None)
    assert (found and found.name) == name


def told(text: str, *spoke: tuple[str, SpeakerType]) -> Pronouns:
    """A text in which some have spoken where their words stand."""
    pronouns = Pronouns(cast_of(text))
    for words, kind in spoke:
        named = next((one for one in pronouns.cast.holders if one.name == words), None)
        pronouns.spoke(text.index(words), named or pronouns.cast.unnamed(words, kind))
    return pronouns


SPOKE = [
    ("it", ("Brask Works", ORGANISATION), "Brask Works"),
    ("it", ("report", DOCUMENT), "report"),
    ("it", ("officials", GROUP), "Lesk Institute"),
    ("they", ("officials", GROUP), "officials"),
    ("they", ("Brask Works", ORGANISATION), "Brask Works"),
    ("they", ("Otto Brandt", PERSON), None),
    ("he", ("officials", GROUP), "Ivo Stell"),
    ("she", ("a pilot", PERSON), "Ivo Stell"),
]


@pytest.mark.parametrize(("word", "spoke", "name"), SPOKE)
def test_whoever_spoke_last_is_meant_if_the_pronoun_can_mean_such(word: str, spoke: tuple[str, SpeakerType], name: str | None) -> None:
    text = "Otto Brandt, a pilot, the officials, the report and Brask Works came. Ivo Stell met the Lesk Institute. Then there was wind."
    found = told(text, spoke).resolve(word, Span(len(text), len(text)), None)
    assert (found and found.name) == name


def test_they_are_the_body_of_their_sentence_where_nobody_has_spoken() -> None:
    text, span = passage("I rang Brask Works and [they] said no.")
    found = Pronouns(cast_of(text)).resolve("they", span, None)
    assert found is not None
    assert found.name == "Brask Works"


def test_they_are_no_body_of_another_sentence() -> None:
    text, span = passage("I rang Brask Works. Then [they] said no.")
    assert Pronouns(cast_of(text)).resolve("they", span, None) is None


@pytest.mark.parametrize("word", ["who", "nobody", "i", ""])
def test_other_words_are_no_pronouns(word: str) -> None:
    text, span = passage("Otto Brandt left. [He] wrote.")
    assert Pronouns(cast_of(text)).resolve(word, span, None) is None


def test_he_in_a_quotation_is_not_the_one_who_is_quoted() -> None:
    text, span = passage("“Ivo Stell knows what [he] did,” Otto Brandt said.")
    cast = cast_of(text)
    brandt = next(one for one in cast.holders if one.name == "Otto Brandt")
    found = Pronouns(cast).resolve("he", span, brandt)
    assert found is not None
    assert found.name == "Ivo Stell"


def test_a_title_rules_out_the_other_gender() -> None:
    text, span = passage("Ms Mara Quill left. [He] wrote.")
    assert Pronouns(cast_of(text)).resolve("he", span, None) is None


def test_those_told_of_by_others_count_only_inside_their_words() -> None:
    text, span = passage("Otto Brandt said that Ivo Stell had warned that [he] was ill.")
    cast = cast_of(text)
    brandt, stell = cast.holders
    pronouns = Pronouns(cast)
    pronouns.spoke(0, brandt)
    pronouns.spoke(text.index("Ivo"), stell, told=True)
    found = [pronouns.resolve("he", span, speaking) for speaking in (None, stell)]
    assert [one and one.name for one in found] == ["Otto Brandt", "Ivo Stell"]


OUTLETS = [("Quill told the Lesk Times. Brask Works shut. The paper", "Lesk Times"), ("Quill met Brask Works. The paper", None)]


@pytest.mark.parametrize(("text", "name"), OUTLETS)
def test_the_last_outlet_is_a_paper_or_station(text: str, name: str | None) -> None:
    found = Pronouns(cast_of(text)).last_outlet(len(text))
    assert (found and found.name) == name


def test_the_last_body_is_the_one_that_spoke_else_the_one_named_most() -> None:
    text = "Brask Works met the Lesk Institute. Brask Works left. The Lesk Institute left. Brask Works wrote."
    cast = cast_of(text)
    pronouns = Pronouns(cast)
    institute = next(one for one in cast.holders if one.name == "Lesk Institute")
    most = pronouns.last_body(len(text), ORGANISATION)
    fits = pronouns.last_body(len(text), ORGANISATION, lambda one: one is institute)
    pronouns.spoke(0, institute)
    assert [one and one.name for one in (most, fits, pronouns.last_body(len(text), ORGANISATION))] == [
        "Brask Works",
        "Lesk Institute",
        "Lesk Institute",
    ]


def test_the_last_body_is_no_paper() -> None:
    text = "The Lesk Times met. The Lesk Times left."
    assert Pronouns(cast_of(text)).last_body(len(text), ORGANISATION) is None


@given(st.text(alphabet="Mara Quil.,“”\n:he(s)", max_size=80), st.integers(0, 80))
def test_any_text_and_place_gives_an_answer_or_none(text: str, place: int) -> None:
    text = text[:place] + " he " + text[place:]
    start = text.index(" he ") + 1
    found = Pronouns(cast_of(text)).resolve("he", Span(start, start + 2), None)
    assert found is None or found.type is SpeakerType.PERSON
