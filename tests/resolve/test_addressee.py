from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import Attribution, Document, Span, Speaker, SpeakerType
from onrecord.resolve.addressee import addressees
from onrecord.resolve.speakers import speakers

QUILL = Speaker("Mara Quill", SpeakerType.PERSON, key="mara-quill")
TIMES = Speaker("Lesk Evening Times", SpeakerType.ORGANISATION, key="lesk-evening-times")

CASES = [
    ("Brandt [told] reporters on Monday that it fell.", "reporters"),
    ("Brandt [told] the Lesk Times that it fell.", "Lesk Times"),
    ("Brandt [told] the Times that it fell.", "Lesk Evening Times"),
    ("Brandt [told] Quill it fell.", "Mara Quill"),
    ("Brandt [told] the Lesk Times’s Quill it fell.", "Mara Quill"),
    ("Brandt [told] Lesk Today that it fell.", "Lesk Today"),
    ("Brandt [told] Lesk today that it fell.", "Lesk"),
    ("Brandt [told] supporters outside the hall that it fell.", "supporters"),
    ("Brandt [told] voters here on Sunday that it fell.", "voters"),
    ("Brandt [told] Quill pointedly that it fell.", "Mara Quill"),
    ("Brandt [asked] Gov. Ilse Varga to go.", "Ilse Varga"),
    ("Brandt [asked] whether it fell.", None),
    ("Brandt [asked] whose it was.", None),
    ("Brandt [told] a joke.", None),
    ("Brandt [told] us it fell.", None),
    ("Brandt [told] me it fell.", "author"),
    ("Brandt [urged] calm.", None),
    ("Brandt [urged] both sides to talk.", "both sides"),
    ("Brandt [warned] Saturday that it fell.", None),
    ("Brandt [called on] the province to act.", "province"),
    ("Brandt [told] a rally in Lesk that it fell.", "rally"),
    ("Brandt [told] a crowd in Lesk that it fell.", "crowd in Lesk"),
    ("Brandt [wrote to] Ms Quill last week.", "Mara Quill"),
    ("Brandt [said] it fell.", None),
    ("Brandt [complained] to the board that it fell.", "board"),
    ("Brandt is [said] to be ill.", None),
    ("In a letter to the board, Brandt [said] it fell.", "board"),
    ("Ilse Varga came. Brandt [told] Varga, who left.", "Ilse Varga"),
    ("Brandt [told] the head of the port, Ilse Varga, that it fell.", "Ilse Varga"),
    ("The mayor had been [told] that it fell.", "mayor"),
]


def _one(marked: str) -> tuple[Document, Attribution]:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return Document("d", text), Attribution((), (Span(start, end),), (Span(end, len(text)),))


@pytest.mark.parametrize(("marked", "who"), CASES)
def test_the_one_spoken_to_stands_behind_the_cue(marked: str, who: str | None) -> None:
    document, attribution = _one(marked)
    others = (Attribution((), (), (Span(0, 1),)), Attribution((), (), (Span(0, 1),)))
    assert addressees(document, (attribution, *others), (Speaker(None), QUILL, TIMES))[0] == who


READ = [
    ("Ms Mara Quill came. {Ottmar Brandt} [told] her that it fell.", ("Mara Quill",)),
    ("Ms Mara Quill came. {Ottmar Brandt} [told] her boss that it fell.", ("boss",)),
    ("[Asked] whether it fell, {Mara Quill} [said] no.", ("Mara Quill", None)),
    ("{Mara Quill} [said] no when [asked] whether it fell.", (None, "Mara Quill")),
    ("Harbour Secretary Mara Quill came. {Ottmar Brandt} [told] the harbour secretary that it fell.", ("Mara Quill",)),
    ("{The post} fell and [was told] to wait.", (None,)),
    ("{Mara Quill} was [told] that it fell.", ("Mara Quill",)),
    ("{Mara Quill} [said] in a speech to harbour pilots that it fell.", ("harbour pilots",)),
    ("{Mara Quill}, when asked by a reporter, [said] no.", ("reporter",)),
    ("A pilot came. {Mara Quill} [asked] if it fell.", (None,)),
    ("{Mara Quill} [said] in an interview with the Lesk Times that it fell.", ("Lesk Times",)),
]


@pytest.mark.parametrize(("marked", "whom"), READ)
def test_pronouns_and_passives_are_read_with_the_speakers(marked: str, whom: tuple[str | None, ...]) -> None:
    document, attributions = _read(marked)
    assert addressees(document, attributions, speakers(document, attributions)) == whom


def _read(marked: str) -> tuple[Document, tuple[Attribution, ...]]:
    """A text with {sources} and [cues]; a source goes with the cue behind it, the content is the end of the text."""
    text, cues = "", list[tuple[tuple[Span, ...], Span]]()
    source: tuple[Span, ...] = ()
    opened = 0
    for letter in marked:
        if letter in "{[":
            opened = len(text)
        elif letter == "}":
            source = (Span(opened, len(text)),)
        elif letter == "]":
            cues.append((source, Span(opened, len(text))))
            source = ()
        else:
            text += letter
    end = Span(len(text) - 1, len(text))
    return Document("d", text), tuple(Attribution(one, (cue,), (end,)) for one, cue in cues)


@given(st.text())
def test_any_text_gives_one_answer_each(text: str) -> None:
    document = Document("d", f"They told {text}")
    assert len(addressees(document, (Attribution((), (Span(5, 9),), (Span(9, 10),)),), (QUILL,))) == 1
