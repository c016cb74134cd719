"""What is announced, once for all papers that tell of it."""

from __future__ import annotations

import pytest
from tests.find.invented import BARE, COUNCIL, JON, MARA, NEW, add, article, with_event, with_times

from onrecord.data import EventStatus, Record, Speaker
from onrecord.errors import LedgerError, UsageError
from onrecord.find.events import WantedEvents, announced
from onrecord.record.corrections import not_a_statement
from onrecord.record.ledger import Ledger

MEETING = "the council will meet on Friday in Lesk"
VOTE = "the council votes on the tolls"


def paper(name: str, day: str, who: Speaker, what: str, when: str | None, status: str = "planned", **others: object) -> Record:
    record = article(name, day, (who, what), publisher=name)
    return with_event(record, what, when, EventStatus(status), **others)


def told(ledger: Ledger, **wanted: str) -> list[tuple[str, str | None, str, int]]:
    return [(one.what, one.when, one.status.value, len(one.told)) for one in announced(ledger, WantedEvents(**wanted))]


@pytest.fixture
def lesk(ledger: Ledger) -> Ledger:
    add(
        ledger,
        paper("Courier", "2031-03-10", MARA, MEETING, "2031-03-14", place="Lesk", participants=("council",)),
        paper("Weekly", "2031-03-11", JON, "the council meets on Friday", "2031-03-14", participants=("Mara Quill",)),
        paper("Herald", "2031-03-12", COUNCIL, VOTE, "2031-03-14T19:00"),
        paper("Post", "2031-03-12", BARE, "the ferry will be christened", None),
    )
    return ledger


def test_the_same_event_of_two_papers_is_one_with_all_who_say_so(lesk: Ledger) -> None:
    one, *others = announced(lesk, WantedEvents())
    assert (one.what, one.when, one.place, one.status) == (MEETING, "2031-03-14", "Lesk", "confirmed")
    assert one.participants == ("council", "Mara Quill")
    assert [voice.speaker_key for voice in one.voices] == ["mara-quill", "jon-quill"]
    assert [each.document for each in one.told] == ["Courier", "Weekly"]
    assert [(other.what, other.when, other.status) for other in others] == [
        (VOTE, "2031-03-14T19:00", "planned"),
        ("the ferry will be christened", None, "planned"),
    ]


@pytest.mark.parametrize(
    ("second", "day", "when", "place"),
    [
        ("the council meets on Friday", "2031-03-11", "2031-03-21", None),
        ("the council meets on Friday", "2031-03-11", "2031-03-14", "Brenn"),
        ("the ministers meet on Friday", "2031-03-11", "2031-03-14", None),
    ],
)
def test_another_day_place_or_other_words_are_another_event(ledger: Ledger, second: str, day: str, when: str, place: str) -> None:
    first = paper("Courier", "2031-03-10", MARA, MEETING, "2031-03-14", place="Lesk")
    add(ledger, first, paper("Weekly", day, JON, second, when, place=place))
    assert len(told(ledger)) == 2


def test_an_announcement_without_a_day_in_the_same_words_is_of_the_same_event(ledger: Ledger) -> None:
    first = paper("Courier", "2031-03-10", MARA, MEETING, "2031-03-14", place="Lesk")
    add(ledger, first, paper("Weekly", "2031-03-11", JON, "the council meets in Lesk", None))
    assert told(ledger) == [(MEETING, "2031-03-14", "confirmed", 2)]


def test_a_moved_event_is_found_by_the_day_that_it_had(ledger: Ledger) -> None:
    moved = "the council meeting has been moved from 14 March to 21 March"
    first = paper("Courier", "2031-03-10", MARA, MEETING, "2031-03-14", place="Lesk")
    second = with_times(
        paper("Weekly", "2031-03-11", JON, moved, "2031-03-21", "moved"), {"14 March": "2031-03-14", "21 March": "2031-03-21"}
    )
    add(ledger, first, second)
    assert told(ledger) == [(MEETING, "2031-03-21", "moved", 2)]


