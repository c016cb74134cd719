"""What the teachers believe of the lessons, kept for the small tagger.

    python train/tagger_beliefs.py build/tagger/teacher-*.pt --out build/tagger/beliefs.pt

Several teachers are averaged: their chances of every tag, of every cue to be one, and, for every cue, of every move of the
chain of sources and contents. Where there are gold spans, they make up GOLD_SHARE of what is taught.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from onrecord.annotate.tokenise import Tokeniser
from tagger import JITTER, saved_tagger
from tagger_bases import here, minilm_folder
from tagger_batches import Batch, Pack, around, likely_cues, moved, reach_drawn, tensors
from tagger_data import IGNORED
from tagger_model import TAGS, Tagger, path_beliefs

CANDIDATE = 0.08  # what the teachers find likelier than this to be in a cue is a cue to learn from
GOLD_SHARE = 0.5  # of the belief that a cue is one, how much is the gold annotation's


@torch.no_grad()
def lesson(teachers: list[Tagger], one: Batch, device: torch.device) -> dict[str, Any]:
    """What the teachers believe of a batch, mixed with the gold spans where there are any."""
    ids, mask, tags = tensors(one, device)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        read = [teacher.encode(ids, mask) for teacher in teachers]
    chances = torch.stack([torch.softmax(logits.float(), -1) for logits, _ in read]).mean(0)
    gold = functional.one_hot(tags.clamp(min=0), TAGS).float()
    wanted = torch.where((tags != IGNORED)[..., None], GOLD_SHARE * gold + (1 - GOLD_SHARE) * chances, chances)
    found = likely_cues(chances[..., 3:5].sum(-1).cpu().numpy(), one, CANDIDATE)
    cues, reach = np.concatenate((moved(one.cues, one, JITTER), found)), reach_drawn()
    touched = np.zeros(one.ids.shape, bool)
    for window, start, end in cues:
        touched[window, start:end] = True
    out: dict[str, Any] = {"batch": one, "tags": wanted.half(), "cues": cues, "reach": reach, "touched": touched}
    if not len(cues):
        return out
    rows = np.concatenate((one.rows, np.zeros((len(found), one.rows.shape[1]), np.int64)))
    seen = around(cues, one, reach, device, rows)
    beliefs = []
    for teacher, (_, states) in zip(teachers, read, strict=True):
        with torch.autocast(device.type, dtype=torch.bfloat16):
            crop = states.flatten(0, 1)[seen.places]
            emissions, belief = teacher.arguments(crop, seen.distance, seen.weights.to(crop.dtype), seen.inside.to(crop.dtype))
        beliefs.append((*teacher.crf.beliefs(emissions.float(), seen.inside), torch.sigmoid(belief.float())))
    first, moves, real = (torch.stack(part).mean(0) for part in zip(*beliefs, strict=True))
    trust = real.clone()
    count = len(one.cues)
    if count:
        gold_first, gold_moves = path_beliefs(seen.wanted[:count])
        first[:count] = GOLD_SHARE * gold_first + (1 - GOLD_SHARE) * first[:count]
        moves[:count] = GOLD_SHARE * gold_moves + (1 - GOLD_SHARE) * moves[:count]
        real[:count] = GOLD_SHARE + (1 - GOLD_SHARE) * real[:count]
        trust[:count] = 1.0
    refused = torch.from_numpy(np.array([one.marked and one.tags[w, s] != IGNORED for w, s, _ in cues[count:]], bool)).to(device)
    real[count:] = torch.where(refused, (1 - GOLD_SHARE) * real[count:], real[count:])
    return out | {"first": first.half(), "moves": moves.half(), "real": real.half(), "trust": trust.half()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teachers", type=Path, nargs="+")
    parser.add_argument("--lessons", type=Path, default=Path("build/tagger/lessons.npz"))
    parser.add_argument("--parts", nargs="+", default=["free", *(f"gold-{n}" for n in range(4))])
    parser.add_argument("--out", type=Path, default=Path("build/tagger/beliefs.pt"))
    parser.add_argument("--cache", type=Path, default=Path("build/bases"))
    parser.add_argument("--pieces", type=int, default=4096, help="in a batch")
    parser.add_argument("--limit", type=int, default=1_000_000, help="batches of each part, at most")
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    device, tokeniser = here(), Tokeniser(minilm_folder() / "tokenizer.json")
    teachers = [saved_tagger(path, args.cache, tokeniser).to(device) for path in args.teachers]
    lessons, began = [], time.time()
    for part in args.parts:
        for number, one in enumerate(Pack(args.lessons, part).batches(args.pieces, random.Random(args.seed))):
            if number >= args.limit:
                break
            lessons.append(lesson(teachers, one, device))
        print(f"{part} read: {len(lessons)} lessons, {time.time() - began:.0f} s", flush=True)
    torch.save(lessons, args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.0f} MB, {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
