"""Teaches the small stance model what the teachers believe, the labels, and how factual events are told.

    build/train-venv/bin/python train/stance.py build/stance/beliefs.npz --out build/stance/first.pt [--passes 4] [--seed 1]
    build/train-venv/bin/python train/stance.py build/stance/beliefs.npz --affairs 2 --from build/stance/first.pt --rate 1e-4 --passes 2 \\
        --out build/stance/model.pt

Prints after every pass accuracy/macro F1 on statements that are never learnt from, and Pearson's r of factuality on the development parts.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.resolve.stance_pieces import Pieces, pieces
from shipped_weights import stance_state, weights_of
from small_encoder import Sizes, batch
from stance_data import EVENTS, Event, events, labelled, of_affairs, tokeniser, told, written
from stance_model import SHIPPED, Outcome, StanceModel
from stance_teacher import scored
from tagger_bases import minilm_folder

SIZE, RATE = 64, 2e-4
BUCKET = 30  # batches that are sorted by length together
GOLD = 0.5  # how much of the wanted distribution is the label where there is one
NO_CLUE = 0.1  # how often the clue is taken away
VEILED, VEIL = 0.1, 103  # how often a piece is veiled by [MASK], so that no statement is learnt by heart
ALL_MARKED = ("UW", "UDS_IH2", "MEANTIME")  # sets in which every event of a sentence is marked
FACTUAL_EVERY = 4  # one lesson in so many is about events
TEMPERATURE = 1.0
SMOOTHING = 0.1  # of a label that stands alone


class Lessons(NamedTuple):
    """Statements as ids with the wanted chances of the labels, (N, labels)."""

    ids: list[np.ndarray]
    wanted: Tensor


class Marked(NamedTuple):
    """A sentence as ids; `targets`: (piece, value); `complete` where other pieces are no events."""

    ids: list[int]
    targets: tuple[tuple[int, float], ...]
    complete: bool


def lessons(path: Path) -> Lessons:
    """What the teachers believed, with half of the belief on the label where there is one."""
    held = np.load(path)
    ids = np.split(held["ids"].astype(np.int64), np.cumsum(held["lengths"].astype(np.int64))[:-1])
    beliefs = torch.softmax(torch.tensor(held["beliefs"].astype(np.float32)) / TEMPERATURE, 1)
    label = torch.tensor(held["wanted"].astype(np.int64))
    known = label >= 0
    weight = torch.tensor(np.where(held["doubtful"], GOLD / 2, GOLD)).float()[known, None]
    beliefs[known] = (1 - weight) * beliefs[known] + weight * nn.functional.one_hot(label[known], beliefs.shape[1])
    return Lessons(ids, beliefs)


def with_affairs(given: Lessons, times: int) -> Lessons:
    """And the statements of the invented affairs, each so often, of which there is the label alone."""
    told = of_affairs() * times
    ids = [np.array(one.ids) for one in pieces(tokeniser(), [one.parts for one in told])]
    labels = torch.tensor([one.stance for one in told], dtype=torch.long)
    wanted = nn.functional.one_hot(labels, given.wanted.shape[1]).float() * (1 - SMOOTHING) + SMOOTHING / given.wanted.shape[1]
    return Lessons([*given.ids, *ids], torch.cat((given.wanted, wanted)))


def marked(found: Sequence[tuple[str, Event]]) -> list[Marked]:
    """Events as pieces: of each the first piece carries the value."""
    given = pieces(tokeniser(), [event.parts for _, event in found])
    out = []
    for (name, event), one in zip(found, given, strict=True):
        places = [(place.start, number) for number, place in enumerate(one.places) if place is not None and place.part == 2]
        targets = []
        for start, end, value in event.targets:
            number = next((number for at, number in places if start <= at < end), None)
            if number is not None:
                targets.append((number, value))
        out.append(Marked(one.ids, tuple(targets), name in ALL_MARKED))
    return out


def event_loss(outcome: Outcome, given: Sequence[Marked], mask: Tensor) -> Tensor:
    """Huber loss of the values, and cross entropy of what is an event."""
    rows = torch.tensor([row for row, one in enumerate(given) for _ in one.targets], dtype=torch.long)
    columns = torch.tensor([place for one in given for place, _ in one.targets], dtype=torch.long)
    values = torch.tensor([value for one in given for _, value in one.targets])
    factual = nn.functional.huber_loss(outcome.factuality[rows, columns], values)
    wanted = torch.zeros_like(mask, dtype=torch.float)
    wanted[rows, columns] = 1
    counted = mask.bool() & torch.tensor([one.complete for one in given])[:, None] | wanted.bool()
    each = nn.functional.binary_cross_entropy_with_logits(outcome.event, wanted, reduction="none")
    return factual + each[counted].mean()


def pooled(outcome: Outcome, content: Tensor) -> Tensor:
    """(B,) factuality of the content: the mean over its pieces, weighted by how surely each is an event."""
    weight = torch.softmax(outcome.event.masked_fill(~content, -1e4), 1)
    return (weight * outcome.factuality).sum(1)


def content_mask(found: Sequence[Pieces], length: int) -> Tensor:
    """(B, length): the pieces of the content."""
    out = torch.zeros(len(found), length, dtype=torch.bool)
    for row, one in enumerate(found):
        for number, place in enumerate(one.places):
            out[row, number] = place is not None and place.part == 2
    return out


@torch.no_grad()
def logits_of(model: StanceModel, ids: Sequence[Sequence[int]]) -> Tensor:
    model.eval()
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
    parts = [order[start : start + 128] for start in range(0, len(order), 128)]
    found = torch.zeros(len(ids), model.values.out_features)
    for places in parts:
        found[places] = model(*batch([ids[place] for place in places])).logits
    model.train()
    return found


@torch.no_grad()
def correlation(model: StanceModel, given: Sequence[Marked]) -> float:
    """Pearson's r of the values of events, their places given."""
    model.eval()
    gold, guess = [], []
    for start in range(0, len(given), 128):
        part = given[start : start + 128]
        outcome = model(*batch([one.ids for one in part]))
        for row, one in enumerate(part):
            for place, value in one.targets:
                gold.append(value)
                guess.append(float(outcome.factuality[row, place]))
    model.train()
    return float(np.corrcoef(gold, guess)[0, 1])


