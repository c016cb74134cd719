from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.marked import cast_of, passage

from onrecord.data import Span, SpeakerType
from onrecord.resolve.clauses import Part
from onrecord.resolve.holders import Holder
from onrecord.resolve.pronoun_evidence import OWN_VERB, Candidate, Mention, Scene, may_be_person, weights


def candidates(marked: str, gender: str = "") -> dict[str | None, Candidate]:
    """Everyone whom the pronoun in brackets may mean, by name."""
    text, span = passage(marked)
    return {one.holder.name: one for one in Scene(cast_of(text), span, gender).candidates()}


WHO = [
    ("Mara Quill met Otto Brandt. [She] left.", ["Otto Brandt", "Mara Quill"]),
    ("Mara Quill met Otto Brandt. Quill wrote. [She] left.", ["Mara Quill", "Otto Brandt"]),
    ("When [she] was young, Mara Quill met Otto Brandt.", ["Mara Quill", "Otto Brandt"]),
    ("When [she] was young, it rained. Mara Quill met Otto Brandt.", []),
    ("Mara Quill left the Ministry of Tides. [She] left.", ["Mara Quill"]),
    ("[She] left.", []),
]


@pytest.mark.parametrize(("marked", "names"), WHO)
def test_candidates_are_the_people_before_and_those_after_in_the_sentence_the_nearest_first(marked: str, names: list[str]) -> None:
    assert list(candidates(marked)) == names


CUES = [
    ("Mara Quill met Otto Brandt. [She] left.", "Mara Quill", "subject for subject, one back"),
    ("Mara Quill met Otto Brandt. [She] left.", "Mara Quill", "1 others nearer"),
    ("Mara Quill met Otto Brandt. [She] left.", "Mara Quill", "subject for the first subject one back"),
    ("Mara Quill met Otto Brandt. [She] left.", "Otto Brandt", "subject for object, one back"),
    ("Mara Quill left. Quill wrote. [She] left.", "Mara Quill", "named 2 times in all"),
    ("Mara Quill left. It rained. It rained. It rained. It rained. [She] left.", "Mara Quill", "3 sentences back"),
    ("Mara Quill saw [him].", "Mara Quill", OWN_VERB),
    ("Mara Quill said, when they saw [him], no.", "Mara Quill", "object for subject, 2 clauses between"),
    ("The pilot (Mara Quill) left. [She] wrote.", "Mara Quill", "named in brackets"),
    ("“Mara Quill left,” they wrote. [She] left.", "Mara Quill", "named in a quotation only"),
    ("When [she] was young, Mara Quill left.", "Mara Quill", "named after, 0 others nearer"),
    ("When [she] was young, Mara Quill left.", "Mara Quill", "named after, subject for subject, opening"),
    ("They met Brandt there. Later [he] left.", "Brandt", "may be no person: unknown"),
]


@pytest.mark.parametrize(("marked", "name", "cue"), CUES)
def test_the_words_around_speak_for_a_candidate(marked: str, name: str, cue: str) -> None:
    assert cue in candidates(marked)[name].cues


NO_CUES = [
    ("Mara Quill saw Otto Brandt and [him].", "Mara Quill", OWN_VERB),
    ("Mara Quill’s lawyer saw [her].", "Mara Quill", OWN_VERB),
    ("“Mara Quill left, and [she] wrote.”", "Mara Quill", "named in a quotation only"),
    ("“Mara Quill left,” they wrote. Quill left. [She] left.", "Mara Quill", "named in a quotation only"),
]


@pytest.mark.parametrize(("marked", "name", "cue"), NO_CUES)
def test_nothing_speaks_for_a_candidate_that_is_not_there(marked: str, name: str, cue: str) -> None:
    assert cue not in candidates(marked)[name].cues


@pytest.mark.parametrize(("gender", "cue"), [("f", "of this gender"), ("m", "of another gender, perhaps")])
def test_a_title_speaks_for_a_gender(gender: str, cue: str) -> None:
    assert cue in candidates("Ms Mara Quill met Otto Brandt. [There] left.", gender)["Mara Quill"].cues


def test_a_first_name_speaks_for_no_gender() -> None:
    cues = candidates("Mara Quill met Otto Brandt. [There] left.", "f")["Mara Quill"].cues
    assert not {"of this gender", "of another gender, perhaps"} & set(cues)


def test_whoever_spoke_before_is_mentioned_where_he_spoke() -> None:
    text, span = passage("A pilot left. It rained. [He] wrote.")
    pilot, later = Holder("pilot", SpeakerType.PERSON, named=False), Holder("mayor", SpeakerType.PERSON, named=False)
    scene = Scene(cast_of(text), span, "m", [(0, pilot), (len(text), later)])
    assert [(one.holder, one.nearest.start, one.nearest.part) for one in scene.candidates()] == [(pilot, 0, Part.SUBJECT)]


def test_a_score_is_the_sum_of_what_the_cues_weigh() -> None:
    known = weights()
    first, second = list(known)[:2]
    holder = Holder("Mara Quill", SpeakerType.PERSON)
    one = Candidate(holder, Mention(0, 10, holder, Part.SUBJECT), 0, [first, second, "a cue that nobody weighed"])
    assert one.score == known[first] + known[second]


PEOPLE = [
    (Holder("Quill", SpeakerType.PERSON), True),
    (Holder("Quill", SpeakerType.UNKNOWN), True),
    (Holder("Quill", SpeakerType.ORGANISATION), True),
    (Holder("Quill", SpeakerType.ORGANISATION, proved=True), False),
    (Holder("Lesk", SpeakerType.GOVERNMENT), False),
    (Holder("report", SpeakerType.DOCUMENT), False),
]


@pytest.mark.parametrize(("holder", "person"), PEOPLE)
def test_he_and_she_mean_no_proved_body_or_document(holder: Holder, person: bool) -> None:
    assert may_be_person(holder) is person


@given(st.text(alphabet=st.sampled_from("Mara Quill (she) “saw”,.\n:"), max_size=80), st.integers(0, 80))
def test_any_place_in_any_text_has_candidates_who_are_mentioned_elsewhere(text: str, place: int) -> None:
    text = text[:place] + " she " + text[place:]
    start = text.index(" she ") + 1
    found = Scene(cast_of(text), Span(start, start + 3), "f").candidates()
    assert len({id(one.holder) for one in found}) == len(found)
    assert all(one.nearest.start != start and one.cues for one in found)
