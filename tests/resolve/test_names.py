from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.sentences import paragraphs
from onrecord.data import SpeakerType
from onrecord.resolve.headlines import title_lines
from onrecord.resolve.names import names

PERSON, ORGANISATION, GOVERNMENT = SpeakerType.PERSON, SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT

NAMES = [
    ("Harbour Secretary Mara Quill spoke.", "Mara Quill", PERSON, "Harbour Secretary"),
    ("The lawyer, Dr. Ottmar Brandt, spoke.", "Ottmar Brandt", PERSON, ""),
    ("A talk by campaign manager Ilse Varga followed.", "Ilse Varga", PERSON, "campaign manager"),
    ("It was Sen. J.P. Dell-Amico who spoke.", "J.P. Dell-Amico", PERSON, "Sen."),
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


@given(st.text())
def test_any_text_is_read_and_every_name_stands_where_it_is_said_to_stand(text: str) -> None:
    for name in names(text):
        assert name.span.of(text).startswith(name.words[0])
        assert name.span.of(text).endswith(name.words[-1])
