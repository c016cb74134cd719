from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import Document, Span, SpeakerType
from onrecord.resolve.coreference import Cast
from onrecord.resolve.pronoun_evidence import Scene, weights
from onrecord.resolve.pronouns import Pronouns

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
    text, span = _marked(marked)
    found = Pronouns(Cast(Document("d", text))).resolve(span.of(text).lower(), span, None)
    assert (found.name if found is not None else None) == name


def _marked(marked: str) -> tuple[str, Span]:
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), Span(start, end)


def test_the_last_source_outweighs_the_last_name() -> None:
    text, span = _marked("Ottmar Brandt spoke of Ivo Stell. The port fell. [He] left.")
    pronouns = Pronouns(Cast(Document("d", text)))
    stell = next(holder for holder in pronouns.cast.holders if holder.name == "Ivo Stell")
    assert _name(pronouns, span) == "Ottmar Brandt"
    told = pronouns.afresh()
    told.spoke(text.index("The port"), stell)
    assert _name(told, span) == "Ivo Stell"


def _name(pronouns: Pronouns, span: Span) -> str | None:
    found = pronouns.resolve("he", span, None)
    return found.name if found is not None else None


def test_one_who_cannot_be_meant_is_passed_over() -> None:
    text, span = _marked("Ottmar Brandt met Ivo Stell. [He] left.")
    pronouns = Pronouns(Cast(Document("d", text)))
    brandt = next(holder for holder in pronouns.cast.holders if holder.name == "Ottmar Brandt")
    found = pronouns.person("he", span, brandt)
    assert found is not None
    assert found.name == "Ivo Stell"


def test_nobody_calls_himself_he_in_his_own_turn() -> None:
    text, span = _marked("On Monday Mr Ottmar Brandt met Mr Ivo Stell in the harbour of Lesk.\n\nBRANDT: Yes, [he] did say that it fell.")
    scene = Scene(Cast(Document("d", text)), span, "m")
    found = {one.holder.name for one in scene.candidates()}
    assert "Ivo Stell" in found
    assert "Ottmar Brandt" not in found


def test_a_person_found_by_a_pronoun_is_a_person() -> None:
    text, span = _marked("In Lesk they met Brandt. [He] left.")
    found = Pronouns(Cast(Document("d", text))).resolve("he", span, None)
    assert found is not None
    assert found.type is SpeakerType.PERSON
    assert found.gender == "m"


def test_every_cue_that_is_seen_often_has_a_weight() -> None:
    text, span = _marked("Mara Quill met Ilse Varga. [She] left.")
    cues = [cue for one in Scene(Cast(Document("d", text)), span, "f").candidates() for cue in one.cues]
    assert set(cues) <= set(weights())
    assert len(cues) > 8


@given(st.text(alphabet="Mara Quil.,“”\n:he(s)", max_size=80), st.integers(0, 80))
def test_any_text_and_place_gives_an_answer_or_none(text: str, place: int) -> None:
    text = text[:place] + " he " + text[place:]
    start = text.index(" he ") + 1
    found = Pronouns(Cast(Document("d", text))).resolve("he", Span(start, start + 2), None)
    assert found is None or found.type is SpeakerType.PERSON
