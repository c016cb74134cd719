"""Teaches all-mpnet-base-v2 the stances, and asks it about statements that nobody labelled.

    build/train-venv/bin/python train/stance_teacher.py learn --out build/stance/teacher-1.pt [--from FILE] [--passes 3] [--seed 1]
    build/train-venv/bin/python train/stance_teacher.py believe build/stance/teacher-1.pt ... --out build/stance/beliefs.npz

What the teachers believe (logits, the mean over them) is kept with the statements' pieces as the small model sees them; no text is kept.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from onrecord.resolve.stance_pieces import Parts, pieces
from stance_data import LABELS, Example, labelled, tokeniser, unlabelled
from tagger_bases import encoder, mpnet_folder

BASES = Path(__file__).resolve().parents[1] / "build/bases"
LONGEST, SIZE = 112, 16
RATE, HEAD_RATE, SMOOTHING, DOUBTFUL = 4e-5, 1e-3, 0.05, 0.5
FROZEN = 3  # of the twelve layers, and the embeddings: a step takes a sixth less time
BUCKET = 20  # batches that are sorted by length together


class Teacher(nn.Module):
    """The large encoder with one layer over its first state and the mean of all."""

    def __init__(self) -> None:
        super().__init__()
        folder = mpnet_folder(BASES)
        self.tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(folder)
        self.enc = encoder("mpnet", folder)
        self.head = nn.Linear(2 * self.enc.config.hidden_size, len(LABELS) + 1)  # the last: whether a condition governs it

    def forward(self, given: Sequence[Parts]) -> Tensor:
        first = [f"{_spoken(one.clue)} | {' ... '.join(one.source)} | {' ... '.join(one.cue)} |" for one in given]
        second = [" ... ".join(one.content) for one in given]
        read = self.tokenizer(first, second, truncation="only_second", max_length=LONGEST, padding=True, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.enc(**read).last_hidden_state
        states, mask = states.float(), read["attention_mask"].unsqueeze(-1).float()
        both = torch.cat([states[:, 0], (states * mask).sum(1) / mask.sum(1)], -1)
        return self.head(nn.functional.dropout(both, 0.1, self.training))[:, : len(LABELS)]


def _spoken(clue: int) -> str:
    """What the lexicon hears, in words."""
    strength, stance = (clue - 1) % 3, LABELS[(clue - 1) // 3]
    return f"{('clearly', 'likely', 'perhaps')[strength]} {stance.replace('_', ' ')}" if clue else "nothing"


def by_length(given: Sequence[Parts], size: int) -> Iterator[list[int]]:
    """Places of statements in batches of like length."""
    order = sorted(range(len(given)), key=lambda place: sum(map(len, given[place].content)))
    for start in range(0, len(order), size):
        yield order[start : start + size]


@torch.no_grad()
def logits_of(model: nn.Module, given: Sequence[Parts], size: int = 32) -> Tensor:
    """(N, labels) logits."""
    model.eval()
    found = torch.zeros(len(given), len(LABELS))
    for places in by_length(given, size):
        found[places] = model([given[place] for place in places])
    model.train()
    return found


def scored(logits: Tensor, wanted: Sequence[Example]) -> str:
    """Accuracy, and the mean F1 of labels with ten or more."""
    guess, gold = logits.argmax(1).numpy(), np.array([one.stance for one in wanted])
    common = [k for k in range(len(LABELS)) if (gold == k).sum() >= 10]
    f1 = [2 * ((guess == k) & (gold == k)).sum() / max(1, (guess == k).sum() + (gold == k).sum()) for k in common]
    return f"{(guess == gold).mean():.3f}/{np.mean(f1):.3f}"


def learn(given: argparse.Namespace) -> None:
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    model = Teacher()
    for part in (model.enc.embeddings, *model.enc.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    if given.start:
        model.load_state_dict(torch.load(given.start))
    examples, measured = labelled()
    print(f"{len(examples)} statements to learn from", {name: len(rows) for name, rows in measured.items()}, flush=True)
    rates = [given.rate, HEAD_RATE if not given.start else HEAD_RATE / 4]
    groups = [
        {"params": [one for one in model.enc.parameters() if one.requires_grad], "lr": rates[0]},
        {"params": model.head.parameters(), "lr": rates[1]},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = given.steps or given.passes * (len(examples) // SIZE + BUCKET)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=steps + 1, pct_start=0.02 if given.start else 0.1)
    began = time.time()
    for turn in range(given.passes):
        total = 0.0
        lessons = list(_lessons(examples))[: given.steps or None]
        for number, lesson in enumerate(lessons, 1):
            weight = torch.tensor([DOUBTFUL if one.doubtful else 1.0 for one in lesson])
            wanted = torch.tensor([one.stance for one in lesson])
            each = nn.functional.cross_entropy(model([one.parts for one in lesson]), wanted, label_smoothing=SMOOTHING, reduction="none")
            loss = (each * weight).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.enc.parameters(), 1.0)
            optimiser.step()
            rate.step()
            total += loss.item()
            if number % 100 == 0:
                print(f"{number} of {len(lessons)}, loss {total / number:.3f}, {time.time() - began:.0f} s", flush=True)
        print(turn + 1, {name: scored(logits_of(model, [r.parts for r in rows]), rows) for name, rows in measured.items()}, flush=True)
        torch.save(model.state_dict(), given.out)


def _lessons(examples: list[Example]) -> Iterator[list[Example]]:
    """Batches of like length, in random order."""
    random.shuffle(examples)
    chunk = SIZE * BUCKET
    found = []
    for start in range(0, len(examples), chunk):
        part = sorted(examples[start : start + chunk], key=lambda one: sum(map(len, one.parts.content)))
        found.extend(part[at : at + SIZE] for at in range(0, len(part), SIZE))
    random.shuffle(found)
    yield from found


def believe(given: argparse.Namespace) -> None:
    examples, _ = labelled()
    statements = [one.parts for one in examples] + unlabelled()
    print(f"{len(statements)} statements", flush=True)
    total = torch.zeros(len(statements), len(LABELS))
    for path in given.teachers:
        model = Teacher()
        model.load_state_dict(torch.load(path))
        total += logits_of(model, statements, 64)
    ids = [one.ids for one in pieces(tokeniser(), statements)]
    wanted = np.array([one.stance for one in examples] + [-1] * (len(statements) - len(examples)), np.int8)
    np.savez_compressed(
        given.out,
        ids=np.array([one for row in ids for one in row], np.uint16),
        lengths=np.array([len(row) for row in ids], np.uint8),
        beliefs=(total / len(given.teachers)).numpy().astype(np.float16),
        wanted=wanted,
        doubtful=np.array([one.doubtful for one in examples] + [False] * (len(statements) - len(examples))),
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = asked.add_subparsers(required=True)
    first = steps.add_parser("learn")
    first.add_argument("--out", type=Path, required=True)
    first.add_argument("--from", dest="start", type=Path)
    first.add_argument("--passes", type=int, default=3)
    first.add_argument("--steps", type=int, default=0, help="stop each pass after so many steps")
    first.add_argument("--rate", type=float, default=RATE)
    first.add_argument("--seed", type=int, default=1)
    first.set_defaults(step=learn)
    second = steps.add_parser("believe")
    second.add_argument("teachers", type=Path, nargs="+")
    second.add_argument("--out", type=Path, required=True)
    second.set_defaults(step=believe)
    given = asked.parse_args()
    torch.set_num_threads(2)
    given.step(given)


if __name__ == "__main__":
    main()
