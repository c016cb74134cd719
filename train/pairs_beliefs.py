"""What the teachers believe of every pair, kept for the small reader.

    python train/pairs_beliefs.py build/pairs/teacher-*.pt --base-weights build/bases/all-mpnet-base-v2 --out build/pairs/beliefs.npz

Kept is the mean of their log chances. Prints how well they read together what is never learnt from.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from pairs_lessons import Lessons
from pairs_measure import figures, logs_of, shown
from pairs_teacher import saved_teacher
from tagger_bases import here


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("teachers", type=Path, nargs="+")
    asked.add_argument(
        "--base-weights", type=Path, nargs="+", required=True, help="the folder of MPNet, or those of its parts (carried.py)"
    )
    asked.add_argument("--lessons", type=Path, default=Path("build/pairs/lessons.npz"))
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--batch", type=int, default=512)
    asked.add_argument("--most", type=int, default=0, help="how many pairs of a set, 0 for all")
    given = asked.parse_args()
    device, began = here(), time.time()
    lessons = Lessons(given.lessons, device)
    rows = {name: lessons.rows(name)[: given.most or None] for name in lessons.names}
    whole = np.concatenate(list(rows.values()))
    beliefs = np.zeros((len(lessons.sizes), 3), np.float32)
    for path in given.teachers:
        teacher = saved_teacher(path, lessons.shape, given.base_weights).to(device)
        beliefs[whole] += logs_of(teacher, lessons, whole, given.batch) / len(given.teachers)
        print(f"{path} asked, {time.time() - began:.0f} s", flush=True)
    measured = {name: rows[name] for name in lessons.measured}
    told = figures(
        {name: beliefs[some] for name, some in measured.items()}, {name: lessons.labels[some] for name, some in measured.items()}
    )
    print(f"together  {shown(told)}", flush=True)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.out, logs=beliefs.astype(np.float16))
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB, {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
