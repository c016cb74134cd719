"""How many statements a second go into PostgreSQL in bulk.

    python bench/bulk.py [--statements 200000] [--jobs 1 2] [--folder FOLDER] [--sqlite]

The records are those of PolNeAR's dev split in ../shared where it is there, and of the invented newspapers, each repeated under other
names until there are so many statements. They are written as JSON Lines once. Timed is `onrecord load` without links, from the first line
to the last row, in so many processes; then what it does at the end (who is one, counts for plans); and the same from records in memory.
Every time goes into an empty database of a server of its own (bench/postgres_server.py), where what is committed is on the disk.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import psycopg

from ask_ledger import DEV, ROOT
from onrecord.annotate.meaning import Meaning
from onrecord.data import Document, Record
from onrecord.export.jsonl import to_json, to_line
from onrecord.pipeline import Reader
from onrecord.read import documents
from onrecord.record.ledger import Ledger, Options, open_ledger
from onrecord.run import loading
from onrecord.run.loading import Line, Loader, LoadOptions, loaded_lines
from onrecord.settings import ReadOptions
from postgres_server import server

_names = count(1)


def records() -> list[Record]:
    """What there is to repeat."""
    paths = [str(ROOT / "examples" / "newspapers"), *([str(DEV)] if DEV.exists() else [])]
    reader = Reader(threads=2)
    found = (reader.record(one) for one in documents(paths, ReadOptions()) if isinstance(one, Document))
    return [one for one in found if one.statements]


def written(path: Path, given: Sequence[Record], wanted: int) -> int:
    """Writes records until they have so many statements; how many they have."""
    have = number = 0
    with path.open("wb") as file:
        while have < wanted:
            for one in given:
                number += 1
                document = replace(one.document, locator=f"bench/{number}", name=f"bench-{number}")
                file.write(to_line(to_json(replace(one, document=document))))
                have += len(one.statements)
    return have


def lines(path: Path) -> Iterator[Line]:
    with path.open("rb") as file:
        yield from ((f"{path}:{number}", line) for number, line in enumerate(file, 1))


def opened(where: str) -> Ledger:
    return open_ledger(where, Options(meaning=Meaning()), create=True)


@contextmanager
def empty(address: str | None) -> Iterator[str]:
    """An empty database on the server, or a file."""
    if address is None:
        with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
            yield str(Path(folder) / "ledger.db")
        return
    name = f"bulk_{next(_names)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield address.replace("/bench?", f"/{name}?")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def load(where: str, path: Path, jobs: int) -> tuple[float, float]:
    """Seconds until all rows are there, and those of what is done at the end."""
    opened(where).close()
    began = time.perf_counter()
    last = began

    def told(_: object) -> None:
        nonlocal last
        last = time.perf_counter()

    loaded_lines(lines(path), LoadOptions(partial(opened, where), "load bench", jobs=jobs, told=told))
    return last - began, time.perf_counter() - last


def copy_only(where: str, given: Sequence[Record], statements: int, jobs: int) -> float:
    """Seconds of processes that each write records that they hold already; the parent's time from the go to the end."""
    opened(where).close()
    with ProcessPoolExecutor(jobs, get_context("spawn"), _hold, (where, given)) as pool:
        list(pool.map(_ready, range(jobs)))
        began = time.perf_counter()
        list(pool.map(_copy, [(number, statements // jobs) for number in range(jobs)]))
        return time.perf_counter() - began


class _Held:
    loader: Loader
    given: Sequence[Record]


def _hold(where: str, given: Sequence[Record]) -> None:
    _Held.loader, _Held.given = Loader(opened(where), "load bench", 0.5), given
    Meaning().vectors(["ready"])


def _ready(_: int) -> None:
    time.sleep(0.5)  # so that each process takes one


def _copy(what: tuple[int, int]) -> None:
    from onrecord.record.bulk import chunks, copied  # noqa: PLC0415  # in the process that copies
    from onrecord.run.adding import program  # noqa: PLC0415

    first, wanted = what
    run = _Held.loader.ledger.begin(program("bench", (), 0.5), "load bench")
    for some in chunks(_repeated(_Held.given, f"{first}", wanted)):
        copied(_Held.loader.ledger, run, some)


def _repeated(given: Sequence[Record], mark: str, wanted: int) -> Iterator[Record]:
    have = 0
    for number in count():
        one = given[number % len(given)]
        if have >= wanted:
            return
        yield replace(one, document=replace(one.document, locator=f"bench/{mark}/{number}"))
        have += len(one.statements)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=200_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path, help="where the server's files lie meanwhile")
    parser.add_argument("--sqlite", action="store_true", help="into a file instead")
    wanted = parser.parse_args()
    given = records()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-", dir=wanted.folder) as folder:
        path = Path(folder) / "records.jsonl"
        statements = written(path, given, wanted.statements)
        print(f"{statements:,} statements, {path.stat().st_size / 1e6:,.0f} MB, {loading.LINES_AT_ONCE} lines a transaction", flush=True)
        if wanted.sqlite:
            _told(None, path, given, statements, [1])
        else:
            with server(wanted.folder) as address:
                _told(address, path, given, statements, wanted.jobs)


def _told(address: str | None, path: Path, given: Sequence[Record], statements: int, jobs: Sequence[int]) -> None:
    print(
        "| Processes | From JSON Lines: statements a second | At the end | From records: statements a second |\n| --- | --- | --- | --- |"
    )
    for number in jobs:
        with empty(address) as where:
            seconds, end = load(where, path, number)
        with empty(address) as where:
            copying = copy_only(where, given, statements, number)
        print(f"| {number} | {statements / seconds:,.0f} | {end:.1f} s | {statements / copying:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
