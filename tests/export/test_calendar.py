"""iCalendar text, read back with another program's parser."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Component

from onrecord.data import EventStatus
from onrecord.export.calendar import STATUSES, calendar
from onrecord.find.events import Announced, Told, Voice

VOICE = Voice(
    "k", "Mara Quill", "mara-quill", "asserts", "the council; it meets, on Friday\nin Lesk \\ at the Zähringer Häuschen", "courier"
)
TOLD = Told("courier", "d", "Lesk Courier", "2031-03-10", "the council meets", EventStatus.PLANNED, (VOICE,))
LATER = Told("weekly", "e", None, "2031-03-12", "the council meets", EventStatus.CONFIRMED, ())


def event(
    when: str | None, status: EventStatus = EventStatus.CONFIRMED, what: str = "the council meets", place: str | None = "Lesk"
) -> Announced:
    return Announced(what, when, status, place, ("Lesk Council",), (TOLD, LATER), "announced by Mara Quill", "0123456789abcdef")


def read_back(*events: Announced) -> list[Component]:
    return list(Calendar.from_ical("".join(calendar(events))).walk("VEVENT"))


def test_an_event_is_read_back_as_it_was_told() -> None:
    [found] = read_back(event("2031-03-14"))
    assert (str(found["SUMMARY"]), str(found["LOCATION"]), str(found["STATUS"])) == ("the council meets", "Lesk", "CONFIRMED")
    assert (str(found["UID"]), found["SEQUENCE"]) == ("0123456789abcdef@onrecord", 1)
    assert found.decoded("DTSTAMP") == datetime(2031, 3, 12, tzinfo=UTC)
    assert str(found["DESCRIPTION"]).split("\n", 3) == [
        "confirmed: announced by Mara Quill",
        "With Lesk Council",
        "Lesk Courier, 2031-03-10: planned",
        "Mara Quill: “the council; it meets, on Friday\nin Lesk \\ at the Zähringer Häuschen”\nweekly, 2031-03-12: confirmed",
    ]


@pytest.mark.parametrize(
    ("when", "start"),
    [
        ("2031-03-14", date(2031, 3, 14)),
        ("2031-03-14TMO", date(2031, 3, 14)),
        ("2031-03-14T10:00", datetime(2031, 3, 14, 10, 0)),  # noqa: DTZ001  # local time at the place: no zone is told
        ("2031-03-14T10:00:30+02:00", datetime(2031, 3, 14, 8, 0, 30, tzinfo=UTC)),
        ("2031-03-14T10:00Z", datetime(2031, 3, 14, 10, 0, tzinfo=UTC)),
    ],
)
def test_the_start_is_as_precise_as_what_is_known(when: str, start: date) -> None:
    [found] = read_back(event(when))
    assert found.decoded("DTSTART") == start


@pytest.mark.parametrize("when", [None, "2031-03", "2031-W11", "2031", "2031-SU", "PRESENT_REF"])
def test_an_event_without_a_day_has_no_entry(when: str | None) -> None:
    assert read_back(event(when), event("2031-03-14"))[0].decoded("DTSTART") == date(2031, 3, 14)
    assert read_back(event(when)) == []


@pytest.mark.parametrize("status", EventStatus)
def test_every_status_has_one_of_the_calendar_beside_its_own_name(status: EventStatus) -> None:
    [found] = read_back(event("2031-03-14", status))
    assert (str(found["STATUS"]), str(found["X-ONRECORD-STATUS"])) == (STATUSES[status], status)


@pytest.mark.parametrize("what", ["ä" * 200, "€" * 75, "a" * 500, "line\r\nbreak; and, \\n", "tab\tand \x00 and \ud800", ""])
def test_lines_are_folded_at_75_octets_and_say_the_same(what: str) -> None:
    lines = "".join(calendar([event("2031-03-14", what=what, place=None)])).split("\r\n")
    assert max(len(line.encode("utf8")) for line in lines) <= 75
    assert not any("\n" in line or "\r" in line for line in lines)
    [found] = read_back(event("2031-03-14", what=what, place=None))
    assert str(found["SUMMARY"]) == what.replace("\r\n", "\n").replace("\t", " ").replace("\x00", " ").replace("\ud800", " ")
    assert "LOCATION" not in found