def shuffled(ids: Sequence[Sequence[int]], seed: int) -> list[list[int]]:
    """Places in batches of like length, in random order."""
    rng = random.Random(seed)
    order = list(range(len(ids)))
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), SIZE * BUCKET):
        part = sorted(order[start : start + SIZE * BUCKET], key=lambda place: len(ids[place]))
        found.extend(part[at : at + SIZE] for at in range(0, len(part), SIZE))
    rng.shuffle(found)
    return found


class School:
    """What is learnt from, and one step of it."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.rng = random.Random(given.seed)
        self.statements = with_affairs(lessons(given.beliefs), given.affairs)
        self.tokeniser = tokeniser()
        self.sentences = list(events("train"))
        self.invented = [one for one in written() if one.factuality is not None]
        self.invented_pieces = pieces(self.tokeniser, [one.parts for one in self.invented])

    def stance_loss(self, model: StanceModel, places: list[int]) -> Tensor:
        given = batch([self.statements.ids[place] for place in places])
        bare = torch.rand(len(places)) < NO_CLUE
        given.ids[bare, 0] = self.tokeniser.size
        veiled = torch.rand(given.ids.shape) < VEILED
        veiled[:, 0] = False
        given.ids[veiled & (given.mask == 1)] = VEIL
        wanted = self.statements.wanted[places]
        with torch.autocast("cpu", torch.bfloat16):
            outcome = model(*given)
        return nn.functional.kl_div(torch.log_softmax(outcome.logits.float(), 1), wanted, reduction="batchmean")

    def factual_loss(self, model: StanceModel) -> Tensor:
        chosen = [(name, told(event, self.rng)) for name, event in self.rng.sample(self.sentences, SIZE // 2)]
        given = marked(chosen)
        shaped = batch([one.ids for one in given])
        loss = event_loss(model(*shaped), given, shaped.mask)
        if not self.invented:
            return loss
        rows = self.rng.sample(range(len(self.invented)), SIZE // 4)
        found = [self.invented_pieces[row] for row in rows]
        shaped = batch([one.ids for one in found])
        values = torch.tensor([self.invented[row].factuality for row in rows])
        return loss + nn.functional.huber_loss(pooled(model(*shaped), content_mask(found, shaped.ids.shape[1])), values)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("beliefs", type=Path)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--from", dest="start", type=Path)
    asked.add_argument("--affairs", type=int, default=0, help="how often a pass the affairs are told")
    asked.add_argument("--passes", type=int, default=4)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--rate", type=float, default=RATE)
    for name, value in asdict(SHIPPED).items():
        asked.add_argument(f"--{name}", type=int, default=value)
    given = asked.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(given.seed)
    sizes = Sizes(given.layers, given.heads, given.inner, given.places, given.marks)
    school = School(given)
    model = StanceModel(school.tokeniser.size, sizes)
    model.encoder.begin(minilm_folder())
    if given.start:
        model.load_state_dict(weights_of(given.start, sizes.layers, stance_state))
    _learn(model, school, given)
    torch.save({"state": model.state_dict(), "sizes": asdict(sizes)}, given.out)


def _learn(model: StanceModel, school: School, given: argparse.Namespace) -> None:
    _, held = labelled()
    measured = {name: ([one.ids for one in pieces(school.tokeniser, [row.parts for row in rows])], rows) for name, rows in held.items()}
    checked = {name: marked(list(events("dev", (name,)))) for name in EVENTS[:4]}
    ids = school.statements.ids
    model.encoder.keep_words(school.tokeniser.size)
    optimiser = torch.optim.AdamW(model.parameters(), lr=given.rate, weight_decay=0.0)
    steps = given.passes * len(shuffled(ids, 0))
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, given.rate, total_steps=steps, pct_start=0.08)
    averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
    began, step = time.time(), 0
    for turn in range(given.passes):
        total = 0.0
        for places in shuffled(ids, given.seed * 100 + turn):
            loss = school.stance_loss(model, places)
            total += loss.item()
            if step % FACTUAL_EVERY == 0:
                loss = loss + school.factual_loss(model)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            rate.step()
            averaged.update_parameters(model)
            step += 1
        best = averaged.module
        figures = {name: scored(logits_of(best, rows), wanted) for name, (rows, wanted) in measured.items()}
        factual = {name: round(correlation(best, rows), 3) for name, rows in checked.items()}
        print(turn + 1, f"loss {total * given.passes / steps:.3f}", figures, factual, f"{time.time() - began:.0f} s", flush=True)
    model.load_state_dict(averaged.module.state_dict())


if __name__ == "__main__":
    main()
