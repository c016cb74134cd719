"""Teaches the encoder that reads two statements side by side how they stand to each other.

    build/train-venv/bin/python train/pairs_reading.py build/pairs/glance.npz --out build/pairs/first.pt
    build/train-venv/bin/python train/pairs_reading.py build/pairs/glance.npz --from build/pairs/first.pt --rate 6e-5 \\
        --out build/pairs/model.pt

Of the pairs that are not linked only those are learnt from that look linked at a glance, as it is when a ledger is linked. Prints after
every pass, on what is never learnt from: F1 of same and of opposed on the matters and affairs held back, and the accuracy of
contradiction against the rest on ConjNLI dev, the counterfactual test part, and CANNOT's negations mixed with MSRP's paraphrases.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.annotate.meaning import Meaning
from onrecord.link.pair_model import scored
from onrecord.link.pair_pieces import LONGEST, MARKS, ids_of
from onrecord.link.pair_signs import signs
from pairs_data import NONE, OPPOSED, SAME, Pair, affair_pairs, matter_pairs, measured, nli_train
from shipped_weights import pairs_state, weights_of
from small_encoder import WIDTH, Encoder, Sizes, batch
from stance_data import tokeniser
from tagger_bases import minilm_folder

WHOLE = Sizes(layers=6, heads=12, inner=1536, places=LONGEST, marks=MARKS)
SIZE, BUCKET = 32, 40
RATE, HEAD_TIMES, SMOOTHING = 8e-5, 12, 0.03
COMPARED = 8  # pairs of a statement that are read beside it where they are not linked
LINKED_TIMES = 3  # how often a linked pair of a matter is shown a pass
NLI_SHARE = (0.5, 0.4, 0.3, 0.3)  # of the NLI sets, pass by pass
FROZEN = 2  # of the six layers, and the embeddings of the vocabulary: a step takes a third less time


class ReadingModel(nn.Module):
    """ids, mask (B, T) -> logits (B, 3) of nothing, the same, opposed."""

    def __init__(self, vocabulary: int, sizes: Sizes = WHOLE) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, sizes)
        self.dense = nn.Linear(WIDTH, WIDTH)
        self.head = nn.Linear(WIDTH, 3)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        first = self.encoder(ids, mask)[:, 0]
        return self.head(self.drop(torch.tanh(self.dense(first))))


def loss_of(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy; where only a contradiction is known to be none, minus the log of all the rest."""
    known = wanted >= 0
    out = logits.new_zeros(())
    if known.any():
        out = out + nn.functional.cross_entropy(logits[known], wanted[known], label_smoothing=SMOOTHING, reduction="sum")
    if (~known).any():
        logs = torch.log_softmax(logits[~known], 1)
        out = out - torch.logsumexp(logs[:, :OPPOSED], 1).sum()
    return out / len(wanted)


@torch.no_grad()
def chances(model: ReadingModel, ids: Sequence[Sequence[int]]) -> np.ndarray:
    """(N, 3) probabilities."""
    model.eval()
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
    found = torch.zeros(len(ids), 3)
    for start in range(0, len(order), 64):
        places = order[start : start + 64]
        with torch.autocast("cpu", torch.bfloat16):
            found[places] = torch.softmax(model(*batch([ids[place] for place in places])).float(), 1)
    model.train()
    return found.numpy()


def f1(found: np.ndarray, wanted: np.ndarray) -> float:
    return float(2 * (found & wanted).sum() / max(1, found.sum() + wanted.sum()))


def figures(model: ReadingModel, ids: dict[str, list[list[int]]], sets: dict[str, list[Pair]]) -> dict[str, float]:
    """What is printed after a pass."""
    out = {}
    for name, pairs in sets.items():
        found, wanted = chances(model, ids[name]), np.array([one.label for one in pairs])
        if name in ("matters", "affairs"):
            guess = found.argmax(1)
            out |= {f"{name}, same": f1(guess == SAME, wanted == SAME), f"{name}, opposed": f1(guess == OPPOSED, wanted == OPPOSED)}
        else:
            out[name] = float(((found[:, OPPOSED] > 0.5) == (wanted == OPPOSED)).mean())
    return {name: round(value, 3) for name, value in out.items()}


