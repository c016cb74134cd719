"""Words -> the newest statements that hold all of them, looked for from the newest back, so that common words cost no more than rare ones.

SQLite walks its full-text index backwards and stops when it has enough. PostgreSQL's index (GIN) has no order: it gives all matches,
and to fetch those of a common word takes long. So each statement also holds words that tell roughly where it stands
(`full_text_index.WINDOWS`), and the index is asked for the words within the newest 16,000 statements first, then within a stretch
as much longer as the matches found so far ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, TextClause, text

from onrecord.record.full_text_index import WINDOWS

Ids = NDArray[np.int64]
_FIRST_STRETCH = 1 << 14
_WORTH_PARTS = 4  # a range of so many first stretches is looked at as a whole
_GROWTH = 4
_MOST_OF_IT = 3  # a stretch of more than this part is all of it: to look for the words of large windows costs more than it saves
_SPARE = 1.5  # so much longer than the matches found so far ask for
_MOST_WINDOWS = 8  # that one stretch is made of

_SQLITE = text(
    "SELECT rowid FROM statement_words WHERE statement_words MATCH :wanted AND rowid BETWEEN :low AND :high "
    "ORDER BY rowid DESC LIMIT :limit"
)


def newest(connection: Connection, words: Sequence[str], between: tuple[int, int], limit: int) -> Ids:
    """Row ids of the newest statements with ids in the range in which all of the words stand, in any of their forms; newest first.

    Args:
        connection: to the ledger.
        words: letters and digits only.
        between: the lowest and the highest row id.
        limit: how many at most.
    """
    if connection.dialect.name == "postgresql":
        return _postgres(connection, words, between, limit)
    told = {"wanted": " AND ".join(f'"{word}"' for word in words), "low": between[0], "high": between[1], "limit": limit}
    return _ids(connection.execute(_SQLITE, told))  # words stand in quotation marks, in which FTS5 reads no operator


def among(connection: Connection, words: Sequence[str], ids: Ids, limit: int) -> Ids:
    """Of these row ids, in PostgreSQL, those of statements in which the words stand: of most of them first, then of the newest."""
    holds = _holding(len(words))
    count = " + ".join(f"CAST(searched @@ {one} AS int)" for one in holds)
    those = f"SELECT id FROM statements WHERE id = ANY(:ids) AND searched @@ ({' || '.join(holds)})"
    asked = f"{those} ORDER BY {count} DESC, id DESC LIMIT :limit"
    return _ids(connection.execute(text(asked), _named(words) | {"ids": ids.tolist(), "limit": limit}))


def _holding(count: int) -> list[str]:
    """For each of so many words the query that it stands in a statement: the contents are kept as English stems, the names as they are."""
    return [f"(plainto_tsquery('english', :w{n}) || plainto_tsquery('simple', :w{n}))" for n in range(count)]


def _named(words: Sequence[str]) -> dict[str, Any]:
    """The words under the names that these queries have for them."""
    return {f"w{n}": word for n, word in enumerate(words)}


def _ids(found: Any) -> Ids:
    return np.fromiter((row[0] for row in found.cursor.fetchall()), np.int64)  # the driver's own rows, in a third of the time


def _postgres(connection: Connection, words: Sequence[str], between: tuple[int, int], limit: int) -> Ids:
    low, high = between
    few = _WORTH_PARTS * _FIRST_STRETCH
    stretch = _FIRST_STRETCH if high - low > few else high - low + 1
    while True:
        is_whole = high - stretch < low
        between = (low if is_whole else high - stretch + 1, high)
        found = _within(connection, words, between, limit, in_windows=not is_whole or high - low <= few)
        if is_whole or len(found) >= limit:
            return found
        stretch = max(_GROWTH * stretch, int(_SPARE * stretch * limit / (len(found) + 1)))
        stretch = high - low + 1 if stretch > (high - low) // _MOST_OF_IT else stretch


def _within(connection: Connection, words: Sequence[str], between: tuple[int, int], limit: int, *, in_windows: bool) -> Ids:
    """The newest of a range."""
    told = _named(words) | {"low": between[0], "high": between[1], "limit": limit}
    if in_windows:
        told["windows"] = " | ".join(f"'{word}'" for word in _windows(*between))
    return _ids(connection.execute(_asked(len(words), in_windows), told))


@cache
def _asked(count: int, in_windows: bool) -> TextClause:
    """Adding 0 keeps PostgreSQL from walking through all statements backwards by their ids."""
    wanted = [*_holding(count), "CAST(:windows AS tsquery)"] if in_windows else _holding(count)
    asked = f"SELECT id FROM statements WHERE searched @@ ({' && '.join(wanted)}) AND id + 0 BETWEEN :low AND :high"
    return text(f"{asked} ORDER BY id + 0 DESC LIMIT :limit")


def _windows(low: int, high: int) -> Iterator[str]:
    """The words of windows, few of them, that cover a range of row ids."""
    letter, bits = next((one for one in WINDOWS.items() if (high >> one[1]) - (low >> one[1]) < _MOST_WINDOWS), list(WINDOWS.items())[-1])
    return (f"#{letter}{number}" for number in range(low >> bits, (high >> bits) + 1))
