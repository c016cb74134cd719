"""What a watch remembers from one run to the next, in one small SQLite file: which entries were passed on, and when to ask again.

An entry is written down only after its record was taken, each in a transaction of its own. Whatever ends the watch, and
whenever, no entry is lost; the one that was just being passed on may be passed on again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import RunError
from onrecord.read.web.fetch import Validators

_VERSION = 1
_APPLICATION = 0x6F6E7277  # "onrw", so that no other program's file is written to
_FORGOTTEN_AFTER_DAYS = 90
_DAY = 86_400
_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (
    address TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, failures INTEGER NOT NULL DEFAULT 0, due_at REAL NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    feed TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, listed_on INTEGER NOT NULL, PRIMARY KEY (feed, key, digest)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_anywhere ON entries (key, digest);
"""


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a feed stands: what its server said of the last version, its failures in a row, and when it is due (seconds since 1970)."""

    validators: Validators = field(default_factory=Validators)
    failures: int = 0
    due_at: float = 0.0


@dataclass(frozen=True, slots=True)
class EntryKey:
    """One version of one entry: the feed's address, the entry's own name in it, and the digest of what it says."""

    feed: str
    key: str
    digest: str


class State:
    """The state file, held by one watch at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            RunError: it cannot be used, or another watch uses it.
        """
        self._path = path
        with self._told():
            self._database = sqlite3.connect(path, timeout=1.0, isolation_level=None)
            self._prepare()

    def _prepare(self) -> None:
        run = self._database.execute
        run("PRAGMA locking_mode = EXCLUSIVE")  # held until the end, and let go of by the system if the process is killed
        version, application = (run(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id"))
        is_new = version == 0 and run("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not is_new and (version, application) != (_VERSION, _APPLICATION):
            raise RunError(f"{self._path} is no state file of this version of onrecord. Give another with --state.", code="run.state")
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")
        with self._transaction():
            for statement in _TABLES.split(";"):
                run(statement)
            run(f"PRAGMA user_version = {_VERSION}")
            run(f"PRAGMA application_id = {_APPLICATION}")

    def feed(self, address: str) -> FeedState:
        """How the feed stands; one that was never asked is due at once."""
        with self._told():
            row = self._database.execute("SELECT etag, last_modified, failures, due_at FROM feeds WHERE address = ?", (address,)).fetchone()
        return FeedState(Validators(row[0], row[1]), row[2], row[3]) if row else FeedState()

    def is_known(self, entry: EntryKey) -> bool:
        """Whether this version of the entry was passed on; one that is named by an address, whichever feed it came in."""
        anywhere = entry.key.startswith(("http://", "https://"))
        with self._told():
            found = self._database.execute(
                "SELECT 1 FROM entries WHERE key = ? AND digest = ? AND (feed = ? OR ?) LIMIT 1",
                (entry.key, entry.digest, entry.feed, anywhere),
            ).fetchone()
        return found is not None

    def keep(self, entry: EntryKey) -> None:
        """Write down that this version of the entry was passed on."""
        with self._told(), self._transaction():
            self._database.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", (*_row(entry), _today()))

    def asked(self, address: str, state: FeedState, listed: Iterable[EntryKey] = ()) -> None:
        """Write down how a feed stands after it was asked, and forget entries that it has long ceased to list."""
        with self._told(), self._transaction():
            said = state.validators
            self._database.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?)",
                (address, said.etag, said.last_modified, state.failures, state.due_at),
            )
            today = _today()
            rows = [(today, *_row(entry), today) for entry in listed]
            self._database.executemany(
                "UPDATE entries SET listed_on = ? WHERE feed = ? AND key = ? AND digest = ? AND listed_on <> ?", rows
            )
            if rows:
                oldest = today - _FORGOTTEN_AFTER_DAYS
                self._database.execute("DELETE FROM entries WHERE feed = ? AND listed_on < ?", (address, oldest))

    def close(self) -> None:
        """Let the file go."""
        with self._told():
            self._database.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:  # a full disk may have ended it already
                self._database.execute("ROLLBACK")
            raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise RunError(
                f"The state file {self._path} cannot be used ({error}). Check its folder and its space, and that no other watch uses it.",
                code="run.state",
            ) from error


def _row(entry: EntryKey) -> tuple[str, str, str]:
    return entry.feed, entry.key, entry.digest


def _today() -> int:
    return int(time.time() // _DAY)
