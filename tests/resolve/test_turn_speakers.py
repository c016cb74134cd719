from __future__ import annotations

import pytest

from onrecord.annotate.turns import turns
from onrecord.data import Document, SpeakerType
from onrecord.resolve.speakers import speakers

BODY = "\n\n{label}:  Good afternoon. We will open the gate.\n\nQ    Will you?\n\n{label}:  I will.\n\nQ    When?\n"
PERSON, GROUP = SpeakerType.PERSON, SpeakerType.GROUP


def spoken(label: str, title: str, above: str = "Harbour Hall", below: str = "") -> tuple[str | None, str | None, SpeakerType]:
    """Name, role and type of the first speaker of a small transcript."""
    text = above + BODY.format(label=label) + below
    found = speakers(Document("d", text, title=title), turns(text, title))
    return found[0].name, found[0].role, found[0].type


@pytest.mark.parametrize(
    ("label", "title", "name", "role"),
    [
        ("MS. QUILL", "Press Briefing by Press Secretary Mara Quill, March 3", "Mara Quill", "Press Secretary"),
        ("MS. QUILL", "Press Gaggle by Press Secretary Mara Quill Aboard the Ferry", "Mara Quill", "Press Secretary"),
        ("MS. QUILL", "Press Briefing by Chair of the Council of Tides Mara Quill", "Mara Quill", "Chair of the Council of Tides"),
        ("SECRETARY QUILL", "Remarks by Mayor Roos and Secretary of Tides Mara Quill", "Mara Quill", "Secretary of Tides"),
        ("THE PRESIDENT", "Remarks by President Brandt and President Roos Before a Meeting", "Brandt", "President"),
        ("THE PRESIDENT", "Remarks by President Ottmar Brandt at the Harbour", "Ottmar Brandt", "President"),
        ("THE VICE PRESIDENT", "Remarks by President Brandt and Vice President Quill", "Quill", "Vice President"),
        ("THE FIRST LADY", "Remarks by President Brandt and First Lady Mara Brandt", "Mara Brandt", None),
        ("PRIME MINISTER AL-ROOS", "Remarks by Prime Minister Anneke Al-Roos", "Anneke Al-Roos", "Prime Minister"),
        ("MS. QUILL", "Press Briefing", "Quill", None),
    ],
)
def test_a_label_gets_its_name_from_the_heading(label: str, title: str, name: str, role: str | None) -> None:
    assert spoken(label, title)[:2] == (name, role)


def test_a_label_gets_its_name_from_the_text_that_introduces_it() -> None:
    assert spoken("MR. BRANDT", "Press Briefing", "We are joined by Harbour Commissioner Ottmar Brandt today.")[0] == "Ottmar Brandt"


def test_of_two_who_may_be_meant_neither_is_taken() -> None:
    above = "We are joined by Ottmar Brandt and Lyle Brandt today."
    assert spoken("MR. BRANDT", "Press Briefing", above)[0] == "Brandt"


def test_the_presidents_wife_is_not_the_president() -> None:
    assert spoken("THE PRESIDENT", "Remarks by President Brandt", below="\n\nTHE PRESIDENT:  I am Mara Brandt’s husband.\n")[0] == "Brandt"


@pytest.mark.parametrize(
    ("label", "name", "kind"),
    [
        ("SENIOR ADMINISTRATION OFFICIAL", "senior administration official", PERSON),
        ("AUDIENCE MEMBER", "audience member", PERSON),
        ("AUDIENCE", "audience", GROUP),
        ("THE PRESIDENT", "president", PERSON),
        ("MODERATOR", "moderator", PERSON),
    ],
)
def test_a_role_without_a_name_keeps_its_words(label: str, name: str, kind: SpeakerType) -> None:
    assert spoken(label, "Background Press Call")[::2] == (name, kind)


def test_a_q_names_nobody() -> None:
    text = BODY.format(label="MS. QUILL")
    found = speakers(Document("d", text, title="Press Briefing"), turns(text, "Press Briefing"))
    assert [one.name for one in found[1::2]] == [None, None]


def test_the_answers_of_a_q_and_a_are_those_of_whom_the_heading_names() -> None:
    text = "Q: Did you see it?\n\nA: I did.\n\nQ: When?\n\nA: I see it now.\n"
    title = "Q&A with Mara Quill"
    assert [one.name for one in speakers(Document("d", text, title=title), turns(text, title))] == [None, "Mara Quill", None, "Mara Quill"]
