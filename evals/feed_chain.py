"""Links among real teasers: the chain about an alleged attack on a residence, and the most probable conflicts, judged by eye.

    python evals/feed_chain.py [--days 2026-01-01 2026-01-02] [--most 3000] [--ledger chain.db] [--show]

Entries of a month of feeds (in ../shared, or where ONRECORD_SHARED points) go into a ledger of their own: those of the days, and of every
day those about the residence. All are read with the shipped models and linked. Printed are, at run time only, the statements about the
residence by day, the links among them, and which of the four steps (claim, denial, finding, doubt) no link touches; then how many of the
MOST most probable conflicts, copies of one text taken once, were judged right: both ends are statements, and the link is what
gold/GUIDE.md says of its type. The verdicts are in feed_conflicts.tsv: the id of a link, the verdict, and of a wrong one the kind of fault.
`--show` prints these conflicts with both passages. A ledger that is there already is taken as it is.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import select

from gold import SHARED
from onrecord.annotate.meaning import Meaning
from onrecord.data import Document, Rejection
from onrecord.find.links import LedgerLink, Order, WantedLinks, links
from onrecord.pipeline import Reader
from onrecord.read import documents
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.tables import documents as kept
from onrecord.run.linking import LinkOptions, linked

ENTRIES = SHARED / "data/feeds/rss-2026-01.jsonl.gz"
VERDICTS = Path(__file__).with_name("feed_conflicts.tsv")
DAYS = ("2026-01-01", "2026-01-02")
CONFLICTS = ("contradicts", "denies", "revises")
MOST = 50
_PLACE = re.compile(r"\b(?:residence|Valdai|Novgorod)\b", re.IGNORECASE)
_SIDE = re.compile(r"\b(?:Putin|Kremlin|Russian?|Moscow)\b")
_STEPS = {
    "claim": re.compile(r"\b(?:attack(?:ed)?|drones?|target(?:ed)?|struck)\b", re.IGNORECASE),
    "denial": re.compile(r"\b(?:den(?:y|ies|ied)|lies?|fabricat\w+|not true|reject\w*|did not)\b", re.IGNORECASE),
    "finding": re.compile(r"\b(?:CIA|intelligence|assess\w*|found|finding|concluded|no evidence|evidence)\b", re.IGNORECASE),
    "doubt": re.compile(r"\b(?:doubt\w*|skeptic\w*|sceptic\w*|does(?: not|n['’]t) believe|question\w*|unlikely)\b", re.IGNORECASE),
}


def chosen(days: Sequence[str], most: int | None) -> Iterator[Document]:
    """The entries of the days, at most so many, and of every day those about the residence."""
    taken = 0
    for one in documents([str(ENTRIES)]):
        if isinstance(one, Rejection):
            continue
        about = is_about(one.text)
        of_days = one.creation_day in days and (most is None or taken < most)
        taken += of_days and not about
        if about or of_days:
            yield one


def is_about(text: str) -> bool:
    """Whether a text tells of the residence."""
    return _PLACE.search(text) is not None and _SIDE.search(text) is not None


def made(where: Path, given: Sequence[Document]) -> None:
    """A ledger of the documents, compared throughout; what it took is printed."""
    began = time.monotonic()
    with open_ledger(str(where), Options(meaning=Meaning()), create=True) as ledger:
        run = ledger.begin(Program("evals"), "feed_chain")
        ledger.add(run, Reader().records(given))
        read = time.monotonic()
        found = sum(linked(ledger, run, LinkOptions()))
        ledger.end(run)
    print(f"{len(given)} entries read in {read - began:.0f} s, {found} links in {time.monotonic() - read:.0f} s")


def chain(ledger: Ledger) -> None:
    """Prints the links within and among the texts about the residence, and which steps of the chain no link touches."""
    with ledger.reading() as connection:
        texts = {row.key: row.text for row in connection.execute(select(kept.c.key, kept.c.text)) if is_about(row.text or "")}
    among = [one for one in links(ledger, WantedLinks(once=True)) if {one.source.document_id, one.target.document_id} <= texts.keys()]
    counted = Counter(f"{one.type} {one.basis}" for one in among)
    print(f"\n{len(texts)} texts about the residence, {len(among)} links within and among them: {dict(counted)}")
    for one in among:
        _print(one)
    words = [f"{end.source_words} {end.words}" for one in among for end in (one.source, one.target)]
    for step, pattern in _STEPS.items():
        print(f"  {step}: {'linked' if any(map(pattern.search, words)) else 'in no link'}")


def conflicts(ledger: Ledger, *, show: bool) -> None:
    """Prints how many of the most probable conflicts are right, and why the others are not."""
    verdicts = [line.split("\t") for line in VERDICTS.read_text(encoding="utf8").splitlines()] if VERDICTS.exists() else []
    told = {row[0]: row[1:] for row in verdicts}
    found = links(ledger, WantedLinks(types=CONFLICTS, once=True, order=Order.PROBABILITY, limit=MOST))
    counted = Counter(" ".join(told.get(one.id, ["not judged"])[:1]) for one in found)
    faults = Counter(told[one.id][1] for one in found if one.id in told and told[one.id][0] == "wrong")
    print(f"\nof the {len(found)} most probable conflicts: {dict(counted)}; faults: {dict(faults)}")
    judged = counted["right"] + counted["wrong"]
    print(f"precision of those judged: {counted['right']} of {judged} ({counted['right'] / max(1, judged):.2f})")
    for one in found if show else ():
        print(f"\n{' '.join(told.get(one.id, ['not judged']))}")
        _print(one)


def _print(one: LedgerLink) -> None:
    print(f"{one.id}\t{one.type} {one.basis} {one.probability:.2f} {one.why}")
    for end in (one.source, one.target):
        print(f"    {end.day} {end.publisher or ''} {end.document[:40]} [{end.speaker_name}] {end.stance}: {end.words}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--days", nargs="+", default=list(DAYS))
    asked.add_argument("--most", type=int)
    asked.add_argument("--ledger", type=Path)
    asked.add_argument("--show", action="store_true")
    given = asked.parse_args()
    if not ENTRIES.exists():
        print(f"nothing measured: {ENTRIES} is not there")
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-chain-") as folder:
        where = given.ledger or Path(folder) / "chain.db"
        if not where.exists():
            made(where, list(chosen(given.days, given.most)))
        with open_ledger(str(where)) as ledger:
            chain(ledger)
            conflicts(ledger, show=given.show)


if __name__ == "__main__":
    main()
