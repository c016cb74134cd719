from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.turns import turns

INTERVIEW = "Night flights\n\nROOS: Will you allow them?\n\nQUILL: We will not.\n\nROOS: Ever?\n\nQUILL: Ask me in June.\n"
BRIEFING = """Harbour Hall

1:36 P.M. EDT

MS. QUILL:  Good afternoon. (Laughter.) We will open the gate (inaudible) on Monday.

That is all I have.

Q    Will it stay open?

MS. QUILL:  It will.

END 2:15 P.M. EDT
"""
BROADCAST = """ANCHOR: Day three at the gate. Anneke Roos is at the harbour.

ROOS: Thanks, Piet. The mayor said she was tired.

QUILL (on tape): We will sail.

ANCHOR: And tomorrow?

ROOS: Nobody knows.

ANCHOR: We asked Ottmar Brandt. Will you sail?

BRANDT (on tape): I will not.
"""


def said(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """Label and words of every turn."""
    return [(one.source[0].of(text), " ".join(span.of(text) for span in one.content)) for one in turns(text, title)]


def test_each_paragraph_of_a_transcript_is_a_turn() -> None:
    assert said(INTERVIEW)[:2] == [("ROOS", "Will you allow them?"), ("QUILL", "We will not.")]
    assert said(INTERVIEW)[2:] == [("ROOS", "Ever?"), ("QUILL", "Ask me in June.")]


def test_the_colon_is_the_cue() -> None:
    assert {one.cue[0].of(INTERVIEW) for one in turns(INTERVIEW)} == {":"}


def test_a_briefing_goes_on_over_paragraphs_and_leaves_out_what_nobody_says() -> None:
    assert said(BRIEFING, "Press Briefing by Harbour Secretary Mara Quill") == [
        ("MS. QUILL", "Good afternoon. We will open the gate on Monday."),
        ("MS. QUILL", "That is all I have."),
        ("Q", "Will it stay open?"),
        ("MS. QUILL", "It will."),
    ]


def test_a_q_without_a_colon_is_its_own_cue() -> None:
    asked = next(one for one in turns(BRIEFING) if one.source[0].of(BRIEFING) == "Q")
    assert asked.cue == asked.source


def test_narration_is_no_turn_but_the_question_that_ends_it_is() -> None:
    assert said(BROADCAST) == [("QUILL", "We will sail."), ("ANCHOR", "Will you sail?"), ("BRANDT", "I will not.")]


def test_a_hard_wrapped_paragraph_is_one_turn() -> None:
    words = (
        "we will open the gate on Monday and keep it open until the last of the boats is in, whatever the weather may do to us by then. "
        * 3
    )
    lines, line = [], "MR. BRANDT: I say that"
    for word in words.split():
        if len(line) + 1 + len(word) > 60:
            lines.append(line)
            line = word
        else:
            line += " " + word
    text = "\n".join([*lines, line]) + "\n\nQ: Will you?\n\nMR. BRANDT: I will.\n"
    found = turns(text)
    assert len(found) == 3
    assert " ".join(found[0].content[0].of(text).split()).startswith("I say that we will open") and len(found[0].content) == 1


@pytest.mark.parametrize(
    "text",
    [
        "**Mara Quill:** No, I never did.\n\n**Lesk Courier:** Why?\n\n**Mara Quill:** We had no money.\n\n**Lesk Courier:** Whose?\n",
        "Mara Quill: No, I never did.\nLesk Courier: Why?\nMara Quill: We had no money.\nLesk Courier: Whose?\n",
        "MARA QUILL (Lesk Courier): No, I never did.\nA. ROOS: Why?\nMARA QUILL: We had no money.\nA. ROOS: Whose?\n",
        "Mara Quill met Ann Roos.\n\nMara Quill\nNo, I never did.\n\nAnn Roos\nWhy?\n\nMara Quill\nWe had none.\n\nAnn Roos\nWhose?\n",
        "Q. Did you see it?\nA. I did.\nQ. When?\nA. I see it now.\n",
    ],
)
def test_labels_of_many_kinds(text: str) -> None:
    assert len(turns(text)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "LESK: The port is shut.\n\nIt will open in June.",
        "Update: the port is open.\n\nCorrection: it is shut.\n\nNote: nobody knows.",
        "11:30 The port opens.\n\n11:34 It shuts.\n\n11:40 It opens.",
        "QUILL: One.\n\nQUILL: Two.\n\nQUILL: Three.",
        "WHO: Mara Quill\n\nWHAT: A speech you will like\n\nWHEN: Monday\n\nWHERE: Our harbour\n",
        "Serves: 4\nPrep: 10 minutes\nYou will need: salt\nServes: 6\nPrep: 20 minutes\n",
        "Lesk Rovers: 2\nVale Town: 1\nLesk Rovers: 3\nVale Town: 3\n",
        "DEAR MARA: You ask what I think.\n\nDEAR READER: I think so.\n\nDEAR MARA: You are right.\n",
        "10:04\nMara Quill\nWe see it.\n\n10:09\nAnneke Roos\nI do.\n\n10:12\nMara Quill\nYou do.\n\n10:20\nAnneke Roos\nI do.\n",
        "TO: Mara Quill\nFROM: Anneke Roos\nSUBJECT: Will you come?\nDATE: Monday\n\nI hope you will.\n",
    ],
)
def test_labels_alone_make_no_transcript(text: str) -> None:
    assert turns(text) == ()


def test_a_speech_of_one_label_needs_a_heading() -> None:
    text = "East Hall\n\nTHE MAYOR:  Thank you. We will build it.\n\nWe will build it here.\n"
    assert len(turns(text, "Remarks by Mayor Quill at the Harbour")) == 2
    assert turns(text) == ()


def test_what_the_article_tells_below_the_last_turn_is_no_turn() -> None:
    text = INTERVIEW + "\nMs Quill’s lawyer sat in and said that nothing in it “waives anything of mine”.\n"
    assert len(turns(text)) == 4


def test_names_that_come_again_are_labels() -> None:
    text = "Mara Quill: No.\nAnneke Roos: Why?\nMara Quill: Money.\nAnneke Roos: Whose?\n"
    assert len(turns(text)) == 4


@pytest.mark.parametrize("piece", ["A", "A: ", "Q ", "a\n", "MR. Q: (", "Ab Cd\n", " \n", "(x", "1:00 "])
def test_endless_repetition_takes_linear_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    start = time.process_time()
    turns(text)
    assert time.process_time() - start < 5


@given(st.text(alphabet="AQab.: \n()*[]1“?", max_size=300))
def test_whatever_the_text_contents_lie_inside_it(text: str) -> None:
    for one in turns(text, "Interview"):
        assert all(0 <= span.start < span.end <= len(text) for span in (*one.source, *one.cue, *one.content))
