"""Through whom: invented articles with one cue and one content marked."""

from __future__ import annotations

import pytest

from onrecord.data import Attribution, Channel, Document, Span, Speaker, SpeakerType
from onrecord.resolve.channels import channels

QUILL = Speaker("Mara Quill", SpeakerType.PERSON, key="mara-quill")
BRANDT = Speaker("Ottmar Brandt", SpeakerType.PERSON, key="ottmar-brandt")


def read(marked: str, *speakers: Speaker, publisher: str | None = None) -> list[list[tuple[str, str | None]]]:
    """Marks: `<source|`, `|cue|` and `[content]`, one after the other; each cue takes the nearest content in its line."""
    text, attributions = "", []
    for line in marked.split("\n"):
        marks: dict[str, Span] = {}
        for piece in line.replace("[", "\0[").replace("]", "\0").replace("{", "\0{").replace("}", "\0").split("\0"):
            kind, words = (piece[:1], piece[1:]) if piece[:1] in ("[", "{") else ("", piece)
            if kind:
                marks[kind] = Span(len(text), len(text) + len(words))
            text += words
        text += "\n"
        if marks:
            attributions.append(Attribution((), (marks["{"],), (marks["["],)))
    who = speakers or (QUILL,) * len(attributions)
    found = channels(Document("a", text, publisher=publisher), tuple(attributions), who)
    return [[(via.channel.value, via.name) for via in one] for one in found]


@pytest.mark.parametrize(
    ("line", "channel", "name"),
    [
        ("Quill {said} in an interview with The Lesk Herald [that the port is safe].", "interview", "Lesk Herald"),
        ("Quill {told} the Lesk Gazette [that the port is safe].", "interview", "Lesk Gazette"),
        ("Quill {told} reporters on Monday [that the port is safe].", "press conference", None),
        ("Quill {told} a news conference [that the port is safe].", "press conference", None),
        ("[The port is safe,] Quill {said} in a statement.", "statement", None),
        ("Quill {wrote} on Facebook [that the port is safe].", "social media", "Facebook"),
        ("Quill {tweeted} [that the port is safe].", "social media", "Twitter"),
        ("As Reuters reported, Quill {said} [the port is safe].", "report by another outlet", "Reuters"),
        ("Quill {said} in a court filing [that the port is safe].", "court filing", None),
        ("At a rally in Lesk, Quill {said} [the port is safe].", "speech", None),
        ("Quill {told} parliament [that the port is safe].", "speech", None),
        ("During the televised debate Quill {said} [the port is safe].", "broadcast", None),
        ("In a letter to the mayor, Quill {wrote} [that the port is safe].", "letter", None),
        ("In leaked e-mails Quill {said} [the port is safe].", "leak", None),
        ("Quill {said} on CNN [that the port is safe].", "broadcast", "CNN"),
        ("Quill {told} reporters aboard the ferry [that the port is safe].", "press conference", None),
        ("Asked by reporters, Quill {said} [the port is safe].", "press conference", None),
        ("Quill {testified} [that the port is safe].", "speech", None),
        ("[The port is safe,] Quill {said} onstage.", "speech", None),
        ("Quill {told} the Tern Inquiry [that the port is safe].", "speech", None),
        ("Quill {told} our reporter [that the port is safe].", "interview", None),
        ("[The port is safe,] Quill {said} by telephone.", "interview", None),
        ("[The port is safe,] Quill {said} when we reached her.", "interview", None),
        ("Quill {told} Lesk Life magazine in June [that the port is safe].", "interview", "Lesk Life"),
        ("At Thursday's commission meeting Quill {said} [the port is safe].", "speech", None),
        ("In a written request, Quill {said} [the port was safe].", "letter", None),
        ("In a series of tweets on Sunday, Quill {wrote} [that the port is safe].", "social media", None),
        ("Quill {posted} [that the port is safe].", "social media", None),
        ("In an e-mail seen by the Gazette, Quill {wrote} [that the port is safe].", "leak", None),
        ("[The port is safe,] Quill {wrote} in a note to investors.", "report", None),
        ("[The port is safe,] Quill {wrote} in the Annals of Tides.", "report by another outlet", "Annals of Tides"),
        ("In an essay for The Lesk Herald, Quill {wrote} [that the port is safe].", "report by another outlet", "Lesk Herald"),
    ],
)
def test_the_words_beside_the_cue_name_the_channel(line: str, channel: str, name: str | None) -> None:
    [[(got, who)]] = read(line)
    assert got == channel
    assert (who or "").removeprefix("The ") == (name or "")


@pytest.mark.parametrize(
    "line",
    [
        "Quill {said} [the port is safe].",
        "Quill {told} police [that the port is safe].",
        "Quill {told} her brother [that the port is safe].",
        "Quill {said} [her interview with The Lesk Herald was a mistake].",
        "Quill, not authorised to speak to the media, {put} [the number at nine].",
        "Quill {said} on Monday [that the port is safe].",
    ],
)
def test_what_is_no_channel_stays_out(line: str) -> None:
    assert read(line) == [[]]


