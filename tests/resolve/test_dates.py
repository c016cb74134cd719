"""A date beside the cue is the day of the saying, a date in the content is not."""

from __future__ import annotations

import pytest

from onrecord.annotate.timex import time_expressions
from onrecord.data import Attribution, Channel, Document, SaidOn, Span, Speaker, SpeakerType, Via
from onrecord.resolve.dates import dates, weights
from onrecord.resolve.day_scene import Scene
from onrecord.resolve.day_shared import Beside, Evidence

FRIDAY = "2025-02-14"
MARKS = {"{": "source", "[": "cue", "<": "content"}
CLOSING = {"}": "source", "]": "cue", ">": "content"}


def marked(text: str) -> tuple[str, tuple[Attribution, ...]]:
    """Read "{Quill} [said] <it rained>": each new cue, source or content that is there already begins another attribution."""
    plain, found, open_at = "", [], {}
    for character in text:
        if character in MARKS:
            open_at[MARKS[character]] = len(plain)
        elif character in CLOSING:
            found.append((CLOSING[character], Span(open_at.pop(CLOSING[character]), len(plain))))
        elif character == "|":
            found.append(("end", Span(0, 0)))
        else:
            plain += character
    return plain, tuple(_attributions(found))


def _attributions(found: list[tuple[str, Span]]) -> list[Attribution]:
    groups: list[dict[str, list[Span]]] = [{"source": [], "cue": [], "content": []}]
    for part, span in found:
        if part == "end":
            groups.append({"source": [], "cue": [], "content": []})
        else:
            groups[-1][part].append(span)
    return [Attribution(tuple(g["source"]), tuple(g["cue"]), tuple(g["content"])) for g in groups if g["content"]]


def said(text: str, channels: list[tuple[Via, ...]] | None = None, day: str | None = FRIDAY) -> list[str | None]:
    return [one.value if one else None for one in _said(text, channels, day)]


def _said(text: str, channels: list[tuple[Via, ...]] | None = None, day: str | None = FRIDAY) -> tuple[SaidOn | None, ...]:
    plain, attributions = marked(text)
    document = Document("case", plain, creation_time=day)
    return dates(document, attributions, time_expressions(document), tuple(channels or [()] * len(attributions)))


OWN = [
    ("{Mara Quill} [said] Thursday <the port would close>.", ["2025-02-13"]),
    ("{Mara Quill}, who runs the port, on Wednesday [suggested] <it would close>.", ["2025-02-12"]),
    ("Early on Thursday, {Quill} [announced] <a meeting>.", ["2025-02-13"]),
    ("The council refuted {Brandt} later Thursday, [stating] that <no talks are planned>.", ["2025-02-13"]),
    ("{Quill} [said in a statement] late on Thursday <that the port would close>.", ["2025-02-13"]),
    ("In 2010 {Quill} [said] <the port would close>.", ["2010"]),
    ("<The port is shut,> {Quill} [told] the Lesk Herald on Monday.", ["2025-02-10"]),
    ("{A poll released last week} [showed] <a narrow lead>.", ["2025-W06"]),
    ("Brandt met {Quill}, |{who} on Wednesday [said] <the port would close>.", ["2025-02-12"]),
]

NONE = [
    ("{Quill} [said] <the port would close on Monday>.", [None]),
    ("{Quill} [said] <the port would close>.", [None]),
    ("{Quill}, mayor since Monday, [said] <the port would close>.", [None]),
    ("{Quill} [said] now <the port would close>.", [None]),
    ("{Quill} [said] for two days <that the port would close>.", [None]),
    ("LESK, Feb. 12 (Lesk Press) - {Quill} [said] <the port would close>.", [None]),
    ("The port reopened on Monday; {Quill} [said] <it was safe>.", [None]),
    ("The ferry sank on Monday, but {Quill} [said] <it was safe>.", [None]),
    ("{Quill} [hopes] <the port will reopen on Monday>.", [None]),
    ("{Quill} [has said] <the port will reopen by Monday>.", [None]),
]

