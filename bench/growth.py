"""What adding, asking and linking cost as one ledger grows, and a picture of all three.

    python bench/growth.py [--sizes 10000 100000 1000000] [--ledger WHERE] [--picture docs/growth.svg]

The ledger is that of bench/ask.py: its statements are simulated, repeated and varied from those of articles that were read, since
to read so much news would take days. At each size, in one process: 200 questions (bench/ask.py), 20 new documents that are compared
with all others (bench/link.py), and 100 new documents that are added, ten at a time as `onrecord add` does. These are records that were
read before, so "added" is all that the ledger does with them: rows, words, vectors, who is one. Reading them is measured in bench/read.py.
With --ledger, the path of a file or an address, the ledger lies there, is grown on from what is there, and stays. Ten million take an
hour and 15 GB. The picture needs `pip install 'onrecord[bench]'`.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from statistics import mean, median

from ask import figures as asked
from ask import size_of
from ask_ledger import SEED, Varying, grow, originals
from bulk import records
from growth_picture import draw
from link import figures as linked
from onrecord.annotate.meaning import Meaning
from onrecord.data import Record
from onrecord.record.ledger import Options, Program, open_ledger

ADDED, AT_ONCE, WARMING = 100, 10, 20


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one size, in milliseconds: a statement that is added, the slowest ten documents' a statement, a question, a statement compared."""

    statements: int
    added: float
    slowest: float
    median: float
    p95: float
    linked: float
    outside: float


def added(where: str, size: int, given: Sequence[Record]) -> tuple[float, float]:
    """Milliseconds a statement that is added, on average and in the slowest ten documents."""
    new = (
        replace(one, document=replace(one.document, locator=f"bench/new/{size}/{number}", name=f"new-{size}-{number}"))
        for number, one in enumerate(cycle(given))
    )
    with open_ledger(where, Options(meaning=Meaning())) as ledger:
        run = ledger.begin(Program("bench"), "bench/growth.py")
        ledger.add(run, list(islice(new, WARMING)))
        times = list[float]()
        for _ in range(ADDED // AT_ONCE):
            some = list(islice(new, AT_ONCE))
            began = time.perf_counter()
            ledger.add(run, some)
            times.append(1000 * (time.perf_counter() - began) / sum(len(one.statements) for one in some))
        ledger.end(run)
    return mean(times), max(times)


def table(found: Sequence[Figures]) -> Iterator[str]:
    """The figures in Markdown."""
    yield "| Statements | Added: a statement | slowest | A question: median | p95 | Linked: a statement | outside the pair model |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for one in found:
        rest = (one.median, one.p95, one.linked, one.outside)
        times = " | ".join([f"{one.added:.2f} ms", f"{one.slowest:.2f} ms", *(f"{value:.0f} ms" for value in rest)])
        yield f"| {one.statements:,} | {times} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--ledger", metavar="WHERE", help="a ledger to grow on and leave there, in place of one for this run")
    parser.add_argument("--picture", type=Path)
    wanted = parser.parse_args()
    given, told = originals()
    read = records()
    print(f"{told}, repeated and varied; {len(read)} records to add", flush=True)
    found: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        where = wanted.ledger or str(Path(folder) / "ledger.db")
        for size in sorted(wanted.sizes):
            with open_ledger(where, Options(meaning=Meaning()), create=True) as ledger:
                have = size_of(ledger)
                grow(ledger, Varying(given, SEED + have), size, have)
            answers = asked(where, size, given)
            compared = linked(where, max(size, have), Varying(given, SEED + size))
            times = (median(answers.times), answers.p95, compared.whole, compared.outside)
            found.append(Figures(size, *added(where, size, read), *times))
            print(*list(table(found))[-1:], flush=True)
    print(*table(found), sep="\n")
    if wanted.picture:
        curves = {
            "a statement linked": [one.linked for one in found],
            "95 of 100 questions are faster (p95)": [one.p95 for one in found],
            "a question, median": [one.median for one in found],
            "a statement added": [one.added for one in found],
        }
        draw([one.statements for one in found], curves, {}, "milliseconds", wanted.picture)


if __name__ == "__main__":
    main()
