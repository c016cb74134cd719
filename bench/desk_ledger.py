"""A ledger of any size for the desk: documents with texts, 50,000 people of whom some say very much, links across documents, announced
events, keys that are joined, and what people judged.

The statements are those of bench/ask_ledger.py, repeated and varied. How much each person says falls off by rank, as word counts do:
of a million statements the first has some 40,000 and half of the people fewer than ten. Everything follows from the seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate, islice

from sqlalchemy import Connection, func, insert, select

from ask_ledger import DAYS, FIRST_DAY, PER_DOCUMENT, PUBLISHERS, SEED, Original, Varying, add_statements, seen_rows
from onrecord.data import Document, EventStatus, LinkType, SpeakerType, Stance
from onrecord.record.corrections import Changes, correct
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger, Program, Row
from onrecord.record.link_days import with_days
from onrecord.record.link_names import LinkName
from onrecord.record.rows import document_row
from onrecord.record.stored import inserted, now
from onrecord.record.tables import aliases, events, linkings, links, readings, sightings, statements
from onrecord.record.tables import documents as document_table
from onrecord.record.tallies import keep_tallies, tallied_rows
from onrecord.resolve.keys import slug

PEOPLE, FALL = 50_000, 0.9
DOCUMENTS_AT_ONCE = 400
LINKS_A_DOCUMENT, AN_EVENT_IN = 1.5, 10
JOINED, JOINED_HERE = 0.1, 0.02  # of the people: with a second key that means them everywhere, and in single documents
JUDGED_LINKS, CORRECTED = 100, 50
_TYPES = ((LinkType.REPEATS, 50), (LinkType.AGREES, 25), (LinkType.CONTRADICTS, 10), (LinkType.DENIES, 10), (LinkType.REVISES, 5))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks: by one name or by a second one."""

    name: str
    roles: tuple[str, ...]
    second: str | None = None
    here: bool = False  # the second name means them in single documents only


class Roster:
    """All who speak, the one who says most first."""

    def __init__(self, given: Sequence[Original], count: int = PEOPLE) -> None:
        chosen = random.Random(SEED)
        people = [one.row for one in given if one.row["speaker_type"] == SpeakerType.PERSON and " " in (one.row["speaker_name"] or "")]
        first = sorted({row["speaker_name"].split()[0] for row in people})
        last = sorted({row["speaker_name"].split()[-1] for row in people})
        roles = sorted({row["speaker_role"] for row in people if row["speaker_role"]})
        names: dict[str, None] = {}
        while len(names) < count:
            name = f"{chosen.choice(first)} {chosen.choice('ABCDEFGHIJKLMNOPRSTW')}. {chosen.choice(last)}"
            names.setdefault(name)
        self.people = [self._person(name, chosen, roles) for name in names]
        self._weights = list(accumulate(1 / rank**FALL for rank in range(1, count + 1)))

    def some(self, chosen: random.Random, count: int) -> list[Person]:
        """So many of them, those who say much more often."""
        return chosen.choices(self.people, cum_weights=self._weights, k=count)

    @staticmethod
    def _person(name: str, chosen: random.Random, roles: Sequence[str]) -> Person:
        kind = chosen.random()
        second = name.replace(". ", "ohn ") if kind < JOINED + JOINED_HERE else None
        return Person(name, tuple(chosen.sample(roles, chosen.choice((1, 1, 1, 2, 3)))), second, here=kind >= JOINED)


