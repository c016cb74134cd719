"""Teaches the small network that tells at a glance how two statements stand to each other, by the signs of the pair.

    python train/pairs_glance.py --out build/pairs/glance.npz [--seed 1]

Prints, on the matters and affairs that are held back, precision, recall and F1 of what says the same and of what is opposed, and the
accuracy of contradiction against the rest on ConjNLI dev, the counterfactual test part, and CANNOT's negations mixed with MSRP's
paraphrases.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.annotate.meaning import Meaning
from onrecord.link.pair_model import OPPOSED, SAME
from onrecord.link.pair_signs import NAMES, signs
from pairs_data import Pair, affair_pairs, matter_pairs, measured, nli_train

HIDDEN, ROUNDS, SIZE, RATE, DECAY = 48, 30, 256, 2e-3, 3e-3
NLI = 3000  # pairs of the NLI sets: more of them, and the matters are told less well
VEILED = 0.15  # how often the days are kept back
LINKED_WEIGHT = 2.0


def veiled(one: Pair, rng: random.Random) -> Pair:
    """Now and then the days are not known."""
    if rng.random() >= VEILED:
        return one
    earlier, later = (replace(claim, said_on=None) for claim in (one.earlier, one.later))
    return one._replace(earlier=earlier, later=later)


def given_of(pairs: list[Pair], meaning: Meaning) -> Tensor:
    return torch.tensor(signs([(one.earlier, one.later) for one in pairs], meaning))


def loss_of(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy, linked pairs counting more; where only a contradiction is known to be none, minus the log of all the rest."""
    logs = torch.log_softmax(logits, 1)
    known = wanted >= 0
    weight = 1 + (LINKED_WEIGHT - 1) * (wanted > 0).float()
    picked = logs.gather(1, wanted.clamp(min=0)[:, None]).squeeze(1)
    rest = torch.logsumexp(logs[:, :OPPOSED], 1)
    return -(weight * torch.where(known, picked, rest)).mean()


def report(name: str, chances: np.ndarray, wanted: np.ndarray) -> None:
    guess = chances.argmax(1)
    for label, what in ((SAME, "same"), (OPPOSED, "opposed")):
        right, said, gold = ((guess == label) & (wanted == label)).sum(), (guess == label).sum(), (wanted == label).sum()
        p, r = right / max(said, 1), right / max(gold, 1)
        print(f"{name:22} {what:8} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}   ({said} predicted, {gold} gold)")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    torch.manual_seed(given.seed)
    rng, meaning = random.Random(given.seed), Meaning()
    others = list(nli_train())
    own = [*matter_pairs(held=False), *affair_pairs(held=False)]
    lessons = [veiled(one, rng) for one in own] + rng.sample(others, NLI)
    x, wanted = given_of(lessons, meaning), torch.tensor([one.label for one in lessons])
    mean, spread = x.mean(0), x.std(0).clamp(min=0.05)
    model = nn.Sequential(nn.Linear(len(NAMES), HIDDEN), nn.ReLU(), nn.Dropout(0.1), nn.Linear(HIDDEN, 3))
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    rate = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, ROUNDS * (len(x) // SIZE + 1))
    x = (x - mean) / spread
    for _ in range(ROUNDS):
        for places in torch.randperm(len(x)).split(SIZE):
            loss = loss_of(model(x[places]), wanted[places])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            rate.step()
    model.eval()
    _measure(model, mean, spread, meaning, given.out)


@torch.no_grad()
def _measure(model: nn.Sequential, mean: Tensor, spread: Tensor, meaning: Meaning, out: Path) -> None:
    """Prints the figures, and writes the file."""
    for name, pairs in (("matters held back", matter_pairs(held=True)), ("affairs held back", affair_pairs(held=True))):
        told = list(pairs)
        chances = torch.softmax(model((given_of(told, meaning) - mean) / spread), 1).numpy()
        report(name, chances, np.array([one.label for one in told]))
    for name, pairs in measured().items():
        found = torch.softmax(model((given_of(pairs, meaning) - mean) / spread), 1).numpy()
        right = ((found[:, OPPOSED] > 0.5) == (np.array([one.label for one in pairs]) == OPPOSED)).mean()
        print(f"{name:22} accuracy {right:.3f}   ({len(pairs)} pairs)")
    out.parent.mkdir(parents=True, exist_ok=True)
    first, second = model[0], model[3]
    np.savez(
        out,
        mean=mean.numpy(),
        spread=spread.numpy(),
        hidden=first.weight.T.numpy().astype(np.float16),
        hidden_bias=first.bias.numpy(),
        out=second.weight.T.numpy().astype(np.float16),
        out_bias=second.bias.numpy(),
    )
    print(f"{out.stat().st_size} bytes  {out}")


if __name__ == "__main__":
    main()
