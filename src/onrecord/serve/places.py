"""How many answers are worked on at a time: more than a machine can do only make all of them late.

Whoever finds no place waits for one; where too many wait, whoever comes then is sent away at once and told when to come back. A place is
left when the answer begins: one of many lines needs little at a time.
"""

from __future__ import annotations

import asyncio

from onrecord.errors import ServeError
from onrecord.serve.desk import Limits

_RETRY_SECONDS = 1


class Place:
    """One place at the desk."""

    def __init__(self, free: asyncio.Semaphore) -> None:
        self._free, self._is_left = free, False

    def leave(self) -> None:
        """Somebody else may have it; said twice it is left once."""
        if not self._is_left:
            self._is_left = True
            self._free.release()


class Places:
    """The places at one desk."""

    def __init__(self) -> None:
        self._free: asyncio.Semaphore | None = None
        self._waiting = 0

    async def taken(self, limits: Limits) -> Place:
        """A place, once there is one.

        Raises:
            ServeError: too many wait.
        """
        self._free = self._free or asyncio.Semaphore(limits.answers_at_once)
        if self._free.locked() and self._waiting >= limits.answers_waiting:
            message = "Too many ask at once just now. Try again in a moment."
            raise ServeError(message, code="serve.busy", headers={"Retry-After": _RETRY_SECONDS})
        self._waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), limits.answer_seconds)
        except TimeoutError as error:
            message = "Others are answered just now. Try again in a moment."
            raise ServeError(message, code="serve.busy", headers={"Retry-After": _RETRY_SECONDS}) from error
        finally:
            self._waiting -= 1
        return Place(self._free)