def grow_desk(ledger: Ledger, given: Sequence[Original], until: int) -> None:
    """Fills an empty ledger until it has so many statements."""
    making = _Making(ledger, Roster(given), Varying(given), ledger.begin(Program("bench"), "bench/desk.py").id, random.Random(SEED))
    numbers = iter(range(until // PER_DOCUMENT))
    while some := list(islice(numbers, DOCUMENTS_AT_ONCE)):
        with ledger.writing() as connection:
            making.add(connection, some)
    with ledger.writing() as connection:
        making.join(connection)
    judge_some(ledger)


@dataclass(slots=True)
class _Making:
    """A ledger that is being filled."""

    ledger: Ledger
    roster: Roster
    varying: Varying
    run: int
    chosen: random.Random

    def add(self, connection: Connection, numbers: Sequence[int]) -> None:
        """The documents with these numbers."""
        found: list[Row] = []
        seen: list[Row] = []
        announced: list[Row] = []
        for number in numbers:
            known_on = FIRST_DAY + timedelta(days=number * 7919 % DAYS)
            rows, text = self._told(number, known_on)
            of = self._document(connection, number, known_on, text)
            rows = [one | of for one in rows]
            found += rows
            seen += [one | of for one in seen_rows(rows, known_on.isoformat())]
            if number % AN_EVENT_IN == 0:
                announced.append(self._event(rows[0], known_on) | of)
        before = connection.scalar(select(func.max(statements.c.id))) or 0
        add_statements(connection, self.ledger, found)
        connection.execute(sightings.insert(), seen)
        if announced:
            connection.execute(events.insert(), announced)
        self._link(connection, found, before)
        keep_tallies(connection, tallied_rows(found, seen), {})

    def _told(self, number: int, known_on: date) -> tuple[list[Row], str]:
        """The statements of a document, and its text."""
        rows: list[Row] = []
        text = f"Document {number}\n\n"
        people = self.roster.some(self.chosen, PER_DOCUMENT)
        for one, person in zip(self.varying.rows(known_on, number), people, strict=True):
            name = person.second if person.second and self.chosen.random() < 0.2 else person.name
            row = one | self._speaker(person, name)
            row["key"] = sha256(row["key"].encode("ascii")).hexdigest()[:32]  # the first digits are to tell statements apart
            start = len(text)
            text += f"{name} {row['cue_words'] or 'said'}: {row['words']}\n\n"
            cue = start + len(name) + 1
            said = cue + len(row["cue_words"] or "said") + 2
            row |= {"source": [[start, cue - 1]], "cue": [[cue, said - 2]], "content": [[said, said + len(row["words"])]]}
            row |= {"mentions": [[start, cue - 1]], "via": [], "evidence": [], "condition": [], "said_on_span": None, "addressee": None}
            rows.append(row)
        return rows, text

    def _speaker(self, person: Person, name: str) -> Row:
        role = self.chosen.choice(person.roles)
        own = {"speaker_name": name, "speaker_key": slug(name), "source_words": name, "speaker_role": role, "stands_for": None}
        return own | {"speaker_type": SpeakerType.PERSON}

    def _document(self, connection: Connection, number: int, known_on: date, text: str) -> Row:
        name, publisher = f"bench/{number}", PUBLISHERS[number % len(PUBLISHERS)]
        document = Document(name, text, name, known_on.isoformat(), publisher=publisher, title=f"Document {number}")
        row = document_row(document, (), now(), excerpts=False) | {"run_id": self.run}
        document_id = inserted(connection, document_table, row)
        reading = {"document_id": document_id, "run_id": self.run, "made_at": now(), "digest": "bench", "models": {}}
        return {"document_id": document_id, "reading_id": inserted(connection, readings, reading | {"min_probability": 0.5})}

    def _event(self, row: Row, known_on: date) -> Row:
        """An event that a document announces."""
        when = known_on + timedelta(days=self.chosen.randrange(1, 60))
        what = " ".join(row["words"].split()[:6]) or "the meeting"
        told = {"span": row["content"][0], "what": what, "when": when.isoformat(), "status": EventStatus.PLANNED}
        return told | {"statements": [row["local_id"]], "participants": [row["speaker_name"]], "place": None}

    def _link(self, connection: Connection, rows: Sequence[Row], before: int) -> None:
        """Links from these statements to earlier ones."""
        by_reading = list(dict.fromkeys(row["reading_id"] for row in rows))
        made = [{"reading_id": one, "run_id": self.run, "made_at": now(), "digest": "bench"} for one in by_reading]
        connection.execute(linkings.insert(), made)
        asked = select(linkings.c.reading_id, linkings.c.id).where(linkings.c.reading_id >= by_reading[0])
        linking: dict[int, int] = {row.reading_id: row.id for row in connection.execute(asked)}
        count = int(LINKS_A_DOCUMENT * len(by_reading)) if before else 0
        if count:
            connection.execute(links.insert(), with_days(connection, islice(self._linked(rows, before, linking), count)))

    def _linked(self, rows: Sequence[Row], before: int, linking: dict[int, int]) -> Iterator[Row]:
        types, weights = [kind for kind, _ in _TYPES], [weight for _, weight in _TYPES]
        while True:
            place = self.chosen.randrange(len(rows))
            reading = rows[place]["reading_id"]
            kind = self.chosen.choices(types, weights)[0]
            ends = {"from_id": before + 1 + place, "to_id": self.chosen.randint(1, before)}
            told = {"type": kind, "basis": "inferred", "variant": None, "probability": round(self.chosen.uniform(0.5, 0.99), 4)}
            yield ends | told | {"evidence": [], "why": None, "reading_id": reading, "linking_id": linking[reading], "copied_id": None}

    def join(self, connection: Connection) -> None:
        """The second names mean the same people: everywhere, or in the documents in which they stand."""
        found = []
        for one in self.roster.people:
            if one.second is None:
                continue
            row = {"run_id": self.run, "speaker_key": slug(one.second), "into_key": slug(one.name), "basis": "the same name"}
            asked = select(sightings.c.document_id).where(sightings.c.speaker_key == slug(one.second)).distinct().limit(20)
            places = list(connection.scalars(asked)) if one.here else [None]
            found += [row | {"document_id": place} for place in places]
        connection.execute(insert(aliases), found)


def judge_some(ledger: Ledger) -> None:
    """What people said of some links and statements."""
    chosen = random.Random(SEED)
    with ledger.reading() as connection:
        highest = connection.scalar(select(func.max(links.c.id))) or 0
        numbers = [chosen.randint(1, highest) for _ in range(min(JUDGED_LINKS, highest))]
        start, end = statements.alias(), statements.alias()
        asked = select(start.c.key, end.c.key, links.c.type).select_from(
            links.join(start, links.c.from_id == start.c.id).join(end, links.c.to_id == end.c.id)
        )
        pairs = [tuple(row) for row in connection.execute(asked.where(links.c.id.in_(numbers), ~start.c.hypothetical, ~end.c.hypothetical))]
        most = connection.scalar(select(func.max(statements.c.id))) or 1
        some = [chosen.randint(1, most) for _ in range(CORRECTED)]
        keys = list(connection.scalars(select(statements.c.key).where(statements.c.id.in_(some))))
    for source, target, kind in pairs:
        judge_link(ledger, LinkName(source, target, kind), chosen.choice(list(LinkDecision)), "Ida Brook")
    for key in keys:
        correct(ledger, key, Changes(stance=chosen.choice(list(Stance))), "Ida Brook")
