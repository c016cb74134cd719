"""Reads web pages whose articles are known and says how much of them comes out right.

    python evals/pages.py [--worst 10]

The pages and their article bodies lie beside the checkout, in ../shared/data/web/pages (or where ONRECORD_SHARED points);
where they are absent nothing is measured. Titles and days of publication of 60 pages, drawn by lot before any was looked at
(random.Random(20310304).sample of the sorted ids), were annotated by eye and stand in evals/pages.tsv: titles as digests,
days only where the page shows when it was published. Exit status 1 where a figure is under its
floor in FLOORS.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from gold import SHARED
from onrecord.data import Document
from onrecord.errors import ReadError
from onrecord.read.files import Found
from onrecord.read.html.page import page_document
from onrecord.settings import ReadOptions

HERE = Path(__file__).resolve().parent
PAGES = SHARED / "data/web/pages"
FLOORS = {"token F1": 0.97, "precision": 0.97, "recall": 0.97, "title": 0.95, "creation day": 0.9, "pages a second": 60.0}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """Words of the article that were kept, and of what was kept that are the article's."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(text: str, wanted: str) -> Score:
    """Multiset overlap of the words in small letters: order does not count, how often a word stands does."""
    got, gold = (Counter(_WORD.findall(one.lower())) for one in (text, wanted))
    shared = (got & gold).total()
    return Score(shared / max(1, got.total()), shared / max(1, gold.total()))


def read(folder: Path, names: list[str]) -> tuple[dict[str, Document | None], float]:
    """The document of every page, None where none was found, and the CPU seconds that they took together."""
    pages = {name: gzip.decompress((folder / f"{name}.html.gz").read_bytes()) for name in names}
    documents: dict[str, Document | None] = {}
    began = time.process_time()
    for name, data in pages.items():
        try:
            last = page_document(data, Found(f"{name}.html", name), ReadOptions())[-1]
            documents[name] = last if isinstance(last, Document) else None
        except ReadError as error:
            print(f"{name[:12]} {error.code}: {error.message}")
            documents[name] = None
    return documents, time.process_time() - began


def digest(title: str | None) -> str:
    """What stands in pages.tsv for a title."""
    return hashlib.sha256(" ".join((title or "").lower().split()).encode("utf8")).hexdigest()


def annotated() -> list[tuple[str, str, str]]:
    """(page, digest of its title, day or "-")."""
    lines = (HERE / "pages.tsv").read_text(encoding="utf8").splitlines()
    return [(page, title, day) for page, title, day in (line.split("\t") for line in lines if line and not line.startswith("#"))]


def figures(documents: dict[str, Document | None], wanted: dict[str, str], seconds: float, worst: int) -> dict[str, float]:
    """Every figure under the name that its floor has."""
    scores = {name: score(one.text if (one := documents[name]) else "", text) for name, text in wanted.items()}
    for name in sorted(scores, key=lambda name: scores[name].f1)[:worst]:
        print(f"{name[:12]} F1 {scores[name].f1:.3f} precision {scores[name].precision:.3f} recall {scores[name].recall:.3f}")
    rows = annotated()
    wrong = [page for page, title, _ in annotated() if digest(one.title if (one := documents[page]) else None) != title]
    late = [page for page, _, day in annotated() if day != "-" and (one.creation_day if (one := documents[page]) else None) != day]
    if worst:
        print("titles wrong:", [page[:12] for page in wrong], "days wrong:", [page[:12] for page in late])
    count = len(scores)
    return {
        "token F1": sum(one.f1 for one in scores.values()) / count,
        "precision": sum(one.precision for one in scores.values()) / count,
        "recall": sum(one.recall for one in scores.values()) / count,
        "title": 1 - len(wrong) / len(rows),
        "creation day": 1 - len(late) / sum(day != "-" for _, _, day in rows),
        "pages a second": count / seconds,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worst", type=int, default=0, help="print this many pages with the lowest F1")
    args = parser.parse_args()
    truth = PAGES / "ground-truth.json"
    if not truth.exists():
        print(f"pages skipped: they are not at {PAGES} (see evals/README.md)")
        return
    wanted = {name: row["articleBody"] for name, row in json.loads(truth.read_text(encoding="utf8")).items()}
    documents, seconds = read(PAGES, sorted(wanted))
    got = figures(documents, wanted, seconds, args.worst)
    print(f"{len(wanted)} pages, {sum(one is None for one in documents.values())} without an article; CPU time of one core")
    for name, value in got.items():
        print(f"{name:16} {value:8.3f}   floor {FLOORS[name]}")
    failed = [name for name, floor in FLOORS.items() if got[name] < floor]
    print("under the floor: " + ", ".join(failed) if failed else "every figure is at or above its floor")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
