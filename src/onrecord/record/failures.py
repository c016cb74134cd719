"""What a database or a file says when it fails -> a LedgerError that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from onrecord.errors import LedgerError

URL_MARK = "://"

_FULL = "cannot grow: the disk is full. What was recorded before is safe; free some space and run the same command again."
_LOCKED = "is locked: another program has used it for longer than is waited for. Try again, or stop that program."
_SLOW = "took longer to answer than is waited for (the setting statement_seconds). Ask for less, or wait longer."
_NO_CONNECTION = "has no connection left for this one. Try again, or raise the settings pool_size and pool_overflow."
_DAMAGED = "is damaged. `onrecord restore` brings back a backup."
_CAUSES = (
    ("locked", "ledger.locked", _LOCKED),
    ("lock timeout", "ledger.locked", _LOCKED),
    ("statement timeout", "ledger.locked", _SLOW),
    ("readonly", "ledger.not_writable", "cannot be written: file or folder is read-only."),
    ("unable to open", "ledger.not_writable", "cannot be opened or made: look at the folder and its permissions."),
    ("not a database", "ledger.not_a_ledger", "is a file of something else, not a ledger. It was not touched."),
    ("malformed", "ledger.damaged", _DAMAGED),
    ("could not decode", "ledger.damaged", _DAMAGED),
    ("no such table", "ledger.damaged", _DAMAGED),
    ("no such column", "ledger.damaged", _DAMAGED),
    ("full", "ledger.full", _FULL),
    ("disk i/o", "ledger.full", "cannot be written: the disk is full or broken. What was recorded before is safe."),
    ("no space left", "ledger.full", _FULL),
    ("read-only transaction", "ledger.not_writable", "cannot be written: the database is read-only for this user."),
    ("permission denied", "ledger.not_writable", "cannot be used: this user has no right to its tables."),
)


def shown(where: str) -> str:
    """The place without the password in it."""
    try:
        return make_url(where).render_as_string(hide_password=True) if URL_MARK in where else where
    except ArgumentError:
        return where.split(URL_MARK, maxsplit=1)[0] + "://..."


@contextmanager
def told(where: str) -> Iterator[None]:
    """Failures of the database become a LedgerError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _explained(error.orig or error, where) from error
    except PoolTimeoutError as error:
        raise LedgerError(f"The ledger at {shown(where)} {_NO_CONNECTION}", code="ledger.locked") from error
    except sqlite3.Error as error:
        raise _explained(error, where) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise LedgerError(f"The ledger at {shown(where)} {_FULL}", code="ledger.full") from error
        raise LedgerError(f"The ledger at {shown(where)} cannot be used: {error}.", code="ledger.not_writable") from error


def _explained(error: BaseException, where: str) -> LedgerError:
    words = str(error).strip()
    for mark, code, meaning in _CAUSES:
        if mark in words.lower():
            return LedgerError(f"The ledger at {shown(where)} {meaning}", code=code)
    reason = words.splitlines()[0] if words else type(error).__name__
    if any(kind.__name__ == "OperationalError" for kind in type(error).__mro__):
        return LedgerError(f"The ledger at {shown(where)} cannot be reached: {reason}", code="ledger.not_reached")
    return LedgerError(f"The ledger at {shown(where)} failed: {reason}", code="ledger.damaged")