def test_the_coming_weekday_to_which_it_is_moved_is_not_the_day_that_it_had(ledger: Ledger) -> None:
    other = "the harbour council and the ferrymen of Brenn meet on 12 March"
    moved = "the meeting of the school council of upper Lesk has been rearranged for Wednesday"
    first = paper("Courier", "2031-03-10", MARA, other, "2031-03-12")
    second = with_times(paper("Weekly", "2031-03-11", JON, moved, "2031-03-19", "moved"), {"Wednesday": "2031-03-12"})
    add(ledger, first, second)
    assert [one[0] for one in told(ledger)] == [other, moved]


def test_who_will_not_come_denies_no_event_of_others(ledger: Ledger) -> None:
    first = paper("Courier", "2031-03-10", MARA, "the summit will be held in Lesk on Friday", "2031-03-14", place="Lesk")
    second = paper(
        "Weekly", "2031-03-11", JON, "Jon Quill will not attend the summit in Lesk on Friday", "2031-03-14", "denied", place="Lesk"
    )
    add(ledger, first, second)
    assert [one[2] for one in told(ledger)] == ["planned", "denied"]


def test_an_event_keeps_its_id_while_more_papers_tell_of_it(ledger: Ledger) -> None:
    add(ledger, paper("Courier", "2031-03-10", MARA, MEETING, "2031-03-14"))
    [first] = announced(ledger, WantedEvents())
    add(ledger, paper("Weekly", "2031-03-11", JON, MEETING, "2031-03-14"))
    [second] = announced(ledger, WantedEvents())
    assert (second.id, len(first.id)) == (first.id, 16)
    assert second.told[0].span == (16, 16 + len(MEETING))


def test_what_one_paper_holds_apart_stays_apart(ledger: Ledger) -> None:
    record = article("Courier", "2031-03-10", (MARA, "the council meets"), (JON, "the council meets again"))
    add(ledger, with_event(with_event(record, "the council meets", "2031-03-14"), "the council meets again", "2031-03-14"))
    assert len(told(ledger)) == 2


@pytest.mark.parametrize(
    ("statuses", "together"),
    [
        (["planned", "planned"], "planned"),
        (["planned", "cancelled"], "cancelled"),
        (["cancelled", "planned"], "planned"),
        (["cancelled", "denied"], "cancelled"),
        (["denied", "denied"], "denied"),
        (["disputed", "planned"], "disputed"),
        (["planned", "moved"], "moved"),
        (["confirmed", "planned"], "confirmed"),
    ],
)
def test_the_papers_together_give_the_status(ledger: Ledger, statuses: list[str], together: str) -> None:
    for number, status in enumerate(statuses):
        add(ledger, paper(f"Paper {number}", f"2031-03-1{number}", MARA, MEETING, "2031-03-14", status))
    assert [one[2] for one in told(ledger)] == [together]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"by": "Lesk Council"}, [VOTE]),
        ({"by": "Jon Quill"}, [MEETING]),
        ({"status": "confirmed"}, [MEETING]),
        ({"since": "2031-03-14", "until": "2031-W11"}, [MEETING, VOTE]),
        ({"since": "2031-04"}, []),
        ({"as_of": "2031-03-11"}, [MEETING]),
        ({"as_of": "2031-03-10", "status": "confirmed"}, []),
    ],
)
def test_what_is_asked_for_is_found(lesk: Ledger, wanted: dict[str, str], found: list[str]) -> None:
    assert [one[0] for one in told(lesk, **wanted)] == found


def test_a_newer_reading_takes_the_place_of_the_old_one(lesk: Ledger) -> None:
    add(lesk, paper("Weekly", "2031-03-11", JON, "the council meets on Friday", "2031-03-14", "cancelled"), program=NEW)
    assert told(lesk)[0] == (MEETING, "2031-03-14", "cancelled", 2)


def test_who_made_no_statement_does_not_confirm(lesk: Ledger) -> None:
    not_a_statement(lesk, announced(lesk, WantedEvents())[0].voices[1].id, by="Ida Brook")
    one = announced(lesk, WantedEvents())[0]
    assert (one.status, len(one.voices), len(one.told)) == ("planned", 1, 2)


def test_a_question_that_cannot_be_is_refused(lesk: Ledger) -> None:
    with pytest.raises(UsageError, match="There is no status 'sung'"):
        WantedEvents(status="sung")
    with pytest.raises(UsageError, match="since"):
        WantedEvents(since="soon")
    with pytest.raises(LedgerError, match="Nobody"):
        announced(lesk, WantedEvents(by="Ada Brook"))
