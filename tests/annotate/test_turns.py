from __future__ import annotations

import pytest

from onrecord.annotate.turns import turns

INTERVIEW = "Night flights\n\nROOS: Will you allow them?\n\nQUILL: We will not.\n\nROOS: Ever?\n\nQUILL: Ask me in June.\n"


def test_each_paragraph_of_a_transcript_is_a_turn() -> None:
    found = [(one.source[0].of(INTERVIEW), one.content[0].of(INTERVIEW)) for one in turns(INTERVIEW)]
    assert found == [("ROOS", "Will you allow them?"), ("QUILL", "We will not."), ("ROOS", "Ever?"), ("QUILL", "Ask me in June.")]


def test_the_colon_is_the_cue() -> None:
    assert {one.cue[0].of(INTERVIEW) for one in turns(INTERVIEW)} == {":"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "LESK: The port is shut.\n\nIt will open in June.",
        "Update: the port is open.\n\nCorrection: it is shut.\n\nNote: nobody knows.",
        "11:30 The port opens.\n\n11:34 It shuts.\n\n11:40 It opens.",
        "QUILL: One.\n\nQUILL: Two.\n\nQUILL: Three.",
    ],
)
def test_labels_alone_make_no_transcript(text: str) -> None:
    assert turns(text) == ()


def test_names_that_come_again_are_labels() -> None:
    text = "Mara Quill: No.\nAnneke Roos: Why?\nMara Quill: Money.\nAnneke Roos: Whose?\n"
    assert len(turns(text)) == 4
