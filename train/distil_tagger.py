"""Teaches the small tagger what the large one believes.

    python train/distil_tagger.py --teacher build/tagger/teacher/pass-2.pt --start build/tagger/first/pass-6.pt --out build/tagger/small

The large tagger reads windows of PolNeAR train (as `tagger.py` draws them) and of news without labels once; its beliefs
are kept, and the small one learns them beside the gold spans, several times over.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.annotate.decode import best_paths
from onrecord.annotate.tokenise import Tokeniser
from tagger import cropped, drawn, fit, likely_cues, nearly, new_tagger, padded, split, with_nested
from tagger_bases import minilm_folder
from tagger_data import IGNORED, Labelled, Window, epoch, windows
from tagger_generated import frames_of
from tagger_model import FAR, NEAR, Tagger, crops

Cue = tuple[int, int, int]
MARKUP = re.compile(r"<[^>]*>")
CANDIDATE = 0.15  # what the teacher finds likelier than this to be in a cue is a cue to learn from
GOLD_SHARE = 0.5  # of the belief that a cue is one, how much is the gold annotation's


@dataclass(frozen=True, slots=True)
class Lesson:
    """Windows and what the teacher believes of them.

    `logs` (B, T, TAGS): log probabilities. `cues`: gold ones first; `rows`: for each the tags of its window, the gold ones
    or else the teacher's. `emissions` (C, L, ARGUMENTS), `beliefs` (C,): wanted log odds that a cue is one, as a probability.
    """

    windows: list[Window]
    logs: Tensor
    cues: list[Cue]
    rows: list[np.ndarray]
    emissions: Tensor
    beliefs: Tensor
    trust: Tensor
    reach: tuple[int, int]


def unlabelled(shared: Path, chooser: random.Random, tokeniser: Tokeniser, feeds: int, briefings: int) -> list[Labelled]:
    """News without labels: web pages, entries of feeds (eight to a text) and passages of briefings."""
    texts = [one["articleBody"] for one in json.loads((shared / "web/pages/ground-truth.json").read_text(encoding="utf8")).values()]
    with gzip.open(shared / "feeds/rss-2026-01.jsonl.gz", "rt", encoding="utf8") as lines:
        entries = [json.loads(line) for line in lines]
    chooser.shuffle(entries)
    told = [f"{_plain(one['title'])}\n{_plain(one['description'])}" for one in entries if len(one.get("description") or "") > 80]
    texts += ["\n\n".join(told[i : i + 8]) for i in range(0, min(len(told), 8 * feeds), 8)]
    with gzip.open(shared / "briefings/white-house.jsonl.gz", "rt", encoding="utf8") as lines:
        spoken = [json.loads(line)["markdown"] for line in lines]
    for text in chooser.sample(spoken, briefings):
        start = chooser.randrange(max(1, len(text) - 4000))
        texts.append(text[start : start + 4000])
    return [Labelled("", tokeniser.tokens(text), ()) for text in texts]


def _plain(words: str | None) -> str:
    return html.unescape(MARKUP.sub(" ", html.unescape(words or "")))


def batches(args: argparse.Namespace, tokeniser: Tokeniser, chooser: random.Random) -> Iterator[list[Window]]:
    """All windows to be read by the teacher: PolNeAR as often as asked, then the news without labels."""
    chosen, _ = split(args.data)
    frames = frames_of(chosen)
    chosen = with_nested(chosen, args.nested)
    for _ in range(args.variants):
        yield from epoch([drawn(one, frames, tokeniser, chooser, 0.5) for one in chosen], args.batch, chooser)
    free = [w for one in unlabelled(args.shared, chooser, tokeniser, args.feeds, args.briefings) for w in windows(one, 0)]
    for w in free:
        w.tags[:] = IGNORED
    free = sorted((w for w in free if len(w.ids) > 24), key=lambda w: len(w.ids))
    grouped = [free[i : i + args.batch] for i in range(0, len(free), args.batch)]
    chooser.shuffle(grouped)
    yield from grouped


@torch.no_grad()
def lesson(teacher: Tagger, some: list[Window], tokeniser: Tokeniser, jitter: float) -> Lesson:
    """What the teacher believes of the windows."""
    ids, mask, _ = padded(some, tokeniser)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, states = teacher.encode(ids, mask)
    logs, states = torch.log_softmax(logits.float(), -1), states.float()
    gold = [(b, *nearly(s + 1, e + 1, len(w.ids), jitter)) for b, w in enumerate(some) for s, e in w.cues]
    rows = [row for w in some for row in w.arguments]
    found = likely_cues(logs.exp()[..., 3:5].sum(-1), some, CANDIDATE, (3, 4))
    cues, reach = gold + found, FAR if random.random() < 0.15 else NEAR
    if not cues:
        return Lesson(some, logs.half(), [], [], torch.zeros(0), torch.zeros(0), torch.zeros(0), reach)
    sizes = [len(w.ids) + 1 for w in some]
    around, distance, weights, inside, ranges = crops(states, cues, sizes, reach)
    emissions, belief = teacher.arguments(around, distance, weights, inside)
    chance = torch.sigmoid(belief)
    first, transitions = teacher.crf.scores()
    paths = best_paths(emissions.numpy(), np.array([hi - lo for lo, hi in ranges]), first.numpy(), transitions.numpy())
    for (b, _, _), (lo, hi), path in list(zip(cues, ranges, paths, strict=True))[len(gold) :]:
        row = np.zeros(len(some[b].ids) + 1, np.int64)
        row[lo:hi] = path[: hi - lo]
        rows.append(row[1:])
    labelled = torch.tensor([not (some[b].tags == IGNORED).all() and some[b].tags[s - 1] != IGNORED for b, s, _ in cues])
    is_gold = torch.arange(len(cues)) < len(gold)
    beliefs = torch.where(labelled, GOLD_SHARE * is_gold + (1 - GOLD_SHARE) * chance, chance)
    return Lesson(some, logs.half(), cues, rows, emissions.half(), beliefs, torch.where(is_gold, torch.ones(()), chance), reach)


def losses(model: Tagger, one: Lesson, tokeniser: Tokeniser) -> dict[str, Tensor]:
    """How far the small tagger is from the gold spans and from the teacher's beliefs."""
    ids, mask, tags = padded(one.windows, tokeniser)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, states = model.encode(ids, mask)
    logs, states, wanted = torch.log_softmax(logits.float(), -1), states.float(), one.logs.float()
    apart = (wanted.exp() * (wanted - logs)).sum(-1)
    out = {"alike": (apart * mask).sum() / mask.sum()}
    if (tags != IGNORED).any():
        out["tags"] = 0.5 * torch.nn.functional.nll_loss(logs.view(-1, logs.shape[-1]), tags.view(-1), ignore_index=IGNORED)
    if not one.cues:
        return out
    around, distance, weights, inside, ranges = crops(states, one.cues, [len(w.ids) + 1 for w in one.windows], one.reach)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        emissions, belief = model.arguments(around, distance, weights, inside)
    belief, emissions = belief.float(), emissions.float()
    out["real"] = torch.nn.functional.binary_cross_entropy_with_logits(belief, one.beliefs)
    theirs = torch.log_softmax(one.emissions.float(), -1)
    far = (theirs.exp() * (theirs - torch.log_softmax(emissions, -1))).sum(-1) * inside
    out["emissions"] = (far.sum(1) * one.trust).mean() * 0.1
    rows = torch.zeros(len(one.cues), around.shape[1], dtype=torch.long)
    for i, (row, (lo, hi)) in enumerate(zip(one.rows, ranges, strict=True)):
        rows[i, : hi - lo] = torch.from_numpy(cropped(row, lo - 1, hi - 1))
    sizes = torch.tensor([hi - lo for lo, hi in ranges])
    out["arguments"] = (model.crf(emissions, rows, sizes) * one.trust).sum() / one.trust.sum()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a checkpoint of the small tagger to go on from")
    parser.add_argument("--nested", type=Path, required=True, help="what tagger.py kept of finds inside contents")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("build/bases"))
    parser.add_argument("--layers", type=int, default=0)
    parser.add_argument("--variants", type=int, default=2, help="how often PolNeAR is drawn anew")
    parser.add_argument("--feeds", type=int, default=1800, help="texts of eight feed entries")
    parser.add_argument("--briefings", type=int, default=150)
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--head-rate", type=float, default=6e-4)
    parser.add_argument("--jitter", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    args.data = args.shared / "polnear/train.jsonl.gz"
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    chooser = random.Random(args.seed)
    tokeniser = Tokeniser(minilm_folder() / "tokenizer.json")
    teacher = new_tagger("mpnet", args.cache, tokeniser)
    teacher.load_state_dict(torch.load(args.teacher, map_location="cpu", weights_only=True))
    teacher.eval()
    every, began = list(batches(args, tokeniser, chooser)), time.time()
    lessons: list[Lesson] = []
    for some in every:
        lessons.append(lesson(teacher, some, tokeniser, args.jitter))
        if len(lessons) % 50 == 0:
            print(f"read by the teacher: {len(lessons)}/{len(every)}  {(time.time() - began) / len(lessons):.2f} s a batch", flush=True)
    del teacher
    model = new_tagger("minilm", args.cache, tokeniser, args.layers)
    if args.start:
        model.load_state_dict(torch.load(args.start, map_location="cpu", weights_only=True))
    passes = (chooser.sample(lessons, len(lessons)) for _ in range(args.passes))
    fit(model, passes, args.passes * len(lessons), lambda one: losses(model, one, tokeniser), args)


if __name__ == "__main__":
    main()
