"""Teaches the small encoder that reads two statements side by side how they stand to each other.

    python train/pairs_reading.py --beliefs build/pairs/beliefs.npz --out build/pairs/model.pt

It goes on from the shipped weights, or from MiniLM (`--from minilm`), and learns the labels and, with `--beliefs` (`pairs_beliefs.py`),
what the teachers believe, half and half where there is a label; the embeddings of the vocabulary stay as they are. Runs on a GPU where
there is one, and prints what `pairs_teacher.py` prints. `--score` only measures what it would start from. `--parts FOLDER` also writes
what was learnt as two small files, of which `pairs_parts.py` makes a checkpoint again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from pairs_fit import fit, options, plan_of
from pairs_lessons import Batch, Lessons
from pairs_measure import measured, shown
from pairs_model import ReadingModel, label_losses, save, whole_sizes, whole_state
from pairs_parts import SHIPPED, write_parts
from shipped_weights import pairs_state, weights_of
from tagger_bases import here, minilm_folder

NLI_SHARE = 1.0  # of the NLI sets, a pass
RATE, SIZE, PASSES = 2e-4, 128, 6
LABEL_SHARE = 0.5  # of what is learnt where there is a label; the rest is the teachers'


def started(start: str, lessons: Lessons) -> ReadingModel:
    """The network to begin with: MiniLM, a shipped file or a checkpoint."""
    sizes = whole_sizes(lessons.shape)
    model = ReadingModel(lessons.shape.vocabulary, sizes)
    if start == "minilm":
        model.encoder.begin(minilm_folder())
    else:
        model.load_state_dict(weights_of(Path(start), sizes.layers, pairs_state))
    model.keep_words(lessons.shape.vocabulary)
    return model.to(lessons.device)


class Mixed:
    """How far a batch is from its labels and from what the teachers believe."""

    def __init__(self, lessons: Lessons, beliefs: Path | None) -> None:
        self._wanted = lessons.wanted
        self._chances: Tensor | None = None
        if beliefs:
            with np.load(beliefs) as held:
                self._chances = torch.softmax(torch.from_numpy(held["logs"].astype(np.float32)), 1).to(lessons.device)

    def __call__(self, logits: Tensor, one: Batch) -> Tensor:
        wanted = self._wanted[one.rows]
        by_label = label_losses(logits, wanted)
        if self._chances is None:
            return by_label.mean()
        believed = -(self._chances[one.rows] * torch.log_softmax(logits, 1)).sum(1)
        share = LABEL_SHARE * (wanted >= -1).float()
        return (share * by_label + (1 - share) * believed).mean()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--beliefs", type=Path)
    asked.add_argument("--from", dest="start", default=str(SHIPPED), help="minilm, a shipped file or a checkpoint")
    asked.add_argument("--parts", type=Path, help="a folder for what was learnt, in two files")
    asked.add_argument("--nli", type=float, default=NLI_SHARE, help="of the NLI sets, a pass")
    asked.add_argument("--score", action="store_true")
    options(asked, RATE, SIZE, PASSES)
    given = asked.parse_args()
    torch.manual_seed(given.seed)
    lessons = Lessons(given.lessons, here())
    model = started(given.start, lessons)
    if given.score:
        print(shown(measured(model, lessons)))
        return
    shares = {"nli": given.nli} | ({"news": 1.0} if given.beliefs else {})
    fit(model, lessons, shares, Mixed(lessons, given.beliefs), plan_of(given))
    save(model, whole_sizes(lessons.shape), given.out)
    if given.parts:
        write_parts(whole_state(model), whole_sizes(lessons.shape), given.parts)


if __name__ == "__main__":
    main()
