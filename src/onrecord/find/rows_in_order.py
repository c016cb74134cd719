"""What a speaker said, in the order of days, from any place on: read from the ledger as far as it is looked at, and no further.

Each key of the speaker has its statements in order in an index, so that the rows of several keys only need to be merged. What people
corrected stands elsewhere than the index says; it is little, is read as a whole, and is merged with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from typing import Any

from sqlalchemy import Connection, Select

from onrecord.find.parts import Place, Turn, rows_from
from onrecord.find.wanted import Row, Wanted, fits, of_documents, of_statements, rows_said_by
from onrecord.record.judged import Judged
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, statements

_OF, _IN = statements.c, documents.c
_COLUMNS = (
    *(_OF.id, _OF.key, _OF.document_id, _OF.sorted_on, _OF.said_on, _OF.words, _OF.stance, _OF.negated_cue, _OF.conditional),
    *(_OF.speaker_name, _OF.speaker_role, _OF.speaker_key, _OF.quote_type, _OF.hypothetical),
    *(_IN.key.label("document_key"), _IN.name.label("document_name"), _IN.publisher, _IN.url, _IN.known_on),
)


def place_of(row: Row) -> Place:
    """Where a statement stands among others: the day, and the order in which it came."""
    return row["sorted_on"], row["id"]


def rows_in_order(connection: Connection, known: Judged, wanted: Wanted, keys: frozenset[str], turn: Turn) -> Iterator[Row]:
    """The statements as judged of those with these keys, with what `wanted_rows` tells of their documents."""
    conditions = [*of_documents(connection, wanted), *of_statements(known, wanted, None)]
    asked = current_statements().with_only_columns(*_COLUMNS).where(~_OF.hypothetical, *conditions)
    raw = sorted({one for key in keys for one in known.raw_keys(key)})
    streams = [_of_key(connection, known, asked.where(_OF.speaker_key == key), turn) for key in raw]
    by_hand = [row for row in _corrected(connection, known, wanted, keys) if turn.is_past(place_of(row))]
    by_hand.sort(key=place_of, reverse=turn.newest_first)
    rows = merge(*streams, by_hand, key=place_of, reverse=turn.newest_first)
    return (row for row in rows if row["id"] in known.changes or fits(row, wanted, keys))


def _corrected(connection: Connection, known: Judged, wanted: Wanted, keys: frozenset[str]) -> Iterator[Row]:
    if known.changes:
        yield from rows_said_by(connection, known, wanted, keys, _OF.id.in_(sorted(known.changes)))


def _of_key(connection: Connection, known: Judged, asked: Select[Any], turn: Turn) -> Iterator[Row]:
    """The rows of one key, without those that people corrected; some at a time, more and more."""
    for found in rows_from(connection, asked, (_OF.sorted_on, _OF.id), turn):
        for row in found:
            if row["id"] not in known.changes and (as_judged := known.row(row)) is not None:
                yield as_judged
