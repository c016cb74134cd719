"""Where the time of `read` goes: processor seconds of each stage over the PolNeAR dev articles, on one core.

    python bench/shares.py [--rounds 3]

The data is not part of the project (see evals/README.md). Shares are of one run, so they compare on any machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evals"))

from gold import SHARED
from onrecord import pipeline
from onrecord.annotate.tagger import Tagger
from onrecord.data import Document
from onrecord.resolve import statements  # the module, whose stages are timed

STAGES = {
    "speakers": (statements, "speakers"),
    "addressees": (statements, "addressees"),
    "channels": (statements, "channels"),
    "days of saying": (statements, "dates"),
    "stances": (statements, "readings"),
    "time expressions": (pipeline, "time_expressions"),
    "events": (pipeline, "events"),
    "links": (pipeline, "links"),
    "encoder": (Tagger, "seen"),
    "attributions": (pipeline, "attributions"),
}


def timed(spent: dict[str, float], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its processor time added up under a name."""

    def call(*arguments: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            spent[name] += time.process_time() - start

    return call


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    if not SHARED.is_dir():
        print(f"skipped: the articles are not at {SHARED} (see evals/README.md)")
        return
    with gzip.open(SHARED / "data/polnear/dev.jsonl.gz", "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    documents = [Document(row["name"], row["text"], creation_time=row["creation_time"], publisher=row["publisher"]) for row in rows]
    spent: dict[str, float] = defaultdict(float)
    reader = pipeline.Reader(threads=1)
    reader.record(documents[0])
    for name, (module, function) in STAGES.items():
        setattr(module, function, timed(spent, name, getattr(module, function)))
    start = time.process_time()
    for _ in range(rounds):
        for document in documents:
            reader.record(document)
    whole = time.process_time() - start
    words = rounds * sum(len(document.text.split()) for document in documents)
    print(f"{words:,} words, {words / whole:,.0f} a second of processor time")
    for name, seconds in sorted(spent.items(), key=lambda one: -one[1]):
        print(f"{name:18} {100 * seconds / whole:5.1f}%")
    print(f"{'rest':18} {100 * (1 - sum(spent.values()) / whole):5.1f}%")


if __name__ == "__main__":
    main()
