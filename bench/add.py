"""What keeping the record costs beside reading it: `onrecord add` into a new ledger against `onrecord read`.

    python bench/add.py [--documents PATH ...] [--rounds 3] [--ledger postgresql://...]

The documents are PolNeAR's dev split in ../shared where it is there, else the invented newspapers of examples/, forty times over;
`--documents ../shared/data/briefings/white-house.jsonl.gz` takes 446 transcripts with 1.7 million words. Reading and adding are timed
in turn as whole processes with `--jobs 2`; then the ledger's share of the time of one process is measured from inside.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from read import documents

INSIDE = """
import json, sys, time
from onrecord.annotate.meaning import Meaning
from onrecord.cli.add import this_program
from onrecord.read import documents
from onrecord.record.ledger import Ledger, Options, open_ledger
from onrecord.run.adding import AddOptions, added
from onrecord.run.local import RunOptions
from onrecord.settings import settings

seconds = 0.0
def timed(call):
    def wrapper(*args):
        global seconds
        began = time.perf_counter()
        try:
            return call(*args)
        finally:
            seconds += time.perf_counter() - began
    return wrapper

for name in ("add", "is_read", "begin", "end"):
    setattr(Ledger, name, timed(getattr(Ledger, name)))
began = time.perf_counter()
with open_ledger(sys.argv[1], Options(meaning=Meaning()), create=True) as ledger:
    run = ledger.begin(this_program(settings({})), "bench")
    added(documents(sys.argv[2:]), ledger, run, AddOptions(RunOptions()))
print(json.dumps({"whole": time.perf_counter() - began, "ledger": seconds, "recorded": run.recorded}))
"""


def seconds_of(*command: str | Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def words_of(paths: list[Path]) -> int:
    """White-space separated words of JSON Lines, 0 for other files."""
    lines = [line for path in paths if path.suffix == ".jsonl" for line in path.read_text(encoding="utf8").splitlines()]
    return sum(len(json.loads(line)["text"].split()) for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ledger", help="an empty PostgreSQL database, for the inside measure")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made, what = documents(Path(folder))
        paths = args.documents or [made]
        reads, adds = [], []
        for number in range(args.rounds):
            ledger = Path(folder) / f"{number}.db"
            reads.append(seconds_of("-m", "onrecord", "read", *paths, "--format", "jsonl", "--jobs", "2"))
            adds.append(seconds_of("-m", "onrecord", "add", *paths, "--format", "jsonl", "--jobs", "2", "--ledger", ledger))
        where = args.ledger or f"{folder}/inside.db"
        inside = json.loads(subprocess.check_output([sys.executable, "-c", INSIDE, where, *paths]))
        size, words = ledger.stat().st_size, words_of(paths)
    print(f"{what if not args.documents else ', '.join(map(str, paths))}: {inside['recorded']} documents, {words} words")
    rate = f"{words / min(adds):,.0f} words a second" if words else f"{inside['recorded'] / min(adds):.2f} documents a second"
    print(f"read --jobs 2   {min(reads):7.2f} s    add --jobs 2   {min(adds):7.2f} s   ({min(adds) / min(reads):.2f} times, {rate})")
    print(f"in one process the ledger takes {inside['ledger'] / inside['whole']:.1%} of the time of add")
    print(f"the ledger has {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
