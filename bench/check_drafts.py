"""What checking a draft costs: 5,000 words with a hundred quotations, on a ledger of 100,000 statements, warm, in one process.

    python bench/check_drafts.py [--size 100000] [--words 5000] [--rounds 5] [--ledger postgresql://...]

The ledger is made of statements that are repeated and varied (bench/ask_ledger.py), in a temporary folder; with --ledger in an empty
database. Half of the quotations are taken from it, half of these with a word changed; the others are varied anew. Between them stand
paragraphs without any. Printed are the seconds of reading the draft (two threads) and of looking its quotations up, by the clock and
of processor time: on a machine that does something else besides, the clock tells of that.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from ask_ledger import Original, Varying, grow, originals
from onrecord.data import Document
from onrecord.find.check import checked
from onrecord.pipeline import Reader
from onrecord.record.ledger import Ledger, Options, open_ledger
from onrecord.record.tables import statements

QUOTATIONS, PIECE = 100, 25  # of these at most so many words each
SEED = 5
FILLER = (
    "The hall was full long before the meeting began, and the clerk had to send for more chairs while the members found their places. "
    "Nobody could say how long it would take, and the first items on the list were dealt with in a few minutes."
)


def draft(ledger: Ledger, given: Sequence[Original], words: int) -> Document:
    """A draft of about so many words."""
    chosen, varying = random.Random(SEED), Varying(given, SEED)
    with ledger.reading() as connection:
        highest = connection.scalar(select(func.max(statements.c.id))) or 1
        numbers = [chosen.randint(1, highest) for _ in range(QUOTATIONS // 2)]
        known = list(connection.scalars(select(statements.c.words).where(statements.c.id.in_(numbers))))
    new = [varying.varied(chosen.choice(given).row["words"]) for _ in range(QUOTATIONS - len(known))]
    names = sorted({one.row["speaker_name"] for one in given if one.row["speaker_key"] and " " in (one.row["speaker_name"] or "")})
    paragraphs: list[str] = []
    for n, one in enumerate(chosen.sample([*known, *new], QUOTATIONS)):
        said = [word for word in one.replace("“", "").replace("”", "").replace('"', "").split() if word != "..."][:PIECE]
        if n % 4 == 0 and said:
            said[len(said) // 2] = "lighthouse"
        paragraphs.append(f"“{' '.join(said).rstrip(',.')},” {chosen.choice(names)} said.")
    while sum(len(one.split()) for one in paragraphs) < words:
        paragraphs.insert(chosen.randrange(len(paragraphs)), FILLER)
    return Document("draft", "\n\n".join(paragraphs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ledger", help="an empty PostgreSQL database instead of a file")
    wanted = parser.parse_args()
    given, told = originals()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        where = wanted.ledger or str(Path(folder) / "ledger.db")
        with open_ledger(where, Options(), create=True) as ledger:
            grow(ledger, Varying(given), wanted.size)
            document = draft(ledger, given, wanted.words)
            reader = Reader(threads=2)
            reader.draft(Document("short", document.text[:2000]))
            times = [_round(ledger, reader, document) for _ in range(wanted.rounds + 1)][1:]
    print(f"{wanted.size:,} statements, made of {told}; a draft of {len(document.text.split()):,} words")
    for name, place in (("reading", 0), ("looking up", 1), ("both", 2)):
        clock, processor = (median(one[place][way] for one in times) for way in (0, 1))
        print(f"{name:11} {clock:6.2f} s   {processor:6.2f} s of processor time")
    print(f"{times[0][3][0]:.0f} quotations, {times[0][3][1]:.0f} found")


def _round(ledger: Ledger, reader: Reader, document: Document) -> tuple[tuple[float, float], ...]:
    """(clock, processor) seconds of reading, of looking up and of both; and how many quotations there are and were found."""
    start = time.perf_counter(), time.process_time()
    record = reader.draft(document)
    middle = time.perf_counter(), time.process_time()
    found = list(checked(ledger, [record]))
    end = time.perf_counter(), time.process_time()
    reading, looking = ((b[0] - a[0], b[1] - a[1]) for a, b in ((start, middle), (middle, end)))
    return reading, looking, (end[0] - start[0], end[1] - start[1]), (float(len(found)), float(sum(one.found is not None for one in found)))


if __name__ == "__main__":
    main()
