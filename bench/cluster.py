"""What a Ray cluster of this machine makes of an archive: one worker against two, and against this machine without one.

    python bench/cluster.py [--documents 2000]

The documents are PolNeAR's in ../shared where they are there, else the invented newspapers of examples/, as often as it takes, each time
with a line that makes it another document. Each ledger is filled by a process of its own without links; start-up is told apart, since a
cluster takes some seconds to start. At the end the ledgers are compared, row by row.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from onrecord.data import Document
from onrecord.read import documents as documents_at
from onrecord.record.ledger import open_ledger
from read import documents

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

INSIDE = """
import json, sys, time
from contextlib import nullcontext
from onrecord.annotate.meaning import Meaning
from onrecord.read import documents
from onrecord.record.ledger import Options, open_ledger
from onrecord.run.adding import AddOptions, added, shipped_program
from onrecord.run.local import RunOptions
from onrecord.run.ray_adding import RayAddOptions, added_on
from onrecord.run.ray_cluster import cluster

engine, workers, where, path = sys.argv[1], int(sys.argv[2]), *sys.argv[3:]
began = time.perf_counter()
begun = cluster(None, workers) if engine == "ray" else nullcontext()
with begun as found, open_ledger(where, Options(meaning=Meaning()), create=True) as ledger:
    started = time.perf_counter()
    run = ledger.begin(shipped_program(0.5), "bench")
    if engine == "ray":
        added_on(documents([path]), ledger, run, RayAddOptions(found, RunOptions()))
    else:
        added(documents([path]), ledger, run, AddOptions(RunOptions(), workers))
    print(json.dumps({"start": started - began, "seconds": time.perf_counter() - started, "recorded": run.recorded}))
"""


def many(given: list[Document], wanted: int) -> Iterator[Document]:
    """As many documents, each another one."""
    again = (replace(one, name=f"{one.name}-{turn}", text=f"{one.text}\n\nPrint {turn}.") for turn in count() for one in given)
    return islice(again, wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    wanted = parser.parse_args()
    from tests.record.dumped import dumped_whole  # noqa: PLC0415  # after the path is set

    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        made, what = documents(Path(folder))
        given = [one for one in documents_at([str(made)]) if isinstance(one, Document)]
        archive, words = Path(folder) / "archive.jsonl", 0
        with archive.open("w", encoding="utf8") as file:
            for one in many(given, wanted.documents):
                words += len(one.text.split())
                told = {"name": one.name, "text": one.text, "creation_time": one.creation_time, "publisher": one.publisher}
                file.write(json.dumps(told) + "\n")
        print(f"{what}: {wanted.documents} documents, {words} words; load average {os.getloadavg()[0]:.1f}", flush=True)
        rates, dumps = {}, []
        for engine, workers in (("local", 1), ("local", 2), ("ray", 1), ("ray", 2)):
            where = f"{folder}/{engine}{workers}.db"
            told = json.loads(subprocess.check_output([sys.executable, "-c", INSIDE, engine, str(workers), where, str(archive)]))
            rates[engine, workers] = told["recorded"] / told["seconds"]
            with open_ledger(where) as ledger:
                dumps.append(dumped_whole(ledger))
            rate = f"{rates[engine, workers]:6.2f} documents a second, {words / told['seconds']:,.0f} words"
            print(f"{engine:5} {workers}   {rate}   (started in {told['start']:.1f} s)", flush=True)
    for engine in ("local", "ray"):
        print(f"{engine}: two are {rates[engine, 2] / rates[engine, 1]:.2f} times one")
    print("the ledgers are identical:", "yes" if all(one == dumps[0] for one in dumps) else "NO")


if __name__ == "__main__":
    main()
