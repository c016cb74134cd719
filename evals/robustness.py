"""What careless typing costs: PolNeAR dev read as it is, and with its marks, paragraphs or capitals disturbed.

    python evals/robustness.py [--documents 84] [--jobs 2]

Every disturbance keeps the length of the text, so the gold spans stay where they are. Prints each figure's F1 and how many
points it loses; fails where one loses more than LIMIT. The data lies in ../shared (see evals/README.md).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from gold import SHARED
from onrecord.data import Document, Record
from onrecord.run.local import RunOptions, records

LIMIT = 5.0
DOUBLE = re.compile('["“”]')
SINGLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
WORD = re.compile(r"\b[a-z]")


def _unbalanced(text: str) -> str:
    """One double mark in three is lost."""
    chooser = random.Random(len(text))
    return DOUBLE.sub(lambda hit: " " if chooser.random() < 1 / 3 else hit[0], text)


DISTURBANCES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "straight marks": lambda text: text.translate(STRAIGHT),
    "single marks": lambda text: text.translate(SINGLE),
    "no marks": lambda text: DOUBLE.sub(" ", text),
    "unbalanced marks": _unbalanced,
    "no paragraphs": lambda text: text.replace("\n", " "),
    "title case": lambda text: WORD.sub(lambda hit: hit[0].upper(), text),
}


def read(articles: list[dict[str, Any]], disturbed: Callable[[str], str], jobs: int) -> Iterator[Record]:
    """The records of the articles, their text disturbed."""
    documents = (Document(a["name"], disturbed(a["text"]), creation_time=a["creation_time"], title=a["title"]) for a in articles)
    return (one for one in records(documents, RunOptions(), jobs) if isinstance(one, Record))


def scored(articles: list[dict[str, Any]], found: Iterator[Record]) -> dict[str, float]:
    """F1 by figure, in points."""
    sys.path.insert(0, str(SHARED / "eval"))
    import score_attribution  # type: ignore[import-not-found]  # noqa: PLC0415  # lies beside the data

    predicted = {
        one.document.name: [
            {role: getattr(s.attribution, role) for role in ("source", "cue", "content")}
            for s in one.statements
            if s.part_of is None and not s.reading.hypothetical
        ]
        for one in found
    }
    counts = score_attribution.score([(a["name"], a["text"], a["attributions"]) for a in articles], predicted)
    return {name: 100 * row["f1"] for name, row in score_attribution.figures(counts).items() if not name.startswith("char")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=84)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    path = SHARED / "data/polnear/dev.jsonl.gz"
    if not path.exists():
        print(f"skipped: {path} is not there (see evals/README.md)")
        return
    with gzip.open(path, "rt", encoding="utf8") as lines:
        articles = [json.loads(line) for line in lines][: args.documents]
    plain: dict[str, float] = {}
    worst = 0.0
    for name, disturbed in DISTURBANCES.items():
        row = scored(articles, read(articles, disturbed, args.jobs))
        plain = plain or row
        lost = max(plain[key] - row[key] for key in row)
        worst = max(worst, lost)
        print(f"{name:17}" + "  ".join(f"{key} {value:.1f}" for key, value in row.items()) + f"   loses at most {lost:.1f}", flush=True)
    print(f"{'no figure' if worst <= LIMIT else 'a figure'} loses more than {LIMIT:.0f} points")
    sys.exit(worst > LIMIT)


if __name__ == "__main__":
    main()
