from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.sentences import paragraphs, sentences

TEXT = "Port shut\n\n“We sail. We always sail,” Dr. Quill said. Mr. Brandt left at 5 p.m.  \n\n \nNobody spoke."


def test_paragraphs_are_the_lines_that_hold_words() -> None:
    assert [span.of(TEXT)[:9] for span in paragraphs(TEXT)] == ["Port shut", "“We sail.", "Nobody sp"]


def test_a_quotation_and_a_title_break_no_sentence() -> None:
    assert [span.of(TEXT) for span in sentences(TEXT)] == [
        "Port shut",
        "“We sail. We always sail,” Dr. Quill said.",
        "Mr. Brandt left at 5 p.m.",
        "Nobody spoke.",
    ]


@given(st.text(alphabet=st.characters(), max_size=200))
def test_sentences_lie_in_the_text_and_hold_every_word_of_it(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())


def test_a_lone_surrogate_is_a_character_like_others() -> None:
    text = "The port \ud800 is shut. Nobody came."
    assert [span.of(text) for span in sentences(text)] == ["The port \ud800 is shut.", "Nobody came."]
