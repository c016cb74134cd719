"""Whether what a ledger joins over documents is one person or body: 300 pairs of documents, judged by reading both.

    python evals/identity.py [--seed 5] [--show]

The ledger of a month of feeds and of PolNeAR's train split (in ../shared, or where ONRECORD_SHARED points) is read once and kept under
build/identity; who is one is worked out anew each time. Half of the pairs are written differently ("JD Vane", "Vane"), half alike; a key is
drawn first, then two of its documents, so that those who are named everywhere do not count for more than others. Pairs that nobody has
judged are printed with --show, with what their documents say; verdicts (right, wrong) go into identity.tsv. Printed as well: how much was
joined, and what a check of names alone would join too, which stayed apart.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select

from gold import SHARED
from onrecord.find.people import people
from onrecord.record.gathered import buckets_of
from onrecord.record.joining import join_all
from onrecord.record.judged import Judged, judged
from onrecord.record.ledger import Ledger, Program, open_ledger
from onrecord.record.stored import current_statements
from onrecord.record.tables import aliases, documents, names, statements
from onrecord.resolve.person_names import fit, person_name

SOURCES = (SHARED / "data/polnear/train.jsonl.gz", SHARED / "data/feeds/rss-2026-01.jsonl.gz")
CACHE = Path(__file__).parents[1] / "build/identity"
VERDICTS = Path(__file__).with_suffix(".tsv")
PAIRS = 300
AROUND = 110  # characters of context on either side


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody in one document: the row id and name of the document, the key that is joined and the raw one, the name, role and a place."""

    document: int
    document_key: str
    key: str
    raw: str
    name: str
    role: str | None
    is_person: bool
    start: int


