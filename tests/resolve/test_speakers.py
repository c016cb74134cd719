from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolve.marked import last_name, read

from onrecord.data import Attribution, Document, Span, Speaker, SpeakerType
from onrecord.resolve.speakers import speakers

PERSON, GROUP, GOVERNMENT = SpeakerType.PERSON, SpeakerType.GROUP, SpeakerType.GOVERNMENT
ORGANISATION, DOCUMENT = SpeakerType.ORGANISATION, SpeakerType.DOCUMENT
HEADLINE = "The fall of the lamp\n\n"

PRONOUNS = [
    ("[[Mara Quill]] said yes. Asked again, [[she]] said no.", "Mara Quill"),
    ("[[Mara Quill]] said it fell. Asked about Otto Brandt, [[she]] said no.", "Mara Quill"),
    ("Ms Quill met Mr Brandt. Later [[she]] said no.", "Quill"),
    ("Ms Quill met Mr Brandt. Later [[he]] said no.", "Brandt"),
    ("Mara Quill met the spokeswoman, Ida Roe. [[Roe]] said it fell. [[She]] said why.", "Ida Roe"),
    ("[[Brask Works]] said yes. In a letter, [[it]] said no.", "Brask Works"),
    ("[[Two pilots]] said it fell. [[They]] said why.", "Two pilots"),
    ("[[A spokeswoman for Otto Brandt]] said it fell. [[She]] said why.", "spokeswoman for Otto Brandt"),
]


@pytest.mark.parametrize(("text", "name"), PRONOUNS)
def test_a_pronoun_is_whoever_was_spoken_of(text: str, name: str) -> None:
    assert last_name(text) == name


SURNAMES = [
    ("Harbour Secretary Mara Quill arrived. [[Quill]] said no.", "Mara Quill"),
    ("Harbour Secretary Mara Quill arrived. [[Ms Quill]] said no.", "Mara Quill"),
    ("[[Quill]] said it fell. The harbour chief, Mara Quill, had arrived.", "Mara Quill"),
    ("Kees van der Zwaan arrived. [[Van der Zwaan]] said no.", "Kees van der Zwaan"),
    ("Ida Roe-Marsh arrived. [[Marsh]] said no.", "Ida Roe-Marsh"),
    ("Otto Brandt Jr. arrived. [[Brandt]] said no.", "Otto Brandt Jr."),
    ("Mara Quill, the mayor, and Lyle Quill, a pilot, met. [[Lyle Quill]] said no.", "Lyle Quill"),
    ("Mara Quill, the mayor, and Lyle Quill, a pilot, met. [[Lyle]] said no.", "Lyle Quill"),
    ("Mr. Guardo Villareal came with Ildo Guardo Villareal. [[Mr. Guardo Villareal]] said no.", "Ildo Guardo Villareal"),
    ("Chairman Otto Brandtner came. [[Brandner]] said no.", "Otto Brandtner"),
    ("[[Lord Penmarrow]] said no.", "Lord Penmarrow"),
]


@pytest.mark.parametrize(("text", "name"), SURNAMES)
def test_a_surname_is_whoever_is_named_in_full(text: str, name: str) -> None:
    assert last_name(text) == name


