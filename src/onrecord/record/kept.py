"""What was worked out from a ledger that is only read, kept at hand until anything changes in it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from onrecord.record.state import state_of

Value = TypeVar("Value")
_READ_ONLY = ("read_only", "postgresql_readonly")

_held: WeakKeyDictionary[Engine, dict[str, tuple[str, Any]]] = WeakKeyDictionary()
_lock = Lock()


def kept(connection: Connection, name: str, make: Callable[[], Value]) -> Value:
    """What `make` gives, made once for each state of the ledger; every time where whoever asks may write, too."""
    options = connection.get_execution_options()
    if not any(options.get(one) for one in _READ_ONLY):
        return make()
    state = state_of(connection)
    with _lock:
        before = _held.setdefault(connection.engine, {}).get(name)
    if before is not None and before[0] == state:
        value: Value = before[1]
        return value
    value = make()
    with _lock:
        _held.setdefault(connection.engine, {})[name] = (state, value)
    return value
