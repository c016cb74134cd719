r"""Teaches the small stance model, on the tagger's states, what the teachers believe, the labels, and how factual events are told.

    python train/stance.py build/stance/beliefs.npz --out build/stance/first.pt [--seconds 150]
    python train/stance.py build/stance/beliefs.npz --states build/stance/states.npy --from build/stance/first.pt --rate 5e-4 \
        --out build/stance/model.pt

Prints after every few passes accuracy/macro F1 on statements that are never learnt from, and Pearson's r of factuality on the development
parts. Runs on a GPU where there is one.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from small_encoder import HEAD, WIDTH, Sizes
from stance_lessons import Lessons, batches, scored
from stance_model import LABELS, Outcome, StanceModel, without_some_clues
from stance_sets import EVENTS, FREE, LEARNT, MEASURED
from tagger_bases import here
from tagger_states import states, tagger_encoder

SIZE, RATE = 256, 1e-3
INNER = 3  # inner neurons of a layer, in widths
GOLD = 0.5  # how much of the wanted distribution is the label where there is one
SMOOTHING = 0.1  # of a label that stands alone
FACTUAL_EVERY, FACTUAL_SIZE = 3, 128  # one lesson in so many is about events too, so many sentences at once
WARMING, DECAY = 0.05, 0.99
FAINT, UNSEEN = 0.15, 0.15  # how many of a state's numbers are taken away while learning, and how many pieces: else it learns by heart
NOISE = 0.06  # of the states' own spread: what eight bits change in them
CONTENT = 3


class School:
    """What is learnt from, and one step of it."""

    def __init__(self, given: argparse.Namespace, device: torch.device) -> None:
        self.lessons = Lessons(given.lessons, device)
        if given.states:
            self.states = torch.from_numpy(np.load(given.states, mmap_mode="c")).to(device)
        else:
            self.states = states(tagger_encoder(given.tagger).to(device), self.lessons.ids, self.lessons.lengths.tolist(), given.layers)
        spread = float(self.states[:: max(1, len(self.states) // 100_000)].float().std())
        self.noise = 0.0 if given.states else NOISE * spread
        self.wanted = self._wanted(given.beliefs)
        self.sentences = [row for name in EVENTS for row in self.lessons.rows(f"{name}, train")]
        self.told = [row for row in self.lessons.rows(LEARNT) if not np.isnan(self.lessons.factuality[row])]

    def _wanted(self, path: Path) -> dict[int, np.ndarray]:
        """Of every statement to learn from the chances of the labels: what the teachers believe, and half the label where there is one."""
        with np.load(path) as held:
            rows, beliefs = held["rows"].tolist(), torch.softmax(torch.from_numpy(held["beliefs"].astype(np.float32)), 1).numpy()
        learnt, found = {*self.lessons.rows(LEARNT, FREE)}, {}
        for row, chances in zip(rows, beliefs, strict=True):
            label = int(self.lessons.wanted[row])
            if row in learnt:
                weight = 0 if label < 0 else GOLD / 2 if self.lessons.doubtful[row] else GOLD
                found[row] = (1 - weight) * chances + weight * np.eye(LABELS, dtype=np.float32)[max(label, 0)]
        return found

    def read(self, model: StanceModel, rows: Sequence[int], *, learning: bool = False) -> Outcome:
        shaped = self.lessons.own(rows)
        given, clue, mask = self.states[shaped.pieces].float(), shaped.clue, shaped.mask
        if learning:
            given = nn.functional.dropout(given + self.noise * torch.randn_like(given), FAINT)
            clue, mask = without_some_clues(clue), mask & (torch.rand(mask.shape, device=mask.device) > UNSEEN)
        with torch.autocast(self.lessons.device.type, dtype=torch.bfloat16):
            outcome = model(given, shaped.roles, mask, clue)
        return Outcome(*(part.float() for part in outcome))

    def stance_loss(self, model: StanceModel, rows: Sequence[int]) -> Tensor:
        wanted = torch.from_numpy(np.stack([self.wanted[row] for row in rows])).to(self.lessons.device)
        logs = torch.log_softmax(self.read(model, rows, learning=True).logits, 1)
        return nn.functional.kl_div(logs, wanted, reduction="batchmean")

    def factual_loss(self, model: StanceModel) -> Tensor:
        rows = random.sample(self.sentences, min(FACTUAL_SIZE, len(self.sentences)))
        loss = self._events(self.read(model, rows, learning=True), rows)
        rows = random.sample(self.told, min(FACTUAL_SIZE // 4, len(self.told)))
        shaped = self.lessons.own(rows)
        values = torch.from_numpy(self.lessons.factuality[rows]).to(self.lessons.device)
        return loss + nn.functional.huber_loss(pooled(self.read(model, rows, learning=True), shaped.roles == CONTENT), values)

    def _events(self, outcome: Outcome, rows: Sequence[int]) -> Tensor:
        """Huber loss of the values, and cross entropy of what is an event; the clue stands before the first piece."""
        device = self.lessons.device
        found = [(number, place + 1, value) for number, row in enumerate(rows) for place, value in self.lessons.targets.get(row, ())]
        line, column, values = (torch.tensor(part, device=device) for part in zip(*found, strict=True))
        wanted = torch.zeros_like(outcome.event)
        wanted[line, column] = 1
        inside = nn.functional.pad(self.lessons.own(rows).mask, (1, 0))
        whole = torch.from_numpy(self.lessons.complete[list(rows)]).to(device)[:, None]
        each = nn.functional.binary_cross_entropy_with_logits(outcome.event, wanted, reduction="none")
        return nn.functional.huber_loss(outcome.factuality[line, column], values) + each[inside & whole | wanted.bool()].mean()


def pooled(outcome: Outcome, content: Tensor) -> Tensor:
    """(B,) factuality of the content: the mean over its pieces, weighted by how surely each is an event."""
    inside = nn.functional.pad(content, (1, 0))
    weight = torch.softmax(outcome.event.masked_fill(~inside, -1e4), 1)
    return (weight * outcome.factuality).sum(1)


@torch.no_grad()
def figures(model: StanceModel, school: School) -> str:
    """accuracy/macro F1 of the stances, and Pearson's r of events whose places are given."""
    model.eval()
    out = []
    for name in MEASURED:
        rows = school.lessons.rows(name)
        found = [school.read(model, rows[at : at + SIZE]).logits.argmax(1).cpu() for at in range(0, len(rows), SIZE)]
        out.append(f"{name} {scored(torch.cat(found).numpy(), school.lessons.wanted[rows], LABELS)}")
    for name in EVENTS[:4]:
        gold, guess = [], []
        rows = school.lessons.rows(f"{name}, dev")
        for at in range(0, len(rows), SIZE):
            factual = school.read(model, rows[at : at + SIZE]).factuality.cpu()
            for number, row in enumerate(rows[at : at + SIZE]):
                for place, value in school.lessons.targets.get(row, ()):
                    gold.append(value)
                    guess.append(float(factual[number, place + 1]))
        out.append(f"{name} r {np.corrcoef(gold, guess)[0, 1]:.3f}")
    model.train()
    return "  ".join(out)


