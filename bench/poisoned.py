"""Poisoned documents among good ones: whether each is recorded or rejected as its kind should be, and whether memory stays flat.

    python bench/poisoned.py [--documents 20000]

Every hundredth line of the JSON Lines files that are read is poisoned, with each kind in turn, so what each should give is known. Files are
found, opened, parsed, cut, checked and rejected as ever, and times are found; in place of the models stands an annotator that finds no
statements, so this shows what the stages around them bear, and not them. Exit status 1: a line gave what it should not, nothing, or two.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord.annotate.timex import time_expressions
from onrecord.data import Document, Record, Rejection
from onrecord.read import documents
from onrecord.run.local import RunOptions, records
from process_memory import memory_of

EVERY, LINES = 100, 2000  # one poisoned among so many; lines of one file
STORY = "Mara Quill, the mayor of Lesk, said on Tuesday that bridge {} is safe. Otto Brandt denied it on March 3."
RECORDED, REJECTED = "recorded", "rejected"


def line(number: int, text: object, **more: object) -> bytes:
    return json.dumps({"name": f"d{number}", "text": text, "creation_time": "2031-03-04", **more}).encode()


def good(number: int) -> bytes:
    return line(number, STORY.format(number))


Made = Callable[[int], bytes]
POISONS: dict[str, tuple[str, Made]] = {
    "huge": (REJECTED, lambda n: line(n, "x " * 6_000_000)),
    "NUL characters": (RECORDED, lambda n: line(n, STORY.format("\0" * 50))),
    "lone surrogates": (RECORDED, lambda n: line(n, STORY.format("\ud800\udfff\udc00"))),
    "deep nesting": (REJECTED, lambda _: b'{"text": ' + b"[" * 100_000),
    "a number for a text": (REJECTED, lambda n: line(n, n)),
    "a list for a name": (REJECTED, lambda n: line(n, STORY.format(n), title=[1, {"a": None}])),
    "a line that is cut": (REJECTED, lambda n: good(n)[:-40]),
    "no UTF-8": (RECORDED, lambda n: good(n).replace(b"bridge", b"\xff\xfe\xc3(")),
    "markup that is cut": (RECORDED, lambda n: line(n, "<div><p>" * 500 + STORY.format(n) + "<a href='")),
    "50,000 numbers": (RECORDED, lambda n: line(n, " ".join(str(one * 7919 % 9973) for one in range(50_000)))),
    "no words": (REJECTED, lambda n: line(n, " \n\t ")),
}
KINDS = list(POISONS)


def kind_of(number: int) -> str:
    """Of what kind a line is."""
    return KINDS[number // EVERY % len(KINDS)] if number % EVERY == EVERY - 1 else "good"


def made(number: int) -> bytes:
    kind = kind_of(number)
    return good(number) if kind == "good" else POISONS[kind][1](number)


class NoModel:
    """Stands in for the models: it finds the times, and no statements."""

    def __init__(self, threads: int = 0) -> None:
        self.threads = threads

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:  # noqa: ARG002  # as the real one
        return Record(document, (), time_expressions(document), (), (), ())


def outcomes(count: int, folder: Path, seen: Callable[[int], object] = lambda _: None) -> Counter[tuple[str, str]]:
    """How many of each kind gave what. A line that gives nothing, or more than one thing, is told of as that."""
    found: Counter[tuple[str, str]] = Counter()
    for start in range(0, count, LINES):
        numbers = range(start, min(start + LINES, count))
        path = folder / "poisoned.jsonl"
        with path.open("wb") as file:
            file.writelines(made(number) + b"\n" for number in numbers)
        told: Counter[int] = Counter()
        for number, outcome in _outcomes(path):
            told[start + number] += 1
            found[kind_of(start + number), outcome] += 1
        for number in numbers:
            if told[number] != 1:
                found[kind_of(number), f"told of {told[number]} times"] += 1
        seen(numbers.stop)
    return found


def _outcomes(path: Path) -> Iterator[tuple[int, str]]:
    """The place of each line, and what came of it; warnings are passed over."""
    for one in records(documents([str(path)]), RunOptions(make_reader=NoModel)):
        if isinstance(one, Rejection) and one.warning:
            continue
        locator = one.locator if isinstance(one, Rejection) else one.document.locator
        place = re.search(r"(\d+)$", locator)
        if place is None:
            raise SystemExit(f"a result of no line: {one}"[:300])
        yield int(place[1]) - 1, REJECTED if isinstance(one, Rejection) else RECORDED


def wrong(found: Counter[tuple[str, str]]) -> list[str]:
    """What is not as it should be."""
    wanted = {"good": RECORDED} | {kind: outcome for kind, (outcome, _) in POISONS.items()}
    return [f"{kind}: {number} {outcome}" for (kind, outcome), number in found.items() if outcome != wanted[kind]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    args = parser.parse_args()
    held: list[float] = []

    def seen(number: int) -> None:
        held.append(memory_of(os.getpid()).anonymous)
        print(f"{number:>9,} read, {held[-1]:.0f} MB", file=sys.stderr, flush=True)

    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = outcomes(args.documents, Path(folder), seen)
    for (kind, outcome), number in sorted(found.items()):
        print(f"{kind:<22} {outcome:<10} {number:>9,}")
    total = sum(found.values())
    print(f"{total:,} of {args.documents:,} in {time.monotonic() - began:.0f} s")
    print(f"memory {held[0]:.0f} MB after the first file, {held[-1]:.0f} MB at the end")
    faults = wrong(found)
    print("\n".join(faults) or "each gave what it should")
    sys.exit(1 if faults or total != args.documents else 0)


if __name__ == "__main__":
    main()
