"""What a ledger has seen of the names of one surname, or of bodies with the same initials: as the current readings have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.data import SpeakerType
from onrecord.record.stored import at_a_time, is_current
from onrecord.record.tables import documents, names, readings, sightings
from onrecord.resolve.body_names import body_name, initials
from onrecord.resolve.keys import slug
from onrecord.resolve.person_names import GENERATIONS, person_name, sound
from onrecord.resolve.same_people import Apart, Seen, Sighting, role_words

BODY = "="  # before the initials of a bucket of bodies


def _current(asked: Select[Any]) -> Select[Any]:
    return asked.join_from(sightings, readings, sightings.c.reading_id == readings.c.id).where(is_current())


# Made once: making them takes longer than asking them.
_SEEN = sightings.c
_COUNTED = _current(
    select(_SEEN.speaker_key, _SEEN.kind, _SEEN.value, func.count(), func.min(_SEEN.seen_on), func.max(_SEEN.seen_on))
).group_by(_SEEN.speaker_key, _SEEN.kind, _SEEN.value)
_SIGHTED = _current(select(_SEEN.document_id, documents.c.key, _SEEN.seen_on, documents.c.publisher, _SEEN.kind, _SEEN.value)).join(
    documents, documents.c.id == _SEEN.document_id
)
_MINE, _THEIRS = sightings.alias("mine"), sightings.alias("theirs")
_TOGETHER = (
    select(_MINE.c.speaker_key, _THEIRS.c.speaker_key, _MINE.c.document_id)
    .distinct()
    .join_from(_MINE, _THEIRS, _MINE.c.reading_id == _THEIRS.c.reading_id)
    .join(readings, readings.c.id == _MINE.c.reading_id)
    .where(is_current(), _MINE.c.kind == "type", _THEIRS.c.kind == "type", _MINE.c.speaker_key != _THEIRS.c.speaker_key)
)


def buckets_of(key: str) -> tuple[str, str]:
    """Where a key is compared with others: as a person, by the sound of the surname, and as a body, by the initials."""
    words = key.split("-")
    while len(words) > 1 and words[-1] in GENERATIONS:
        words.pop()
    return sound(words[-1]), BODY + initials(body_name(key.replace("-", " ")))


def bucket_of_name(name: str) -> tuple[str, str]:
    """The same of a name as it is written."""
    return buckets_of(slug(name))


@dataclass(slots=True)
class Gathered:
    """What is seen of one key, over its documents: how often each name, role, type and abbreviation, and the first and last day."""

    key: str
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    first_on: str = "9999-12-31"
    last_on: str = ""

    @property
    def documents(self) -> int:
        return self.counts["type"].total()

    @property
    def name(self) -> str:
        """The name of this key that is written most often; the key's own words where it tells more than the names."""
        written = [one for one in self.counts["name"] if slug(one) == self.key]
        return min(written, key=lambda one: (-self.counts["name"][one], one), default=self.key.replace("-", " "))

    @property
    def is_person(self) -> bool:
        """Whether half of its documents or more take it for one."""
        return 2 * self.counts["type"][SpeakerType.PERSON] >= self.documents

    def seen(self, known: str | None = None, as_given: int = 0) -> Seen:
        return Seen(self.key, self.name, role_words(self.counts["role"]), self.documents, self.first_on, self.last_on, known, as_given)


def buckets_to_join(key: str) -> tuple[str, ...]:
    """The buckets whose outcome may change with the key: its own, those where its first word is the surname or its last one a body."""
    words = key.split("-")
    return *buckets_of(key), sound(words[0]), BODY + words[-1]


def seen_as_given(connection: Connection, key: str) -> int:
    """In how many documents somebody has the single name as the given one."""
    asked = select(names.c.speaker_key).where(names.c.speaker_key > f"{key}-", names.c.speaker_key < f"{key}.").distinct()
    found = gathered(connection, connection.scalars(asked).all())
    return sum(one.documents for one in found.values() if one.is_person and person_name(one.name).given[:1] == (key,))


def keys_beside(connection: Connection, buckets: Collection[str]) -> dict[str, list[str]]:
    """For each bucket the keys that are in it."""
    found: dict[str, list[str]] = defaultdict(list)
    for some in at_a_time(sorted(buckets)):
        asked = select(names.c.bucket, names.c.speaker_key).where(names.c.bucket.in_(some)).order_by(names.c.speaker_key)
        for bucket, key in connection.execute(asked):
            found[bucket].append(key)
    return found


def gathered(connection: Connection, keys: Iterable[str]) -> dict[str, Gathered]:
    """What is seen of each of the keys; one that no current reading has is not there."""
    found: dict[str, Gathered] = {}
    for some in at_a_time(sorted(set(keys))):
        for key, kind, value, number, first, last in connection.execute(_COUNTED.where(sightings.c.speaker_key.in_(some))):
            one = found.setdefault(key, Gathered(key))
            one.counts[kind][value] += number
            one.first_on, one.last_on = min(one.first_on, first), max(one.last_on, last)
    return found


@dataclass(frozen=True, slots=True)
class Together:
    """Which keys of one bucket speak in one document: as pairs, and for each key and document the others."""

    apart: Apart
    others: dict[tuple[str, int], frozenset[str]]


def together(connection: Connection, of: Iterable[Gathered]) -> Together:
    """Who of these speaks in a document of another. Looked up from the less frequent ones, which costs little."""
    keys = [one.key for one in sorted(of, key=lambda one: (one.documents, one.key))]
    pairs: set[frozenset[str]] = set()
    others: dict[tuple[str, int], set[str]] = defaultdict(set)
    wanted = frozenset(keys)
    for some in at_a_time(keys[:-1]):
        for key, other, document in connection.execute(_TOGETHER.where(_MINE.c.speaker_key.in_(some))):
            if other in wanted:
                pairs.add(frozenset((key, other)))
                others[key, document].add(other)
                others[other, document].add(key)
    return Together(pairs, {place: frozenset(keys_there) for place, keys_there in others.items()})


def sighted(connection: Connection, key: str, there: Together, *, only_told: bool = False) -> Iterator[Sighting]:
    """The documents that have the key; `only_told` those in which a role is told, or another of the surname speaks."""
    asked = _SIGHTED.where(sightings.c.speaker_key == key)
    rows: dict[int, list[Any]] = {}
    roles: dict[int, list[str]] = defaultdict(list)
    wanted = [document for of, document in there.others if of == key]
    for query in _parts(asked, wanted) if only_told else [asked.where(sightings.c.kind.in_(("type", "role")))]:
        for row in connection.execute(query):
            rows[row.document_id] = list(row)
            if row.kind == "role":
                roles[row.document_id].append(row.value)
    for number, (_, document_key, day, publisher, *_) in sorted(rows.items()):
        yield Sighting(number, document_key, day, role_words(roles[number]), there.others.get((key, number), frozenset()), publisher)


def _parts(asked: Select[Any], wanted: list[int]) -> Iterator[Select[Any]]:
    yield asked.where(sightings.c.kind == "role")
    for some in at_a_time(sorted(set(wanted))):
        yield asked.where(sightings.c.kind.in_(("type", "role")), sightings.c.document_id.in_(some))
