"""What two ledgers hold, without when and by which run: equal where the same news was added."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import select

from onrecord.record.ledger import Ledger
from onrecord.record.tables import documents, events, links, readings, sightings, statements, times

LEFT_OUT = {"id", "run_id", "added_at", "made_at", "document_id", "reading_id", "from_id", "to_id", "supersedes", "linking_id", "copied_id"}


def dumped(ledger: Ledger) -> dict[str, list[str]]:
    """{document key: its rows as sorted lines}: row numbers, runs and instants set aside."""
    out: dict[str, list[str]] = {}
    with ledger.reading() as connection:
        keys = {row.id: row.key for row in connection.execute(select(documents.c.id, documents.c.key))}
        of_reading = {row.id: keys[row.document_id] for row in connection.execute(select(readings.c.id, readings.c.document_id))}
        papers = {row.id: keys[row.document_id] for row in connection.execute(select(statements.c.id, statements.c.document_id))}
        names = {row.id: row.local_id for row in connection.execute(select(statements.c.id, statements.c.local_id))}
        for table in (documents, readings, statements, times, events, links, sightings):
            for row in connection.execute(select(table)).mappings():
                key = row["key"] if table is documents else of_reading[row.get("reading_id", row["id"])]
                ends = [names[row[end]] for end in ("from_id", "to_id") if end in row]
                if row.get("linking_id"):  # it belongs to neither reading more than to the other
                    key, ends = papers[row["from_id"]], [*ends, papers[row["to_id"]]]
                out.setdefault(key, []).append(_line(table.name, dict(row), ends))
    return {key: sorted(lines) for key, lines in out.items()}


def digest(ledger: Ledger) -> str:
    """One digest of all that the ledger holds."""
    return hashlib.sha256(json.dumps(dumped(ledger), sort_keys=True).encode()).hexdigest()


def _line(table: str, row: dict[str, Any], ends: list[str]) -> str:
    return json.dumps([table, {name: value for name, value in row.items() if name not in LEFT_OUT}, ends], sort_keys=True, default=str)
