"""What reading costs on this machine: words and word pieces a second, start-up, memory, the share of the encoder.

    python bench/read.py [--documents FILE.jsonl] [--rounds 3]

The documents are PolNeAR's dev split (84 news articles, 67,609 words) in ../shared where it is there, else the invented
newspapers of examples/, forty times over; the report says which. Words are white-space separated. Every figure is the
best of `--rounds` runs of whole processes; a machine at work on something else gives lower ones.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
INSIDE = """
import json, sys, time
import onrecord.pipeline
from onrecord.pipeline import Reader
from onrecord.read import documents
from onrecord.data import Document

class Timed:
    def __init__(self, session):
        self.session, self.seconds = session, 0.0
    def run(self, *args):
        began = time.perf_counter()
        out = self.session.run(*args)
        self.seconds += time.perf_counter() - began
        return out

reader = Reader(threads=1)
tagger = reader.tagger
encoder = tagger.__dict__["_encoder"] = Timed(tagger._encoder)
arguments = tagger.__dict__["_arguments"] = Timed(tagger._arguments)
class Tagging:
    seconds = 0.0
    def __init__(self, call):
        self.call = call
    def __call__(self, *args):
        began = time.perf_counter()
        out = self.call(*args)
        Tagging.seconds += time.perf_counter() - began
        return out

onrecord.pipeline.attributions = Tagging(onrecord.pipeline.attributions)
tagger.seen = Tagging(tagger.seen)
texts = [d for d in documents([sys.argv[1]]) if isinstance(d, Document)]
reader.record(texts[0])
encoder.seconds = arguments.seconds = Tagging.seconds = 0.0
began = time.perf_counter()
for document in texts:
    reader.record(document)
whole = time.perf_counter() - began
pieces = sum(len(tagger.tokeniser.tokens(d.text)) for d in texts)
parts = {"encoder": encoder.seconds, "arguments": arguments.seconds, "tagger": Tagging.seconds}
print(json.dumps({"seconds": whole, "pieces": pieces, **parts}))
"""


def documents(folder: Path) -> tuple[Path, str]:
    """A JSON Lines file of documents to read, and what it holds."""
    target = folder / "documents.jsonl"
    dev = SHARED / "data/polnear/dev.jsonl.gz"
    if dev.exists():
        made = subprocess.run([sys.executable, SHARED / "eval/inputs.py", "polnear", dev], check=True, capture_output=True)
        target.write_bytes(made.stdout)
        return target, "PolNeAR dev"
    texts = sorted((ROOT / "examples/newspapers").glob("*.txt")) * 40
    lines = [json.dumps({"name": f"{i}", "text": path.read_text(encoding="utf8")}) for i, path in enumerate(texts)]
    target.write_text("\n".join(lines), encoding="utf8")
    return target, "examples/newspapers forty times (../shared is absent)"


def timed(*command: str | Path) -> tuple[float, float]:
    """Seconds that a run takes, and the most memory in MB that its processes held together (shared pages counted once)."""
    began, most = time.perf_counter(), 0.0
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(proportional_memory, family(process.pid))))
            time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"{command} failed with {process.returncode}")
    return time.perf_counter() - began, most


def family(pid: int) -> list[int]:
    """A process and all that it started (Linux)."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def proportional_memory(pid: int) -> float:
    """MB of a process, a page that n processes share counted as 1/n of it (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def first_record(path: Path) -> float:
    """Seconds from a cold start to the first line on standard output, for one article."""
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "onrecord", "read", path, "--format", "jsonl"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - began
        process.stdout.read()
    return seconds


def inside_of(path: Path) -> dict[str, float]:
    """Seconds of a run in one process with one thread, and of the model's two parts in it."""
    report: dict[str, float] = json.loads(subprocess.check_output([sys.executable, "-c", INSIDE, path]))
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, help="JSON Lines of documents to read instead")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, what = (args.documents, str(args.documents)) if args.documents else documents(Path(folder))
        words = sum(len(json.loads(line)["text"].split()) for line in path.read_text(encoding="utf8").splitlines())
        print(f"{what}: {words} words, {os.cpu_count()} cores")
        inside = min((inside_of(path) for _ in range(args.rounds)), key=lambda report: report["seconds"])
        one = Path(folder) / "one.txt"
        one.write_text((ROOT / "examples/newspapers/lesk-courier-0312.txt").read_text(encoding="utf8"), encoding="utf8")
        start = min(first_record(one) for _ in range(args.rounds))
        for jobs in (1, 2):
            command = ["-m", "onrecord", "read", path, "--format", "jsonl", "--jobs", str(jobs)]
            runs = [timed(*command) for _ in range(args.rounds)]
            best, memory = min(run[0] for run in runs), max(run[1] for run in runs)
            rates = f"{words / best:8.0f} words a second   {inside['pieces'] / best:8.0f} word pieces a second"
            print(f"--jobs {jobs}            {rates}   {memory:5.0f} MB   (start-up included, all processes)")
    print(f"in one process      {words / inside['seconds']:8.0f} words a second   (one thread, model loaded)")
    encoder, arguments = (inside[part] / inside["seconds"] for part in ("encoder", "arguments"))
    print(f"inside the encoder  {encoder:8.1%}   the argument tagger {arguments:.1%}, everything else {1 - encoder - arguments:.1%}")
    own = 1 - (inside["encoder"] + inside["arguments"]) / inside["tagger"]
    print(f"tagger's own work   {own:8.1%}   of the tagger's time is outside its two networks")
    print(f"first record        {start:8.2f} s from a cold start, one article")


if __name__ == "__main__":
    main()
