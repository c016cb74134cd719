"""How good the stages behind the tagger are when the spans are the gold ones: speakers, days, channels, stances, links.

    python evals/stages.py [layers] [stories] [seed] [annotated] [invented] [affairs] [--held]

What is lost between these figures and those of `evals/gate.py` is lost by the tagger. `annotated` and `invented` are the sets that
were annotated for this project (evals/annotated); `--held` takes the part of them that is never read while rules are made. `affairs` are
those of the invented affairs (train/affairs) that nothing learns from.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import gold
from gate import scored
from gold import SHARED, Gold
from onrecord.data import Record
from onrecord.export.jsonl import to_json
from onrecord.pipeline import record_of

OWN: dict[str, Callable[..., Iterator[Gold]]] = {"annotated": gold.annotated, "invented": gold.invented}
AFFAIRS = partial(gold.invented_affairs, held=True)
SETS: dict[str, Callable[..., Iterator[Gold]]] = {
    "layers": gold.layers,
    "stories": gold.stories,
    "seed": gold.seed,
    **OWN,
    "affairs": AFFAIRS,
}


def read(found: Iterator[Gold]) -> Iterator[tuple[Gold, Record]]:
    """Each gold document with the record that follows from its gold spans."""
    for one in found:
        yield one, record_of(one.document, one.attributions)


def gold_files(found: list[Gold], folder: Path) -> tuple[Path, Path]:
    """The sets of our own as the scorer takes them: articles with spans, and layers."""
    articles, layers = folder / "articles.jsonl", folder / "layers.jsonl"
    with articles.open("w", encoding="utf8") as spans, layers.open("w", encoding="utf8") as rows:
        for one in found:
            marked = [{key: row[key] for key in ("id", "source", "cue", "content")} for row in one.rows]
            spans.write(json.dumps({"name": one.document.name, "text": one.document.text, "attributions": marked}) + "\n")
            rows.write(json.dumps({"name": one.document.name, "statements": [{"e": row["id"], **row} for row in one.rows]}) + "\n")
    return articles, layers


def addressees(read_ones: list[tuple[Gold, Record]]) -> str:
    """Precision and recall of the addressee, case and article aside."""
    right = said = wanted = 0
    for one, record in read_ones:
        by_spans = {(statement.attribution.cue, statement.attribution.content): statement.addressee for statement in record.statements}
        for attribution, row in zip(one.attributions, one.rows, strict=True):
            got, want = (_bare(name) for name in (by_spans.get((attribution.cue, attribution.content)), row.get("addressee")))
            right, said, wanted = right + (got is not None and got == want), said + (got is not None), wanted + (want is not None)
    return f"addressee             P {right / max(said, 1):.3f}  R {right / max(wanted, 1):.3f}   ({said} predicted, {wanted} gold)"


def _bare(name: str | None) -> str | None:
    return name.casefold().removeprefix("the ") if name else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", choices=[*SETS, []], default=[])
    parser.add_argument("--held", action="store_true")
    args = parser.parse_args()
    if not SHARED.is_dir():
        print(f"skipped: the dev sets are not at {SHARED} (see evals/README.md)")
        return
    polnear = SHARED / "data/polnear/dev.jsonl.gz"
    more: dict[str, list[str | Path]] = {
        "layers": ["layers", polnear, SHARED / "gold/polnear-layers.jsonl"],
        "stories": ["stories", SHARED / "gold/stories"],
        "seed": ["seed", SHARED / "seed/gold.json"],
    }
    for kind in args.sets or SETS:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.jsonl"
            found = list(read(partial(OWN[kind], args.held or None)() if kind in OWN else SETS[kind]()))
            out.write_text("".join(json.dumps(to_json(record)) + "\n" for _, record in found), encoding="utf8")
            scorer = more.get(kind) or ["layers", *gold_files([one for one, _ in found], Path(folder))]
            print(f"== {kind}, gold spans\n{scored(SHARED / 'eval/score_record.py', *scorer, out)}", end="")
            print(f"{addressees(found)}\n" if kind in OWN else "", flush=True)


if __name__ == "__main__":
    main()
