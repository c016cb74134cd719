"""How many copies of one text are found among real documents, how surely, and whether those near the threshold are copies.

    python evals/copies.py [--show] [--sample 10000]

A month of feeds and PolNeAR's train split (in ../shared, or where ONRECORD_SHARED points) go into a ledger of their own, without being
read by the tagger, since copies are found by the texts alone. Printed are the copies with their shares; and recall: of the pairs of
documents that share enough when a sample is compared with all by exact shingles, how many are in one story. PAIRS pairs of documents near
the thresholds, and MORE_OF_ONE of one outlet that share more, were judged by reading both: right where one is a print of the other's text,
whole, cut or lightly edited; the verdicts are in copies.tsv. Pairs that nobody has judged are printed with --show. Exit status 1 where
recall, or the part of the found pairs that is right, is under its floor.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from gold import SHARED
from onrecord.data import Document, Record
from onrecord.read import documents
from onrecord.record.copies import LEAST_OF_ONE_OUTLET, LEAST_SHARE, story
from onrecord.record.copy_tables import copies
from onrecord.record.identity import document_key
from onrecord.record.ledger import Ledger, Program, open_ledger
from onrecord.record.signatures import LEAST_WORDS, Signed, share, signed
from onrecord.record.tables import documents as kept_documents

SOURCES = (SHARED / "data/polnear/train.jsonl.gz", SHARED / "data/feeds/rss-2026-01.jsonl.gz")
VERDICTS = Path(__file__).with_suffix(".tsv")
FLOORS = {"recall": 0.95, "right": 0.9}
PAIRS = 60
NEAR = 0.55, 0.9
MORE_OF_ONE = 20  # pairs of one outlet that share more
HEAD = 600  # characters that are shown of each
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents by their places, and how much of the shorter the longer one has."""

    first: int
    second: int
    share: float


