"""Announced events in invented sentences."""

from __future__ import annotations

import pytest

from onrecord.annotate.timex import time_expressions
from onrecord.data import Attribution, Document, Event, EventStatus, QuoteType, Reading, Span, Speaker, SpeakerType, Stance, Statement
from onrecord.resolve.events import events


def statement(text: str, words: str, name: str, stance: Stance = Stance.ASSERTS) -> Statement:
    start = text.index(words)
    one = Attribution((), (), (Span(start, start + len(words)),))
    return Statement(name.casefold(), one, QuoteType.INDIRECT, Speaker(name, key=name.casefold()), Reading(stance))


def told(text: str, *statements: Statement, day: str = "2031-05-07") -> tuple[Event, ...]:
    """The events of a paper of that day; 7 May 2031 is a Wednesday."""
    paper = Document("a", text, creation_time=day)
    return events(paper, statements, time_expressions(paper))


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        (
            "Quill is scheduled to speak Friday at the Lesk Harbour Forum, her office said.",
            "Quill is scheduled to speak Friday at the Lesk Harbour Forum",
            "Lesk Harbour Forum",
        ),
        ("Voters will choose a mayor in a by-election on 19 May.", "Voters will choose a mayor in a by-election on 19 May", None),
        ("The council summoned the owner, Jon Brook, to a hearing on 19 May.", "a hearing on 19 May", None),
        ("Quill is to give her State of the Port address on Friday.", "Quill is to give her State of the Port address on Friday", None),
        ("Quill's State of the Port address is planned for Friday.", "Quill's State of the Port address is planned for Friday", None),
        ("The ferry's maiden voyage begins on 19 May.", "The ferry's maiden voyage begins on 19 May", None),
        ("Brandt announced a planned meeting in Lesk involving three unions.", "a planned meeting in Lesk", "Lesk"),
        ("The council is set to vote on Monday, and nobody objects.", "The council is set to vote on Monday", None),
        (
            "The trial of Nils Abram, who denies it, opens at Lesk Court on 19 May.",
            "The trial of Nils Abram, who denies it, opens at Lesk Court on 19 May",
            "Lesk Court",
        ),
        ("The line will be closed from Saturday until Monday.", "The line will be closed from Saturday until Monday", None),
        ("Brenn has until 30 May to answer.", "Brenn has until 30 May to answer", None),
        ("Voters in Lesk go to the polls on 2 July to elect a mayor.", "Voters in Lesk go to the polls on 2 July to elect a mayor", "Lesk"),
        ("Dockers agreed to meet the owners in Lesk ahead of Thursday's vote.", "Dockers agreed to meet the owners in Lesk", "Lesk"),
        ("Quill will meet Brandt in Lesk.", "Quill will meet Brandt in Lesk", "Lesk"),
    ],
)
def test_an_announcement_is_an_event_in_its_own_words(text: str, what: str, place: str | None) -> None:
    found = told(text)[0]
    assert (found.what, found.place, found.status) == (what, place, EventStatus.PLANNED)


@pytest.mark.parametrize(
    "text",
    [
        "The council voted on Monday.",
        "The vote took place in Lesk.",
        "Quill met Brandt at the summit.",
        "Quill was scheduled to speak in Lesk.",
        "They will not say.",
        "If the ministers meet on Friday, they will sign a treaty.",
        "Should the talks resume on Friday, Brenn will attend.",
        "Had they met, they would have held a vote on Friday.",
        "Will the council vote on Friday?",
        "The cabinet meets every Thursday.",
        "Quill will vote for Brandt.",
        "Brandt would not rule out a tour.",
        "His plan to close the port is popular.",
        "Prices will rise on Friday.",
        "They will decide whether to strike.",
        "Monday's vote was close.",
        "The election campaign was long.",
        "On March 6 Brandt sang.",
        "",
    ],
)
def test_what_is_past_or_no_event_is_left_out(text: str) -> None:
    assert told(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A planned meeting in Lesk was set. Talks with Brandt in Lesk are not planned.", EventStatus.DISPUTED),
        ("Talks with Brandt in Lesk are not planned.", EventStatus.DENIED),
        ("The summit in Lesk was cancelled.", EventStatus.CANCELLED),
        ("No meeting is planned, the port said.", EventStatus.DENIED),
        ("Nobody from the port will travel to Lesk.", EventStatus.DENIED),
        ("The trial has been postponed.", EventStatus.MOVED),
        ("The hearing on 26 May will not take place.", EventStatus.CANCELLED),
        ("The strike due to start on Monday has been suspended.", EventStatus.CANCELLED),
        ("The storm forced drivers to call off their rally.", EventStatus.CANCELLED),
        ("The rally, called off last week, will now take place on 18 May.", EventStatus.PLANNED),
        ("The vote will go ahead on Monday.", EventStatus.CONFIRMED),
        ("The debate on Monday is still on.", EventStatus.CONFIRMED),
        ("The union has suspended the teachers' strike on 12 May.", EventStatus.CANCELLED),
        ("A concert is planned for Monday. The singers have called it off.", EventStatus.CANCELLED),
        ("They will hold a debate on 30 May, two days later than first proposed.", EventStatus.MOVED),
        ("Rumours that Brandt will resign on Friday are false.", EventStatus.DENIED),
        ("Brandt will not take part in the debate on Monday.", EventStatus.DENIED),
        ("A summit will be held in Lesk on Monday. Brandt will not attend the summit.", EventStatus.PLANNED),
        ("A hearing was scheduled for Monday. It has been moved to Tuesday.", EventStatus.MOVED),
    ],
)
def test_the_words_tell_whether_it_stands(text: str, status: EventStatus) -> None:
    assert [event.status for event in told(text)] == [status]


