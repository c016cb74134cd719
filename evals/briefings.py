"""Who speaks in the White House transcripts: 300 paragraphs drawn at random, checked against what a reader found by eye.

    python evals/briefings.py [--draw] [--whole 5] [--show]

Reads all 446 files, finds the turns (no tagger needed), and compares speaker, channel and bounds with evals/briefings.tsv:
path, offset in the text that is read, digests of the first and last words of the paragraph, speaker, channel. `--draw` prints
the draw that the table was made from, `--whole N` reads N files with the tagger too. Fails under 98% of speakers, or where a
statement is longer than a paragraph. The data lies in ../shared (see evals/README.md).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gold import SHARED
from onrecord.annotate.turns import turns
from onrecord.data import Attribution, Document, Speaker, Via
from onrecord.pipeline import Reader
from onrecord.read import documents
from onrecord.resolve.channels import channels
from onrecord.resolve.speakers import speakers

TABLE = Path(__file__).with_suffix(".tsv")
SOURCE = SHARED / "data/briefings/white-house.jsonl.gz"
SEED, DRAWN, A_FILE = 446, 300, 3
FILES = 446
LEAST_RIGHT = 0.98
NOBODY = "-"
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Said:
    """One paragraph of a turn, with what the program makes of it."""

    path: str
    text: str
    attribution: Attribution
    speaker: Speaker
    via: tuple[Via, ...]

    @property
    def words(self) -> str:
        return " ".join(span.of(self.text) for span in self.attribution.content)

    @property
    def label(self) -> str:
        return self.attribution.source[0].of(self.text)

    @property
    def row(self) -> tuple[str, ...]:
        """The line of the table that would say that all this is right."""
        channel = self.via[0].channel.value if self.via else NOBODY
        start = self.attribution.content[0].start
        return (self.path, str(start), digest(self.words, 12), digest(self.words, -12), self.speaker.name or NOBODY, channel)


def digest(words: str, number: int) -> str:
    """Eight hexadecimal digits for the first words, or the last if the number is below zero."""
    found = [word.casefold() for word in WORD.findall(words)]
    return hashlib.sha256(" ".join(found[:number] if number > 0 else found[number:]).encode()).hexdigest()[:8]


def files(folder: Path) -> Iterator[Document]:
    """The documents of the set, read as `onrecord read` reads a folder."""
    subprocess.run([sys.executable, SHARED / "eval/inputs.py", "briefings", SOURCE, folder], check=True)
    yield from (one for one in documents([str(folder)]) if isinstance(one, Document))


def said_in(document: Document) -> list[Said]:
    """The turns of a document, a paragraph each, with speakers and channels."""
    found = turns(document.text, document.title)
    who = speakers(document, found)
    through = channels(document, found, who)
    return [Said(document.name, document.text, *one) for one in zip(found, who, through, strict=True)]


def drawn(every: dict[str, list[Said]]) -> list[Said]:
    """The draw: at random, at most three a file."""
    chooser = random.Random(SEED)
    pairs = [(path, number) for path, said in sorted(every.items()) for number in range(len(said))]
    chooser.shuffle(pairs)
    taken: dict[str, int] = {}
    chosen: list[Said] = []
    for path, number in pairs:
        if taken.get(path, 0) < A_FILE and len(chosen) < DRAWN:
            taken[path] = taken.get(path, 0) + 1
            chosen.append(every[path][number])
    return chosen


def long_ones(every: dict[str, list[Said]]) -> int:
    """How many contents hold a blank line."""
    parts = (one.text[one.attribution.content[0].start : one.attribution.content[-1].end] for said in every.values() for one in said)
    return sum(re.search(r"\n\s*\n", part) is not None for part in parts)


def checked(every: dict[str, list[Said]], *, show: bool) -> tuple[int, int, int, int]:
    """Right speakers, right bounds, right channels, and rows, over the table."""
    right = bounds = through = rows = 0
    with TABLE.open(encoding="utf8", newline="") as lines:
        for path, offset, first, last, name, channel in list(csv.reader(lines, delimiter="\t"))[1:]:
            rows += 1
            near = [one for one in every.get(path, []) if digest(one.words, 12) == first]
            best = min(near, key=lambda one: abs(one.attribution.content[0].start - int(offset)), default=None)
            got = (best.speaker.name or NOBODY) if best else None
            right += got == name
            bounds += best is not None and digest(best.words, -12) == last
            through += best is not None and best.row[-1] == channel
            if show and got != name:
                print(f"wrong: {path} at {offset}: {got} for {name}")
    return right, bounds, through, rows


def read_whole(some: list[Document]) -> None:
    """A few documents through the whole pipeline: how many statements, nested ones, questions; the longest."""
    reader = Reader(threads=1)
    for document in some:
        start = time.process_time()
        found = reader.record(document).statements
        parts = (document.text[one.attribution.content[0].start : one.attribution.content[-1].end] for one in found)
        longer = sum("\n\n" in part for part in parts)
        nested = sum(one.part_of is not None for one in found)
        seconds = time.process_time() - start
        print(f"{document.name[-60:]}: {len(found)} statements, {nested} nested, {longer} longer than a paragraph, {seconds:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", action="store_true", help="print the draw as the program reads it")
    parser.add_argument("--whole", type=int, default=0, help="read so many files with the tagger too")
    parser.add_argument("--show", action="store_true", help="print every wrong speaker")
    args = parser.parse_args()
    if not SOURCE.is_file():
        print(f"skipped: the transcripts are not at {SOURCE} (see evals/README.md)")
        return
    with tempfile.TemporaryDirectory() as folder:
        found = list(files(Path(folder)))
    start = time.process_time()
    every = {one.name: said_in(one) for one in found}
    print(f"{len(found)} of {FILES} files read, {sum(map(len, every.values()))} paragraphs said, {time.process_time() - start:.1f} s")
    if args.draw:
        for one in drawn(every):
            print("\t".join((*one.row, one.label, " ".join(one.words.split())[:70])))
        return
    right, bounds, through, rows = checked(every, show=args.show)
    long = long_ones(every)
    print(f"speaker right {right} of {rows} ({right / rows:.1%}), bounds {bounds}, channel {through}")
    print(f"{long} statements longer than a paragraph")
    read_whole(random.Random(SEED).sample(found, args.whole))
    sys.exit(len(found) < FILES or right < LEAST_RIGHT * rows or long > 0)


if __name__ == "__main__":
    main()