def main() -> None:
    """Print the figures; exit with 1 where one is under its floor."""
    options = _options()
    if missing := [path for path in SOURCES if not path.exists()]:
        print(f"nothing measured: {missing[0]} is not there")
        return
    given = list({document_key(one): one for path in SOURCES for one in documents([str(path)]) if isinstance(one, Document)}.values())
    made = [signed([one.text]) for one in given]
    with TemporaryDirectory() as folder, open_ledger(f"{folder}/copies.db", create=True) as ledger:
        stories = _stories(ledger, given)
    sample = random.Random(5).sample(range(len(given)), min(options.sample, len(given)))
    exact = list(_exact(made, sample))
    recall = _recall(given, exact, stories)
    right = _judged(given, _near(given, made), stories, show=options.show)
    sys.exit(recall < FLOORS["recall"] or (right is not None and right < FLOORS["right"]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Copies of one text among real documents.")
    parser.add_argument("--show", action="store_true", help="print the pairs that nobody has judged")
    parser.add_argument("--sample", type=int, default=10_000, help="documents that are compared with all others exactly")
    return parser.parse_args()


def _stories(ledger: Ledger, given: Sequence[Document]) -> list[int]:
    """For each document the row of the first of its story; prints what was found and how long it took."""
    began = time.process_time()
    run = ledger.begin(Program("evals"), "copies")
    for start in range(0, len(given), AT_ONCE):
        ledger.add(run, [Record(one, (), (), (), (), ()) for one in given[start : start + AT_ONCE]])
    taken = time.process_time() - began
    with ledger.reading() as connection:
        shares = list(connection.scalars(select(copies.c.share)))
        rows = {row.key: row.id for row in connection.execute(select(kept_documents.c.key, kept_documents.c.id))}
        heads: dict[int, int] = {}
        for number in sorted(rows.values()):
            if number not in heads:
                heads |= dict.fromkeys(story(connection, number), number)
    told = Counter(min(int(one * 20), 20) / 20 for one in shares)
    print(f"{len(given):,} documents added in {taken:.0f} s of one core, {taken / len(given) * 1000:.1f} ms each")
    print(f"{len(shares):,} are copies of an earlier one; by share: {', '.join(f'{at:.2f} {n}' for at, n in sorted(told.items()))}")
    return [heads[rows[document_key(one)]] for one in given]


def _exact(made: Sequence[Signed], sample: Sequence[int]) -> Iterator[Pair]:
    """All pairs of a document of the sample with any other that share a shingle, and how much; tiny ones with tiny ones."""
    holding: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(made):
        for shingle in one.shingles.tolist() if one.bands else ():
            holding[shingle].append(place)
    for place in sample:
        mine = made[place]
        shared = Counter(other for shingle in mine.shingles.tolist() for other in holding.get(shingle, ()))
        for other, count in shared.items():
            if other != place and (mine.words < LEAST_WORDS) == (made[other].words < LEAST_WORDS):
                yield Pair(place, other, count / min(len(mine.shingles), len(made[other].shingles)))


def _wanted(given: Sequence[Document], pair: Pair) -> bool:
    one, other = ((given[place].publisher or "").casefold() for place in (pair.first, pair.second))
    return pair.share >= (LEAST_OF_ONE_OUTLET if one and one == other else LEAST_SHARE)


def _recall(given: Sequence[Document], exact: Sequence[Pair], stories: Sequence[int]) -> float:
    """Of the pairs that share enough by exact count, the part that is in one story."""
    wanted = [pair for pair in exact if _wanted(given, pair)]
    found = sum(stories[pair.first] == stories[pair.second] for pair in wanted)
    long = [pair for pair in wanted if len(given[pair.first].text.split()) >= LEAST_WORDS]
    found_long = sum(stories[pair.first] == stories[pair.second] for pair in long)
    print(f"recall against exact shares: {found} of {len(wanted)} pairs ({found / max(1, len(wanted)):.3f})")
    print(f"  of documents of {LEAST_WORDS} words and more: {found_long} of {len(long)}")
    return found / max(1, len(wanted))


def _near(given: Sequence[Document], made: Sequence[Signed]) -> list[Pair]:
    """PAIRS pairs that share bands and lie near the thresholds, half of them of two outlets; the same in every run."""
    meeting: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(made):
        for band in one.bands if one.words >= LEAST_WORDS else ():
            meeting[band].append(place)
    pairs = {(first, second) for those in meeting.values() for at, second in enumerate(those) for first in those[:at]}
    found = [Pair(first, second, share(made[first].shingles, made[second].shingles)) for first, second in sorted(pairs)]
    near = [pair for pair in found if NEAR[0] <= pair.share < NEAR[1]]
    random.Random(5).shuffle(near)
    of_one = [pair for pair in near if given[pair.first].publisher == given[pair.second].publisher]
    of_two = [pair for pair in near if given[pair.first].publisher != given[pair.second].publisher]
    print(f"pairs with a share from {NEAR[0]} to {NEAR[1]}: {len(of_two)} of two outlets, {len(of_one)} of one")
    half = PAIRS // 2
    more = [pair for pair in found if NEAR[1] <= pair.share < 1 and given[pair.first].publisher == given[pair.second].publisher]
    random.Random(5).shuffle(more)
    return sorted([*of_two[:half], *of_one[: PAIRS - min(half, len(of_two))], *more[:MORE_OF_ONE]], key=lambda pair: pair.share)


def _judged(given: Sequence[Document], pairs: Sequence[Pair], stories: Sequence[int], *, show: bool) -> float | None:
    """Prints what was judged of the pairs; the part of those found that are right, null where nothing was judged."""
    verdicts = dict(line.rsplit("\t", 1) for line in VERDICTS.read_text(encoding="utf8").splitlines()) if VERDICTS.exists() else {}
    counted: Counter[tuple[bool, str]] = Counter()
    for pair in pairs:
        name = "\t".join(document_key(given[place])[:16] for place in (pair.first, pair.second))
        verdict = verdicts.get(name)
        if verdict is None and show:
            _show(given, pair, name)
        if verdict is not None:
            counted[stories[pair.first] == stories[pair.second], verdict] += 1
    found = sum(count for (is_found, _), count in counted.items() if is_found)
    for (is_found, verdict), count in sorted(counted.items(), reverse=True):
        print(f"judged by eye: {count} {'found' if is_found else 'not found'}, {verdict}")
    return counted[True, "right"] / found if found else None


def _show(given: Sequence[Document], pair: Pair, name: str) -> None:
    print(f"\n{name}\t{pair.share:.2f}")
    for place in (pair.first, pair.second):
        one = given[place]
        print(f"  {one.publisher} {one.creation_day} {len(one.text.split())} words: {' '.join(one.text.split())[:HEAD]}")


if __name__ == "__main__":
    main()