def test_an_event_that_a_second_party_announces_is_confirmed() -> None:
    text = "Quill will meet Brandt in Lesk. Brandt will hold talks in Lesk."
    said = (statement(text, "Quill will meet Brandt in Lesk", "Quill"), statement(text, "Brandt will hold talks in Lesk", "Brandt"))
    [found] = events(Document("a", text), said, ())
    assert (found.status, found.statements) == (EventStatus.CONFIRMED, ("quill", "brandt"))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Quill is scheduled to speak Friday at Lesk Hall.", "2031-05-09"),
        ("The council is due to vote on Monday.", "2031-05-12"),
        ("The summit has been moved from 20 May to 27 May.", "2031-05-27"),
        ("The vote on 18 May has been put off indefinitely.", None),
        ("The final was put back and will now kick off on 25 May.", "2031-05-25"),
        ("The museum opens in June.", "2031-06"),
        ("Talks were adjourned on Monday and will resume on Thursday.", "2031-05-08"),
    ],
)
def test_the_day_is_that_of_the_event_the_new_one_if_it_moved(text: str, when: str | None) -> None:
    assert [event.when for event in told(text)] == [when]


def test_a_past_day_ends_an_event() -> None:
    assert told("Quill is scheduled to speak on 2 May at Lesk Hall.") == ()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Mara Quill will meet Ottmar Brandt in Lesk on Friday.", ("Mara Quill", "Ottmar Brandt")),
        ("Mara Quill spoke. Quill will visit Lesk on Friday.", ("Mara Quill",)),
        ("Talks between Brenn and Ostmark will begin on Friday.", ("Brenn", "Ostmark")),
        ("Transport Minister Ottmar Brandt cancelled his trip to Lesk.", ("Ottmar Brandt",)),
        ("Tram drivers will walk out on Friday. They drive a tram.", ()),
        ("Mara Quill will debate her rival, Ottmar Brandt, on Friday.", ("Mara Quill", "Ottmar Brandt")),
    ],
)
def test_who_takes_part_is_named_in_full(text: str, people: tuple[str, ...]) -> None:
    assert [event.participants for event in told(text)] == [people]


def test_who_says_that_she_will_come_takes_part() -> None:
    text = "Quill said that she would attend the summit in Lesk on Friday."
    [found] = told(text, statement(text, "she would attend the summit in Lesk on Friday", "Quill"))
    assert found.participants == ("Quill",)


def test_two_events_of_a_kind_stay_apart() -> None:
    text = "The first round of talks will begin on Friday. A second round of talks is due to follow in June."
    assert [event.when for event in told(text)] == ["2031-05-09", "2031-06"]


def test_the_strikes_of_two_unions_stay_apart() -> None:
    text = "The teachers' strike on 19 May is off. The bus drivers' walkout will go ahead."
    assert [event.status for event in told(text)] == [EventStatus.CANCELLED, EventStatus.CONFIRMED]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The bridge opens on 20 May. A ceremony is planned for that morning.", ["2031-05-20", "2031-05-20TMO"]),
        ("Bus drivers will walk out on the same day as the teachers, 20 May.", ["2031-05-20"]),
    ],
)
def test_a_day_that_points_back_is_found(text: str, days: list[str]) -> None:
    assert [event.when for event in told(text)] == days


def test_a_month_is_no_protest() -> None:
    [found] = told("Voters will decide in a March 6 referendum.", day="2031-02-07")
    assert (found.what, found.when) == ("Voters will decide in a March 6 referendum", "2031-03-06")


def test_two_who_say_that_they_will_come_take_part() -> None:
    text = "Mara Quill and Jon Brook have said they will take part in a debate on Friday."
    source = Attribution((Span(0, 25),), (), (Span(text.index("they"), len(text) - 1),))
    group = Speaker("Mara Quill and Jon Brook", SpeakerType.GROUP)
    [found] = told(text, Statement("both", source, QuoteType.INDIRECT, group, Reading(Stance.COMMITS)))
    assert found.participants == ("Mara Quill", "Jon Brook")


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
