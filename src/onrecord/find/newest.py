"""Words -> the newest statements that hold all of them, looked for from the newest back, so that common words cost no more than rare ones.

SQLite walks its full-text index backwards and stops when it has enough. PostgreSQL's index (GIN) has no order: it gives all matches,
and to fetch those of a common word takes long. So each statement also holds words that tell roughly where it stands
(`full_text_index.WINDOWS`), and the index is asked for the words within the newest 8,000 statements first, or in so many as should
hold enough where that is known, then within a stretch as much longer as the matches found so far ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, text

from onrecord.record.full_text_index import WINDOWS

Ids = NDArray[np.int64]
_FIRST_STRETCH, _SHORTEST = 1 << 13, 1 << 12
_WORTH_PARTS = 8  # a range of so many first stretches is looked at as a whole
_GROWTH = 4
_MOST_OF_IT = 3  # a stretch of more than this part is all of it: to look for the words of large windows costs more than it saves
NEARLY = 1.5  # so much longer than the matches found so far ask for; where the share is known, so many fewer are enough
_MOST_WINDOWS = 8  # that one stretch is made of

_SQLITE = text(
    "SELECT rowid FROM statement_words WHERE statement_words MATCH :wanted AND rowid BETWEEN :low AND :high "
    "ORDER BY rowid DESC LIMIT :limit"
)

# Adding 0 keeps PostgreSQL from walking through all statements backwards by their ids.
_POSTGRES = text(
    "SELECT id FROM statement_words WHERE searched @@ CAST(:wanted AS tsquery) AND id + 0 BETWEEN :low AND :high "
    "ORDER BY id + 0 DESC LIMIT :limit"
)
_LEXEMES = text(
    "SELECT word, CAST(plainto_tsquery('english', word) AS text), CAST(plainto_tsquery('simple', word) AS text) "
    "FROM unnest(CAST(:words AS text[])) AS word"
)
_MOST_KNOWN = 100_000
_known_lexemes: WeakKeyDictionary[Engine, dict[str, str]] = WeakKeyDictionary()


def newest(
    connection: Connection,
    words: Sequence[str],
    between: tuple[int, int],
    limit: int,
    spare: Sequence[str] = (),
    share: float | None = None,
) -> Ids:
    """Row ids of the newest statements with ids in the range in which all of the words stand, in any of their forms; newest first.

    Args:
        connection: to the ledger.
        words: letters and digits only.
        between: the lowest and the highest row id.
        limit: how many at most; with a share a third fewer may do.
        spare: two or more other words, of which one may be missing.
        share: of the statements there, roughly, that are such ones, where it is known.
    """
    if connection.dialect.name == "postgresql":
        return _postgres(connection, words, spare, between, limit, share)
    said, more = ([f'"{word}"' for word in some] for some in (words, spare))  # in quotation marks, in which FTS5 reads no operator
    told = {"wanted": _all_of(said, more, " AND ", " OR "), "low": between[0], "high": between[1], "limit": limit}
    return _ids(connection.execute(_SQLITE, told))


def _all_of(words: Sequence[str], spare: Sequence[str], both: str, either: str) -> str:
    """That all of the words stand there, and all but one of the spare ones, with these signs between them."""
    but_one = either.join(f"({both.join(some)})" for some in combinations(spare, len(spare) - 1)) if len(spare) > 1 else None
    return both.join([*words, *([f"({but_one})"] if but_one else [])])


def among(connection: Connection, words: Sequence[str], ids: Ids, limit: int) -> Ids:
    """Of these row ids, in PostgreSQL, those of statements in which the words stand: of most of them first, then of the newest."""
    holds = _lexemes(connection, words)
    if not holds:
        return np.empty(0, np.int64)
    count = " + ".join(f"CAST(searched @@ CAST(:w{n} AS tsquery) AS int)" for n in range(len(holds)))
    those = "SELECT id FROM statement_words WHERE id = ANY(:ids) AND searched @@ CAST(:wanted AS tsquery)"
    asked = f"{those} ORDER BY {count} DESC, id DESC LIMIT :limit"
    told = {f"w{n}": one for n, one in enumerate(holds)} | {"wanted": " | ".join(holds), "ids": ids.tolist(), "limit": limit}
    return _ids(connection.execute(text(asked), told))


def _lexemes(connection: Connection, words: Sequence[str]) -> list[str]:
    """For each word the query that it stands in a statement, contents as English stems and names as they are; none for what is no word.

    The database tells once what it makes of a word; a query of fewer parts costs less.
    """
    known = _known_lexemes.setdefault(connection.engine, {})
    new = [word for word in dict.fromkeys(words) if word not in known]
    if new:
        if len(known) > _MOST_KNOWN:
            known.clear()
        known |= {
            word: " | ".join(dict.fromkeys(one for one in kinds if one)) for word, *kinds in connection.execute(_LEXEMES, {"words": new})
        }
    return [f"({known[word]})" for word in words if known[word]]


def _ids(found: Any) -> Ids:
    return np.fromiter((row[0] for row in found.cursor.fetchall()), np.int64)  # the driver's own rows, in a third of the time


def _postgres(
    connection: Connection,
    words: Sequence[str],
    spare: Sequence[str],
    between: tuple[int, int],
    limit: int,
    share: float | None,
) -> Ids:
    wanted = _all_of(_lexemes(connection, words), _lexemes(connection, spare), " & ", " | ")
    if not wanted:
        return np.empty(0, np.int64)
    low, high = between
    few, enough = _WORTH_PARTS * _FIRST_STRETCH, limit if share is None else limit / NEARLY
    stretch = _FIRST_STRETCH if share is None else max(_SHORTEST, int(min(NEARLY * limit / max(share, 1e-9), 1e9)))
    while True:
        stretch = high - low + 1 if high - low <= few or stretch > (high - low) // _MOST_OF_IT else stretch
        is_whole = high - stretch < low
        between = (low if is_whole else high - stretch + 1, high)
        found = _within(connection, wanted, between, limit, in_windows=not is_whole or high - low <= few)
        if is_whole or len(found) >= enough:
            return found
        stretch = max(_GROWTH * stretch, int(NEARLY * stretch * limit / (len(found) + 1)))


def _within(connection: Connection, wanted: str, between: tuple[int, int], limit: int, *, in_windows: bool) -> Ids:
    """The newest of a range."""
    if in_windows:
        wanted = f"{wanted} & ({' | '.join(repr(word) for word in _windows(*between))})"
    return _ids(connection.execute(_POSTGRES, {"wanted": wanted, "low": between[0], "high": between[1], "limit": limit}))


def _windows(low: int, high: int) -> Iterator[str]:
    """The words of windows, few of them, that cover a range of row ids."""
    letter, bits = next((one for one in WINDOWS.items() if (high >> one[1]) - (low >> one[1]) < _MOST_WINDOWS), list(WINDOWS.items())[-1])
    return (f"#{letter}{number}" for number in range(low >> bits, (high >> bits) + 1))
