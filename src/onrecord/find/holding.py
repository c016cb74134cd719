"""What a program has at hand of a ledger that it asks: the index of meanings, and all that came since, kept up to the moment.

What came since the index was made (the tail) is read from the ledger once and compared one by one. When it grows over a tenth of
what is indexed, and over 20,000 statements, the index is made anew. So a small ledger has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, and_, func, or_, select

from onrecord.find.columns import Array, Columns, Known, joined, likeness, loaded, none_known
from onrecord.find.meaning_index import Covered, MeaningIndex, UnusableIndexError, best, made_index, read_index, write_index
from onrecord.record.abandoned import unhurried
from onrecord.record.connect import ledger_url
from onrecord.record.judged import Judged, judged
from onrecord.record.ledger import Ledger
from onrecord.record.tables import judgements, readings, statements, tombstones

LEAST_TAIL = 20_000
TAIL_SHARE = 0.1
LANDMARKS = 16
READINGS_IN_DOUBT = {"postgresql": 10_000, "sqlite": 0}  # before the last one may still be on their way: twenty loads of 500 documents
INDEX_SUFFIX = ".index"


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells whether anything has changed in a ledger; `recent` are the readings of which others may still be on their way."""

    highest_reading: int = 0
    recent: frozenset[int] = frozenset()
    tombstones: int = 0
    judgements: int = 0


@dataclass(frozen=True, slots=True)
class Holding:
    """A ledger's statements at one moment: `index` and `tail` together have all that are current, and those of `superseded` readings.

    `left_out` are row ids, in order, of those that whoever asks does not want.
    """

    marks: Marks = field(default_factory=Marks)
    index: MeaningIndex | None = None
    tail: Known = field(default_factory=none_known)
    superseded: frozenset[int] = frozenset()
    judged: Judged = field(default_factory=Judged)
    left_out: Array = field(default_factory=lambda: np.empty(0, np.int32))

    @property
    def parts(self) -> Iterator[tuple[Columns, MeaningIndex | NDArray[np.int8]]]:
        """The columns, with what finds the nearest of them."""
        if self.index is not None:
            yield self.index.columns, self.index
        yield self.tail

    def __len__(self) -> int:
        return len(self.tail[0]) + (0 if self.index is None else len(self.index.columns))

    def current(self, columns: Columns) -> NDArray[np.bool_]:
        """Which rows no reading has superseded since, without those that are left out."""
        found = np.ones(len(columns), np.bool_)
        if self.superseded:
            found = ~np.isin(columns.readings, np.array(sorted(self.superseded), columns.readings.dtype))
        rows = columns.rows_of(self.left_out)
        found[rows[rows >= 0]] = False
        return found


def nearest(finds: MeaningIndex | NDArray[np.int8], wanted: NDArray[np.int8], passed: NDArray[np.bool_], count: int) -> Array:
    """The rows nearest to a vector, of those that passed."""
    if isinstance(finds, MeaningIndex):
        return finds.nearest(wanted, passed, count)
    rows = np.flatnonzero(passed)
    return best(rows, likeness(wanted, finds[rows]), count)


def vectors_at(finds: MeaningIndex | NDArray[np.int8], rows: Array) -> NDArray[np.int8]:
    """The vectors of these rows."""
    return finds.vectors[finds.places[rows]] if isinstance(finds, MeaningIndex) else finds[rows]


_held: WeakKeyDictionary[Engine, Holding] = WeakKeyDictionary()
_lock = Lock()


def holding(connection: Connection, ledger: Ledger) -> Holding:
    """What is at hand of the ledger, brought up to this moment of the connection; the index is made if it is due."""
    with _lock:
        held = _held.get(ledger.engine)
        now = _counts(connection, 0 if held is None else held.marks.highest_reading)
        if held is None or held.marks.tombstones != now.tombstones:
            held = _begun(ledger)
            now = _counts(connection, held.marks.highest_reading)
        held = _caught_up(connection, held, now)
        if _is_due(held):
            with unhurried(), ledger.reading() as own:
                held = _indexed(own, ledger, held)
        _held[ledger.engine] = held
        return held


def _begun(ledger: Ledger) -> Holding:
    """What the index file holds and all that came since, with a new index if one is due; whoever asked need not wait to the end."""
    with unhurried(), ledger.reading() as own:
        held = _opened(own, ledger)
        held = _caught_up(own, held, _counts(own, held.marks.highest_reading))
        return _indexed(own, ledger, held) if _is_due(held) else held


def holding_with(connection: Connection, index: MeaningIndex | None) -> Holding:
    """What is at hand with an index that is given, or with none, however long the tail is: the same for all who are given the same."""
    counts = _counts(connection, 0)
    covered = None if index is None else index.covered
    marks = Marks(tombstones=counts.tombstones)
    if covered is not None:
        marks = replace(marks, highest_reading=covered.highest_reading, recent=frozenset(covered.recent))
    return brought_up(connection, Holding(marks, index))


def brought_up(connection: Connection, held: Holding) -> Holding:
    """The same with what was added since."""
    return _caught_up(connection, held, _counts(connection, held.marks.highest_reading))


def forget(ledger: Ledger) -> None:
    """Lets go of what is at hand, and takes the index away; the next question makes it anew. For whoever removes statements."""
    with _lock:
        _held.pop(ledger.engine, None)
        index_path(ledger).unlink(missing_ok=True)


