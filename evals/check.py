"""How often `onrecord check` says right what became of a quotation: 200 with a known fault, made from a ledger by a seed.

    python evals/check.py [--set polnear invented] [--seed 1] [--articles 300] [--show]

`polnear`: a ledger of articles of PolNeAR's train split in ../shared (or where ONRECORD_SHARED points), with the attributions that people
marked; `invented`: the invented articles of train/invented. Quotations are whole sentences of named persons: exact, cut, with one word
changed, without their negation, without their condition, given to somebody else, or taken from articles that the ledger does not hold
(edits.py). They are put into drafts, which the shipped model reads, ten a draft. Right is a verdict that is the one wanted. Fails
under 95%.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gold
from edits import Edited, edited
from onrecord.data import Attribution, CreationBasis, Document, Record, Span, Spans
from onrecord.find.check import Checked, checked
from onrecord.find.check_verdict import Verdict
from onrecord.pipeline import Reader, record_of
from onrecord.record.ledger import Ledger, Options, Program, open_ledger

TRAIN = gold.SHARED / "data/polnear/train.jsonl.gz"
FLOOR = 0.95
WANTED, A_DRAFT = {"polnear": 200, "invented": 60}, 10  # the invented articles have no more sentences of the kind
HELD_OUT = 4  # of so many articles one is not in the ledger: invented quotations are taken from these

FRAMES = (
    '"{words}," {name} said.',
    "{name} told reporters: “{words}”",
    "“{words},” said {name}, who had been asked about it.",
    'In an interview on Tuesday, {name} said: "{words}"',
)
FILLER = (
    "The matter has been before the council since spring, and few expected it to be settled soon.",
    "Outside the hall some forty people waited in the rain for news.",
)


def polnear(articles: int, seed: int) -> list[Record]:
    """Records of so many articles, with the attributions that people marked."""
    with gzip.open(TRAIN, "rt", encoding="utf8") as lines:
        given = [json.loads(line) for line in lines]
    return [_record(one) for one in random.Random(seed).sample(given, min(articles, len(given)))]


def _record(one: dict[str, Any]) -> Record:
    rows = one["attributions"]
    found = tuple(Attribution(_spans(row["source"]), _spans(row["cue"]), _spans(row["content"])) for row in rows)
    document = Document(
        one["name"],
        one["text"],
        one["name"],
        creation_time=one["creation_time"],
        creation_time_basis=CreationBasis.METADATA,
        publisher=one["publisher"],
    )
    return record_of(document, found)


def _spans(pairs: Sequence[Sequence[int]]) -> Spans:
    return tuple(Span(start, end) for start, end in pairs)


def invented() -> list[Record]:
    """Records of the invented articles, with the attributions that are marked in them."""
    return [record_of(one.document, one.attributions) for one in gold.invented()]


def drafts(given: Sequence[Edited], seed: int) -> Iterator[tuple[Document, Sequence[Edited]]]:
    """Texts that hold the quotations, a paragraph each, some others between them."""
    chosen = random.Random(seed)
    for first in range(0, len(given), A_DRAFT):
        some = given[first : first + A_DRAFT]
        paragraphs: list[str] = []
        for one in some:
            frame = chosen.choice(FRAMES)
            words = one.words.removesuffix(".") if "{words}," in frame else one.words
            paragraphs += [frame.format(words=words, name=one.speaker)] + [chosen.choice(FILLER)] * (chosen.random() < 0.3)
        yield Document(f"draft-{first // A_DRAFT + 1}", "\n\n".join(paragraphs)), some


def told(ledger: Ledger, given: Sequence[Edited], seed: int) -> list[tuple[Edited, Checked | None]]:
    """Each quotation with what was said of it; null where it was not seen as one."""
    reader = Reader(threads=2)
    out: list[tuple[Edited, Checked | None]] = []
    for document, some in drafts(given, seed):
        found = list(checked(ledger, [reader.draft(document)]))
        start = 0
        for one in some:
            at = document.text.index(one.words.removesuffix("."), start)
            start = at + len(one.words) - 1
            out.append((one, next((each for each in found if at <= each.quotation.spans[0].start < start), None)))
    return out


def measured(records: Sequence[Record], seed: int, count: int) -> list[tuple[Edited, Checked | None]]:
    """Makes the ledger of three in four records, the quotations and the drafts, and checks them."""
    held = [record for n, record in enumerate(records) if n % HELD_OUT]
    given = edited(held, [record for n, record in enumerate(records) if n % HELD_OUT == 0], count, seed)
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-check-") as folder,
        open_ledger(str(Path(folder) / "ledger.db"), Options(), create=True) as ledger,
    ):
        run = ledger.begin(Program("evals"), "evals/check.py")
        ledger.add(run, held)
        ledger.end(run)
        return told(ledger, given, seed)


def share_right(found: Sequence[tuple[Edited, Checked | None]]) -> float:
    """The share of verdicts that are the one wanted."""
    return sum(one is not None and one.verdict is made.verdict for made, one in found) / max(len(found), 1)


def report(name: str, found: Sequence[tuple[Edited, Checked | None]], *, show: bool) -> None:
    """A line a kind: how many, how many right, and what the others were taken for."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for made, one in found:
        by_kind[made.kind].append(_said(one) if one is None or one.verdict is not made.verdict else "")
    print(f"{name}: {share_right(found):.3f} of {len(found)} told right")
    for kind, wrong in sorted(by_kind.items()):
        others = ", ".join(f"{count} {said}" for said, count in Counter(filter(None, wrong)).items())
        print(f"  {kind:18} {wrong.count(''):3} of {len(wrong):3}  {others}")
    if show:
        for made, one in found:
            if one is None or one.verdict is not made.verdict:
                about = "" if one is None or one.found is None else f"\n    ledger: {one.found.told} ({one.found.statement.speaker_name})"
                about += "" if one is None or one.quotation.speaker is None else f"\n    read as by {one.quotation.speaker.name}"
                print(f"\n  {made.kind}: {_said(one)}\n    draft:  {made.words} ({made.speaker})\n    said:   {made.said}{about}")


def _said(one: Checked | None) -> str:
    return "unseen" if one is None else str(Verdict(one.verdict))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs="+", choices=("polnear", "invented"), default=["polnear", "invented"], dest="sets")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--show", action="store_true", help="print the wrong ones")
    args = parser.parse_args()
    failed = False
    for name in args.sets:
        if name == "polnear" and not TRAIN.exists():
            print(f"skipped: {TRAIN} is not there (see evals/README.md)")
            continue
        found = measured(polnear(args.articles, args.seed) if name == "polnear" else invented(), args.seed, WANTED[name])
        report(name, found, show=args.show)
        failed |= share_right(found) < FLOOR
    sys.exit(failed)


if __name__ == "__main__":
    main()
