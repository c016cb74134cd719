"""How far the printed probabilities are from the share that is right: PolNeAR dev, statement by statement.

    python evals/calibration.py [--least 0.05]

A statement is right when the attribution scorer pairs it: contents overlap with IoU of at least 0.5 and sources touch.
Prints what is said and what is right in ten bins of like size, and the expected calibration error (Naeini et al. 2015:
the mean distance, weighted by size) over all statements and over those printed by default. The data lies in ../shared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys

import numpy as np
from numpy.typing import NDArray

from gold import SHARED
from onrecord.annotate.attributions import attributions
from onrecord.annotate.tagger import Tagger
from onrecord.data import Attribution, Document, Spans

LIMIT = 0.04
BINS = 10


def letters(text: str, spans: Spans) -> set[int]:
    """The places of letters and digits in the spans."""
    return {i for s, e in spans for i in range(s, e) if text[i].isalnum()}


def right(text: str, found: list[Attribution], wanted: list[dict[str, Spans]]) -> list[bool]:
    """For each attribution whether a gold one is its own: paired one to one, best overlap of contents first."""
    mine = [letters(text, one.content) for one in found]
    gold = [letters(text, one["content"]) for one in wanted]
    pairs = [(len(a & b) / len(a | b), -i, -j) for i, a in enumerate(mine) for j, b in enumerate(gold) if a & b]
    out, used = [False] * len(found), set()
    seen: set[int] = set()
    for overlap, i, j in sorted(pairs, reverse=True):
        if -i in seen or -j in used:
            continue
        seen.add(-i)
        used.add(-j)
        a, b = letters(text, found[-i].source), letters(text, wanted[-j]["source"])
        out[-i] = overlap >= 0.5 and (bool(a & b) or not (a or b))
    return out


def error(table: NDArray[np.float64], *, show: bool = False) -> float:
    """The expected calibration error of (N, 2): what was said, whether it was right."""
    total = 0.0
    for part in np.array_split(table[table[:, 0].argsort()], BINS):
        said, was = part.mean(0)
        total += abs(said - was) * len(part) / len(table)
        if show:
            print(f"  said {said:.2f}   right {was:.2f}   {len(part)} statements")
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--least", type=float, default=0.05, help="leave out what is less likely")
    args = parser.parse_args()
    path = SHARED / "data/polnear/dev.jsonl.gz"
    if not path.exists():
        print(f"skipped: {path} is not there (see evals/README.md)")
        return
    tagger = Tagger()
    rows: list[tuple[float, bool]] = []
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for article in map(json.loads, lines):
            every = attributions(Document(article["name"], article["text"]), tagger)
            found = [one for one in every if one.part_of is None and one.probability >= args.least]
            rows += zip((one.probability for one in found), right(article["text"], found, article["attributions"]), strict=True)
    table = np.array(rows, float)
    whole = error(table, show=True)
    printed = error(table[table[:, 0] >= 0.5])
    print(f"expected calibration error {whole:.3f} of {len(table)} statements, {printed:.3f} of those of probability .5 and more")
    sys.exit(bool(max(whole, printed) > LIMIT))


if __name__ == "__main__":
    main()
