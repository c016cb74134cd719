"""Older ledgers -> this version: one file a version in `versions`, each of which says how the tables become the next ones.

A new version is a new file there and a new `SCHEMA` in `onrecord.record.connect`; `tables` shows the tables as they are now.
Old files are never changed.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

FOLDER = Path(__file__).parent


def upgrade(connection: Connection) -> None:
    """Bring the tables up to the newest version, in the transaction that is open on the connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    command.upgrade(config, "head")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all() if connection.dialect.name == "sqlite" else ()
    if broken:
        raise RuntimeError(f"rows of {broken[0][0]} lost what they refer to")
