from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.data import Attribution, Document, Span, Speaker, SpeakerType
from onrecord.resolve.keys import slug
from onrecord.resolve.speakers import speakers


def read(text: str, publisher: str | None = None) -> list[Speaker]:
    """The speakers of a text in which each source stands in [[ ]] and is followed by its cue."""
    plain, marks, at = "", [], 0
    while (start := text.find("[[", at)) >= 0:
        end = text.index("]]", start)
        plain += text[at:start]
        marks.append(Span(len(plain), len(plain) + end - start - 2))
        plain += text[start + 2 : end]
        at = end + 2
    plain += text[at:]
    return list(speakers(Document("d", plain, publisher=publisher), tuple(_attribution(plain, mark) for mark in marks)))


def _attribution(text: str, source: Span) -> Attribution:
    cue = source.end + (text[source.end : source.end + 1] == " ")
    end = cue + len(text[cue:].split(None, 1)[0]) if text[cue:].split() else cue
    return Attribution((source,), (Span(cue, end),), (Span(end, min(len(text), end + 1)),))


PERSON, GROUP, GOVERNMENT = SpeakerType.PERSON, SpeakerType.GROUP, SpeakerType.GOVERNMENT
ORGANISATION, DOCUMENT = SpeakerType.ORGANISATION, SpeakerType.DOCUMENT

LAST_SPEAKER = [
    ("Harbour Secretary Mara Quill arrived. [[Quill]] said no.", "Mara Quill", PERSON),
    ("Harbour Secretary Mara Quill arrived. [[The harbour secretary]] said no.", "Mara Quill", PERSON),
    ("[[Sir Ottmar Brandt, who replaced Ilse Varga as envoy in May,]] said no.", "Ottmar Brandt", PERSON),
    ("[[Ottmar Brandt, a doctor,]] said no.", "Ottmar Brandt", PERSON),
    ("[[Its director, Ottmar Brandt,]] said no.", "Ottmar Brandt", PERSON),
    ("[[Lesk’s harbour chief Ottmar Brandt]] said no.", "Ottmar Brandt", PERSON),
    ("[[Ottmar Brandt at the Lesk Institute]] said no.", "Ottmar Brandt", PERSON),
    ("[[A spokesman for Ms Quill]] said no.", "spokesman for Ms Quill", PERSON),
    ("[[The Quill campaign]] said no.", "Quill campaign", ORGANISATION),
    ("They met Mara Quill, [[who]] said no.", "Mara Quill", PERSON),
    ("They met Mara Quill, chief economist at the Lesk Institute, [[who]] said no.", "Mara Quill", PERSON),
    ("The talks with the Lesk Institute, [[which]] said no, failed.", "Lesk Institute", ORGANISATION),
    ("[[Mara Quill]] said yes. Asked again, [[she]] said no.", "Mara Quill", PERSON),
    ("Ms Quill met Mr Brandt. Later [[she]] said no.", "Quill", PERSON),
    ("[[Lord Penmarrow]] said no.", "Lord Penmarrow", PERSON),
    ("[[Two harbour pilots]] said no.", "Two harbour pilots", GROUP),
    ("[[Mara Quill and Ottmar Brandt]] said no.", "Mara Quill and Ottmar Brandt", GROUP),
    ("[[Many Leskers]] said no.", "Many Leskers", GROUP),
    ("The Ministry of Tides met. [[The ministry]] said no.", "Ministry of Tides", GOVERNMENT),
    ("The International Lamp Union (ILU) met. [[The ILU]] said no.", "International Lamp Union", ORGANISATION),
    ("The Highland Supreme Court met. [[The Supreme Court]] said no.", "Highland Supreme Court", ORGANISATION),
    ("[[A new Lesk Times poll]] said yes. [[The poll]] said no.", "Lesk Times poll", DOCUMENT),
    ("[[Brightlamp Ltd]] said yes. In a letter, [[the company]] said no.", "Brightlamp Ltd", ORGANISATION),
    ("[[I]] think so.", "author", PERSON),
    ("Mara Quill, the mayor, and Lyle Quill, a pilot, met. [[Lyle Quill]] said no.", "Lyle Quill", PERSON),
    ("Mr. Guardo Villareal came with Ildo Guardo Villareal. [[Mr. Guardo Villareal]] said no.", "Ildo Guardo Villareal", PERSON),
    ("Mara Quill met us in Lesk.\n\n[[QUILL]]: No.", "Mara Quill", PERSON),
    ("Mara Quill met us in Lesk.\n\n[[MQ]]: No.", "Mara Quill", PERSON),
    ("[[The Kremlin]] said no.", "Kremlin", GOVERNMENT),
    ("[[Senator Bo Marsh, R-Lesk, and Ann Dahl, D-Pell,]] said no.", "Bo Marsh and Ann Dahl", GROUP),
]


