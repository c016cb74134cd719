from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.sentences import paragraphs
from onrecord.resolve.signatures import signature_under, signatures

ABOVE = "The Lesk Times\nLetters\n\nI saw the lamp fall.\n\n"


def signed(text: str) -> list[str]:
    """The names that sign something in the text."""
    return [name.span.of(text) for _, name in signatures(text, paragraphs(text))]


@pytest.mark.parametrize(
    "line",
    [
        "Mara Quill",
        "— Mara Quill",
        "-- Mara Quill",
        "Mara Quill, Lesk",
        "Mara Quill, harbour commissioner",
        "Mara Quill (by email)",
        "Yours sincerely, Mara Quill",
        "Signed, Mara Quill",
        "Regards, Mara Quill, Lesk.",
    ],
)
def test_a_line_that_is_a_name_and_little_else_signs_what_stands_above(line: str) -> None:
    assert signed(ABOVE + line) == ["Mara Quill"]


@pytest.mark.parametrize(
    "line",
    [
        "Mara Quill left early.",
        "Mara Quill: I saw it.",
        "“Mara Quill”",
        "Mara Quill and Otto Brandt",
        "The Lesk Institute",
        "Quill",
        "Lesk",
        "The lamp was bought from Mara Quill",
        "Mara Quill, who saw the lamp fall on Monday evening, and who has since left the harbour for good",
    ],
)
def test_other_lines_sign_nothing(line: str) -> None:
    assert signed(ABOVE + line) == []


def test_outlet_headline_and_byline_at_the_top_sign_nothing() -> None:
    assert signed("Mara Quill\nOtto Brandt\n\nI saw the lamp fall.\n\nIda Roe") == ["Ida Roe"]


def test_the_next_signature_is_that_of_the_paragraph() -> None:
    text = ABOVE + "Mara Quill, Lesk\n\nI did not see it.\n\nOtto Brandt, Pell"
    lines = paragraphs(text)
    found = [signature_under(text.index(words), signatures(text, lines), lines) for words in ("I saw", "I did not")]
    assert [name and name.words for name in found] == [("Mara", "Quill"), ("Otto", "Brandt")]


def test_words_below_the_last_signature_are_signed_by_nobody() -> None:
    text = ABOVE + "Mara Quill, Lesk\n\nI did not see it."
    lines = paragraphs(text)
    assert signature_under(text.index("I did not"), signatures(text, lines), lines) is None


def test_a_name_far_below_signs_nothing() -> None:
    text = ABOVE + "It rained again.\n\n" * 20 + "Mara Quill"
    lines = paragraphs(text)
    assert signature_under(text.index("I saw"), signatures(text, lines), lines) is None


@given(st.text(alphabet=st.sampled_from("Mara Quil.,—\n:("), max_size=80) | st.text(), st.integers(0, 80))
def test_any_text_has_signatures_that_stand_in_their_lines(text: str, position: int) -> None:
    lines = paragraphs(text)
    found = signatures(text, lines)
    assert all(lines[number].holds(name.span) for number, name in found)
    under = signature_under(position, found, lines)
    assert under is None or under.span.start > position
