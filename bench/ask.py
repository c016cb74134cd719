"""What asking costs as a ledger grows: 200 varied questions at 10,000, 100,000 and 1,000,000 statements, warm, in one process.

    python bench/ask.py [--sizes 10000 100000 1000000] [--postgres] [--folder FOLDER] [--ledger WHERE] [--picture docs/ask-growth.svg]

The ledger is made of statements that are repeated and varied (bench/ask_ledger.py), in a temporary folder, or with --postgres in a
server of its own (bench/postgres_server.py). Ten million take some 15 GB in SQLite and 20 GB in PostgreSQL; with --ledger, a path or an
address, they lie there, are grown on from what is there, and stay, so that a second call measures them again on an idle machine.
Questions are one to ten words out of such statements; speaker, stance, days and publisher filter a third of them each; one in ten has no
words. Four hundred others are asked before, as of a server that has been up for a minute: what they look at then lies in memory.
"Opening" is the first question of a program that finds an index, "index made" the first one of a program that has to make it: all columns
and vectors are read from the ledger, grouped and written.
The picture needs `pip install 'onrecord[bench]'`.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from ask_ledger import PUBLISHERS, SEED, Original, Varying, grow, originals
from growth_picture import draw
from onrecord.annotate.meaning import Meaning
from onrecord.data import Stance
from onrecord.errors import LedgerError
from onrecord.find.ask import ask
from onrecord.find.holding import forget, index_path
from onrecord.find.question import Question
from onrecord.record.ledger import Ledger, Options, open_ledger
from onrecord.record.tables import statements
from postgres_server import server

ASKED, WARMING = 200, 400
LENGTHS = (1, 2, 3, 4, 6, 10)
AIM_MS = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one size: milliseconds a question, seconds, and bytes a statement."""

    statements: int
    times: tuple[float, ...]
    answers: float
    opening: float
    index: float
    ledger_bytes: float
    index_bytes: float

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(0.95 * len(self.times)) - 1]


def questions(given: Sequence[Original], seed: int) -> Iterator[Question]:
    """Varied questions without end."""
    chosen, varying = random.Random(seed), Varying(given, seed)
    names = sorted({one.row["speaker_name"] for one in given if one.row["speaker_key"]})
    while True:
        words = varying.varied(chosen.choice(given).row["words"]).split()
        count = chosen.choice(LENGTHS)
        start = chosen.randrange(max(1, len(words) - count))
        year = chosen.randrange(2021, 2031)
        yield Question(
            " ".join(words[start : start + count]) if chosen.random() < 0.9 else None,
            by=chosen.choice(names) if chosen.random() < 0.3 else None,
            stances=(chosen.choice(list(Stance)),) if chosen.random() < 0.3 else (),
            since=f"{year}-{chosen.randrange(1, 13):02}" if chosen.random() < 0.3 else None,
            as_of=f"{year + 1}-06-15" if chosen.random() < 0.2 else None,
            publisher=chosen.choice(PUBLISHERS) if chosen.random() < 0.2 else None,
        )


def seconds_of(ledger: Ledger, question: Question) -> tuple[float, int]:
    """How long the answers take, and how many they are; none where a small ledger does not know the name."""
    began = time.perf_counter()
    try:
        count = len(ask(ledger, question))
    except LedgerError:
        count = 0
    return time.perf_counter() - began, count


def figures(where: str, size: int, given: Sequence[Original]) -> Figures:
    """Asks a ledger of that size."""
    with open_ledger(where, Options(meaning=Meaning())) as ledger:
        forget(ledger)
        index = seconds_of(ledger, Question("a word"))[0]
    with open_ledger(where, Options(meaning=Meaning())) as ledger:
        opening = seconds_of(ledger, Question("a word"))[0]
        for question, _ in zip(questions(given, 2), range(WARMING), strict=False):
            seconds_of(ledger, question)
        found = [seconds_of(ledger, question) for question, _ in zip(questions(given, 3), range(ASKED), strict=False)]
        kept = index_path(ledger)
        index_bytes = kept.stat().st_size if kept.exists() else 0
    ledger_bytes = _bytes_of(where)
    times = tuple(1000 * seconds for seconds, _ in found)
    answers = sum(count for _, count in found) / len(found)
    return Figures(size, times, answers, opening, index, ledger_bytes / size, index_bytes / size)


def _bytes_of(where: str) -> int:
    if "://" not in where:
        return Path(where).stat().st_size
    with open_ledger(where) as ledger, ledger.reading() as connection:
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar() or 0)


def table(found: Sequence[Figures]) -> Iterator[str]:
    """The figures in Markdown."""
    yield "| Statements | Median | p95 | Longest | Opening | Index made | Bytes a statement: ledger | index |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for one in found:
        times = f"{median(one.times):.0f} ms | {one.p95:.0f} ms | {max(one.times):.0f} ms"
        made = (
            f"{one.index:.1f} s | {one.ledger_bytes:,.0f} | {one.index_bytes:,.0f}"
            if one.index_bytes
            else f"none | {one.ledger_bytes:,.0f} | –"
        )
        yield f"| {one.statements:,} | {times} | {one.opening:.2f} s | {made} |"


def curves(found: Sequence[Figures]) -> dict[str, list[float]]:
    """What is drawn."""
    return {
        "longest of 200 questions": [max(one.times) for one in found],
        "95 of 100 are faster (p95)": [one.p95 for one in found],
        "median": [median(one.times) for one in found],
    }


def size_of(ledger: Ledger) -> int:
    """How many statements there are."""
    with ledger.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(statements)) or 0)


@contextmanager
def _place(folder: Path | None, kept: str | None, *, postgres: bool) -> Iterator[str]:
    """Where the ledger is to be; if no place was named it is gone afterwards, and so is its index."""
    if kept:
        yield kept
    elif postgres:
        with server(folder) as where:
            yield where
            with open_ledger(where) as ledger:
                forget(ledger)
    else:
        with tempfile.TemporaryDirectory(prefix="onrecord-bench-", dir=folder) as inside:
            yield str(Path(inside) / "ledger.db")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--postgres", action="store_true", help="in PostgreSQL instead of a file")
    parser.add_argument("--folder", type=Path, help="where the ledger lies meanwhile")
    parser.add_argument("--ledger", metavar="WHERE", help="a ledger to grow on and leave there, in place of one for this run")
    parser.add_argument("--picture", type=Path)
    wanted = parser.parse_args()
    given, told = originals()
    print(f"{told}, repeated and varied", flush=True)
    found: list[Figures] = []
    with _place(wanted.folder, wanted.ledger, postgres=wanted.postgres) as where:
        for size in sorted(wanted.sizes):
            began = time.perf_counter()
            with open_ledger(where, Options(meaning=Meaning()), create=True) as ledger:
                have = size_of(ledger)
                grow(ledger, Varying(given, SEED + have), size, have)
            print(f"{size:,} statements after {time.perf_counter() - began:.0f} s more", flush=True)
            found.append(figures(where, size, given))
            print(f"  {found[-1].answers:.1f} answers a question", *list(table(found))[-1:], flush=True)
    print(*table(found), sep="\n")
    if wanted.picture:
        sizes = [one.statements for one in found]
        draw(sizes, curves(found), {AIM_MS: f"{AIM_MS} ms"}, "milliseconds a question", wanted.picture)


if __name__ == "__main__":
    main()
