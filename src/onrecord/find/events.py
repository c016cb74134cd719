"""Ledger -> what is announced to happen, each event once, with all who say so and whether it stands."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.data import EventStatus
from onrecord.errors import UsageError
from onrecord.find.event_groups import Group
from onrecord.find.event_status import combined
from onrecord.find.event_stories import groups
from onrecord.find.event_tellings import Row, Telling, telling
from onrecord.find.wanted import check_day, is_within, speaker_keys
from onrecord.record.abandoned import unhurried
from onrecord.record.days import days_of, first_day, last_day
from onrecord.record.judged import Judged, judged
from onrecord.record.kept import kept
from onrecord.record.ledger import Ledger
from onrecord.record.stored import current_statements, is_current
from onrecord.record.tables import documents, events, readings, statements, times
from onrecord.resolve.event_days import is_one_day, is_week_before

_AT_A_TIME = 500
_OF_VOICES = tuple(
    statements.c[name] for name in ("id", "key", "reading_id", "local_id", "document_id", "speaker_key", "speaker_name", "stance", "words")
)
_ID = 16  # hexadecimal digits of an event's id


@dataclass(frozen=True, slots=True)
class WantedEvents:
    """Which events are wanted; what is None does not matter. `since` and `until` are of the event, `by` is who announces or denies it.

    Raises:
        UsageError: a day is none, or there is no such status.
    """

    by: str | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    as_of: str | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until", "as_of"):
            check_day(name, getattr(self, name))
        if self.status is not None and self.status not in set(EventStatus):
            raise UsageError(f"There is no status {self.status!r}; there are {', '.join(EventStatus)}.", code="usage.bad_question")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says so: a statement about the event; its words and stance as judged."""

    id: str
    speaker_name: str | None
    speaker_key: str | None
    stance: str
    words: str
    document: str


@dataclass(frozen=True, slots=True)
class Told:
    """One document that tells of the event, as it does so; `span` is where, in its text."""

    document: str
    document_id: str
    publisher: str | None
    known_on: str
    what: str
    status: EventStatus
    voices: tuple[Voice, ...]
    when: str | None = None
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Announced:
    """An event: in the words of the first document that tells of it, with the status that all of them together give it, and why.

    `id` stays the same while more documents tell of it.
    """

    what: str
    when: str | None
    status: EventStatus
    place: str | None
    participants: tuple[str, ...]
    told: tuple[Told, ...]
    why: str = ""
    id: str = ""

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All who say so or deny it."""
        return tuple(voice for one in self.told for voice in one.voices)


def announced(ledger: Ledger, wanted: WantedEvents) -> tuple[Announced, ...]:
    """The events that are wanted, the earliest first, those without a day last.

    Announcements of one kind are one event where their days agree, or one of them moves it, and their words, people or places are alike;
    and where documents of one story can mean only that event ("the hearing has been put off").

    Raises:
        LedgerError: nobody has the name.
    """
    with ledger.reading() as connection:
        known = judged(connection)
        keys = speaker_keys(connection, known, wanted.by)
        found = _all(connection, wanted.as_of) if wanted.as_of is not None else kept(connection, "events", lambda: _all_unhurried(ledger))
    return tuple(one for one in found if _fits(one, wanted, keys))


def _all_unhurried(ledger: Ledger) -> tuple[Announced, ...]:
    """All as of now; whoever asked need not wait to the end, for whoever asks next has them then."""
    with unhurried(), ledger.reading() as own:
        return _all(own, None)


def _all(connection: Connection, as_of: str | None) -> tuple[Announced, ...]:
    """All events that were announced by that day, in their order."""
    rows = list(_rows(connection, as_of))
    voices = _voices(connection, judged(connection), rows)
    told = list(_tellings(rows, voices, _moved_from(connection, rows)))
    found = (_announced(group, voices) for group in groups(told))
    return tuple(sorted(found, key=lambda one: ((one.when and first_day(one.when)) or "9999", one.when or "")))


def _rows(connection: Connection, as_of: str | None) -> Iterator[Row]:
    """The events of current readings, in the order of their documents' days."""
    of = documents.c
    joined = events.join(readings, events.c.reading_id == readings.c.id).join(documents, events.c.document_id == of.id)
    asked = select(events, of.key.label("document_key"), of.name.label("document_name"), of.publisher, of.known_on).select_from(joined)
    asked = asked.where(is_current()).order_by(of.known_on, of.id, events.c.id)
    if as_of is not None:
        asked = asked.where(of.known_on <= last_day(as_of))
    yield from (dict(row) for row in connection.execute(asked).mappings())


