"""Connections to a ledger that is only read stay open, and are not trusted once another file lies there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from onrecord.record.ledger import open_ledger
from onrecord.record.tables import versions


def test_a_file_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    where, other = tmp_path / "ledger.db", tmp_path / "other.db"
    for one in (where, other):
        open_ledger(str(one), create=True).close()
    with open_ledger(str(where), read_only=True) as ledger:
        with ledger.reading() as connection:
            first = connection.connection.dbapi_connection
        with ledger.reading() as connection:
            assert connection.connection.dbapi_connection is first
        other.replace(where)
        with ledger.reading() as connection:
            assert connection.connection.dbapi_connection is not first
            assert connection.scalar(select(versions.c.version_num))
