"""What comparing a new statement with a ledger costs as the ledger grows: 20 new documents at 10,000, 100,000 and 1,000,000 statements.

    python bench/link.py [--sizes 10000 100000 1000000] [--picture docs/link-growth.svg] [--keep FOLDER]

The ledger is that of bench/ask.py: statements that are repeated and varied, so that each has many that are near. All its documents count as
compared; then documents of 15 statements each are added and compared, one after the other, in one process on one core, the first five to
warm up. "Outside" is all but the pair model: what is near is looked up, the rows are read, the links are written.
The picture needs `pip install 'onrecord[bench]'`.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from sqlalchemy import insert, literal, select

from ask import size_of
from ask_ledger import PER_DOCUMENT, Varying, grow, originals
from growth_picture import draw
from onrecord.annotate.meaning import Meaning
from onrecord.link.pair_model import PairModel
from onrecord.record.copy_tables import signatures
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.stored import now
from onrecord.record.tables import documents, linkings, readings
from onrecord.run.linking import LinkOptions, linked

NEW, WARMING = 20, 5
AIM_MS, AIM_OUTSIDE_MS = 150, 30


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one size: milliseconds a new statement, those of them that the pair model takes, and pairs seen and read a statement."""

    statements: int
    whole: float
    slowest: float
    model: float
    seen: float
    read: float

    @property
    def outside(self) -> float:
        return self.whole - self.model


class Timed(PairModel):
    """The shipped model, with the seconds that it took and the pairs that it saw and read."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds, self.seen, self.counted = 0.0, 0, 0

    def glances(self, pairs: Any) -> Any:
        began = time.perf_counter()
        found = super().glances(pairs)
        self.seconds, self.seen = self.seconds + time.perf_counter() - began, self.seen + len(pairs)
        return found

    def read(self, pairs: Any) -> Any:
        began = time.perf_counter()
        found = super().read(pairs)
        self.seconds, self.counted = self.seconds + time.perf_counter() - began, self.counted + len(pairs)
        return found


def count_as_compared(ledger: Ledger, options: LinkOptions) -> None:
    """Marks all readings as compared, and all documents as looked through for copies, which is measured in `evals/copies.py`."""
    run = ledger.begin(Program("bench"), "bench/link.py")
    with ledger.writing() as connection:
        done = select(linkings.c.reading_id).where(linkings.c.digest == options.digest)
        rows = select(readings.c.id, literal(run.id), literal(now()), literal(options.digest)).where(readings.c.id.not_in(done))
        connection.execute(insert(linkings).from_select(["reading_id", "run_id", "made_at", "digest"], rows))
    count_as_signed(ledger)


def count_as_signed(ledger: Ledger) -> None:
    """Gives documents without a signature an empty one, which nothing is a copy of."""
    with ledger.writing() as connection:
        bare = select(documents.c.id, literal(0), literal(0), literal(b"")).where(documents.c.id.not_in(select(signatures.c.document_id)))
        connection.execute(insert(signatures).from_select(["document_id", "words", "shingles", "signature"], bare))


def figures(where: str, size: int, varying: Varying) -> Figures:
    """Adds new documents to a ledger of that size and compares them."""
    model = Timed()
    options = LinkOptions(model)
    times, taken = list[float](), list[float]()
    with open_ledger(where, Options(meaning=Meaning())) as ledger:
        count_as_compared(ledger, options)
        for number in range(NEW):
            have = size + number * PER_DOCUMENT
            grow(ledger, varying, have + PER_DOCUMENT, have)
            count_as_signed(ledger)
            run = ledger.begin(Program("bench"), "bench/link.py")
            if number == WARMING:
                model.seen = model.counted = 0
            before, began = model.seconds, time.perf_counter()
            for _ in linked(ledger, run, options):
                pass
            times.append(1000 * (time.perf_counter() - began) / PER_DOCUMENT)
            taken.append(1000 * (model.seconds - before) / PER_DOCUMENT)
    counted = (NEW - WARMING) * PER_DOCUMENT
    return Figures(size, mean(times[WARMING:]), max(times[WARMING:]), mean(taken[WARMING:]), model.seen / counted, model.counted / counted)


def table(found: Sequence[Figures]) -> Iterator[str]:
    """The figures in Markdown."""
    yield "| Statements | A new statement | slowest document's | in the pair model | outside | Pairs seen | read |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for one in found:
        told = f"{one.whole:.0f} ms | {one.slowest:.0f} ms | {one.model:.0f} ms | {one.outside:.0f} ms"
        yield f"| {one.statements:,} | {told} | {one.seen:.0f} | {one.read:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder for the ledger; one that is there already is grown on")
    wanted = parser.parse_args()
    given, told = originals()
    print(f"{told}, repeated and varied", flush=True)
    found: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        where, varying = str((wanted.keep or Path(folder)) / "ledger.db"), Varying(given)
        for size in sorted(wanted.sizes):
            with open_ledger(where, Options(meaning=Meaning()), create=not Path(where).exists()) as ledger:
                have = size_of(ledger)
                grow(ledger, varying, size, have)
            found.append(figures(where, max(size, have), varying))
            print(*list(table(found))[-1:], flush=True)
    print(*table(found), sep="\n")
    if wanted.picture:
        curves = {"a new statement": [one.whole for one in found], "outside the pair model": [max(one.outside, 1) for one in found]}
        aims = {float(aim): f"{aim} ms" for aim in (AIM_MS, AIM_OUTSIDE_MS)}
        draw([one.statements for one in found], curves, aims, "milliseconds a statement", wanted.picture)


if __name__ == "__main__":
    main()
