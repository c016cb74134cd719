"""How good the stages behind the tagger are when the spans are the gold ones: speakers, days, channels, stances, links.

    python evals/stages.py [layers] [stories] [seed]

What is lost between these figures and those of `evals/gate.py` is lost by the tagger.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import gold
from gate import scored
from gold import SHARED, Gold
from onrecord.export.jsonl import to_json
from onrecord.pipeline import record_of

SETS = {"layers": gold.layers, "stories": gold.stories, "seed": gold.seed}


def records(found: Iterator[Gold]) -> Iterator[str]:
    for one in found:
        yield json.dumps(to_json(record_of(one.document, one.attributions)), ensure_ascii=True)


def main() -> None:
    if not SHARED.is_dir():
        print(f"skipped: the dev sets are not at {SHARED} (see evals/README.md)")
        return
    polnear = SHARED / "data/polnear/dev.jsonl.gz"
    more: dict[str, list[str | Path]] = {
        "layers": ["layers", polnear, SHARED / "gold/polnear-layers.jsonl"],
        "stories": ["stories", SHARED / "gold/stories"],
        "seed": ["seed", SHARED / "seed/gold.json"],
    }
    for kind in sys.argv[1:] or SETS:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.jsonl"
            out.write_text("\n".join(records(SETS[kind]())) + "\n", encoding="utf8")
            print(f"== {kind}, gold spans\n{scored(SHARED / 'eval/score_record.py', *more[kind], out)}", flush=True)


if __name__ == "__main__":
    main()
