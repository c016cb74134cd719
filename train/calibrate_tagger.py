"""Fits how the exported tagger's beliefs become a probability, on articles of PolNeAR train kept out of training.

    python train/calibrate_tagger.py src/onrecord/weights/tagger

A frame counts as right when its content overlaps a gold content with IoU of at least 0.5 over characters (one to one, as
the scorers pair them). Logistic regression by Newton's method; the three numbers go into tagger.json. Prints how well the
probabilities hold on a second half of those articles that the fit did not see.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.attributions import spans_of
from onrecord.annotate.tagger import Tagger
from onrecord.data import Span
from tagger import split


def overlap(a: list[Span], b: list[Span]) -> float:
    one, two = ({i for s, e in spans for i in range(s, e)} for spans in (a, b))
    return len(one & two) / max(len(one | two), 1)


def rows(article: dict, tagger: Tagger) -> list[tuple[float, float, bool]]:
    """(belief in the frame, log odds of its cue, whether it is right) of every frame of an article."""
    tokens = tagger.tokeniser.tokens(article["text"])
    frames = [f for f in tagger.frames(tokens) if f.contents]
    gold = [[Span(*s) for s in one["content"]] for one in article["attributions"]]
    pairs = []
    for i, frame in enumerate(frames):
        spans = list(spans_of(tokens, frame.contents))
        near = [j for j, g in enumerate(gold) if any(a.touches(b) for a in g for b in spans)]
        pairs += [(overlap(spans, gold[j]), i, j) for j in near]
    right, used = set(), set()
    for score, i, j in sorted(pairs, reverse=True):
        if score >= 0.5 and i not in right and j not in used:
            right.add(i)
            used.add(j)
    return [(f.real, f.cue_log_odds, i in right) for i, f in enumerate(frames)]


def fitted(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """(bias, real, cue) of the logistic regression of the last column on the first two."""
    x = np.column_stack((np.ones(len(table)), table[:, :2]))
    weights = np.zeros(3)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(3)
        weights += np.linalg.solve(hessian, x.T @ (table[:, 2] - p))
    return weights


def reliability(table: NDArray[np.float64], weights: NDArray[np.float64]) -> None:
    p = 1 / (1 + np.exp(-np.column_stack((np.ones(len(table)), table[:, :2])) @ weights))
    for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = (p >= low) & (p < high)
        if inside.any():
            print(f"  said {p[inside].mean():.2f}   right {table[inside, 2].mean():.2f}   {inside.sum()} frames")
    print(f"  Brier score {np.mean((p - table[:, 2]) ** 2):.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/polnear/train.jsonl.gz"))
    args = parser.parse_args()
    if not args.data.exists():
        raise SystemExit(f"{args.data} is missing: PolNeAR's train split as JSON Lines, one article a line (see train/README.md)")
    tagger = Tagger(args.folder)
    _, held_out = split(args.data)
    halves = [np.array([row for one in held_out[half::2] for row in rows(one, tagger)], float) for half in (0, 1)]
    print("held-out half, fitted on the other:")
    reliability(halves[1], fitted(halves[0]))
    weights = fitted(np.concatenate(halves))
    path = args.folder / "tagger.json"
    settings = json.loads(path.read_text(encoding="utf8"))
    settings["calibration"] = dict(zip(("bias", "real", "cue"), (round(float(w), 4) for w in weights), strict=True))
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")
    print("calibration", settings["calibration"])


if __name__ == "__main__":
    main()
