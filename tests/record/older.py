"""What makes a new ledger as one of an earlier version was."""

from __future__ import annotations

from sqlalchemy import Connection, text

_OLD_SEARCH = (
    "DROP TABLE statement_words",
    "DROP TRIGGER statement_words_insert ON statements",
    "DROP TRIGGER statement_words_delete ON statements",
    "ALTER TABLE statements ADD COLUMN searched tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', words), 'A') || "
    "setweight(to_tsvector('simple', coalesce(speaker_name, '') || ' ' || source_words), 'B')) STORED",
    "CREATE INDEX ix_statements_searched ON statements USING gin (searched)",
)


def with_old_search(connection: Connection) -> None:
    """Gives PostgreSQL's full-text search the column that it had before version 0007."""
    for line in _OLD_SEARCH:
        connection.execute(text(line))