def index_path(ledger: Ledger) -> Path:
    """Where the index lies: beside a SQLite file; that of a PostgreSQL database among the cached files of this user."""
    url = ledger_url(ledger.where)
    if url.get_backend_name() == "sqlite":
        return Path(f"{url.database}{INDEX_SUFFIX}").absolute()
    from platformdirs import user_cache_path  # noqa: PLC0415  # needed only here

    name = sha256(url.set(password=None).render_as_string().encode()).hexdigest()[:32]
    return user_cache_path("onrecord") / f"{name}{INDEX_SUFFIX}"


def model_of(ledger: Ledger) -> str:
    """SHA-256 of what gives the ledger's words their vectors; empty where nothing does."""
    return str(getattr(ledger.options.meaning, "sha256", ""))


def misfit(connection: Connection, covered: Covered, model: str) -> str | None:
    """Why an index does not belong to the ledger as it is now; None where it does. A program without a model takes any."""
    now = _counts(connection, covered.highest_reading)
    if model and covered.model != model:
        return "it is of another model"
    if covered.tombstones != now.tombstones:
        return "documents were removed since it was made"
    asked = select(statements.c.id, statements.c.key).where(statements.c.id.in_([number for number, _ in covered.landmarks]))
    found = {row.id: row.key for row in connection.execute(asked)}
    if now.highest_reading < covered.highest_reading or any(found.get(number) != key for number, key in covered.landmarks):
        return "it is of another ledger"
    return None


@dataclass(frozen=True, slots=True)
class _Counts:
    highest_reading: int
    recent: int
    tombstones: int
    judgements: int


def _counts(connection: Connection, highest: int) -> _Counts:
    """What the marks are compared with; `recent` counts the readings after the last one that nobody can doubt, as of `highest`."""
    recent = select(func.count()).where(readings.c.id > highest - in_doubt(connection))
    asked = (
        select(func.max(readings.c.id)),
        recent,
        select(func.count()).select_from(tombstones),
        select(func.count()).select_from(judgements),
    )
    return _Counts(*(number or 0 for number in connection.execute(select(*(one.scalar_subquery() for one in asked))).one()))


def in_doubt(connection: Connection) -> int:
    """How many readings before the last one may still be on their way."""
    return READINGS_IN_DOUBT[connection.dialect.name]


def _opened(connection: Connection, ledger: Ledger) -> Holding:
    """What the index file holds, if there is one that fits; else nothing yet."""
    tombs = _counts(connection, 0).tombstones
    try:
        index = read_index(index_path(ledger))
    except (OSError, UnusableIndexError):
        return Holding(Marks(tombstones=tombs))
    covered = index.covered
    if misfit(connection, covered, model_of(ledger)) is not None:
        return Holding(Marks(tombstones=tombs))
    return Holding(Marks(covered.highest_reading, frozenset(covered.recent), tombs), index)


def _caught_up(connection: Connection, held: Holding, now: _Counts) -> Holding:
    """With what was added since."""
    marks = held.marks
    if (now.highest_reading, now.recent, now.judgements) == (marks.highest_reading, len(marks.recent), marks.judgements):
        return held
    asked = select(readings.c.id, readings.c.supersedes).where(readings.c.id > marks.highest_reading - in_doubt(connection))
    new = {row.id: row.supersedes for row in connection.execute(asked) if row.id not in marks.recent}
    highest = max(marks.highest_reading, *new, 0)
    settled = highest - in_doubt(connection)
    listed = [number for number in new if number > settled or number <= marks.highest_reading]
    of = statements.c.reading_id
    fresh = loaded(connection, or_(and_(of > marks.highest_reading, of <= settled), of.in_(listed)))
    return replace(
        held,
        marks=Marks(highest, frozenset(number for number in marks.recent.union(new) if number > settled), now.tombstones, now.judgements),
        tail=joined([held.tail, fresh]),
        superseded=held.superseded.union(number for number in new.values() if number is not None) if len(held) else frozenset(),
        judged=judged(connection),
    )


def _is_due(held: Holding) -> bool:
    indexed = 0 if held.index is None else len(held.index.columns)
    return len(held.tail[0]) > max(LEAST_TAIL, TAIL_SHARE * indexed)


def _indexed(connection: Connection, ledger: Ledger, held: Holding) -> Holding:
    """With a new index of all: that which another program has made meanwhile, or else one made here."""
    other = _opened(connection, ledger)
    if other.index is not None:
        other = _caught_up(connection, other, _counts(connection, other.marks.highest_reading))
        if not _is_due(other):
            return other
    columns, places = joined([*([] if held.index is None else [held.index.known()]), held.tail])
    kept = np.flatnonzero(held.current(columns))
    columns, places = columns.taken(kept), places[kept]
    marks = held.marks
    landmarks = _landmarks(connection, columns)
    covered = Covered(model_of(ledger), marks.highest_reading, tuple(sorted(marks.recent)), marks.tombstones, landmarks)
    index = made_index((columns, places), covered)
    try:
        write_index(index, index_path(ledger))
        mapped = read_index(index_path(ledger))
        index = mapped if mapped.covered == covered else index  # another program may have put its own there just now
    except (OSError, UnusableIndexError):  # it stays in memory: the ledger can be asked where nothing can be written
        pass
    return replace(held, index=index, tail=none_known(), superseded=frozenset())


def _landmarks(connection: Connection, columns: Columns) -> tuple[tuple[int, str], ...]:
    """Some statements with their keys, the last one among them."""
    rows = np.linspace(0, len(columns) - 1, min(LANDMARKS, len(columns))).astype(int)
    asked = select(statements.c.id, statements.c.key).where(statements.c.id.in_(columns.ids[rows].tolist()))
    return tuple((row.id, row.key) for row in connection.execute(asked.order_by(statements.c.id)))
