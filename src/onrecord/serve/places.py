"""How many answers are worked on at a time: more than a machine can do only make all of them late.

Whoever finds no place waits for one; where too many wait, whoever comes then is sent away at once and told when to come back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from onrecord.errors import ServeError
from onrecord.serve.desk import Limits

_RETRY_SECONDS = 1


class Places:
    """The places at one desk."""

    def __init__(self) -> None:
        self._free: asyncio.Semaphore | None = None
        self._inside = 0

    @asynccontextmanager
    async def taken(self, limits: Limits, *, waits: bool) -> AsyncIterator[None]:
        """A place while an answer is made; one that does not wait for the machine but for others (`waits` is false) needs none.

        Raises:
            ServeError: too many wait.
        """
        if not waits:
            yield
            return
        if self._inside >= limits.answers_at_once + limits.answers_waiting:
            message = "Too many ask at once just now. Try again in a moment."
            raise ServeError(message, code="serve.busy", headers={"Retry-After": _RETRY_SECONDS})
        self._free = self._free or asyncio.Semaphore(limits.answers_at_once)
        self._inside += 1
        try:
            async with self._free:
                yield
        finally:
            self._inside -= 1
