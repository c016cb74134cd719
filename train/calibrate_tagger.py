"""Fits how the exported tagger's beliefs become a probability, on articles of PolNeAR train and invented ones kept out of training.

    python train/calibrate_tagger.py src/onrecord/weights/tagger

A frame counts as right when its content overlaps a gold content with IoU of at least 0.5 over characters (one to one, best
first) and their sources touch or are both missing, as the scorers pair them. Logistic regression by Newton's method; the
four numbers go into tagger.json. Prints how well the probabilities hold on a second half of those articles that the fit
did not see.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.attributions import spans_of
from onrecord.annotate.chosen import Kept, chosen
from onrecord.annotate.tagger import Calibration, Tagger
from onrecord.annotate.tokenise import Tokens
from onrecord.data import Span
from tagger_nested import with_nested
from tagger_pack import invented, split

Table = NDArray[np.float64]
PLAIN = Calibration(0.0, 1.0, 0.0, 0.0)


def places(spans: Iterable[Span]) -> set[int]:
    return {i for s, e in spans for i in range(s, e)}


def right(kept: list[Kept], tokens: Tokens, article: dict) -> list[bool]:
    """For every kept frame whether a gold attribution is its own."""
    gold = [{role: places(Span(*s) for s in one[role]) for role in ("source", "content")} for one in article["attributions"]]
    mine = [{"source": places(spans_of(tokens, k.frame.sources)), "content": places(spans_of(tokens, k.contents))} for k in kept]
    pairs = []
    for i, a in enumerate(mine):
        for j, b in enumerate(gold):
            both = len(a["content"] & b["content"])
            if both:
                pairs.append((both / len(a["content"] | b["content"]), i, j))
    out, seen, used = [False] * len(kept), set(), set()
    for overlap, i, j in sorted(pairs, reverse=True):
        if i not in seen and j not in used:
            seen.add(i)
            used.add(j)
            a, b = mine[i]["source"], gold[j]["source"]
            out[i] = overlap >= 0.5 and (bool(a & b) or not (a or b))
    return out


def rows(article: dict, tagger: Tagger) -> list[tuple[float, float, bool, bool]]:
    """Of every kept frame of an article: belief in it, log odds of its cue, whether another tells it, whether it is right.

    A frame inside a content that nobody has read for nested statements is left out.
    """
    seen = tagger.seen(article["text"])
    tokens = seen.tokens
    kept = chosen((PLAIN.probability(f), f) for f in tagger.frames(seen) if f.contents)
    good = right(kept, tokens, article)
    unread = places(Span(*span) for span in article.get("unsure", ()))
    known = [one.host is None or not unread & places(spans_of(tokens, [one.frame.cue])) for one in kept]
    found = zip(kept, good, known, strict=True)
    return [(one.frame.real, one.frame.cue_log_odds, one.host is not None, g) for one, g, is_known in found if is_known]


def fitted(table: Table) -> Table:
    """(bias, real, cue, nested) of the logistic regression of the last column on the others."""
    x = np.column_stack((np.ones(len(table)), table[:, :-1]))
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(hessian, x.T @ (table[:, -1] - p))
    return weights


def reliability(table: Table, weights: Table) -> None:
    p = 1 / (1 + np.exp(-np.column_stack((np.ones(len(table)), table[:, :-1])) @ weights))
    for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = (p >= low) & (p < high)
        if inside.any():
            print(f"  said {p[inside].mean():.2f}   right {table[inside, -1].mean():.2f}   {inside.sum()} frames")
    print(f"  Brier score {np.mean((p - table[:, -1]) ** 2):.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/polnear/train.jsonl.gz"))
    args = parser.parse_args()
    if not args.data.exists():
        raise SystemExit(f"{args.data} is missing: PolNeAR's train split as JSON Lines, one article a line (see train/README.md)")
    tagger = Tagger(args.folder)
    held_out = with_nested(split(args.data)[1]) + invented()[1]
    halves = [np.array([row for one in held_out[half::2] for row in rows(one, tagger)], float) for half in (0, 1)]
    print("held-out half, fitted on the other:")
    reliability(halves[1], fitted(halves[0]))
    weights = fitted(np.concatenate(halves))
    path = args.folder / "tagger.json"
    settings = json.loads(path.read_text(encoding="utf8"))
    settings["calibration"] = dict(zip(("bias", "real", "cue", "nested"), (round(float(w), 4) for w in weights), strict=True))
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")
    print("calibration", settings["calibration"])


if __name__ == "__main__":
    main()
