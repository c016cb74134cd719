"""The invented affairs of `affairs/`: several articles each, with every statement and every link between them.

    python train/affairs.py --out build/affairs [--held]

Writes each affair as the stories of the gold are written, texts without marks and a gold.json, so that what measures on those measures
on these as well; `--held` only those that nothing learns from. An article's file begins with its date, outlet and headline; its marks are
those of `tagger_markup`. `gold.json` beside the articles has a row for every statement, named ARTICLE:NUMBER, the links, and pairs that
only look linked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tagger_markup import parsed

AFFAIRS = Path(__file__).resolve().parent / "affairs"
HELD_EVERY = 4  # of the affairs one in so many only measures


class Affair(NamedTuple):
    """The bare texts by article; statements as in the gold of the stories, with their spans; links; pairs that only look linked."""

    name: str
    texts: dict[str, str]
    statements: list[dict[str, Any]]
    links: list[dict[str, Any]]
    traps: list[dict[str, Any]]


def affairs(held: bool | None = None) -> Iterator[Affair]:
    """All affairs by name, or only those that are, or are not, held back."""
    for number, folder in enumerate(sorted(AFFAIRS.glob("*/"))):
        if held is None or held == (number % HELD_EVERY == HELD_EVERY - 1):
            yield _affair(folder)


def _affair(folder: Path) -> Affair:
    gold = json.loads((folder / "gold.json").read_text(encoding="utf8"))
    texts, spans = dict[str, str](), dict[str, dict[str, Any]]()
    for path in sorted(folder.glob("*.txt")):
        texts[path.stem], found = parsed(path.read_text(encoding="utf8"))
        spans |= {f"{path.stem}:{number}": one for number, one in enumerate(found, 1)}
    rows = sorted(gold["statements"], key=lambda row: (row["id"].rpartition(":")[0], int(row["id"].rpartition(":")[2])))
    statements = [{"document": row["id"].rpartition(":")[0], **_WITHOUT, **row, **spans[row["id"]]} for row in rows]
    links = [{"basis": "inferred", **link} for link in gold["links"]]
    return Affair(folder.name, texts, statements, links, gold.get("traps", []))


_WITHOUT: dict[str, Any] = {"said_on": None, "via": [], "conditional": False, "negated_cue": False, "part_of": None}


def write(out: Path, held: bool | None = None) -> None:
    """Writes the affairs into a folder as the stories of the gold are written."""
    for affair in affairs(held):
        folder = out / affair.name
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in affair.texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf8")
        told = {"statements": affair.statements, "links": affair.links}
        (folder / "gold.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf8")
        if affair.traps:
            pairs = [{"a": trap["from"], "b": trap["to"]} for trap in affair.traps]
            (folder / "traps.json").write_text(json.dumps({"optional": [], "traps": pairs}, indent=1), encoding="utf8")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--held", action="store_true")
    given = asked.parse_args()
    write(given.out, True if given.held else None)


if __name__ == "__main__":
    main()