def learn(model: StanceModel, school: School, given: argparse.Namespace) -> nn.Module:
    """Teaches for so many seconds; the running average of the weights."""
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(DECAY))
    optimiser = torch.optim.AdamW(model.parameters(), lr=given.rate, weight_decay=0.05)
    chooser, began, step, turn = random.Random(given.seed), time.time(), 0, 0
    while time.time() - began < given.seconds:
        turn += 1
        for rows in batches(list(school.wanted), school.lessons.sizes, SIZE, chooser):
            done = (time.time() - began) / given.seconds
            if done >= 1:
                break
            optimiser.param_groups[0]["lr"] = given.rate * min(done / WARMING + 0.02, max(0.005, 1 - done))
            loss = school.stance_loss(model, rows)
            if step % FACTUAL_EVERY == 0:
                loss = loss + school.factual_loss(model)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            average.update_parameters(model)
            step += 1
        if turn % given.every == 0:
            print(f"{turn} passes, {step} steps, {time.time() - began:.0f} s  {figures(average.module, school)}", flush=True)
    print(f"{given.out.stem}: {turn} passes, {step} steps  {figures(average.module, school)}", flush=True)
    return average.module


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("beliefs", type=Path)
    asked.add_argument("--lessons", type=Path, default=Path("build/stance/lessons.npz"))
    asked.add_argument("--tagger", type=Path, default=Path("src/onrecord/weights/tagger/encoder.onnx"))
    asked.add_argument("--states", type=Path, help="what the shipped file itself gives (tagger_states.py), in place of the network")
    asked.add_argument("--from", dest="start", type=Path, help="a checkpoint to go on from")
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--layers", type=int, nargs="+", default=[4, 6], help="the layers of the tagger whose states are read")
    asked.add_argument("--depth", type=int, default=2, help="layers of its own")
    asked.add_argument("--width", type=int, default=256)
    asked.add_argument("--seconds", type=float, default=120.0)
    asked.add_argument("--rate", type=float, default=RATE)
    asked.add_argument("--every", type=int, default=10, help="passes between two lines of figures")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    device = here()
    school = School(given, device)
    sizes = Sizes(given.depth, given.width // HEAD, INNER * given.width, 0, 0, given.width)
    model = StanceModel(WIDTH * len(given.layers), sizes).to(device)
    if given.start:
        model.load_state_dict(torch.load(given.start, map_location=device)["state"])
    taught = learn(model, school, given)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"state": taught.cpu().state_dict(), "sizes": asdict(sizes), "layers": given.layers}, given.out)


if __name__ == "__main__":
    main()