@pytest.mark.parametrize(("text", "name", "kind"), LAST_SPEAKER)
def test_the_last_source_is_this_speaker(text: str, name: str, kind: SpeakerType) -> None:
    last = read(text)[-1]
    assert (last.name, last.type) == (name, kind)


def test_where_nobody_is_named_there_is_no_speaker() -> None:
    document = Document("d", "It was reported that the lamp fell.")
    assert speakers(document, (Attribution((), (Span(7, 15),), (Span(16, 34),)),)) == (Speaker(None),)


def test_a_role_takes_nothing_from_the_sentence_before() -> None:
    text = "He left the Harbour Partnership. Harbour Secretary Mara Quill said it fell."
    start = text.index("Harbour Secretary")
    source, cue = Span(start, text.index(" said")), text.index("said")
    one = Attribution((source,), (Span(cue, cue + 4),), (Span(cue + 5, cue + 12),))
    (speaker,) = speakers(Document("d", text), (one,))
    assert (speaker.name, speaker.role) == ("Mara Quill", "Harbour Secretary")


def test_a_named_speaker_has_role_key_and_mentions() -> None:
    (first,) = read("Harbour Secretary Mara Quill came. [[Quill]] said no.")
    assert (first.role, first.key) == ("Harbour Secretary", "mara-quill")
    assert first.mentions == (Span(18, 28), Span(35, 40))


def test_unnamed_and_collective_speakers_have_no_key() -> None:
    assert [one.key for one in read("[[Officials]] said no. [[A pilot]] said yes. [[Mara Quill and Ottmar Brandt]] said no.")] == [None] * 3


def test_a_metonym_keeps_its_words_and_names_the_body_it_stands_for() -> None:
    (kyiv,) = read("[[Kyiv]] said no.")
    assert (kyiv.name, kyiv.stands_for) == ("Kyiv", "government of Ukraine")


def test_two_with_one_surname_stay_two() -> None:
    found = read(
        "[[Mara Quill]] said yes. Mr Lyle Quill came. [[Ms Quill]] said no. [[Mr Quill]] said no. [[Mara Quill]] said so; [[she]] said why."
    )
    assert [one.name for one in found] == ["Mara Quill", "Mara Quill", "Lyle Quill", "Mara Quill", "Mara Quill"]


def test_first_person_in_a_quotation_is_the_one_who_is_quoted() -> None:
    text = "“I told him I was tired,” Mara Quill said."
    outer = Attribution((Span(26, 36),), (Span(37, 41),), (Span(0, 25),))
    inner = Attribution((Span(1, 2),), (Span(3, 7),), (Span(12, 23),), part_of=0)
    assert [one.name for one in speakers(Document("d", text), (outer, inner))] == ["Mara Quill", "Mara Quill"]


def test_a_misspelt_surname_is_still_the_same_person() -> None:
    assert [one.name for one in read("Chairman Otto Brandtner came. [[Brandner]] said no.")] == ["Otto Brandtner"]


def test_a_newspaper_that_asks_is_the_speaker() -> None:
    assert read("[[We]] asked the mayor.", "The Lesk Times")[0].name == "The Lesk Times"


@pytest.mark.parametrize(
    ("name", "key"), [("José Núñez", "jose-nunez"), ("Niamh O’Hallow", "niamh-ohallow"), ("J.P. Dell", "jp-dell"), ("☃", "")]
)
def test_a_key_is_a_slug(name: str, key: str) -> None:
    assert slug(name) == key


@settings(deadline=None)
@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_any_text_and_any_spans_give_one_speaker_each(text: str, start: int, length: int) -> None:
    one = Attribution((Span(start, start + length),), (Span(start, start + 1),), (Span(0, 1),), part_of=1)
    assert len(speakers(Document("d", text), (one, one))) == 2


def test_a_long_document_is_read_in_linear_time() -> None:
    def seconds(copies: int) -> float:
        text = "".join(f"Harbour Secretary Mara{i} Quill{i} met Ms Brandt. She said no. They left.\n" for i in range(copies))
        sources, at = [], 0
        while (at := text.find("She", at)) >= 0:
            sources.append(Span(at, at + 3))
            at += 3
        begun = time.perf_counter()
        speakers(
            Document("d", text), tuple(Attribution((s,), (Span(s.end + 1, s.end + 5),), (Span(s.end + 6, s.end + 8),)) for s in sources)
        )
        return time.perf_counter() - begun

    seconds(50)
    assert seconds(4000) < 40 * seconds(400) + 1