def test_what_one_outlet_was_told_and_another_reports_came_through_both() -> None:
    [chain] = read("[The port is safe,] Quill {told} Reuters, the BBC reported.")
    assert chain == [("interview", "Reuters"), ("report by another outlet", "BBC")]


@pytest.mark.parametrize(("line", "channels_found"), [("{said} [the port is safe].", ["report"]), ("{favored} [the new port].", [])])
def test_who_was_polled_spoke_through_the_poll_unless_it_is_an_attitude(line: str, channels_found: list[str]) -> None:
    text = f"Sixty percent of those asked {line}"
    bare = text.translate(str.maketrans("", "", "{}[]"))
    cue, content = (Span(text.index(a) - skip, text.index(b) - skip - 1) for a, b, skip in (("{", "}", 0), ("[", "]", 2)))
    one = Attribution((Span(0, text.index("{") - 1),), (cue,), (content,))
    found = channels(Document("a", bare), (one,), (Speaker("sixty percent", SpeakerType.GROUP),))
    assert [via.channel.value for via in found[0]] == channels_found


@pytest.mark.parametrize(
    ("opening", "labels", "channel"),
    [
        ("Quill agreed to a talk between two trains.", ("Q", "A"), "interview"),
        ("The coach came in eating a pear.", ("Reporter", "Quill"), "press conference"),
        ("The witness was heard in the morning.", ("BRANDT", "QUILL"), "speech"),
        ("Questions and answers have been edited for length.", ("BRANDT", "QUILL"), "interview"),
        ("On an episode of the Tidewater podcast she had an easier ride.", ("HOST", "QUILL"), "broadcast"),
    ],
)
def test_a_transcript_has_the_channel_of_its_opening_or_of_its_labels(opening: str, labels: tuple[str, str], channel: str) -> None:
    said = ("Did you see the port?", "I did. I was there.", "Will you go again?", "We will, if you ask me.") * 2
    lines = [f"{labels[place % 2]}: {words}" for place, words in enumerate(said)]
    text, attributions = opening, []
    for line in lines:
        start = len(text) + 2
        colon = start + line.index(":")
        text += "\n\n" + line
        attributions.append(Attribution((Span(start, colon),), (Span(colon, colon + 1),), (Span(colon + 2, len(text)),)))
    found = channels(Document("a", text), tuple(attributions), (BRANDT, QUILL) * 4)
    assert {via.channel.value for vias in found for via in vias} == {channel}
    assert all(found)


@pytest.mark.parametrize("line", ["This story was first published by Reuters.", "With additional reporting by Reuters."])
def test_a_credit_line_is_no_channel_of_what_stands_before_it(line: str) -> None:
    assert read(f"Quill {{said}} [the port is safe].\n{line}") == [[]]


def test_an_outlet_that_speaks_for_itself_has_no_channel() -> None:
    herald = Speaker("The Lesk Herald", SpeakerType.ORGANISATION)
    assert read("The Herald {said} in an editorial [that the port is safe].", herald) == [[]]


def test_the_interview_goes_on_and_reaches_back_to_the_lead() -> None:
    article = "Quill {says} [the port is safe]\nQuill {told} the Lesk Herald [that it was closed].\nShe {added} [that nobody was hurt]."
    assert [[channel for channel, _ in one] for one in read(article)] == [["interview"]] * 3


@pytest.mark.parametrize(
    "line", ["In June, she {said} [it was closed].", "She {had said} [it was closed].", "She {believes} [it was closed]."]
)
def test_another_time_or_a_mere_attitude_does_not_belong_to_the_interview(line: str) -> None:
    assert read("Quill {told} the Lesk Herald [that it was closed].\n" + line)[1] == []


def test_words_that_are_only_recalled_hand_on_no_channel() -> None:
    told = read("Quill {said} [it was open].\nShe walked back [what] she {told} reporters on Monday.\nShe {said} [it was closed].")
    assert [len(vias) for vias in told] == [0, 1, 0]


def test_another_speaker_does_not_share_the_interview() -> None:
    assert read("Quill {told} the Lesk Herald [that it was closed].\nBrandt {said} [it was open].", QUILL, BRANDT)[1] == []


@pytest.mark.parametrize("text", ["x" * 2000, "\ud800 told The Times", "told The A " * 300, "\x00\n\r\u2028"])
def test_any_text_is_read(text: str) -> None:
    one = Attribution((), (Span(0, 1),), (Span(1, 2),))
    assert all(isinstance(via.channel, Channel) for via in channels(Document("a", text), (one,), (QUILL,))[0])
