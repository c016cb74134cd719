"""Events -> iCalendar text (RFC 5545), which calendars read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from onrecord import __version__
from onrecord.data import EventStatus
from onrecord.find.events import Announced

_LINE = 75  # octets of a line before it is folded (RFC 5545, 3.1)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?")
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")  # what TEXT may not hold (RFC 5545, 3.3.11)
STATUSES = {
    EventStatus.PLANNED: "TENTATIVE",
    EventStatus.CONFIRMED: "CONFIRMED",
    EventStatus.MOVED: "TENTATIVE",
    EventStatus.DISPUTED: "TENTATIVE",
    EventStatus.CANCELLED: "CANCELLED",
    EventStatus.DENIED: "CANCELLED",
}


def calendar(events: Iterable[Announced]) -> Iterator[str]:
    """The calendar of the events, line by line with their ends. An event of which no day is known is left out: nothing is made up."""
    yield from _folded("BEGIN:VCALENDAR")
    yield from _folded("VERSION:2.0")
    yield from _folded(f"PRODID:-//onrecord//onrecord {__version__}//EN")
    for one in events:
        for line in entry(one):
            yield from _folded(line)
    yield from _folded("END:VCALENDAR")


def entry(one: Announced) -> list[str]:
    """The VEVENT of one event as unfolded lines; none where it has no day.

    A day without an hour is a DATE, an hour without a zone is local time at the place. The stamp is the day of the last document that tells
    of the event, and the sequence grows with every document, so that the same ledger always gives the same calendar.
    """
    start = _start(one.when)
    if start is None:
        return []
    place = [f"LOCATION:{_text(one.place)}"] if one.place else []
    return [
        "BEGIN:VEVENT",
        f"UID:{one.id}@onrecord",
        f"DTSTAMP:{max(told.known_on for told in one.told)[:10].replace('-', '')}T000000Z",
        f"SEQUENCE:{len(one.told) - 1}",
        start,
        f"SUMMARY:{_text(one.what)}",
        *place,
        f"DESCRIPTION:{_text(chr(10).join(_description(one)))}",
        f"STATUS:{STATUSES[one.status]}",
        f"X-ONRECORD-STATUS:{one.status}",
        "END:VEVENT",
    ]


def _start(when: str | None) -> str | None:
    """DTSTART at the precision that is known; a part of a day ("2031-03-14TMO") counts as its day."""
    if when is None or (day := _DAY.match(when)) is None:
        return None
    if not _MOMENT.fullmatch(when):
        return f"DTSTART;VALUE=DATE:{''.join(day.groups())}"
    moment = datetime.fromisoformat(when)
    if moment.utcoffset() not in (None, timedelta(0)):
        moment = moment.astimezone(UTC)
    return f"DTSTART:{moment:%Y%m%dT%H%M%S}{'' if moment.tzinfo is None else 'Z'}"


def _description(one: Announced) -> Iterator[str]:
    """Why it has its status, who takes part, and what each document says."""
    yield f"{one.status}: {one.why}"
    if one.participants:
        yield f"With {', '.join(one.participants)}"
    for told in one.told:
        yield f"{told.publisher or told.document}, {told.known_on}: {told.status}"
        yield from (f"{voice.speaker_name or 'Nobody named'}: “{voice.words}”" for voice in told.voices)


def _text(words: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line ends escaped (RFC 5545, 3.3.11)."""
    words = _UNSEEN.sub(" ", words.replace("\r\n", "\n"))
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, each but the first after a blank, no character cut."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode("utf8"))
        if size + octets > _LINE:
            yield f"{piece}\r\n"
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield f"{piece}\r\n"
