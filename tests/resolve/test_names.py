from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.sentences import paragraphs
from onrecord.data import Span, SpeakerType
from onrecord.resolve.headlines import title_lines
from onrecord.resolve.names import names

PERSON, ORGANISATION, GOVERNMENT = SpeakerType.PERSON, SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT

NAMES = [
    ("Harbour Secretary Mara Quill spoke.", "Mara Quill", PERSON, "Harbour Secretary"),
    ("The lawyer, Dr. Ottmar Brandt, spoke.", "Ottmar Brandt", PERSON, ""),
    ("A talk by campaign manager Ilse Varga followed.", "Ilse Varga", PERSON, "campaign manager"),
    ("It was Sen. J.P. Dell-Amico who spoke.", "J.P. Dell-Amico", PERSON, "Sen."),
    ("They met former harbour pilot Ilse Varga.", "Ilse Varga", PERSON, "former harbour pilot"),
    ("Former Harbour Secretary Ilse Varga spoke.", "Ilse Varga", PERSON, "Former Harbour Secretary"),
    ("The plan of Lord Penmarrow failed.", "Lord Penmarrow", PERSON, ""),
    ("They met Kees van der Zwaan there.", "Kees van der Zwaan", PERSON, ""),
    ("A word with Niamh O’Hallow helped.", "Niamh O’Hallow", PERSON, ""),
    ("Then the Port Authority of Lesk spoke.", "Port Authority of Lesk", GOVERNMENT, ""),
    ("Then the Association of Lamp Makers spoke.", "Association of Lamp Makers", ORGANISATION, ""),
    ("It rained in New Zealand again.", "New Zealand", GOVERNMENT, ""),
    ("Secretary of State Vera Lindqvist spoke.", "Vera Lindqvist", PERSON, "Secretary of State"),
]


@pytest.mark.parametrize(("text", "words", "kind", "role"), NAMES)
def test_a_name_is_found_without_its_title_and_with_its_role(text: str, words: str, kind: SpeakerType, role: str) -> None:
    found = {" ".join(name.words): name for name in names(text)}
    assert words in found
    assert (found[words].kind, found[words].role) == (kind, role)
    assert found[words].span.of(text) == words


@pytest.mark.parametrize(("title", "gender"), [("Mr", "m"), ("Ms.", "f"), ("Dame", "f"), ("Dr.", ""), ("Gov.", "")])
def test_only_some_titles_tell_the_gender(title: str, gender: str) -> None:
    assert names(f"They saw {title} Quill there.")[0].gender == gender


def test_a_possessive_ends_one_name_and_begins_the_next() -> None:
    assert [" ".join(name.words) for name in names("They met Mara Quill’s lawyer Ottmar Brandt.")] == ["Mara Quill", "Ottmar Brandt"]


@pytest.mark.parametrize("text", ["On Monday the minister left.", "But nobody spoke.", "She left in March."])
def test_words_that_merely_open_a_sentence_and_days_are_no_names(text: str) -> None:
    assert names(text) == ()


def test_a_line_in_title_case_is_a_headline() -> None:
    text = "Harbour Boss Refuses To Quit Over Lamp Affair\n\nMara Quill said on Monday that she would stay in the job."
    assert [line.of(text) for line in title_lines(text, paragraphs(text))] == ["Harbour Boss Refuses To Quit Over Lamp Affair"]


@pytest.mark.parametrize(
    "text",
    [
        "They sold 12 Harbour 9 boats.",
        "The Prime Minister left.",
        "They met the Foreign Secretary there.",
        "The lamp is Ukrainian.",
    ],
)
def test_numbered_things_offices_and_adjectives_are_no_names(text: str) -> None:
    assert names(text) == ()


AFTER = [
    ("Then Brandt, 58, left.", PERSON),
    ("Then Brandt (R-Lesk) left.", PERSON),
    ("Then Marrow Brask, which left, fell.", ORGANISATION),
    ("Then Farmers for Clean Rivers left.", ORGANISATION),
    ("Then the ILU left.", ORGANISATION),
    ("Then Braskel left.", None),
]


@pytest.mark.parametrize(("text", "kind"), AFTER)
def test_the_words_of_a_name_and_those_behind_it_tell_what_it_names(text: str, kind: SpeakerType | None) -> None:
    assert [name.kind for name in names(text)] == [kind]


def test_a_short_form_stands_in_brackets() -> None:
    (union,) = names("Then the International Lamp Union (ILU) left.")[:1]
    assert union.short == "ILU"


def test_a_name_begins_with_its_title() -> None:
    text = "Then Harbour Secretary Mara Quill left."
    (name,) = names(text)
    assert text[name.outer : name.span.end] == "Harbour Secretary Mara Quill"


def test_a_moved_name_is_the_same_but_for_its_place() -> None:
    (name,) = names("Mara Quill")
    assert (name.moved(5).span, name.moved(5).words) == ((5, 15), ("Mara", "Quill"))


def test_headlines_are_passed_over_where_asked() -> None:
    text = "Harbour Boss Quits\nMara Quill left."
    assert [name.words for name in names(text, (Span(0, 18),))] == [("Mara", "Quill")]


ANY = st.text(alphabet=st.sampled_from("Mr Mara Quill's of the Ministry, 58 & J.P. (R-L) van É-’\n"), max_size=80) | st.text()


@given(ANY)
def test_the_names_of_any_text_stand_in_order_and_none_inside_another(text: str) -> None:
    found = names(text)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(0 <= name.outer <= name.span.start < name.span.end <= len(text) for name in found)
    assert all(text.startswith(name.title, name.outer) for name in found if name.title)


@given(ANY)
def test_any_text_is_read_and_every_name_stands_where_it_is_said_to_stand(text: str) -> None:
    for name in names(text):
        assert name.span.of(text).startswith(name.words[0])
        assert name.span.of(text).endswith(name.words[-1])
