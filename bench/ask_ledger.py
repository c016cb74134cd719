"""A ledger of any size out of few statements: each is repeated with some of its words, its speaker and its days changed.

The words that are put in are drawn from all words of the statements as often as they stand there, so that common words stay
common and rare ones rare. Half of the speakers get a first name and a surname from two others, so that there are many.
Everything follows from the seed.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from onrecord.data import Document, Record
from onrecord.pipeline import Reader
from onrecord.read import documents
from onrecord.record.bulk import settled
from onrecord.record.copying import copy_rows, taken_ids
from onrecord.record.full_text_index import add_words
from onrecord.record.ledger import Ledger, Program, Row
from onrecord.record.rows import document_row, statement_row
from onrecord.record.stored import now
from onrecord.record.tables import documents as document_table
from onrecord.record.tables import readings, sightings, statements, vectors
from onrecord.record.tallies import keep_tallies, tallied_rows
from onrecord.resolve.keys import slug
from onrecord.settings import ReadOptions

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
DEV = SHARED / "data/polnear/dev.jsonl.gz"
PER_DOCUMENT = 15
DOCUMENTS_AT_ONCE = 400
FIRST_DAY, DAYS = date(2021, 1, 1), 3650
PLACES, PAPERS = ("Lesk", "Ostmark", "Hillside", "Tarn", "Velm"), ("Courier", "Gazette", "Post", "Wire")
PUBLISHERS = tuple(f"{place} {paper}" for place in PLACES for paper in PAPERS)
CHANGED_WORDS = 0.3
SEED = 1

_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Original:
    """A statement that was read, as the row that the ledger keeps of it."""

    row: Row


def originals() -> tuple[list[Original], str]:
    """The statements of the invented newspapers and, where it is there, of PolNeAR's dev split; and what they are."""
    paths = [str(ROOT / "examples" / "newspapers"), *([str(DEV)] if DEV.exists() else [])]
    reader = Reader(threads=2)
    records = [reader.record(one) for one in documents(paths, ReadOptions()) if isinstance(one, Document)]
    rows = [Original(row) for record in records for row in _rows(record)]
    said = "the invented newspapers and PolNeAR's dev split" if DEV.exists() else "the invented newspapers"
    return rows, f"{len(rows):,} statements of {said}"


def _rows(record: Record) -> Iterator[Row]:
    for one in record.statements:
        yield statement_row(one, record, "", record.document.creation_day or FIRST_DAY.isoformat())


class Varying:
    """Makes more of the statements, without end."""

    def __init__(self, given: Sequence[Original], seed: int = SEED) -> None:
        self._given = [one.row for one in given]
        self._random = random.Random(seed)
        self._words = [word for row in self._given for word in _WORD.findall(row["words"])]
        names = [row["speaker_name"].split() for row in self._given if row["speaker_type"] == "person" and row["speaker_name"]]
        self._first = [name[0] for name in names if len(name) > 1]
        self._last = [name[-1] for name in names]

    def rows(self, known_on: date, number: int) -> Iterator[Row]:
        """The statements of the document with that number, which became known on that day."""
        for place in range(PER_DOCUMENT):
            row = dict(self._random.choice(self._given))
            said_on = known_on - timedelta(days=self._random.choice((0, 0, 0, 1, 1, 2, 3, 30)))
            row |= {"key": f"{number:016x}{place:016x}", "local_id": f"s{place + 1}", "part_of": None}
            row |= {"sorted_on": said_on.isoformat(), "words": self.varied(row["words"])}
            if row["said_on"]:
                row["said_on"] = said_on.isoformat()
            yield row | self._speaker(row)

    def varied(self, words: str) -> str:
        """The same words, three in ten of them others."""
        return _WORD.sub(lambda hit: self._random.choice(self._words) if self._random.random() < CHANGED_WORDS else hit[0], words)

    def _speaker(self, row: Row) -> Row:
        if row["speaker_type"] != "person" or not row["speaker_key"] or self._random.random() < 0.5:
            return {}
        name = f"{self._random.choice(self._first)} {self._random.choice(self._last)}"
        return {"speaker_name": name, "speaker_key": slug(name), "source_words": name}


def grow(ledger: Ledger, varying: Varying, until: int, have: int = 0) -> None:
    """Adds statements, some hundred documents a transaction, until there are so many."""
    run = ledger.begin(Program("bench"), "bench/ask.py")
    numbers = iter(range(have // PER_DOCUMENT, until // PER_DOCUMENT))
    while some := list(islice(numbers, DOCUMENTS_AT_ONCE)):
        with ledger.writing() as connection:
            _add(connection, ledger, varying, run.id, some)
    ledger.end(run)
    settled(ledger)


def _add(connection: Connection, ledger: Ledger, varying: Varying, run: int, numbers: Sequence[int]) -> None:
    papers, read, found, seen = list[Row](), list[Row](), list[Row](), list[Row]()
    ids = zip(taken_ids(connection, document_table, len(numbers)), taken_ids(connection, readings, len(numbers)), strict=True)
    for number, (document_id, reading_id) in zip(numbers, ids, strict=True):
        known_on = FIRST_DAY + timedelta(days=number * 7919 % DAYS)
        publisher = PUBLISHERS[number % len(PUBLISHERS)]
        document = Document(f"bench/{number}", f"bench {number}", f"bench/{number}", known_on.isoformat(), publisher=publisher)
        papers.append(document_row(document, (), now(), excerpts=False) | {"run_id": run, "id": document_id})
        told = {"document_id": document_id, "run_id": run, "made_at": now(), "digest": "bench", "models": {}, "min_probability": 0.5}
        read.append(told | {"id": reading_id})
        of = {"document_id": document_id, "reading_id": reading_id}
        rows = [one | of for one in varying.rows(known_on, number)]
        found += rows
        seen += [one | of for one in seen_rows(rows, known_on.isoformat())]
    copy_rows(connection, document_table, papers)
    copy_rows(connection, readings, read)
    add_statements(connection, ledger, found)
    copy_rows(connection, sightings, seen)
    keep_tallies(connection, tallied_rows(found, seen), {})


def add_statements(connection: Connection, ledger: Ledger, rows: list[Row]) -> None:
    """Adds these rows, with what full-text and meaning search need of them."""
    ids = taken_ids(connection, statements, len(rows))
    numbered = [row | {"id": number} for number, row in zip(ids, rows, strict=True)]
    copy_rows(connection, statements, numbered)
    add_words(connection, numbered)
    if ledger.options.meaning is not None:
        places = ledger.options.meaning.vectors([row["words"] for row in rows])
        placed = zip(ids, places, strict=True)
        copy_rows(connection, vectors, [{"statement_id": number, "vector": place.tobytes()} for number, place in placed])


def seen_rows(rows: Sequence[Row], seen_on: str) -> list[Row]:
    """Which names, roles and types of speakers these statements show."""
    pairs: dict[tuple[str, str, str], None] = {}
    for row in rows:
        for kind, value in (("name", row["speaker_name"]), ("role", row["speaker_role"]), ("type", row["speaker_type"])):
            if row["speaker_key"] and value:
                pairs[row["speaker_key"], kind, value] = None
    return [{"speaker_key": key, "kind": kind, "value": value, "seen_on": seen_on} for key, kind, value in pairs]


def kept(path: Path, given: Sequence[Original]) -> None:
    """Keeps the statements, so that a second run need not read them again."""
    path.write_text(json.dumps([one.row for one in given]), encoding="utf8")


def taken(path: Path) -> list[Original]:
    """The statements that `kept` wrote."""
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf8"))
    return [Original(row) for row in rows]
