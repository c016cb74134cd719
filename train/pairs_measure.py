"""How well a network reads the pairs that nothing learns from."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from pairs_lessons import Lessons, Rows
from pairs_model import logits_of

SAME, OPPOSED = 1, 2
OURS = ("matters", "affairs", "stories")  # the others tell only a contradiction from the rest
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


@torch.no_grad()
def logs_of(model: nn.Module, lessons: Lessons, rows: Rows, size: int = 256) -> Floats:
    """(N, 3) log chances of the pairs in these rows."""
    training = model.training
    model.eval()
    order = np.argsort(lessons.sizes[rows], kind="stable")
    parts = [torch.log_softmax(logits_of(model, one), 1) for one in lessons.batches(rows[order], size)]
    model.train(training)
    found = np.empty((len(rows), 3), np.float32)
    found[order] = torch.cat(parts).cpu().numpy()
    return found


def f1(found: Bools, wanted: Bools) -> float:
    return float(2 * (found & wanted).sum() / max(1, found.sum() + wanted.sum()))


def precision(score: Floats, wanted: Bools) -> float:
    """Average precision of a ranking."""
    hits = wanted[np.argsort(-score, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def figures(logs: dict[str, Floats], labels: dict[str, NDArray[np.int64]]) -> dict[str, float]:
    """F1 and average precision on our own sets; the accuracy of contradiction against the rest on each of the others, and on all."""
    out, right = dict[str, float](), list[Bools]()
    for name, found in logs.items():
        wanted, guess = labels[name], found.argmax(1)
        if name in OURS:
            out |= {f"{name} same": f1(guess == SAME, wanted == SAME), f"{name} opposed": f1(guess == OPPOSED, wanted == OPPOSED)}
            out[f"{name} opposed AP"] = precision(found[:, OPPOSED], wanted == OPPOSED)
        else:
            right.append((found[:, OPPOSED] > np.log(0.5)) == (wanted == OPPOSED))
            out[name] = float(right[-1].mean())
    return out | ({"contradiction in all": float(np.concatenate(right).mean())} if right else {})


def measured(model: nn.Module, lessons: Lessons) -> dict[str, float]:
    """The figures of a network."""
    rows = {name: lessons.rows(name) for name in lessons.measured}
    return figures({name: logs_of(model, lessons, some) for name, some in rows.items()}, {n: lessons.labels[r] for n, r in rows.items()})


def shown(found: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in found.items())