SHARED = [
    ("{Mara Quill} [said] Thursday <the port would close>. | {She} [added] <that it was unsafe>.", ["2025-02-13", "2025-02-13"]),
    ("{Mara Quill} [said] Thursday <the port would close>.\n\n|<It is unsafe,> {Quill} [said].", ["2025-02-13", "2025-02-13"]),
    ("{Mara Quill} [said] Thursday <the port would close>.\n\n|<It is safe,> {Ottmar Brandt} [said].", ["2025-02-13", None]),
    ("{Mara Quill} [said] Thursday <the port would close>.\n\n|{Quill} [has often said] <so>.", ["2025-02-13", None]),
    ("{Mara Quill} [said] Thursday <the port would close>.\n\n|{Quill} [hopes] <it will reopen>.", ["2025-02-13", None]),
    ("<The port is safe,> {Mara Quill} [said]. On Monday |{she} [had said] <it was not>.", [None, "2025-02-10"]),
    ("Brandt met Quill, {who} on Wednesday [said] <the port was shut>. |{Quill} [said] <it was open>.", ["2025-02-12", None]),
    ("On Tuesday it was the turn of Mara Quill. {She} [told] the inquiry <that the port was old>.", ["2025-02-11"]),
    ("{Quill} [shuts] <the port>\n\n|{Mara Quill} [said] on Thursday that <the port would close>.", ["2025-02-13", "2025-02-13"]),
]


@pytest.mark.parametrize(("text", "wanted"), OWN)
def test_a_date_beside_the_cue_is_the_day_of_the_saying(text: str, wanted: list[str | None]) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), NONE)
def test_no_other_date_is_the_day_of_the_saying(text: str, wanted: list[str | None]) -> None:
    assert said(text) == wanted


@pytest.mark.xfail(reason="the weights learnt from more affairs take it to be of Thursday (.54)", strict=True)
def test_what_was_said_before_is_not_of_the_day_told_beside_it() -> None:
    assert said("{Mara Quill} [said] Thursday <the port would close>.\n\n|{Quill} [has said] <so before>.") == ["2025-02-13", None]


@pytest.mark.parametrize(("text", "wanted"), SHARED)
def test_a_day_is_shared_only_inside_one_occasion(text: str, wanted: list[str | None]) -> None:
    assert said(text) == wanted


def test_the_span_is_that_of_the_expression_and_the_anchor_is_told() -> None:
    text = "{Mara Quill} [said] on Thursday <the port would close>."
    (found,) = _said(text)
    assert found is not None
    assert found.span.of(marked(text)[0]) == "Thursday"
    assert found.anchor == "creation_time"


def test_a_full_date_is_its_own_anchor() -> None:
    (found,) = _said("{Mara Quill} [said] on 3 March 2019 <the port would close>.", day=None)
    assert found is not None
    assert (found.value, found.anchor) == ("2019-03-03", "3 March 2019")


def test_a_weekday_of_an_undated_document_gives_no_day() -> None:
    assert said("{Mara Quill} [said] on Thursday <the port would close>.", day=None) == [None]


def test_words_through_one_channel_share_its_day_however_far_apart() -> None:
    speech = (Via(None, Channel.SPEECH, Span(0, 1)),)
    filler = "The hall was full.\n\n" * 8
    text = "{Mara Quill} [said] in a speech on Thursday <the port would close>.\n\n" + filler + "|{Quill} [said] <it was unsafe>."
    assert said(text, [speech, speech]) == ["2025-02-13", "2025-02-13"]


def test_the_turns_of_a_transcript_take_the_day_of_its_opening() -> None:
    turns = "".join(f"|{{QUILL}}[:] <Answer {n}.>\n\n" for n in range(5))
    text = "Lesk Radio\n\nQuill at the port\n\nThe mayor spoke to us on Monday morning. It is shortened.\n\n" + turns
    assert [day and day[:10] for day in said(text)] == ["2025-02-10"] * 5


@pytest.mark.parametrize(("key", "wanted"), [("mara-quill", "2025-02-13"), ("otto-brandt", None)])
def test_a_day_is_shared_with_the_same_speaker_by_another_name(key: str, wanted: str | None) -> None:
    plain, attributions = marked("{Mara Quill} [said] Thursday <the port would close>.\n\n|<It is unsafe,> {the mayor} [said].")
    document = Document("case", plain, creation_time=FRIDAY)
    speakers = (Speaker("Mara Quill", SpeakerType.PERSON, key="mara-quill"), Speaker("A Person", SpeakerType.PERSON, key=key))
    found = dates(document, attributions, time_expressions(document), ((), ()), speakers)
    assert [one and one.value for one in found] == ["2025-02-13", wanted]


