"""What the desk costs under load: 20 requests a second at a ledger of a million statements, for ten minutes, on two cores.

    python bench/desk.py [--statements 1000000] [--ledger FILE] [--minutes 10] [--rate 20] [--picture docs/desk-load.svg]

The ledger is made if FILE is not there yet, and is left there; without --ledger it lies in a temporary folder (bench/desk_ledger.py).
`onrecord serve` runs as a process of its own. Requests are sent at a constant rate, whether or not earlier ones are answered, and the time
of each counts from the instant at which it was to be sent: an answer that comes late makes those behind it late, and that is seen. The mix
is that of bench/desk_requests.py. Every five seconds the memory of the server is looked at: all that it has in memory, of which the pages
of the ledger's file can be given back at any time and are never more than the file, and what is its own (anonymous). The slope is that of
the straight line through what came after the first third. Exit status 1 where an answer was an error, 0 otherwise however slow.
The picture needs `pip install 'onrecord[bench]'`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx2

from ask_ledger import kept, originals, taken
from desk_ledger import grow_desk
from desk_requests import Asked, Asking, samples
from onrecord.annotate.meaning import Meaning
from onrecord.record.ledger import Options, open_ledger
from process_memory import memory_of, slope

CORES = 2
AIM_MS, AIM_SHARE = 150, 0.95
MEMORY_EVERY = 5.0
PATIENCE_SECONDS = 60.0
STARTING_SECONDS = 900.0
SEARCH_AND_SPEAKERS = ("search", "speakers", "speaker")


@dataclass(slots=True)
class Seen:
    """What was seen: milliseconds by kind, the answers that were none, and (second, all, own) of memory in MiB."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    at: list[tuple[float, float]] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    memory: list[tuple[float, float, float]] = field(default_factory=list)


@contextmanager
def serving(ledger: str) -> Iterator[tuple[int, str, float]]:
    """The desk as a process of its own: its number, its address, and after how many seconds it is open."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "onrecord", "serve", ledger, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, set(sorted(os.sched_getaffinity(0))[:CORES]))
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            if " at http" not in line:
                raise SystemExit(f"The desk does not open: {line}{process.stderr.read()}")
            yield process.pid, line.split(" at ")[1].split()[0].rstrip("/"), time.perf_counter() - began
        finally:
            process.terminate()


async def load(address: str, process: int, asking: Asking, rate: float, seconds: float) -> Seen:
    """Sends requests at a constant rate, and looks at the memory meanwhile."""
    seen, began = Seen(), time.perf_counter()
    watching = asyncio.create_task(_watch(seen, process, began, seconds))
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=100)
    async with httpx2.AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, limits=limits) as client:
        sent: set[asyncio.Task[None]] = set()
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            task = asyncio.create_task(_ask(client, asking, seen, due, began))
            sent.add(task)
            task.add_done_callback(sent.discard)
        await asyncio.gather(*sent)
    await watching
    return seen


async def _ask(client: httpx2.AsyncClient, asking: Asking, seen: Seen, due: float, began: float) -> None:
    asked = asking.request()
    try:
        answer = await client.get(asked.address)
    except httpx2.HTTPError as error:
        seen.errors[asked.kind].append(f"{asked.address}: {type(error).__name__}")
        return
    took = 1000 * (time.perf_counter() - due)
    if answer.status_code != 200:
        seen.errors[asked.kind].append(f"{asked.address}: {answer.status_code}")
        return
    seen.times[asked.kind].append(took)
    seen.at.append((due - began, took))
    asking.answered(asked, answer.text)


async def _watch(seen: Seen, process: int, began: float, seconds: float) -> None:
    while (now := time.perf_counter() - began) <= seconds:
        held = memory_of(process)
        seen.memory.append((now, held.all, held.anonymous))
        await asyncio.sleep(MEMORY_EVERY)


def warm(address: str, asking: Asking, count: int = 100) -> float:
    """Asks some questions one after the other, of each kind; the seconds of the first one."""
    first = 0.0
    with httpx2.Client(base_url=address, timeout=STARTING_SECONDS) as client:
        for asked in (Asked("search", "/?q=bridge"), *(asking.request() for _ in range(count))):
            began = time.perf_counter()
            client.get(asked.address)
            first = first or time.perf_counter() - began
            time.sleep(0.03)  # the desk takes fifty requests a second from one place
    return first


def at(times: Sequence[float], share: float) -> float:
    """The time within which this share is answered."""
    return sorted(times)[max(0, int(share * len(times)) - 1)] if times else 0.0


def table(seen: Seen) -> Iterator[str]:
    """The figures in Markdown."""
    yield "| Kind | n | Median | p95 | p99 | Errors |"
    yield "| --- | --- | --- | --- | --- | --- |"
    both = [one for kind in SEARCH_AND_SPEAKERS for one in seen.times[kind]]
    whole = [one for times in seen.times.values() for one in times]
    rows = [*((kind, seen.times[kind]) for kind in sorted(seen.times.keys() | seen.errors.keys())), ("search and speakers", both)]
    for kind, times in (*rows, ("all", whole)):
        errors = len(seen.errors.get(kind, ())) if kind != "all" else sum(map(len, seen.errors.values()))
        figures = (f"{one:.0f} ms" for one in (median(times) if times else 0.0, at(times, 0.95), at(times, 0.99)))
        yield f"| {kind} | {len(times):,} | {' | '.join(figures)} | {errors} |"
    yield f"p95 of search and speakers {at(both, AIM_SHARE):.0f} ms, aim {AIM_MS} ms"
    since = seen.memory[-1][0] / 3
    late = [one for one in seen.memory if one[0] >= since]
    for name, column in (("memory with mapped files", 1), ("own memory", 2)):
        rise = slope([one[0] / 60 for one in late], [one[column] for one in late])
        first, then, last = seen.memory[0][column], late[0][column], late[-1][column]
        yield f"{name}: {first:.0f} MiB at first, {then:.0f} after a third, {last:.0f} at last, {rise:+.2f} MiB a minute; aim: flat"


def _made(where: Path, size: int) -> None:
    """The ledger, if it is not there yet. What was read for it is kept beside it."""
    if where.exists():
        return
    beside = where.with_suffix(".originals.json")
    if not beside.exists():
        kept(beside, originals()[0])
    with open_ledger(str(where), Options(meaning=Meaning()), create=True) as ledger:
        grow_desk(ledger, taken(beside), size)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--picture", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        where = wanted.ledger or Path(folder) / "desk.db"
        _made(where, wanted.statements)
        with open_ledger(str(where)) as ledger:  # not only to read, so that an older one is brought up
            asking = Asking(samples(ledger))
        with serving(str(where)) as (process, address, opening):
            print(f"{where.stat().st_size / 2**30:.2f} GiB; the desk opens after {opening:.1f} s", flush=True)
            print(f"first search {warm(address, asking):.2f} s; {os.getloadavg()[0]:.1f} programs wanted a core before", flush=True)
            seen = asyncio.run(load(address, process, asking, wanted.rate, 60 * wanted.minutes))
    print(*table(seen), sep="\n")
    print(*(one for those in seen.errors.values() for one in those[:5]), sep="\n")
    if wanted.picture:
        from desk_picture import draw_load  # noqa: PLC0415  # needs matplotlib

        draw_load(seen.at, seen.memory, AIM_MS, wanted.picture)
    return 1 if seen.errors else 0


if __name__ == "__main__":
    sys.exit(main())