MET = "Vera Lindqvist, a former secretary of state, met Otto Brandt, the harbour chief, and Ida Roe, the deputy mayor. "
ROLES = [
    (MET + "[[The former secretary of state]] said no.", "Vera Lindqvist"),
    (MET + "[[The harbour chief]] said no.", "Otto Brandt"),
    (MET + "[[The deputy mayor]] said no.", "Ida Roe"),
    (MET + "[[A harbour chief]] said no.", "harbour chief"),
    (MET + "[[The vicar]] said no.", "vicar"),
    ("Former Secretary of State Vera Lindqvist came. [[The former secretary of state]] said no.", "Vera Lindqvist"),
    ("Harbour Secretary Mara Quill arrived. [[The harbour secretary]] said no.", "Mara Quill"),
    ("Gov. Mara Quill arrived. [[The governor]] said no.", "Mara Quill"),
    ("Mayor Ida Roe met Otto Brandt, the deputy mayor. [[The mayor]] said no.", "Ida Roe"),
    ("Mayor Ida Roe met Otto Brandt, a former mayor of Lesk. [[The mayor]] said no.", "Ida Roe"),
    ("Foreign Minister Otto Brandt met former foreign minister Ida Roe. [[The foreign minister]] said no.", "Otto Brandt"),
    ("Foreign Minister Otto Brandt met former Foreign Minister Ida Roe. [[The foreign minister]] said no.", "Otto Brandt"),
    ("Mara Quill, president of the Lesk Institute, came. [[The president]] said no.", "Mara Quill"),
    ("Otto Brandt came with his wife, Ida Roe. [[His wife]] said no.", "Ida Roe"),
    ("[[A spokesman for Ms Quill]] said no.", "spokesman for Ms Quill"),
]


@pytest.mark.parametrize(("text", "name"), ROLES)
def test_a_role_is_whoever_the_text_calls_so(text: str, name: str) -> None:
    assert last_name(text) == name


BODIES = [
    ("The Ministry of Tides met. [[The ministry]] said no.", "Ministry of Tides", GOVERNMENT),
    ("The Port Authority of Lesk met. [[The authority]] said no.", "Port Authority of Lesk", GOVERNMENT),
    ("[[The Quill campaign]] said no.", "Quill campaign", ORGANISATION),
    ("[[The Quill campaign]] said yes. [[The campaign]] said no.", "Quill campaign", ORGANISATION),
    ("The Brandt Campaign met. [[The campaign]] said no.", "Brandt Campaign", ORGANISATION),
    ("The International Lamp Union (ILU) met. [[The ILU]] said no.", "International Lamp Union", ORGANISATION),
    ("The Highland Supreme Court met. [[The Supreme Court]] said no.", "Highland Supreme Court", ORGANISATION),
    ("[[Brightlamp Ltd]] said yes. In a letter, [[the company]] said no.", "Brightlamp Ltd", ORGANISATION),
    ("[[The Kremlin]] said no.", "Kremlin", GOVERNMENT),
    ("[[The ministry]] said no.", "ministry", GOVERNMENT),
]


@pytest.mark.parametrize(("text", "name", "kind"), BODIES)
def test_a_body_and_its_short_form_are_one(text: str, name: str, kind: SpeakerType) -> None:
    last = read(text)[-1]
    assert (last.name, last.type) == (name, kind)


GROUPS = [
    ("[[Aides]] said no.", "Aides"),
    ("[[Two officials familiar with the talks]] said no.", "Two officials familiar with the talks"),
    ("[[Critics of Mara Quill]] said no.", "Critics of Mara Quill"),
    ("[[Many Leskers]] said no.", "Many Leskers"),
    ("[[Two officials]] said it fell. [[The officials]] said why.", "Two officials"),
    ("[[Two pilots]] said it fell. [[Some of them]] said why.", "Some of pilots"),
    ("[[Mara Quill and Otto Brandt]] said no.", "Mara Quill and Otto Brandt"),
    ("[[Senator Bo Marsh, R-Lesk, and Ann Dahl, D-Pell,]] said no.", "Bo Marsh and Ann Dahl"),
    ("[[Mara Quill, Otto Brandt (Lesk) and Ida Roe]] said no.", "Mara Quill, Otto Brandt and Ida Roe"),
]


@pytest.mark.parametrize(("text", "name"), GROUPS)
def test_several_speak_together_under_their_own_words(text: str, name: str) -> None:
    last = read(text)[-1]
    assert (last.name, last.type) == (name, GROUP)


