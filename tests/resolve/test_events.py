"""Announced events in invented sentences."""

from __future__ import annotations

import pytest

from onrecord.data import Attribution, Document, EventStatus, QuoteType, Reading, Span, Speaker, Stance, Statement, TimeExpression, TimeType
from onrecord.resolve.events import events


def statement(text: str, words: str, name: str, stance: Stance = Stance.ASSERTS) -> Statement:
    start = text.index(words)
    one = Attribution((), (), (Span(start, start + len(words)),))
    return Statement(name.casefold(), one, QuoteType.INDIRECT, Speaker(name, key=name.casefold()), Reading(stance))


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        (
            "Quill is scheduled to speak Friday at the Lesk Harbour Forum, her office said.",
            "Quill is scheduled to speak Friday at the Lesk Harbour Forum",
            "Lesk Harbour Forum",
        ),
        ("Brandt announced a planned meeting in Lesk involving three unions.", "a planned meeting in Lesk", "Lesk"),
        ("The council is set to vote on Monday, and nobody objects.", "The council is set to vote on Monday", None),
        ("Quill will meet Brandt in Lesk.", "Quill will meet Brandt in Lesk", "Lesk"),
    ],
)
def test_an_announcement_is_an_event_in_its_own_words(text: str, what: str, place: str | None) -> None:
    [found] = events(Document("a", text), (), ())
    assert (found.what, found.place, found.status) == (what, place, EventStatus.PLANNED)


@pytest.mark.parametrize(
    "text",
    [
        "The council voted on Monday.",
        "The vote took place in Lesk.",
        "Quill met Brandt at the summit.",
        "Quill was scheduled to speak in Lesk.",
        "They will not say.",
        "",
    ],
)
def test_what_is_past_or_no_event_is_left_out(text: str) -> None:
    assert events(Document("a", text), (), ()) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A planned meeting in Lesk was set. Talks with Brandt in Lesk are not planned.", EventStatus.DISPUTED),
        ("Talks with Brandt in Lesk are not planned.", EventStatus.DENIED),
        ("The summit in Lesk was cancelled.", EventStatus.CANCELLED),
        ("No meeting is planned, the port said.", EventStatus.DENIED),
        ("Nobody from the port will travel to Lesk.", EventStatus.DENIED),
        ("The trial has been postponed.", EventStatus.MOVED),
    ],
)
def test_the_words_tell_whether_it_stands(text: str, status: EventStatus) -> None:
    assert [event.status for event in events(Document("a", text), (), ())] == [status]


def test_an_event_that_a_second_party_announces_is_confirmed() -> None:
    text = "Quill will meet Brandt in Lesk. Brandt will hold talks in Lesk."
    said = (statement(text, "Quill will meet Brandt in Lesk", "Quill"), statement(text, "Brandt will hold talks in Lesk", "Brandt"))
    [found] = events(Document("a", text), said, ())
    assert (found.status, found.statements) == (EventStatus.CONFIRMED, ("quill", "brandt"))


def test_the_day_inside_the_clause_dates_the_event_and_a_past_day_ends_it() -> None:
    text = "Quill is scheduled to speak Friday at Lesk Hall."
    start = text.index("Friday")
    times = [(TimeExpression(Span(start, start + 6), TimeType.DATE, day),) for day in ("2031-05-09", "2031-05-02")]
    paper = Document("a", text, creation_time="2031-05-07")
    assert [event.when for event in events(paper, (), times[0])] == ["2031-05-09"]
    assert events(paper, (), times[1]) == ()


def test_a_meeting_that_the_other_side_denies_is_disputed() -> None:
    text = "Quill announced a meeting with the Brenn shipping line in Lesk. Brenn said that no meeting with the port is planned."
    said = (
        statement(text, "a meeting with the Brenn shipping line in Lesk", "Quill"),
        statement(text, "that no meeting with the port is planned", "Brenn", Stance.DENIES),
    )
    [found] = events(Document("a", text), said, ())
    assert (found.status, found.what, found.statements) == (
        EventStatus.DISPUTED,
        "a meeting with the Brenn shipping line in Lesk",
        ("quill", "brenn"),
    )
