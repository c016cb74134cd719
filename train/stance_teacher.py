"""Teaches all-mpnet-base-v2 the stances, and asks it about statements that nobody labelled.

    python train/stance_teacher.py learn --lessons build/stance/lessons.npz --out build/stance/teacher-1.pt [--seconds 90] [--seed 1]
    python train/stance_teacher.py believe build/stance/teacher-*.pt --lessons build/stance/lessons.npz --out build/stance/beliefs.npz

A teacher sees the text around a statement. What the teachers believe (logits, the mean over them) is kept for every statement. Runs on a
GPU where there is one.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from stance_lessons import Lessons, Shaped, batches, scored
from stance_model import LABELS, Teacher, without_some_clues
from stance_sets import FREE, LEARNT, MEASURED
from tagger_bases import here, ids_of, mpnet_of

SIZE, RATE, HEAD_TIMES = 64, 5e-5, 12
SMOOTHING, DOUBTFUL, VEILED = 0.05, 0.5, 0.1
WARMING, DECAY = 0.06, 0.995


def fresh(folders: Sequence[Path], vocabulary: Path) -> Teacher:
    """An untaught teacher; `vocabulary`: the tokenizer.json of the pieces that the lessons are made of."""
    model, folder = mpnet_of(folders)
    pieces: dict[str, int] = json.loads(vocabulary.read_text(encoding="utf8"))["model"]["vocab"]
    ids = ids_of("mpnet", folder, pieces)
    return Teacher(model, ids, int(ids[pieces["[CLS]"]]))


def read(model: Teacher, lessons: Lessons, shaped: Shaped, *, learning: bool = False) -> Tensor:
    """(B, LABELS) logits."""
    ids, clue = lessons.ids[shaped.pieces], shaped.clue
    if learning:
        ids = torch.where(torch.rand(ids.shape, device=ids.device) < VEILED, torch.full_like(ids, 103), ids)
        clue = without_some_clues(clue)
    with torch.autocast(lessons.device.type, dtype=torch.bfloat16):
        return model(ids, shaped.roles, shaped.mask, clue).logits.float()


@torch.no_grad()
def logits_of(model: Teacher, lessons: Lessons, rows: Sequence[int], size: int = 256) -> Tensor:
    """(N, LABELS) logits, on the CPU."""
    model.eval()
    order = np.argsort(lessons.sizes[list(rows)], kind="stable")
    found = torch.zeros(len(rows), LABELS)
    for start in range(0, len(order), size):
        some = order[start : start + size]
        found[some] = read(model, lessons, lessons.around([rows[place] for place in some])).cpu()
    model.train()
    return found


def figures(model: Teacher, lessons: Lessons) -> dict[str, str]:
    """accuracy/macro F1 of what is never learnt from."""
    out = {}
    for name in MEASURED:
        rows = lessons.rows(name)
        out[name] = scored(logits_of(model, lessons, rows).argmax(1).numpy(), lessons.wanted[rows], LABELS)
    return out


def learn(given: argparse.Namespace) -> None:
    device = here()
    lessons = Lessons(given.lessons, device)
    model = fresh(given.base, given.vocabulary).to(device)
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(DECAY))
    heads = [value for name, value in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": list(model.encoder.parameters()), "lr": given.rate}, {"params": heads, "lr": given.rate * HEAD_TIMES}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    peaks, rows, chooser = [group["lr"] for group in groups], lessons.rows(LEARNT), random.Random(given.seed)
    print(f"{len(rows)} statements to learn from", flush=True)
    began, step, turn, total = time.time(), 0, 0, 0.0
    while (done := (time.time() - began) / given.seconds) < 1:
        turn += 1
        for some in batches(rows, lessons.sizes, SIZE, chooser):
            done = (time.time() - began) / given.seconds
            if done >= 1:
                break
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * min(done / WARMING + 0.02, max(0.01, 1 - done))
            weight = torch.tensor(np.where(lessons.doubtful[some], DOUBTFUL, 1.0), dtype=torch.float, device=device)
            wanted = torch.tensor(lessons.wanted[some], device=device)
            logits = read(model, lessons, lessons.around(some), learning=True)
            loss = (nn.functional.cross_entropy(logits, wanted, label_smoothing=SMOOTHING, reduction="none") * weight).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            average.update_parameters(model)
            step += 1
            total += float(loss.detach()) if step % 20 == 0 else 0.0
            if step % 400 == 0:
                print(f"pass {turn}, step {step}, loss {total / 20:.3f}, {time.time() - began:.0f} s", flush=True)
                total = 0.0
    print(f"{step} steps, {turn} passes", figures(average.module, lessons), flush=True)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({name: value.half().cpu() for name, value in average.module.state_dict().items()}, given.out)


def believe(given: argparse.Namespace) -> None:
    device = here()
    lessons = Lessons(given.lessons, device)
    model = fresh(given.base, given.vocabulary).to(device)
    rows = [*lessons.rows(LEARNT, FREE, *MEASURED)]
    total = torch.zeros(len(rows), LABELS)
    for path in given.teachers:
        model.load_state_dict({name: value.float() for name, value in torch.load(path, map_location=device).items()})
        total += logits_of(model, lessons, rows) / len(given.teachers)
    guess, places = total.argmax(1).numpy(), {row: place for place, row in enumerate(rows)}
    for name in MEASURED:
        some = lessons.rows(name)
        print(name, scored(guess[[places[row] for row in some]], lessons.wanted[some], LABELS), flush=True)
    np.savez_compressed(given.out, rows=np.array(rows, np.int32), beliefs=total.numpy().astype(np.float16))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("step", choices=("learn", "believe"))
    asked.add_argument("teachers", type=Path, nargs="*", help="what to believe")
    asked.add_argument("--lessons", type=Path, default=Path("build/stance/lessons.npz"))
    asked.add_argument(
        "--base",
        type=Path,
        nargs="+",
        default=[Path("build/bases/all-mpnet-base-v2")],
        help="the folder of MPNet, or those of its parts (carried.py)",
    )
    asked.add_argument("--vocabulary", type=Path, default=Path("src/onrecord/weights/tagger/tokenizer.json"))
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--seconds", type=float, default=90.0, help="how long to learn")
    asked.add_argument("--rate", type=float, default=RATE)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    (learn if given.step == "learn" else believe)(given)


if __name__ == "__main__":
    main()