OF_BODIES = [
    ("[[Harbour Trade Board (HTB) head Mara Quill]] said no.", "Mara Quill", PERSON),
    ("[[Crown of Ashes star Mara Quill]] said no.", "Mara Quill", PERSON),
    ("[[A Lesk Academy of Letters official]] said no.", "Lesk Academy of Letters official", PERSON),
    ("[[Lesk Academy of Letters officials]] said no.", "Lesk Academy of Letters officials", GROUP),
    ("[[LBC Brazil]] said no.", "LBC Brazil", ORGANISATION),
    ("[[Priorities Brazil, a lobby,]] said no.", "Priorities Brazil", ORGANISATION),
    ("They met Senator Otto Brandt of Vermont, [[who]] said no.", "Otto Brandt", PERSON),
]


@pytest.mark.parametrize(("text", "name", "kind"), OF_BODIES)
def test_a_body_or_place_named_beside_somebody_is_not_the_speaker(text: str, name: str, kind: SpeakerType) -> None:
    speaker = read(text)[-1]
    assert (speaker.name, speaker.type) == (name, kind)


DOCUMENTS = [
    ("[[The report]] said no.", "report"),
    ("[[A poll]] said no.", "poll"),
    ("[[The minutes of the meeting]] said no.", "minutes of the meeting"),
    ("[[Court records]] said no.", "Court records"),
    ("[[A new Lesk Times poll]] said yes. [[The poll]] said no.", "Lesk Times poll"),
    ("[[The report on Mara Quill]] said no.", "report on Mara Quill"),
]


@pytest.mark.parametrize(("text", "name"), DOCUMENTS)
def test_a_document_speaks_for_itself(text: str, name: str) -> None:
    last = read(text)[-1]
    assert (last.name, last.type) == (name, DOCUMENT)


NEIGHBOURS = [
    ("Harbour chief Mara Quill opened the gate.\n\n[[She]] said it fell.", "Mara Quill"),
    ("Harbour chief Mara Quill opened the gate.\n\nIt rained.\n\n[[Quill]] said it fell.", "Mara Quill"),
    ("[[The harbour chief]] said it fell.\n\nHarbour chief Mara Quill opened the gate.", "Mara Quill"),
    ("[[Quill]] said it fell.\n\nHarbour chief Mara Quill opened the gate.", "Mara Quill"),
    ("The Ministry of Tides met.\n\n[[The ministry]] said it fell.", "Ministry of Tides"),
    ("[[The ministry]] said it fell.\n\nThe Ministry of Tides met.", "Ministry of Tides"),
]


@pytest.mark.parametrize(("text", "name"), NEIGHBOURS)
def test_a_speaker_may_be_named_a_paragraph_before_or_after(text: str, name: str) -> None:
    assert last_name(HEADLINE + text) == name


DIALOGUES = [
    (
        "Ms Quill met Mr Brandt.\n\n“{Why},” [[she]] said.\n\n“{Because},” [[he]] said.\n\n“{No},” [[she]] said.",
        ["Quill", "Brandt", "Quill"],
    ),
    (
        "Mara Quill met the pilots. “{Why},” [[Quill]] asked. “{Because},” [[the pilots]] said. “{No},” [[she]] said.",
        ["Mara Quill", "pilots", "Mara Quill"],
    ),
    (
        "[[Mara Quill]] said: “{It fell.\n\n“It was old, and [[I]] knew it.\n\n“Then Otto Brandt and [[I]] ran}.”",
        ["Mara Quill", "Mara Quill", "Mara Quill"],
    ),
    (
        "“{It fell},” [[Mara Quill]] said. “{It was old, and [[I]] knew it}.\n\n“{Otto Brandt knew it too, [[I]] think}.”",
        ["Mara Quill", "Mara Quill", "Mara Quill"],
    ),
]


@pytest.mark.parametrize(("text", "names"), DIALOGUES)
def test_in_dialogues_and_long_quotations_everybody_keeps_his_words(text: str, names: list[str]) -> None:
    assert [one.name for one in read(HEADLINE + text)] == names


