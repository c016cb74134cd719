"""The current statements of a ledger as columns of numbers: what questions filter by, and the vectors of their words.

A million statements fit in some 170 MB and are filtered in milliseconds. Nothing in them can go stale, since rows of a ledger do
not change: a statement is superseded or removed as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection
from sqlalchemy.sql.elements import ColumnElement

from onrecord.annotate.meaning import LENGTH, SIZE
from onrecord.record.days import last_day
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, statements, vectors

Array = NDArray[Any]
ROWS_AT_ONCE = 20_000
_COMPARED_AT_ONCE = 2_000  # so few stay near the processor, and no second thread is begun for them
_STEPS = (1000, 30)  # every so manieth row is looked at to tell how late the latest are
_SPARE, _FAR_MORE = 4, 20
TYPES = {
    "ids": "<i4",
    "readings": "<i4",
    "documents": "<i4",
    "days": "<i4",
    "last_days": "<i4",
    "known": "<i4",
    "holders": "<u8",
    "publishers": "<u8",
    "stances": "<u8",
    "hypothetical": "|u1",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """One number a statement in each, in the order of the statements' row ids, which stand in `ids`.

    `days` (sorted_on), `last_days` (of said_on) and `known` (known_on) are numbers like 20310304. `holders`, `publishers` and
    `stances` are digests of texts.
    """

    ids: Array
    readings: Array
    documents: Array
    days: Array
    last_days: Array
    known: Array
    holders: Array
    publishers: Array
    stances: Array
    hypothetical: Array

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: Array) -> Array:
        """The places of the statements with these row ids; -1 for those that are not here."""
        if not len(self):
            return np.full(len(ids), -1, np.int64)
        ids = np.asarray(ids, self.ids.dtype)  # of another type, the whole column would be converted for it
        at = np.minimum(np.searchsorted(self.ids, ids), len(self) - 1)
        return np.where(self.ids[at] == ids, at, -1)

    def latest(self, mask: NDArray[np.bool_], count: int) -> Array:
        """Those of the rows in the mask among which are the `count` latest, and all of the same day as the earliest of these."""
        for step in _STEPS:
            sample = self.days[::step][mask[::step]]
            if len(sample) * step > _FAR_MORE * count and len(sample) > _FAR_MORE:
                place = max(0, len(sample) - 1 - max(_FAR_MORE, _SPARE * count // step))
                found = np.flatnonzero(mask & (self.days >= np.partition(sample, place)[place]))
                if len(found) >= count:
                    return self._of_last_days(found, count)
        return self._of_last_days(np.flatnonzero(mask), count)

    def _of_last_days(self, found: Array, count: int) -> Array:
        if len(found) <= count:
            return found
        days = self.days[found]
        return np.asarray(found[days >= np.partition(days, len(days) - count)[len(days) - count]])

    def taken(self, rows: Array) -> Columns:
        """These rows, in this order."""
        return Columns(*(getattr(self, one.name)[rows] for one in fields(self)))


Known = tuple[Columns, NDArray[np.int8]]  # columns, and the vector of each row


def none_known() -> Known:
    """No statements."""
    return Columns(*(np.empty(0, kind) for kind in TYPES.values())), np.empty((0, SIZE), np.int8)


def joined(parts: Sequence[Known]) -> Known:
    """All of them, in the order of the row ids."""
    columns = Columns(*(np.concatenate([getattr(one, name) for one, _ in parts]) for name in TYPES))
    if (columns.ids[1:] > columns.ids[:-1]).all():
        return columns, np.concatenate([places for _, places in parts])
    order = np.argsort(columns.ids, kind="stable")
    return columns.taken(order), np.concatenate([places for _, places in parts])[order]


def loaded(connection: Connection, *conditions: ColumnElement[bool]) -> Known:
    """The current statements that meet the conditions."""
    asked = (
        current_statements()
        .with_only_columns(
            statements.c.id,
            statements.c.reading_id,
            statements.c.document_id,
            statements.c.sorted_on,
            statements.c.said_on,
            documents.c.known_on,
            statements.c.speaker_key,
            statements.c.speaker_name,
            documents.c.publisher,
            statements.c.stance,
            statements.c.hypothetical,
            vectors.c.vector,
        )
        .outerjoin(vectors, vectors.c.statement_id == statements.c.id)
        .where(*conditions)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    parts = [_part(some) for some in connection.execute(asked).partitions()]
    return joined(parts) if parts else none_known()


def _part(some: Sequence[Sequence[Any]]) -> Known:
    ids, readings, documents_, days, said, known, keys, names, publishers, stances, hypothetical, places = zip(*some, strict=True)
    columns = Columns(
        np.array(ids, TYPES["ids"]),
        np.array(readings, TYPES["readings"]),
        np.array(documents_, TYPES["documents"]),
        np.array([day_number(day) for day in days], TYPES["days"]),
        np.array([last_day_number(value, day) for value, day in zip(said, days, strict=True)], TYPES["last_days"]),
        np.array([day_number(day) for day in known], TYPES["known"]),
        np.array([holder_digest(key, name) for key, name in zip(keys, names, strict=True)], TYPES["holders"]),
        np.array([digest((publisher or "").casefold()) for publisher in publishers], TYPES["publishers"]),
        np.array([digest(stance) for stance in stances], TYPES["stances"]),
        np.array(hypothetical, TYPES["hypothetical"]),
    )
    return columns, vectors_of(places)


def vectors_of(places: Iterable[bytes | None]) -> NDArray[np.int8]:
    """(N, 128): the vectors as they are kept; zeros for those that have none."""
    nothing = bytes(SIZE)
    joint = b"".join(place if place is not None and len(place) == SIZE else nothing for place in places)
    return np.frombuffer(joint, np.int8).reshape(-1, SIZE)


def likeness(wanted: NDArray[np.int8], places: NDArray[np.int8]) -> NDArray[np.float32]:
    """(N,): the cosine of one vector to each of the others; 0 for a vector of zeros."""
    out, vector = np.empty(len(places), np.float32), wanted.astype(np.float32)
    for start in range(0, len(places), _COMPARED_AT_ONCE):
        some = slice(start, start + _COMPARED_AT_ONCE)
        np.matmul(places[some].astype(np.float32), vector, out=out[some])
    return np.clip(out / np.float32(LENGTH * LENGTH), -1, 1, out=out)


@lru_cache(maxsize=20_000)
def day_number(day: str) -> int:
    """`2031-03-04` -> 20310304: numbers that compare as the days do."""
    return int(day[:4] + day[5:7] + day[8:10])


@lru_cache(maxsize=20_000)
def last_day_number(value: str | None, otherwise: str) -> int:
    """The number of the last day that a TIMEX3 value may mean, or else of the other day."""
    return day_number((value and last_day(value)) or otherwise)


@lru_cache(maxsize=200_000)
def digest(words: str) -> int:
    """A number of 64 bits for a text."""
    return int.from_bytes(hashlib.blake2b(words.encode("utf8", "surrogatepass"), digest_size=8).digest(), "little")


def holder_digest(key: str | None, name: str | None) -> int:
    """A number for who said it: by the key, or where there is none by the name ("officials")."""
    return digest(key if key is not None else "\0" + (name or "").casefold())
