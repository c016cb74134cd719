"""Trains a tagger on packed lessons and keeps the running average of its weights.

    python train/tagger.py --lessons build/tagger/lessons.npz --base mpnet --width 256 --head-layers 2 --out build/tagger/teacher-1.pt
    python train/tagger.py --lessons build/tagger/lessons.npz --beliefs build/tagger/beliefs.pt --passes 5 --out build/tagger/small.pt

Without `--beliefs` it learns the gold spans; with them (`tagger_beliefs.py`) it learns what the teachers believe beside them, on the
news without labels too. Runs on a GPU where there is one.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.annotate.tokenise import Tokeniser
from tagger_bases import encoder, here, ids_of, minilm_folder, mpnet_folder
from tagger_batches import Batch, Ints, Pack, around, likely_cues, moved, reach_drawn, tensors
from tagger_data import IGNORED
from tagger_model import WIDTH, Tagger, path_beliefs

WEIGHTS = {"tags": 1.0, "real": 0.5, "arguments": 0.1}  # of the parts of the loss
DOUBTFUL = 0.1  # a run of pieces likelier than this to be in a cue is one that the argument tagger learns to refuse
JITTER = 0.2  # how often the ends of a gold cue are moved


def new_tagger(shape: dict[str, Any], cache: Path, tokeniser: Tokeniser) -> Tagger:
    """An untrained tagger on the pretrained encoder that `shape` names; `shape` is kept beside the weights."""
    folder = minilm_folder() if shape["base"] == "minilm" else mpnet_folder(cache)
    model = encoder(shape["base"], folder, shape["layers"])
    return Tagger(model, ids_of(shape["base"], folder, tokeniser.vocabulary()), shape["width"], shape["head_layers"])


def saved_tagger(path: Path, cache: Path, tokeniser: Tokeniser) -> Tagger:
    """The tagger of a checkpoint, ready to be asked."""
    held = torch.load(path, map_location="cpu", weights_only=True)
    model = new_tagger(held["shape"], cache, tokeniser)
    model.load_state_dict({name: value.float() for name, value in held["weights"].items()})
    return model.eval()


def gold_losses(model: Tagger, one: Batch, device: torch.device) -> dict[str, Tensor]:
    """How far the tagger is from the gold spans of a batch."""
    ids, mask, tags = tensors(one, device)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits, states = model.encode(ids, mask)
    logits = logits.float()
    out = {"tags": functional.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)}
    chance = torch.softmax(logits.detach(), -1)[..., 3:5].sum(-1).cpu().numpy()
    doubtful = some_of(likely_cues(chance, one, DOUBTFUL, (3, 4, IGNORED)), len(one.cues) // 2 + 2)
    cues = np.concatenate((moved(one.cues, one, JITTER), doubtful))
    if not len(cues):
        return out
    rows = np.concatenate((one.rows, np.zeros((len(doubtful), one.rows.shape[1]), np.int64)))
    seen = around(cues, one, reach_drawn(), device, rows)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        crop = states.flatten(0, 1)[seen.places]
        emissions, belief = model.arguments(crop, seen.distance, seen.weights.to(crop.dtype), seen.inside.to(crop.dtype))
    gold = len(one.cues)
    truth = (torch.arange(len(cues), device=device) < gold).float()
    out["real"] = functional.binary_cross_entropy_with_logits(belief.float(), truth)
    if gold:
        out["arguments"] = model.crf.loss(emissions[:gold].float(), seen.inside[:gold], *path_beliefs(seen.wanted[:gold])).mean()
    return out


def some_of(cues: Ints, limit: int) -> Ints:
    return cues[np.random.permutation(len(cues))[:limit]]


def told_losses(model: Tagger, one: dict[str, Any], device: torch.device) -> dict[str, Tensor]:
    """How far the small tagger is from one lesson of `tagger_beliefs.py`: gold spans and the teachers' beliefs, mixed there."""
    batch: Batch = one["batch"]
    ids, mask, _ = tensors(batch, device)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits, states = model.encode(ids, mask)
    logs = torch.log_softmax(logits.float(), -1)
    wanted = one["tags"].to(device).float()
    out = {"tags": -((wanted * logs).sum(-1) * mask).sum() / mask.sum()}
    chance = logs.detach().exp()[..., 3:5].sum(-1).cpu().numpy()
    own = likely_cues(np.where(one["touched"], 0, chance), batch, DOUBTFUL)
    own = some_of(own, len(one["cues"]) // 4 + 1)
    cues = np.concatenate((one["cues"], own))
    if not len(cues):
        return out
    seen = around(cues, batch, one["reach"], device)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        crop = states.flatten(0, 1)[seen.places]
        emissions, belief = model.arguments(crop, seen.distance, seen.weights.to(crop.dtype), seen.inside.to(crop.dtype))
    known = len(one["cues"])
    truth = torch.zeros(len(cues), device=device)
    if known:
        truth[:known] = one["real"]
        first, moves, trust = (one[key].to(device).float() for key in ("first", "moves", "trust"))
        length = moves.shape[1] + 1
        apart = model.crf.loss(emissions[:known, :length].float(), seen.inside[:known, :length], first, moves)
        out["arguments"] = (apart * trust).sum() / trust.sum().clamp(min=1e-3)
    out["real"] = functional.binary_cross_entropy_with_logits(belief.float(), truth)
    return out


@torch.no_grad()
def blend(average: Tagger, model: Tagger, decay: float) -> None:
    """Moves the running average of the weights, which is what is kept, towards `model`."""
    torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - decay)


