"""What two ledgers hold, without when and by which run: equal where the same news was added."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import select

from onrecord.record.copy_tables import bands, copies, signatures
from onrecord.record.ledger import Ledger
from onrecord.record.tables import (
    aliases,
    documents,
    events,
    judgements,
    known_names,
    known_people,
    linkings,
    links,
    names,
    readings,
    rejections,
    sightings,
    statements,
    times,
    tombstones,
    vectors,
)

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


def dumped_whole(ledger: Ledger) -> list[str]:
    """All tables but those of runs, as sorted lines; of two rows about the same alias the one that holds."""
    with ledger.reading() as connection:
        papers: dict[int | None, str | None] = {row.id: row.key for row in connection.execute(select(documents.c.id, documents.c.key))}
        said = {row.id: row.key for row in connection.execute(select(statements.c.id, statements.c.key))}
        lines = [f"{key} {line}" for key, rows in dumped(ledger).items() for line in rows]
        for table in (signatures, bands, copies, vectors, names, rejections, known_people, known_names, judgements, tombstones, linkings):
            for row in connection.execute(select(table)).mappings():
                ends = [papers.get(row.get("document_id")), papers.get(row.get("of_id")), said.get(row.get("statement_id", 0))]
                kept = {name: value for name, value in row.items() if name not in {"of_id", "statement_id"}}
                lines.append(_line(table.name, kept, [str(end) for end in ends]))
        last = {(row.speaker_key, papers.get(row.document_id)): row for row in connection.execute(select(aliases).order_by(aliases.c.id))}
        lines += [f"alias {key} {row.into_key} {row.basis}" for key, row in last.items() if row.into_key is not None]
    return sorted(lines)


def digest(ledger: Ledger) -> str:
    """One digest of all that the ledger holds."""
    return hashlib.sha256(json.dumps(dumped(ledger), sort_keys=True).encode()).hexdigest()


def _line(table: str, row: dict[str, Any], ends: list[str]) -> str:
    return json.dumps([table, {name: value for name, value in row.items() if name not in LEFT_OUT}, ends], sort_keys=True, default=str)