TOLD_OF = [
    ("Mara Quill was charged on Monday. [[Police]] said she fled. [[They]] said it was late.", ["Police", "Police"]),
    ("Mara Quill was charged on Monday. [[A neighbour]] said she fled.", ["neighbour"]),
    ("Mara Quill died on Monday. [[Her brother, Otto Brandt,]] said she was ill. [[He]] said it was late.", ["Otto Brandt", "Otto Brandt"]),
    ("[[A biographer of Mara Quill]] said she lied.", ["biographer of Mara Quill"]),
    ("[[A lawyer for Mara Quill]] said she lied. [[The lawyer]] said why.", ["lawyer for Mara Quill", "lawyer for Mara Quill"]),
]


@pytest.mark.parametrize(("text", "names"), TOLD_OF)
def test_whoever_the_text_is_about_is_not_the_speaker(text: str, names: list[str]) -> None:
    assert [one.name for one in read(HEADLINE + text)] == names


SWAPPED = [
    "{} Quill met {} Brandt in Lesk. Later [[she]] said it fell. [[He]] said why.",
    "[[{} Quill]] said it fell. Asked about {} Brandt, [[he]] said nothing.",
    "Ms {} Quill met Mr {} Brandt. Later [[she]] said it fell. [[He]] said why.",
    "The spokeswoman, {} Quill, met {} Brandt. Later [[she]] said it fell.",
    "{} Quill and {} Quill met. [[Quill]] said it fell. [[She]] said why.",
]


@pytest.mark.parametrize("text", SWAPPED)
@pytest.mark.parametrize(("one", "other"), [("Mary", "John"), ("Susan", "Peter"), ("Elizabeth", "Alexander")])
def test_no_first_name_tells_a_gender(text: str, one: str, other: str) -> None:
    mentions = []
    for names in ((one, other), (other, one)):
        mentions.append([speaker.mentions for speaker in read(text.format(*names))])
    assert mentions[0] == mentions[1]


def test_where_nobody_is_named_there_is_no_speaker() -> None:
    document = Document("d", "It was reported that the lamp fell.")
    assert speakers(document, (Attribution((), (Span(7, 15),), (Span(16, 34),)),)) == (Speaker(None),)


def test_a_named_speaker_has_role_key_and_mentions() -> None:
    (first,) = read("Harbour Secretary Mara Quill came. [[Quill]] said no.")
    assert (first.role, first.key) == ("Harbour Secretary", "mara-quill")
    assert first.mentions == (Span(18, 28), Span(35, 40))


def test_only_named_people_have_roles() -> None:
    found = read("[[The mayor]] said it fell. [[Brask Works, a lamp maker,]] said why. [[Otto Brandt, a doctor,]] said when.")
    assert [one.role for one in found] == [None, None, "doctor"]


def test_a_metonym_keeps_its_words_and_names_the_body_it_stands_for() -> None:
    (kyiv,) = read("[[Kyiv]] said no.")
    assert (kyiv.name, kyiv.stands_for) == ("Kyiv", "government of Ukraine")


def test_two_with_one_surname_stay_two() -> None:
    found = read(
        "[[Mara Quill]] said yes. Mr Lyle Quill came. [[Ms Quill]] said no. [[Mr Quill]] said no. [[Mara Quill]] said so; [[she]] said why."
    )
    assert [one.name for one in found] == ["Mara Quill", "Mara Quill", "Lyle Quill", "Mara Quill", "Mara Quill"]


def test_a_bare_word_in_a_headline_is_whoever_the_text_below_describes_so() -> None:
    found = read("Lamp fell, [[officials]] say\n\nIt rained. [[Two officials from Lesk]] said it fell.")
    assert [one.name for one in found] == ["Two officials from Lesk", "Two officials from Lesk"]


def test_a_newspaper_that_asks_is_the_speaker() -> None:
    assert read("[[We]] asked the mayor.", "The Lesk Times")[0].name == "The Lesk Times"


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