def test_in_a_live_report_everything_is_said_on_its_day() -> None:
    text = "Port live\n\n11:30 {Quill} [says] <it is shut>.\n\n11:40 |{Brandt} [says] <it is not>.\n\n11:50 |{Quill} [insists] <it is>.\n"
    assert [day and day[:10] for day in said(text)] == [FRIDAY] * 3


@pytest.mark.parametrize("text", ["<x>", "[said]<x>", "<\ud800 Thursday>", "{}[]<x>"])
def test_odd_attributions_are_no_trouble(text: str) -> None:
    assert said(text) == [None]


def test_nothing_attributed_gives_nothing() -> None:
    assert dates(Document("case", ""), (), (), ()) == ()


def test_a_dateline_dates_only_what_the_text_says_of_its_day() -> None:
    text = "LESK, Feb. 13 (Lesk Press) - {Mara Quill} [said] on Thursday <the port would close>."
    (found,) = _said(text)
    assert found is not None
    assert found.span.of(marked(text)[0]) == "Thursday"


def test_the_words_are_those_of_the_other_statement_where_its_day_is_shared() -> None:
    text = "{Mara Quill} [said] on Thursday <the port would close>.\n\n|<It is unsafe,> {she} [added]."
    first, second = _said(text)
    assert first is not None
    assert second == first


def test_the_day_is_the_same_whatever_the_order_of_the_attributions() -> None:
    text = "{Mara Quill} [said] on Thursday <the port would close>.\n\n|<It is unsafe,> {she} [added]."
    plain, attributions = marked(text)
    document = Document("case", plain, creation_time=FRIDAY)
    times = time_expressions(document)
    assert dates(document, attributions[::-1], times, ((), ()))[::-1] == dates(document, attributions, times, ((), ()))


def test_every_learnt_cue_weighs_something_in_one_decision() -> None:
    known = weights()
    assert known.beside
    assert known.shared
    assert all(weight for decision in known for weight in decision.values())


OPENINGS = [
    "This is a transcript of “The Evening Hour”, broadcast Thursday.",
    "Mara Quill received us on Thursday in her office.",
    "Thursday, 13 February 2025. The Council met at ten.",
]


@pytest.mark.parametrize("opening", OPENINGS)
def test_the_turns_of_a_transcript_are_of_the_day_that_opens_it(opening: str) -> None:
    turns = "\n\n".join(f"{{{who}}}[:] <{words}>|" for who, words in [("BRANDT", "Is the port shut?"), ("QUILL", "It is.")] * 3)
    assert said(f"The Lesk Herald\nThe port is shut\n\n{opening}\n\n{turns}") == ["2025-02-13"] * 6


def test_a_headline_below_date_and_paper_is_of_the_day_on_which_it_is_told_again() -> None:
    text = (
        "date 2025-02-14\nThe Lesk Herald\n{Mayor} [says] <ferry dock will close>|\n\nThe news came as a surprise to many in the harbour. "
        "\n\n{Mara Quill} [said] on Thursday <the ferry dock would close>."
    )
    assert said(text) == ["2025-02-13", "2025-02-13"]


def test_only_the_first_turn_of_a_transcript_has_the_cues_that_decide_for_all() -> None:
    turns = "\n\n".join(f"{{{who}}}[:] <{words}>|" for who, words in [("BRANDT", "Is the port shut?"), ("QUILL", "It is.")] * 3)
    plain, attributions = marked(f"The Lesk Herald\nThe port is shut\n\nBroadcast Thursday.\n\n{turns}")
    document = Document("case", plain, creation_time=FRIDAY)
    scene = Scene(document, attributions, time_expressions(document), [()] * 6)
    evidence = Evidence(scene, [Beside({}, None)] * 6)
    first = [[cue for cue in evidence.of_pair(index, 0) if "first turn" in cue] for index in range(6)]
    assert first == [["shared, first turn after its opening", "shared, first turn, age 1"], [], [], [], [], []]
    assert ["none: first turn" in evidence.of_none(index) for index in range(6)] == [True, False, False, False, False, False]