def fit(model: Tagger, steps: Iterator[Callable[[], dict[str, Tensor]]], total: int, args: argparse.Namespace) -> Tagger:
    """Trains the model for `total` steps; the running average of its weights."""
    body = list(model.encoder.parameters())
    known = {id(p) for p in body}
    heads = [p for p in model.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.head_rate}], weight_decay=0.01, fused=True
    )
    peaks = [group["lr"] for group in optimiser.param_groups]
    average, began = copy.deepcopy(model), time.time()
    sums: dict[str, Tensor] = {}
    model.train()
    for step, losses in enumerate(steps, 1):
        for group, peak in zip(optimiser.param_groups, peaks, strict=True):
            group["lr"] = peak * min(step / (0.06 * total), max(0.01, 1 - step / total))
        parts = losses()
        optimiser.zero_grad()
        torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step % 5 == 0:
            blend(average, model, min(args.decay, (step + 1) / (step + 10)))
        for key, value in parts.items():
            sums[key] = sums.get(key, 0.0) + value.detach()
        if step % args.every == 0:
            shown = "  ".join(f"{k} {v.item() / args.every:.4f}" for k, v in sums.items())
            print(f"{args.out.stem}  step {step}/{total}  {shown}  {(time.time() - began) / step:.3f} s a step", flush=True)
            sums = {}
        if step >= total:
            break
    return average


def gold_steps(model: Tagger, args: argparse.Namespace, device: torch.device) -> tuple[Iterator[Callable[[], dict[str, Tensor]]], int]:
    packs = [Pack(args.lessons, name) for name in args.gold]
    chooser = random.Random(args.seed)
    chooser.shuffle(packs)
    total = sum(len(list(packs[n % len(packs)].batches(args.pieces, random.Random(0)))) for n in range(args.passes))

    def steps() -> Iterator[Callable[[], dict[str, Tensor]]]:
        while True:
            for pack in packs:
                for one in pack.batches(args.pieces, chooser):
                    yield lambda one=one: gold_losses(model, one, device)

    return steps(), total


def told_steps(model: Tagger, args: argparse.Namespace, device: torch.device) -> tuple[Iterator[Callable[[], dict[str, Tensor]]], int]:
    lessons = torch.load(args.beliefs, map_location=device, weights_only=False)
    chooser = random.Random(args.seed)

    def steps() -> Iterator[Callable[[], dict[str, Tensor]]]:
        while True:
            for one in chooser.sample(lessons, len(lessons)):
                yield lambda one=one: told_losses(model, one, device)

    return steps(), len(lessons) * args.passes


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lessons", type=Path, default=Path("build/tagger/lessons.npz"))
    parser.add_argument("--gold", nargs="+", default=[f"gold-{n}" for n in range(8)], help="the passes of the lessons to learn from")
    parser.add_argument("--beliefs", type=Path, help="what tagger_beliefs.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", choices=("minilm", "mpnet"), default="minilm")
    parser.add_argument("--layers", type=int, default=0, help="how many layers of the base, 0 for all")
    parser.add_argument("--width", type=int, default=WIDTH, help="of the argument tagger")
    parser.add_argument("--head-layers", type=int, default=1, help="of the argument tagger")
    parser.add_argument("--cache", type=Path, default=Path("build/bases"), help="where a fetched base is kept")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--steps", type=int, default=0, help="how many steps in all, instead of whole passes")
    parser.add_argument("--pieces", type=int, default=4096, help="in a batch")
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--decay", type=float, default=0.99, help="of the running average, every fifth step")
    parser.add_argument("--every", type=int, default=50, help="steps between two lines of progress")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for path in filter(None, (args.beliefs or args.lessons, args.start)):
        if not path.exists():
            raise SystemExit(f"{path} is missing: train/README.md says what makes it")
    return args


def main() -> None:
    args = options()
    for seeded in (torch.manual_seed, random.seed, np.random.seed):
        seeded(args.seed)
    device = here()
    shape = {"base": args.base, "layers": args.layers, "width": args.width, "head_layers": args.head_layers}
    tokeniser = Tokeniser(minilm_folder() / "tokenizer.json")
    model = saved_tagger(args.start, args.cache, tokeniser) if args.start else new_tagger(shape, args.cache, tokeniser)
    model = model.to(device)
    steps, total = (told_steps if args.beliefs else gold_steps)(model, args, device)
    average = fit(model, steps, args.steps or total, args)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    weights = {name: value.half().cpu() for name, value in average.state_dict().items()}
    torch.save({"shape": shape, "weights": weights, "made": json.dumps(vars(args), default=str)}, args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
