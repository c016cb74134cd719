"""Record -> ledger: rows that are added and superseded, never overwritten, in SQLite or PostgreSQL."""
