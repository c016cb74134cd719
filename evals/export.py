"""Whether the Web Annotations of an export are found again: every passage by its position, and by its words and what is around them.

    python evals/export.py [stories] [polnear] [--articles 200]

`stories` reads the raw texts of the gold stories with the shipped models; `polnear` takes the gold attributions of PolNeAR train, all 840
articles or the first so many. Each set goes through a ledger and out as `onrecord export webannotation`. Printed is the share of
passages that are found; less than all of them fails.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import gold
from gold import SHARED
from onrecord.data import Attribution, CreationBasis, Document, Record, Span
from onrecord.errors import SelectorError
from onrecord.export.from_jsonl import from_json
from onrecord.export.jsonl import to_json
from onrecord.export.web_annotation import read_web_annotations, selector_of, web_annotations
from onrecord.find.records import records
from onrecord.find.selectors import Selector, found_again
from onrecord.pipeline import Reader, record_of
from onrecord.record.ledger import Ledger, Program, open_ledger

FAR = -1  # a position at which nothing is, so that the words alone have to tell


def stories() -> Iterator[Record]:
    """The stories as the program reads them."""
    yield from Reader().records(one.document for one in gold.stories())


def polnear(most: int) -> Iterator[Record]:
    """Articles of PolNeAR train with the gold spans."""
    with gzip.open(SHARED / "data/polnear/train.jsonl.gz", "rt", encoding="utf8") as lines:
        for _, line in zip(range(most), lines, strict=False):
            one = json.loads(line)
            document = Document(one["name"], one["text"], "", one["creation_time"], CreationBasis.METADATA, one["publisher"], one["title"])
            yield record_of(document, tuple(_attribution(each) for each in one["attributions"] if each["content"]))


def _attribution(row: dict[str, Any]) -> Attribution:
    source, cue, content = (tuple(Span(*pair) for pair in row[role]) for role in ("source", "cue", "content"))
    return Attribution(source, cue, content)


def kept(given: Iterable[Record], file: Path) -> Ledger:
    """A ledger of the records."""
    ledger = open_ledger(str(file), create=True)
    run = ledger.begin(Program("evals"), "export")
    ledger.add(run, given)
    ledger.end(run)
    return ledger


def passages(part: Any) -> Iterator[Any]:
    """Every passage of a collection, wherever it stands."""
    if isinstance(part, dict):
        if part.get("type") == "SpecificResource":
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for value in part:
            yield from passages(value)


def is_found(selector: Selector, text: str) -> bool:
    """Whether it leads to its own place."""
    try:
        return found_again(selector, text) == (selector.start, selector.end) and text[selector.start : selector.end] == selector.exact
    except SelectorError:
        return False


def is_told_by_words(selector: Selector, text: str) -> bool:
    """Whether its words and what is around them stand there and nowhere else."""
    try:
        start = found_again(Selector(FAR, FAR, selector.exact, selector.prefix, selector.suffix), text).start
    except SelectorError:
        return False
    return start == selector.start


def measured(ledger: Ledger) -> tuple[int, int, int, bool]:
    """How many passages there are, are found, are told by their words alone; and whether the records were read back."""
    value = json.loads(b"".join(web_annotations(records(ledger))))
    texts = {one["target"]["id"]: one["target"]["onrecord:text"] for one in value["first"]["items"] if "onrecord:text" in one["target"]}
    found = [(selector_of(one), texts[one["source"]]) for one in passages(value)]
    is_same = list(read_web_annotations(value)) == [from_json(to_json(one.record)) for one in records(ledger)]
    return len(found), sum(is_found(*one) for one in found), sum(is_told_by_words(*one) for one in found), is_same


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sets", nargs="*", choices=["stories", "polnear", []], default=[])
    asked.add_argument("--articles", type=int, default=840, help="of PolNeAR")
    given = asked.parse_args()
    if not SHARED.is_dir():
        print(f"skipped: the dev sets are not at {SHARED} (see evals/README.md)")
        return
    wrong = False
    for name in given.sets or ("stories", "polnear"):
        with tempfile.TemporaryDirectory() as folder:
            found = stories() if name == "stories" else polnear(given.articles)
            with kept(found, Path(folder) / "ledger.db") as ledger:
                count, right, alone, is_same = measured(ledger)
        shares = f"found {right / max(count, 1):.4%}, by their words alone {alone / max(count, 1):.2%}"
        print(f"{name:<8} {count:>7,} passages, {shares}; read back as the same records: {is_same}", flush=True)
        wrong |= right < count or not count or not is_same
    sys.exit(int(wrong))


if __name__ == "__main__":
    main()
