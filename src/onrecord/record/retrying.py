"""What failed for a reason that passes is done again: two writers that waited for each other, a server that was started anew.

Only whole transactions are done again, and these are such that doing them twice does no harm: what is in the ledger is passed over.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerError

Found = TypeVar("Found")
TRIES = 6
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 5.0  # seconds; each pause is up to three times the one before
_CONFLICTS = ("40001", "40P01", "55P03")  # serialization_failure, deadlock_detected, lock_not_available
_AWAY = ("57P01", "57P02", "57P03")  # the server is stopping, has crashed, is starting


def retried(call: Callable[[], Found], *, tries: int = TRIES) -> Found:
    """What the call gives; where it fails for a reason that passes it is called again, some seconds in all.

    Raises:
        LedgerError: it failed for another reason, or too often.
    """
    pause = _FIRST_PAUSE
    for _ in range(tries - 1):
        try:
            return call()
        except LedgerError as error:
            if not is_passing(error):
                raise
        time.sleep(pause * random.uniform(0.5, 1.0))
        pause = min(3 * pause, _LONGEST_PAUSE)
    return call()


def is_passing(error: LedgerError) -> bool:
    """Whether the database refused for a reason that may be gone in a moment. A SQLite file that is locked was waited for already."""
    cause = error.__cause__
    if not isinstance(cause, DBAPIError):
        return False
    state = getattr(cause.orig, "sqlstate", None)
    if state is not None:
        return state in (*_CONFLICTS, *_AWAY) or state.startswith("08")
    return cause.connection_invalidated  # the connection broke off
