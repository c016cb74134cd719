"""Ledger -> what is announced to happen, each event once, with all who say so and whether it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from onrecord.data import EventStatus, Stance
from onrecord.errors import UsageError
from onrecord.find.wanted import check_day, is_within, speaker_keys
from onrecord.link.stems import stems_of
from onrecord.record.days import days_of, first_day, last_day
from onrecord.record.judged import Judged, judged
from onrecord.record.ledger import Ledger
from onrecord.record.stored import current_statements, is_current
from onrecord.record.tables import documents, events, readings, statements

Row = dict[str, Any]
SAME_WORDS = 0.6  # Dice's coefficient over stems from which on two announcements for one day are the same
_AT_A_TIME = 500
_A_DAY = 10  # characters of YYYY-MM-DD
_DAY_WORDS = stems_of(
    "today tomorrow tonight morning afternoon evening night week month year Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "January February March April May June July August September October November December"
)


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
    """One document that tells of the event, as it does so."""

    document: str
    document_id: str
    publisher: str | None
    known_on: str
    what: str
    status: EventStatus
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Announced:
    """An event: in the words of the first document that tells of it, with the status that all of them together give it."""

    what: str
    when: str | None
    status: EventStatus
    place: str | None
    participants: tuple[str, ...]
    told: tuple[Told, ...]

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All who say so or deny it."""
        return tuple(voice for one in self.told for voice in one.voices)


def announced(ledger: Ledger, wanted: WantedEvents) -> tuple[Announced, ...]:
    """The events that are wanted, the earliest first, those without a day last.

    What several documents announce for the same day in nearly the same words is one event, unless they name different places.

    Raises:
        LedgerError: nobody has the name.
    """
    with ledger.reading() as connection:
        known = judged(connection)
        keys = speaker_keys(connection, known, wanted.by)
        rows = list(_rows(connection, wanted))
        voices = _voices(connection, known, rows)
    found = (_announced(group, voices) for group in _groups(rows))
    kept = (one for one in found if _fits(one, wanted, keys))
    return tuple(sorted(kept, key=lambda one: ((one.when and first_day(one.when)) or "9999", one.when or "")))


def combined(told: Iterable[Told]) -> EventStatus:
    """What several documents together make of an event; they come in the order of their days.

    A cancellation stands until a later document announces the event again; what one announces and another denies is disputed; what two
    different speakers announce is confirmed.
    """
    some = list(told)
    said = {one.status for one in some}
    if EventStatus.CANCELLED in said:
        last = max(place for place, one in enumerate(some) if one.status is EventStatus.CANCELLED)
        later = [one for one in some[last + 1 :] if one.known_on > some[last].known_on and one.status is not EventStatus.DENIED]
        return combined(later) if later else EventStatus.CANCELLED
    if said == {EventStatus.DENIED}:
        return EventStatus.DENIED
    if said & {EventStatus.DENIED, EventStatus.DISPUTED}:
        return EventStatus.DISPUTED
    if EventStatus.MOVED in said:
        return EventStatus.MOVED
    holders = {voice.speaker_key or voice.speaker_name for one in some for voice in one.voices if voice.stance != Stance.DENIES}
    return EventStatus.CONFIRMED if EventStatus.CONFIRMED in said or len(holders - {None}) > 1 else EventStatus.PLANNED


def _rows(connection: Connection, wanted: WantedEvents) -> Iterator[Row]:
    """The events of current readings, in the order of their documents' days."""
    of = documents.c
    joined = events.join(readings, events.c.reading_id == readings.c.id).join(documents, events.c.document_id == of.id)
    asked = select(events, of.key.label("document_key"), of.name.label("document_name"), of.publisher, of.known_on).select_from(joined)
    asked = asked.where(is_current()).order_by(of.known_on, of.id, events.c.id)
    if wanted.as_of is not None:
        asked = asked.where(of.known_on <= last_day(wanted.as_of))
    for row in connection.execute(asked).mappings():
        dated = bool(row["when"]) and days_of(row["when"]) is not None
        if (wanted.since is None and wanted.until is None) or (dated and is_within(row["when"], "", wanted.since, wanted.until)):
            yield dict(row)


def _voices(connection: Connection, known: Judged, rows: list[Row]) -> dict[tuple[int, str], Row]:
    """The statements as judged of the readings that announce something, by reading and local id."""
    wanted = sorted({row["reading_id"] for row in rows if row["statements"]})
    found: dict[tuple[int, str], Row] = {}
    for first in range(0, len(wanted), _AT_A_TIME):
        asked = current_statements().where(statements.c.reading_id.in_(wanted[first : first + _AT_A_TIME]))
        for row in connection.execute(asked).mappings():
            as_judged = known.row(dict(row))
            if as_judged is not None:
                found[row["reading_id"], row["local_id"]] = as_judged
    return found


@dataclass(slots=True)
class _Group:
    """The rows that tell of one event."""

    rows: list[Row] = field(default_factory=list)
    stems: list[frozenset[str]] = field(default_factory=list)

    def is_told_by(self, row: Row, stems: frozenset[str]) -> bool:
        """Whether the row tells of it; what one reading holds apart stays apart."""
        if any(row["reading_id"] == other["reading_id"] or not _same_place(row["place"], other["place"]) for other in self.rows):
            return False
        return any(_dice(stems, others) >= SAME_WORDS for others in self.stems)


def _groups(rows: Iterable[Row]) -> list[_Group]:
    """The rows sorted into events. Only events of one day that share a word are compared."""
    found: list[_Group] = []
    by_word: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        day, stems = (row["when"] or "")[:_A_DAY], stems_of(row["what"]) - _DAY_WORDS
        near = set().union(*(by_word[day, stem] for stem in stems)) if len(day) == _A_DAY else set[int]()
        place = next((one for one in sorted(near) if found[one].is_told_by(row, stems)), len(found))
        if place == len(found):
            found.append(_Group())
        found[place].rows.append(row)
        found[place].stems.append(stems)
        for stem in stems:
            by_word[day, stem].add(place)
    return found


def _same_place(one: str | None, other: str | None) -> bool:
    """Whether two places can be one: the words of one hold those of the other, or one is not told."""
    mine, theirs = ({word.casefold() for word in (place or "").split()} for place in (one, other))
    return not mine or not theirs or mine <= theirs or theirs <= mine


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _announced(group: _Group, voices: dict[tuple[int, str], Row]) -> Announced:
    told = tuple(_told(row, voices) for row in group.rows)
    people = dict.fromkeys(name for row in group.rows for name in row["participants"])
    place = next((row["place"] for row in group.rows if row["place"]), None)
    return Announced(told[0].what, group.rows[0]["when"], combined(told), place, tuple(people), told)


def _told(row: Row, voices: dict[tuple[int, str], Row]) -> Told:
    of = [voices[row["reading_id"], name] for name in row["statements"] if (row["reading_id"], name) in voices]
    said = tuple(
        Voice(one["key"], one["speaker_name"], one["speaker_key"], one["stance"], one["words"], row["document_name"]) for one in of
    )
    status = EventStatus(row["status"])
    return Told(row["document_name"], row["document_key"], row["publisher"], row["known_on"], row["what"], status, said)


def _fits(one: Announced, wanted: WantedEvents, keys: frozenset[str] | None) -> bool:
    if keys is not None and not any(voice.speaker_key in keys for voice in one.voices):
        return False
    return wanted.status in (None, one.status)
