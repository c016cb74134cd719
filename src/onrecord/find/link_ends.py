"""The statements at the two ends of links, as people judged them, with what a reporter needs of their documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record.days import days_of
from onrecord.record.judged import Judged
from onrecord.record.stored import at_a_time
from onrecord.record.tables import documents, statements

Row = dict[str, Any]
_OF, _IN = statements.c, documents.c
_COLUMNS = (
    *(_OF.id, _OF.key, _OF.document_id, _OF.local_id, _OF.content, _OF.words, _OF.source_words, _OF.stance, _OF.said_on, _OF.sorted_on),
    *(_OF.speaker_name, _OF.speaker_role, _OF.speaker_key),
    *(_IN.key.label("document_key"), _IN.name.label("document_name"), _IN.publisher, _IN.url, _IN.known_on),
)
_SAME = ("words", "source_words", "speaker_name", "speaker_role", "speaker_key", "stance", "said_on", "known_on", "publisher", "url")


@dataclass(frozen=True, slots=True)
class End:
    """One of the two statements of a link.

    `id` is its id in the ledger, `statement` that which `onrecord read` prints for it ("s7"). `day` is the first day that `said_on` may
    mean; where the article does not tell when it was said (`day_is_known` is false), the day of publication. `said_on` keeps the
    precision of the text.
    """

    id: str
    statement: str
    document: str
    document_id: str
    content: tuple[tuple[int, int], ...]
    words: str
    source_words: str
    speaker_name: str | None
    speaker_role: str | None
    speaker_key: str | None
    stance: str
    said_on: str | None
    day: str
    day_is_known: bool
    known_on: str
    publisher: str | None
    url: str | None


def end_rows(connection: Connection, known: Judged, ids: Iterable[int]) -> dict[int, Row]:
    """The rows of these statements as judged, by row id; without those that are none, and without words that nobody said."""
    asked = select(*_COLUMNS).join_from(statements, documents).where(~_OF.hypothetical)
    found: dict[int, Row] = {}
    for some in at_a_time(sorted(set(ids))):
        rows = [dict(row) for row in connection.execute(asked.where(_OF.id.in_(some))).mappings()]
        known.load(row["speaker_key"] for row in rows)
        found |= {row["id"]: as_judged for row in rows if (as_judged := known.row(row)) is not None}
    return found


def end_of(row: Row) -> End:
    """The end whose row it is."""
    return End(
        id=row["key"],
        statement=row["local_id"],
        document=row["document_name"],
        document_id=row["document_key"],
        content=tuple((start, end) for start, end in row["content"]),
        day=row["sorted_on"],
        day_is_known=bool(row["said_on"]) and days_of(row["said_on"]) is not None,
        **{name: row[name] for name in _SAME},
    )


def place_in_time(row: Row) -> tuple[str, str, int]:
    """What statements are sorted by: the day of the saying, the day on which it became known, the order in which they came."""
    return row["sorted_on"], row["known_on"], row["id"]
