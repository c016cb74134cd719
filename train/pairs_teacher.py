"""Teaches MPNet how two statements stand to each other, for the small reader to learn from.

    python train/pairs_teacher.py --base-weights build/bases/all-mpnet-base-v2 --seed 1 --out build/pairs/teacher-1.pt
    python train/pairs_teacher.py --base-weights build/bases/all-mpnet-base-v2 --seed 2 --out build/pairs/teacher-2.pt

Runs on a GPU where there is one. The lessons are those of `pairs_pack.py`. Prints after every pass, on what is never learnt from: F1 of
the same and of opposed and the average precision of opposed on the matters, affairs and stories, and the accuracy of contradiction
against the rest on ConjNLI dev, the counterfactual test part, and CANNOT's negations mixed with MSRP's paraphrases.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

from pairs_fit import fit, options, plan_of
from pairs_lessons import Batch, Lessons, Shape
from pairs_model import Teacher, label_losses
from tagger_bases import here

NLI_SHARE = 1.0  # of the NLI sets, a pass
RATE, SIZE, PASSES = 4e-5, 96, 3


def saved_teacher(path: Path, shape: Shape, folders: list[Path]) -> Teacher:
    """The teacher of a checkpoint."""
    held = torch.load(path, map_location="cpu", weights_only=True)
    model = Teacher(shape, folders, held["layers"])
    model.load_state_dict({name: value.float() for name, value in held["weights"].items()})
    return model.eval()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument(
        "--base-weights", type=Path, nargs="+", required=True, help="the folder of MPNet, or those of its parts (carried.py)"
    )
    asked.add_argument("--layers", type=int, default=0, help="how many of the twelve, 0 for all")
    asked.add_argument("--nli", type=float, default=NLI_SHARE, help="of the NLI sets, a pass")
    options(asked, RATE, SIZE, PASSES)
    given = asked.parse_args()
    torch.manual_seed(given.seed)
    device = here()
    lessons = Lessons(given.lessons, device)
    model = Teacher(lessons.shape, given.base_weights, given.layers).to(device)

    def loss_of(logits: Tensor, one: Batch) -> Tensor:
        return label_losses(logits, lessons.wanted[one.rows]).mean()

    fit(model, lessons, {"nli": given.nli}, loss_of, plan_of(given))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    weights = {name: value.half().cpu() for name, value in model.state_dict().items()}
    torch.save({"layers": given.layers, "weights": weights}, given.out)
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