def main() -> None:
    """Print how much is joined, and how much of it rightly."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--seed", type=int, default=5)
    given.add_argument("--show", action="store_true", help="print the pairs that nobody has judged")
    wanted = given.parse_args()
    if not all(path.exists() for path in SOURCES):
        print(f"nothing measured: there is no data in {SHARED}")
        return
    with open_ledger(str(joined_ledger())) as ledger, ledger.reading() as connection:
        known = judged(connection)
        said = list(holders(connection, known))
        report_joins(ledger, said)
        report_apart(said)
        pairs = sampled(said, wanted.seed)
        verdicts = judged_pairs()
        report_precision(pairs, verdicts, wanted.seed)
        report_all(said, verdicts)
        if wanted.show:
            for pair in pairs:
                if place(pair) not in verdicts:
                    show(connection, pair)


def joined_ledger() -> Path:
    """The ledger with what the program joins today; read once, joined anew."""
    read, joined = CACHE / "read.db", CACHE / "joined.db"
    if not read.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "onrecord", "add", *map(str, SOURCES), "--ledger", str(read), "--jobs", "1", "--format", "jsonl"]
        subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    shutil.copy(read, joined)
    with open_ledger(str(joined)) as ledger:
        run = ledger.begin(Program("identity"), "identity")
        with ledger.writing() as connection:
            connection.execute(delete(aliases))
            connection.execute(delete(names))
            join_all(connection, run.id)
        ledger.end(run)
    return joined


def holders(connection: Connection, known: Judged) -> Iterator[Said]:
    """Everybody who speaks in each document, once."""
    assert known.aliases is not None
    known.aliases.load_all()
    seen: set[tuple[int, str]] = set()
    asked = current_statements().add_columns(documents.c.key.label("document_key")).where(statements.c.speaker_key.is_not(None))
    for row in connection.execute(asked.order_by(statements.c.id)).mappings():
        raw, document = row["speaker_key"], row["document_id"]
        if row["hypothetical"] or (document, raw) in seen:
            continue
        seen.add((document, raw))
        start = (row["source"] or row["content"])[0][0]
        about = (row["speaker_name"], row["speaker_role"], row["speaker_type"] == "person", start)
        yield Said(document, row["document_key"], known.speaker(raw, document), raw, *about)


def report_joins(ledger: Ledger, said: Sequence[Said]) -> None:
    raw = {one.raw for one in said}
    spread = defaultdict(set)
    for one in said:
        spread[one.key].add(one.document)
    print(f"{len(said)} speakers in documents; {len(raw)} keys as single documents give them, {len(spread)} after joining")
    changed = sum(one.key != one.raw for one in said)
    several = sum(len(found) > 1 for found in spread.values())
    print(f"{changed} speakers have another key than their document alone gives; {several} keys are in several documents")
    print(f"{len(people(ledger))} people and bodies are listed")


def report_apart(said: Sequence[Said]) -> None:
    """What a check of names alone finds that stayed apart: full names that fit, and surnames of somebody who is known."""
    of_key: dict[str, Counter[str]] = defaultdict(Counter)
    for one in said:
        if one.is_person:
            of_key[one.raw][one.key] += 1
    buckets = defaultdict(list)
    for raw in of_key:
        buckets[buckets_of(raw)[0]].append(raw)
    full = together = 0
    apart: list[str] = []
    for keys in buckets.values():
        for mine, theirs in combinations(sorted(keys), 2):
            if fit(person_name(words(mine)), person_name(words(theirs))) is None:
                continue
            full += 1
            if set(of_key[mine]) & set(of_key[theirs]):
                together += 1
            else:
                apart.append(f"{mine} / {theirs}")
    print(f"of {full} pairs of full names that fit each other {together} are joined; apart stay: {', '.join(apart[:60])}")
    bare = [one for one in said if one.is_person and not person_name(one.name).given]
    surnames = {person_name(words(raw)).surname for raw in of_key if person_name(words(raw)).given}
    able = [one for one in bare if person_name(one.name).surname in surnames]
    joined = sum(bool(person_name(words(one.key)).given) for one in able)
    print(f"of {len(able)} single names that are the surname of somebody who is known {joined} are joined to one")


def words(key: str) -> str:
    return key.replace("-", " ")


def sampled(said: Sequence[Said], seed: int) -> list[tuple[Said, Said]]:
    """PAIRS pairs of documents with one key, half of them written differently; the same ones for the same seed."""
    of: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        of[one.key].append(one)
    chosen = random.Random(seed)
    unlike = {key: found for key, found in of.items() if len({one.name for one in found}) > 1}
    found = list(drawn(unlike, PAIRS // 2, chosen, unlike=True))
    return found + list(drawn(of, PAIRS - len(found), chosen, unlike=False))


def drawn(of: dict[str, list[Said]], count: int, chosen: random.Random, *, unlike: bool) -> Iterator[tuple[Said, Said]]:
    keys = [key for key in sorted(of) if len({one.document for one in of[key]}) > 1]
    seen: set[tuple[str, ...]] = set()
    for _ in range(50 * count):
        if len(seen) == count or not keys:
            return
        one, other = chosen.sample(of[chosen.choice(keys)], 2)
        pair = (one, other) if one.document_key < other.document_key else (other, one)
        if one.document != other.document and (one.name != other.name) is unlike and place(pair) not in seen:
            seen.add(place(pair))
            yield pair


def place(pair: tuple[Said, Said]) -> tuple[str, ...]:
    """What names a pair in the file of verdicts."""
    one, other = pair
    return one.document_key[:12], one.name, other.document_key[:12], other.name


def judged_pairs() -> dict[tuple[str, ...], str]:
    """The verdicts, by pair."""
    if not VERDICTS.exists():
        return {}
    rows = [line.split("\t") for line in VERDICTS.read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]
    return {tuple(row[:4]): row[4] for row in rows}


def report_precision(pairs: Sequence[tuple[Said, Said]], verdicts: dict[tuple[str, ...], str], seed: int) -> None:
    for what, unlike in (("written differently", True), ("written alike", False)):
        of = [verdicts.get(place(pair), "unjudged") for pair in pairs if (pair[0].name != pair[1].name) is unlike]
        report(what, Counter(of))
    report(f"seed {seed}, all", Counter(verdicts.get(place(pair), "unjudged") for pair in pairs))


def report_all(said: Sequence[Said], verdicts: dict[tuple[str, ...], str]) -> None:
    """Of all pairs that were ever judged, those that are joined today: seen while rules were made, unlike a fresh seed."""
    keys = {(one.document_key[:12], one.name): one.key for one in said}
    joined = [what for (one, name, other, its), what in verdicts.items() if keys.get((one, name)) == keys.get((other, its)) is not None]
    report("judged for any seed and joined today", Counter(joined))


def report(what: str, counts: Counter[str]) -> None:
    judged_ones = counts["right"] + counts["wrong"]
    share = f"{counts['right'] / judged_ones:.3f}" if judged_ones else "none judged"
    print(f"precision of pairs {what}: {share} ({counts['wrong']} wrong of {judged_ones}; {counts['unjudged']} unjudged)")


def show(connection: Connection, pair: tuple[Said, Said]) -> None:
    """A pair with what its documents say."""
    print("\n" + "\t".join(place(pair)) + f"\t?\t{pair[0].key}")
    for one in pair:
        row: Any = connection.execute(select(documents).where(documents.c.id == one.document)).mappings().one()
        text = row["text"][max(0, one.start - AROUND) : one.start + AROUND].replace("\n", " ")
        print(f"   {row['known_on']} {(row['publisher'] or '')[:30]} [{one.role or ''}] {(row['title'] or '')[:70]} :: {text}")


if __name__ == "__main__":
    main()
