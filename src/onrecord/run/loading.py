"""Lines of records -> ledger in bulk, in one process or several, each with a connection of its own.

A line is what `--format jsonl` and `onrecord export jsonl` print. It tells which version with which models made the record; there is a run
for each of these, so that the ledger knows it as if that program had added it.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache, partial

from onrecord.data import Record, Rejection
from onrecord.errors import ItemError, ReadError
from onrecord.export.from_jsonl import from_json
from onrecord.record.bulk import COMMAND, Counts, copied, joined_at_last, settled
from onrecord.record.ledger import Ledger, Program, Run
from onrecord.record.uncollected import uncollected
from onrecord.run.adding import program
from onrecord.run.workers import Workers

LINES_AT_ONCE = 250
_AHEAD = 2  # for each process: one at work, one waiting

Line = tuple[str, bytes]  # where it stands, and what it holds
Outcome = dict[int, Counts]  # for each run what it wrote


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How lines are loaded. `opened` opens the ledger; it is called in each process."""

    opened: Callable[[], Ledger]
    command: str = COMMAND
    min_probability: float = 0.5
    jobs: int = 1
    told: Callable[[Counts], None] = lambda _: None


@dataclass(slots=True)
class Loader:
    """Writes lines to an open ledger; it begins a run for each program that made records."""

    ledger: Ledger
    command: str
    min_probability: float
    runs: dict[Program, Run] = field(default_factory=dict)

    def load(self, lines: Sequence[Line]) -> Outcome:
        """What each run wrote of the lines. One that holds no record is rejected, by the first of the runs."""
        with uncollected():
            return self._loaded(lines)

    def _loaded(self, lines: Sequence[Line]) -> Outcome:
        found: dict[Program, list[Record | Rejection]] = defaultdict(list)
        refused: list[Record | Rejection] = []
        for where, line in lines:
            try:
                of, one = self._told(where, line)
                found[of].append(one)
            except ItemError as error:
                refused.append(Rejection(where, error.code, error.message))
        if refused:
            found[next(iter([*found, *self.runs]), program("of no record", (), self.min_probability))] += refused
        return {self._run(of).id: copied(self.ledger, self._run(of), results) for of, results in found.items()}

    def _told(self, where: str, line: bytes) -> tuple[Program, Record]:
        try:
            value = json.loads(line)
        except ValueError as error:
            raise ReadError(f"{where} is not JSON ({error}).", code="read.not_json") from error
        one = from_json(value, where)
        return program(str(value["made_by"]["onrecord"]), one.models, self.min_probability), one

    def _run(self, of: Program) -> Run:
        if of not in self.runs:
            self.runs[of] = self.ledger.begin(of, self.command)
        return self.runs[of]


def loaded_lines(lines: Iterable[Line], options: LoadOptions) -> Counts:
    """Load the lines, work out who is one, and end the runs.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    totals: dict[int, Counts] = defaultdict(Counts)
    for outcome in (_in_processes if options.jobs > 1 else _here)(chunks(lines), options):
        for number, counts in outcome.items():
            before = totals[number]
            totals[number] = Counts(before.recorded + counts.recorded, before.known + counts.known, before.rejected + counts.rejected)
        options.told(_sum(totals.values()))
    with options.opened() as ledger:
        runs = [Run(number, program("", (), 0), each.recorded, each.known, each.rejected) for number, each in totals.items()]
        if runs:
            joined_at_last(ledger, runs[0])
            settled(ledger)
        for run in runs:
            ledger.end(run)
    return _sum(totals.values())


def chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Some lines at a time; blank ones are passed over."""
    some: list[Line] = []
    for where, line in lines:
        if line.strip():
            some.append((where, line))
        if len(some) == LINES_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _sum(counts: Iterable[Counts]) -> Counts:
    given = list(counts)
    return Counts(sum(one.recorded for one in given), sum(one.known for one in given), sum(one.rejected for one in given))


def _here(given: Iterable[list[Line]], options: LoadOptions) -> Iterator[Outcome]:
    with options.opened() as ledger:
        loader = Loader(ledger, options.command, options.min_probability)
        for some in given:
            yield loader.load(some)


def _in_processes(given: Iterable[list[Line]], options: LoadOptions) -> Iterator[Outcome]:
    workers = Workers(partial(_load, options.opened, options.command, options.min_probability), options.jobs)
    ahead: deque[Future[Outcome]] = deque()
    try:
        for some in given:
            ahead.append(workers.submit(some))
            if len(ahead) >= _AHEAD * options.jobs:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        workers.stop()


@cache
def _loader(opened: Callable[[], Ledger], command: str, min_probability: float) -> Loader:
    """What one worker process keeps: the ledger is opened once."""
    return Loader(opened(), command, min_probability)


def _load(opened: Callable[[], Ledger], command: str, min_probability: float, lines: list[Line]) -> Outcome:
    """In a worker process."""
    return _loader(opened, command, min_probability).load(lines)
