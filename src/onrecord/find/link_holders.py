"""Who says that two statements are at odds: in whose words stand those by which an article tells it ("observers point out that")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection

from onrecord.data import Span
from onrecord.record.from_rows import spans
from onrecord.record.judged import Judged
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import statements

_OF = statements.c
_COLUMNS = (_OF.id, _OF.document_id, _OF.content, _OF.speaker_key, _OF.speaker_name, _OF.source_words)


class Told(NamedTuple):
    """The first words that report a link of this statement, in this document; all by row."""

    statement: int
    document: int
    words: Span


def holders(connection: Connection, known: Judged, given: Collection[Told]) -> dict[Told, str]:
    """By whom each is told, as the text names him; those that the article tells itself are not there."""
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for some in at_a_time(sorted({one.document for one in given})):
        asked = current_statements().with_only_columns(*_COLUMNS).where(_OF.document_id.in_(some), ~_OF.hypothetical)
        for each in connection.execute(asked).mappings():
            rows[each["document_id"]].append(dict(each))
    found: dict[Told, str] = {}
    for one in given:
        around = [(span.end - span.start, row) for row in rows[one.document] for span in spans(row["content"]) if span.holds(one.words)]
        for _, row in sorted(around, key=lambda near: (near[0], near[1]["id"])):
            as_judged = known.row(row)
            if row["id"] != one.statement and as_judged is not None:
                found[one] = as_judged["speaker_name"] or as_judged["source_words"]
                break
    return found
