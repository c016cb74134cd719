from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import Attribution, Document, Span, Speaker, SpeakerType
from onrecord.resolve.addressee import addressees

QUILL = Speaker("Mara Quill", SpeakerType.PERSON, key="mara-quill")

CASES = [
    ("Brandt [told] reporters on Monday that it fell.", "reporters"),
    ("Brandt [told] the Lesk Times that it fell.", "Lesk Times"),
    ("Brandt [told] Quill it fell.", "Mara Quill"),
    ("Brandt [told] Lesk Today that it fell.", "Lesk Today"),
    ("Brandt [told] Lesk today that it fell.", "Lesk"),
    ("Brandt [asked] Gov. Ilse Varga to go.", "Ilse Varga"),
    ("Brandt [asked] whether it fell.", None),
    ("Brandt [told] me it fell.", None),
    ("Brandt [was told] that it fell.", None),
    ("Brandt [urged] calm.", None),
    ("Brandt [urged] both sides to talk.", "both sides"),
    ("Brandt [told] a rally in Lesk that it fell.", "rally"),
    ("Brandt [wrote to] Ms Quill last week.", "Mara Quill"),
    ("Brandt [said] it fell.", None),
    ("Ilse Varga came. Brandt [told] Varga, who left.", "Ilse Varga"),
]


def _one(marked: str) -> tuple[Document, Attribution]:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return Document("d", text), Attribution((), (Span(start, end),), (Span(end, len(text)),))


@pytest.mark.parametrize(("marked", "who"), CASES)
def test_the_one_spoken_to_stands_behind_the_cue(marked: str, who: str | None) -> None:
    document, attribution = _one(marked)
    assert addressees(document, (attribution,), (QUILL,)) == (who,)


@given(st.text())
def test_any_text_gives_one_answer_each(text: str) -> None:
    document = Document("d", f"They told {text}")
    assert len(addressees(document, (Attribution((), (Span(5, 9),), (Span(9, 10),)),), (QUILL,))) == 1
