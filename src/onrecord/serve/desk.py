"""What the desk has at hand: the ledger to read, tokens, the reading room, and the limits of what one may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from onrecord.annotate.meaning import Meaning
from onrecord.find.holding import holding
from onrecord.find.ranking import speakers_part
from onrecord.record.ledger import Embeds, Ledger, Options, open_ledger
from onrecord.run.local import ReadsDrafts, pipeline_reader
from onrecord.serve.reading_room import ReadingRoom
from onrecord.serve.tokens import Token, TokenFile
from onrecord.settings import PoolOptions

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one may ask: sizes in bytes, times in seconds, requests a second and how many at once after a rest.

    `answers_at_once`: how many are worked on at a time; so many more may wait for their turn, and what comes then is sent away.
    """

    body_bytes: int = 256 * 1024
    upload_bytes: int = 4 * 1024 * 1024
    answer_seconds: float = 30.0
    answers_at_once: int = 8
    answers_waiting: int = 56
    reading_seconds: float = 120.0
    reads_a_second: float = 50.0
    reads_at_once: int = 200
    writes_a_second: float = 2.0
    writes_at_once: int = 30


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """How the desk is run. `by_token`: reading needs a token too. `hosts`: the names that it answers for, without ports."""

    where: str
    by_token: bool = False
    hosts: frozenset[str] = LOOPBACK
    limits: Limits = field(default_factory=Limits)
    make_reader: Callable[[int], ReadsDrafts] = pipeline_reader
    meaning: Embeds | None = field(default_factory=Meaning)
    pool: PoolOptions = field(default_factory=PoolOptions)


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk, ready to answer."""

    options: DeskOptions
    ledger: Ledger
    tokens: TokenFile
    room: ReadingRoom

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """The ledger to write a judgement or a document to; it is let go of at once."""
        with open_ledger(self.options.where, Options(meaning=self.options.meaning, pool=self.options.pool)) as opened:
            yield opened

    def prepare(self) -> None:
        """Have at hand what searches and the list of speakers need: the first time of a large ledger that takes a minute."""
        with self.ledger.reading() as connection:
            holding(connection, self.ledger)
        speakers_part(self.ledger, None, None, 1)

    def close(self) -> None:
        """Let go of the ledger and the reading room."""
        self.room.close()
        self.ledger.close()


def open_desk(options: DeskOptions, tokens: TokenFile) -> Desk:
    """A desk on the ledger.

    Raises:
        LedgerError: there is none, or it cannot be read.
    """
    ledger = open_ledger(options.where, Options(meaning=options.meaning, pool=options.pool), read_only=True)
    return Desk(options, ledger, tokens, ReadingRoom(options.make_reader, options.limits.reading_seconds))


def desk_of(request: Request) -> Desk:
    """The desk that answers the request."""
    desk: Desk = request.app.state.desk
    return desk


def who_of(request: Request) -> Token | None:
    """Whose token came with the request, if any did."""
    who: Token | None = request.scope.get("who")
    return who


def writer_of(request: Request) -> Token:
    """Whoever writes: the gate let nobody else through."""
    who = who_of(request)
    assert who is not None and who.may_write
    return who


DeskHere = Annotated[Desk, Depends(desk_of)]
Who = Annotated[Token | None, Depends(who_of)]
Writer = Annotated[Token, Depends(writer_of)]