def lessons(rng: random.Random, own: list[Pair], others: list[Pair], share: float) -> list[list[Pair]]:
    """The pairs of a pass in batches of like length, in random order; a day or a holder that is known is sometimes kept back."""
    chosen = [one for one in own for _ in range(LINKED_TIMES if one.label > 0 else 1)]
    chosen = [_veiled(one, rng) for one in chosen] + rng.sample(others, int(share * len(others)))
    rng.shuffle(chosen)
    found = []
    for start in range(0, len(chosen), SIZE * BUCKET):
        part = sorted(chosen[start : start + SIZE * BUCKET], key=lambda one: len(one.earlier.words) + len(one.later.words))
        found.extend(part[at : at + SIZE] for at in range(0, len(part), SIZE))
    rng.shuffle(found)
    return found


def hard(pairs: Iterable[Pair], glance: Path, most: int = COMPARED) -> list[Pair]:
    """The linked pairs, and of the others those, so many of a statement, that look likeliest linked to it."""
    told = list(pairs)
    nothing, counts, kept = glanced(told, glance)[:, NONE], Counter[int](), []
    for place in np.argsort(nothing, kind="stable").tolist():
        ends = (told[place].earlier.id, told[place].later.id)
        if told[place].label != NONE or any(counts[end] < most for end in ends):
            kept.append(told[place])
        counts.update(ends)
    return kept


def glanced(pairs: Sequence[Pair], path: Path) -> np.ndarray:
    """(N, 3) logits of the network over signs."""
    with np.load(path) as kept:
        held = {name: kept[name].astype(np.float32) for name in kept.files}
    return scored(signs([(one.earlier, one.later) for one in pairs], Meaning()), held)


def _veiled(one: Pair, rng: random.Random) -> Pair:
    earlier, later = one.earlier, one.later
    if rng.random() < 0.15:
        earlier, later = (replace(claim, said_on=None) for claim in (earlier, later))
    return one._replace(earlier=earlier, later=later)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("glance", type=Path)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--from", dest="start", type=Path)
    asked.add_argument("--rate", type=float, default=RATE)
    asked.add_argument("--passes", type=int, default=2)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    torch.manual_seed(given.seed)
    pieces = tokeniser()
    model = ReadingModel(pieces.size)
    model.encoder.begin(minilm_folder())
    if given.start:
        model.load_state_dict(weights_of(given.start, WHOLE.layers, pairs_state))
    for part in (model.encoder.places, *list(model.encoder.layers)[:FROZEN]):
        part.requires_grad_(False)
    sets = {"matters": list(matter_pairs(held=True)), "affairs": hard(affair_pairs(held=True), given.glance), **measured()}
    ids = {name: ids_of(pieces, [(one.earlier, one.later) for one in pairs]) for name, pairs in sets.items()}
    rng, others = random.Random(given.seed), list(nli_train())
    own = hard([*matter_pairs(held=False), *affair_pairs(held=False)], given.glance)
    plan = [lessons(rng, own, others, NLI_SHARE[turn]) for turn in range(given.passes)]
    print(len(own), "pairs of matters and affairs,", len(others), "others,", sum(map(len, plan)), "steps", flush=True)
    model.encoder.keep_words(pieces.size)
    groups = [
        {"params": [one for one in model.encoder.parameters() if one.requires_grad], "lr": given.rate},
        {"params": [*model.dense.parameters(), *model.head.parameters()], "lr": given.rate * HEAD_TIMES},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.0)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, [one["lr"] for one in groups], total_steps=sum(map(len, plan)), pct_start=0.08)
    began = time.time()
    for turn, batches in enumerate(plan, 1):
        total = 0.0
        for number, lesson in enumerate(batches, 1):
            shaped = batch(ids_of(pieces, [(one.earlier, one.later) for one in lesson]))
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(*shaped)
            loss = loss_of(logits.float(), torch.tensor([one.label for one in lesson]))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            rate.step()
            total += loss.item()
            if number % 200 == 0:
                print(f"{number} of {len(batches)}, loss {total / number:.3f}, {time.time() - began:.0f} s", flush=True)
        print(turn, figures(model, ids, sets), flush=True)
        torch.save({"state": model.state_dict(), "sizes": asdict(WHOLE)}, given.out)


if __name__ == "__main__":
    main()
