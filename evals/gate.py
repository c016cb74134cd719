"""The quality gate: reads the dev sets with the shipped model, scores them, and fails where a figure is under its floor.

    python evals/gate.py [--set polnear --set stories ...] [--keep FOLDER]

Sets, scorers and what the figures mean: evals/README.md. The sets lie beside the checkout in ../shared (or where
ONRECORD_SHARED points); where they are absent the gate says so and measures nothing. The floors are in evals/floors.toml.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from gold import SHARED

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"
TIMES = {"times": "TimeBank", "aquaint": "AQUAINT", "tbaq": "."}
F1 = re.compile(r"\bF1 (\d\.\d+)")
FIRST_NUMBER = re.compile(r"\s(\d\.\d+)")


def inputs(kind: str, path: Path, target: Path) -> None:
    """Writes the gold set's documents as `onrecord read` takes them."""
    made = subprocess.run([sys.executable, SHARED / "eval/inputs.py", kind, path], check=True, capture_output=True)
    target.write_bytes(made.stdout)


def predictions(documents: Path, target: Path) -> None:
    """What `onrecord read` prints for the documents."""
    command = [sys.executable, "-m", "onrecord", "read", str(documents), "--format", "jsonl", "--jobs", str(min(2, os.cpu_count() or 1))]
    with target.open("wb") as out:
        subprocess.run(command, check=True, stdout=out)


def scored(*command: str | Path) -> str:
    """What a scorer prints."""
    return subprocess.run([sys.executable, *command], check=True, capture_output=True, text=True).stdout


def figures(report: str) -> dict[str, float]:
    """{name: value} of a scorer's lines: the F1 where a line has one, else its first decimal number.

    The line for statements of the seed article has whole numbers: they become `statements found`, `right` and `dated`.
    """
    found: dict[str, float] = {}
    for line in report.splitlines():
        if hit := re.match(r"statements (\d+) of \d+, (\d+) right in every field, (\d+) of", line):
            found |= dict(zip(("statements found", "right in every field", "dated"), map(float, hit.groups()), strict=True))
        elif hit := re.match(r"conflicts (\d+) of \d+, (\d+) others; denies (\w+), contradicts (\w+)", line):
            found |= {"conflicts": float(hit[1]), "denies": float(hit[3] == "True"), "contradicts": float(hit[4] == "True")}
        elif (hit := re.match(r"\s*(\S.*?)\s{2,}", line)) and (number := F1.search(line) or FIRST_NUMBER.search(line, hit.end() - 2)):
            found[hit[1].removesuffix(" P")] = float(number[1])
    return found


def measured(kind: str, folder: Path) -> str:
    """Reads one set and returns the scorer's report."""
    documents, out = folder / f"{kind}.in.jsonl", folder / f"{kind}.out.jsonl"
    polnear = SHARED / "data/polnear/dev.jsonl.gz"
    sources = {
        "polnear": ("polnear", polnear),
        "layers": ("polnear", polnear),
        "stories": ("stories", SHARED / "gold/stories"),
        "seed": ("seed", SHARED / "seed/article.txt"),
        **{name: ("timeml", SHARED / "data/time/tbaq" / part) for name, part in TIMES.items()},
    }
    name, path = sources[kind]
    inputs(name, path, documents)
    predictions(documents, out)
    score = SHARED / "eval"
    commands: dict[str, list[str | Path]] = {
        "polnear": [score / "score_attribution.py", polnear, out],
        "layers": [score / "score_record.py", "layers", polnear, SHARED / "gold/polnear-layers.jsonl", out],
        "stories": [score / "score_record.py", "stories", SHARED / "gold/stories", out],
        "seed": [score / "score_record.py", "seed", SHARED / "seed/gold.json", out],
        **{name: [score / "score_times.py", SHARED / "data/time/tbaq" / part, out] for name, part in TIMES.items()},
    }
    return scored(*commands[kind])


def below(kind: str, report: str, floors: dict[str, float]) -> list[str]:
    """One line for every floor that the report does not reach."""
    got = figures(report)
    return [f"{kind}: {name} is {got.get(name)}, the floor is {floor}" for name, floor in floors.items() if got.get(name, -1.0) < floor]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=["polnear", "layers", "stories", "seed", *TIMES], help="only these sets")
    parser.add_argument("--keep", type=Path, help="keep inputs and predictions here")
    args = parser.parse_args()
    if not SHARED.is_dir():
        print(f"gate skipped: the dev sets are not at {SHARED} (see evals/README.md)")
        return
    floors = tomllib.loads(FLOORS.read_text(encoding="utf8"))
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for kind in args.set or floors:
            report = measured(kind, folder)
            print(f"== {kind}\n{report}", flush=True)
            failed += below(kind, report, floors.get(kind, {}))
    checks = sum(len(floors.get(kind, {})) for kind in args.set or floors)
    print("\n".join(failed) or "every figure is at or above its floor")
    print(f"{checks - len(failed)} passed, {len(failed)} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