def _voices(connection: Connection, known: Judged, rows: list[Row]) -> dict[tuple[int, str], Row]:
    """The statements as judged of the readings that announce something, by reading and local id."""
    found: dict[tuple[int, str], Row] = {}
    for some in _batches(row["reading_id"] for row in rows):
        asked = current_statements().with_only_columns(*_OF_VOICES).where(statements.c.reading_id.in_(some))
        those = connection.execute(asked).mappings().all()
        known.load(row["speaker_key"] for row in those)
        for row in those:
            as_judged = known.row(dict(row))
            if as_judged is not None:
                found[row["reading_id"], row["local_id"]] = as_judged
    return found


def _moved_from(connection: Connection, rows: list[Row]) -> dict[int, set[str]]:
    """The days inside the passages that tell of moved events, by event: the old one is among them.

    A bare weekday that was read as the coming one ("has rearranged it for Wednesday") is the new day, though its value is a week before.
    """
    moved = [row for row in rows if row["status"] == EventStatus.MOVED]
    spans: dict[int, list[Row]] = defaultdict(list)
    for row in moved:
        spans[row["reading_id"]].append(row)
    found: dict[int, set[str]] = defaultdict(set)
    new = {row["id"]: row["when"] for row in moved}
    for some in _batches(spans):
        for time in connection.execute(select(times).where(times.c.reading_id.in_(some))).mappings():
            for row in spans[time["reading_id"]]:
                start, end = time["span"]
                if row["span"][0] <= start and end <= row["span"][1] and time["value"] and days_of(time["value"]) is not None:
                    found[row["id"]].add(time["value"])
    return {
        event: {day for day in days if not (new[event] not in days and is_week_before(day, new[event]))} for event, days in found.items()
    }


def _batches(readings_of: Iterable[int]) -> Iterator[list[int]]:
    wanted = sorted(set(readings_of))
    yield from (wanted[first : first + _AT_A_TIME] for first in range(0, len(wanted), _AT_A_TIME))


def _tellings(rows: list[Row], voices: dict[tuple[int, str], Row], moved_from: dict[int, set[str]]) -> Iterator[Telling]:
    company: dict[int, set[str]] = defaultdict(set)
    for (reading, _), voice in voices.items():
        if voice["speaker_key"]:
            company[reading].add(voice["speaker_key"])
    for row in rows:
        reading = row["reading_id"]
        earlier = moved_from.get(row["id"], set()) - {row["when"]}
        said = [voices[reading, name] for name in row["statements"] if (reading, name) in voices]
        yield telling(row, earlier, frozenset(company[reading]), said)


def _announced(group: Group, voices: dict[tuple[int, str], Row]) -> Announced:
    rows = [one.row for one in group.told]
    told = tuple(_told(row, voices) for row in rows)
    status, why = combined(told)
    people = dict.fromkeys(name for row in rows for name in row["participants"])
    place = next((row["place"] for row in rows if row["place"]), None)
    first = f"{rows[0]['document_key']} {rows[0]['span']}"
    name = hashlib.sha256(first.encode("utf8")).hexdigest()[:_ID]
    return Announced(told[0].what, _when(told), status, place, tuple(people), told, why, name)


def _when(told: tuple[Told, ...]) -> str | None:
    """The day as last told, at the finest precision that any document gives; none where it was put off without a new one."""
    newest: str | None = None
    for one in told:
        if (
            one.status is EventStatus.MOVED
            or (one.when and newest and not is_one_day(one.when, newest))
            or (one.when and (newest is None or len(one.when) > len(newest)))
        ):
            newest = one.when
    return newest


def _told(row: Row, voices: dict[tuple[int, str], Row]) -> Told:
    of = [voices[row["reading_id"], name] for name in row["statements"] if (row["reading_id"], name) in voices]
    said = tuple(
        Voice(one["key"], one["speaker_name"], one["speaker_key"], one["stance"], one["words"], row["document_name"]) for one in of
    )
    status = EventStatus(row["status"])
    return Told(
        row["document_name"],
        row["document_key"],
        row["publisher"],
        row["known_on"],
        row["what"],
        status,
        said,
        row["when"],
        tuple(row["span"]),
    )


def _fits(one: Announced, wanted: WantedEvents, keys: frozenset[str] | None) -> bool:
    if keys is not None and not any(voice.speaker_key in keys for voice in one.voices):
        return False
    return wanted.status in (None, one.status) and _is_on_a_wanted_day(one, wanted)


def _is_on_a_wanted_day(one: Announced, wanted: WantedEvents) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    return one.when is not None and days_of(one.when) is not None and is_within(one.when, "", wanted.since, wanted.until)
