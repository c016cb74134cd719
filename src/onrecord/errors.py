"""Every error onrecord raises.

    OnRecordError                 has a stable `code`, a message that says what to do, and the facts in `context`
    ├── ItemError                 this document failed; the run goes on and the failure becomes a Rejection
    │   ├── ReadError             it could not be read                              read.*
    │   └── SelectorError         a passage is not where it is said to be           selector.*
    └── RunError                  the run cannot go on
        ├── UsageError            the caller asked for something impossible         usage.*
        └── WeightsError          a model file is missing or damaged                weights.*

Exit statuses of the commands: EXIT_STATUS.
"""

from __future__ import annotations

from typing import Any

EXIT_STATUS = {"read": 0, "some_rejected": 1, "usage": 2, "failed": 3}


class OnRecordError(Exception):
    """Base of all: `code` is stable and may be tested for, `message` is for people."""

    code = "onrecord"

    def __init__(self, message: str, *, code: str | None = None, **context: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.context = context

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (type(self), self.message, self.code, self.context)


def _remade(kind: type[OnRecordError], message: str, code: str, context: dict[str, Any]) -> OnRecordError:
    return kind(message, code=code, **context)


class ItemError(OnRecordError):
    """This document failed: go on with the next."""

    code = "item"


class ReadError(ItemError):
    """The bytes could not be made a document."""

    code = "read.unreadable"


class SelectorError(ItemError):
    """The quoted passage is not, or not only once, in the text."""

    code = "selector.not_found"


class RunError(OnRecordError):
    """The run cannot go on."""

    code = "run"
    exit_status = EXIT_STATUS["failed"]


class UsageError(RunError):
    """The call itself is wrong."""

    code = "usage"
    exit_status = EXIT_STATUS["usage"]


class WeightsError(RunError):
    """A shipped model file is missing or is not what it should be."""

    code = "weights.missing"
