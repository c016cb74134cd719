"""Connections to a SQLite file that are kept open: to make one anew takes longer than most questions that are asked of it.

Each maps the file for itself, so that few are kept; the pages are in memory once, however many connections count them as theirs.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import NullPool, QueuePool

_KEPT_TO_READ = 4  # a question that finds none free makes one, which is closed after it


def pool_of(path: Path, *, read_only: bool, keep: bool) -> dict[str, Any]:
    """How connections are kept. One that would see no changes, for there can be no log, is used once."""
    if not read_only:
        return {"poolclass": QueuePool}
    if not keep or not has_log(path):
        return {"poolclass": NullPool}
    return {"poolclass": QueuePool, "pool_size": _KEPT_TO_READ, "max_overflow": -1, "pool_use_lifo": True}


def heed_replaced(engine: Engine, path: Path) -> None:
    """Has connections to a file that another one has replaced since be made anew."""

    @event.listens_for(engine, "checkout")
    def _check(_: Any, record: Any, __: Any) -> None:
        now = _file_of(path)
        if record.info.setdefault("file", now) != now:
            raise DisconnectionError("the file was replaced")


def _file_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def has_log(path: Path) -> bool:
    """Whether SQLite can keep its log beside the file, or does so."""
    return os.access(path.absolute().parent, os.W_OK) or Path(f"{path}-wal").exists()
