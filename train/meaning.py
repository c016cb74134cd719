"""The vectors that find statements by meaning: one of 128 numbers for every word piece, out of a large sentence encoder.

    build/train-venv/bin/python train/meaning.py [--shared ../shared/data] [--sentences 40000] [--seed 1]

1. Every word piece goes through all-mpnet-base-v2 alone; principal components of its 768 numbers, weighted by how rare
   the piece is in news, start the vectors (as model2vec does; the weight is that of Arora, Liang and Ma, 2017).
2. The encoder reads sentences of news. The vectors then learn that the mean of a sentence's pieces lies to those of other
   sentences as the encoder says: half of a batch are sentences that it holds to be near.
3. Each row becomes int8 with one scale, and is written where the package looks for it.

What the encoder said is kept in build/meaning with the sentences' pieces, so that a second run takes three minutes instead of ten.
The vectors' file holds nothing of the sentences.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import embedding_bag, normalize

from onrecord.annotate.sentences import sentences
from onrecord.annotate.tokenise import Tokeniser
from tagger_bases import encoder, ids_of, mpnet_folder

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared")) / "data"
TOKENIZER = ROOT / "src/onrecord/weights/tagger/tokenizer.json"
DATA = ("feeds/rss-2026-01.jsonl.gz", "polnear/train.jsonl.gz", "briefings/white-house.jsonl.gz")
SHARES = (0.4, 0.2, 0.25, 0.15)  # of the sentences: titles, descriptions, PolNeAR train, briefings
SHORTEST, LONGEST = 5, 48  # pieces of a sentence that the encoder is asked about
SIZE = 128
RARE = 1e-3  # SIF's constant: a piece of this frequency counts half
NEAR, SEEDS = 8, 32  # of a batch: sentences that are near each other, such groups
WARMTH = 0.05
HELD_OUT = 20  # nothing is learnt from the first of so many sentences

_MARKUP = re.compile(r"<[^>]*>")
_WEIGHTY = re.compile(r"[^\W_]|[$£€¥%]")


def rows(path: Path) -> Iterator[dict]:
    """The JSON values of a gzip file, line by line."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        yield from map(json.loads, lines)


def news(shared: Path) -> tuple[list[str], ...]:
    """All titles, descriptions, PolNeAR texts and briefings; each list sorted, no text twice."""
    feeds = list(rows(shared / DATA[0]))
    titles = {plain(one["title"]) for one in feeds}
    told = {plain(one["description"]) for one in feeds}
    texts = {one["text"] for one in rows(shared / DATA[1])}
    spoken = {one["markdown"].split("---", 2)[-1] for one in rows(shared / DATA[2])}
    return tuple(sorted(some) for some in (titles, told, texts, spoken))


def plain(words: str | None) -> str:
    """What a reader sees of an entry's title or description."""
    return " ".join(html.unescape(_MARKUP.sub(" ", html.unescape(words or ""))).split())


def drawn(every: tuple[list[str], ...], many: int, tokenizer: Tokenizer, chooser: random.Random) -> list[list[int]]:
    """The pieces of `many` sentences of the news, in the proportions of SHARES; no sentence twice."""
    out: dict[tuple[int, ...], None] = {}
    for texts, share in zip(every, SHARES, strict=True):
        wanted = len(out) + round(many * share)
        for text in chooser.sample(texts, len(texts)):
            found = [span.of(text) for span in sentences(text[:200_000])]
            for one in tokenizer.encode_batch(chooser.sample(found, min(40, len(found))), add_special_tokens=False):
                if SHORTEST <= len(one.ids) <= LONGEST and len(out) < wanted:
                    out[tuple(one.ids)] = None
            if len(out) >= wanted:
                break
    return [list(ids) for ids in out]


def counted(every: tuple[list[str], ...], tokenizer: Tokenizer, size: int) -> NDArray[np.float64]:
    """(V,): how often each piece stands in titles, descriptions and PolNeAR's texts."""
    out = np.zeros(size)
    for texts in every[:3]:
        for encoding in tokenizer.encode_batch(texts, add_special_tokens=False):
            np.add.at(out, encoding.ids, 1)
    return out


@torch.inference_mode()
def asked(folder: Path, numbers: Tensor, many: list[list[int]], batch_pieces: int = 4096) -> NDArray[np.float16]:
    """(N, 768): the encoder's unit vectors of sequences of our pieces, mean over all its states."""
    model = encoder("mpnet", folder).eval().to(torch.bfloat16)
    first, last, padding = (int(numbers[i]) for i in (101, 102, 0))
    order = sorted(range(len(many)), key=lambda i: len(many[i]))
    out = np.zeros((len(many), 768), np.float16)
    start, began = 0, time.monotonic()
    while start < len(order):
        longest = len(many[order[min(len(order) - 1, start + 63)]]) + 2
        some = order[start : start + max(1, batch_pieces // longest)]
        longest = max(len(many[i]) for i in some) + 2
        ids = torch.full((len(some), longest), padding)
        for row, i in enumerate(some):
            ids[row, : len(many[i]) + 2] = torch.tensor([first, *numbers[many[i]].tolist(), last])
        mask = ids != padding
        states = model(input_ids=ids, attention_mask=mask.long()).last_hidden_state.float()
        mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        out[some] = normalize(mean, dim=-1).numpy()
        if (start // 8192) != ((start + len(some)) // 8192):
            print(f"  {start + len(some)} of {len(many)}, {time.monotonic() - began:.0f} s", flush=True)
        start += len(some)
    return out


def encoded(texts: list[str], bases: Path) -> NDArray[np.float16]:
    """(N, 768): the encoder's unit vectors of any texts; `evals/meaning.py` measures them beside ours."""
    folder = mpnet_folder(bases)
    encodings = Tokenizer.from_file(str(TOKENIZER)).encode_batch(texts, add_special_tokens=False)
    return asked(folder, ids_of("mpnet", folder, Tokeniser(TOKENIZER).vocabulary()), [one.ids for one in encodings])


def kept_bare(vocabulary: dict[str, int]) -> list[int]:
    """The numbers of the pieces that carry meaning: with a letter, a digit, a currency or a percent sign; no [unused] ones."""
    return sorted(n for piece, n in vocabulary.items() if _WEIGHTY.search(piece) and not re.fullmatch(r"\[[\w]+\]", piece))


def teach(args: argparse.Namespace) -> Path:
    """The file of what the encoder says of pieces and sentences, made the first time."""
    path = args.kept / f"teacher-{args.sentences}-{args.seed}.npz"
    if path.exists():
        return path
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    vocabulary = Tokeniser(TOKENIZER).vocabulary()
    size = max(vocabulary.values()) + 1
    every = news(args.shared)
    counts = counted(every, tokenizer, size)
    told = drawn(every, args.sentences, tokenizer, random.Random(args.seed))
    pieces = kept_bare(vocabulary)
    print(f"{len(pieces)} pieces, {len(told)} sentences, {sum(map(len, told))} pieces in them", flush=True)
    folder = mpnet_folder(args.bases)
    numbers = ids_of("mpnet", folder, vocabulary)
    alone = asked(folder, numbers, [[n] for n in pieces])
    said = asked(folder, numbers, told)
    sizes = np.array([len(ids) for ids in told], np.int32)
    flat = np.concatenate([np.array(ids, np.uint16) for ids in told])
    args.kept.mkdir(parents=True, exist_ok=True)
    np.savez(path, counts=counts, pieces=np.array(pieces, np.int32), alone=alone, said=said, sizes=sizes, ids=flat)
    return path


def started(taught: dict[str, NDArray], size: int) -> Tensor:
    """(V, 128): principal components of what the encoder says of each piece alone, smaller for frequent ones (SIF)."""
    alone = torch.tensor(taught["alone"], dtype=torch.float32)
    alone = alone - alone.mean(0)
    _, axes = torch.linalg.eigh(alone.T @ alone)
    pieces = torch.tensor(taught["pieces"]).long()
    counts = torch.tensor(taught["counts"], dtype=torch.float32)[pieces] + 1
    weights = RARE / (RARE + counts / counts.sum())
    out = torch.zeros(size, SIZE)
    out[pieces] = (alone @ axes[:, -SIZE:]) * weights[:, None]
    return out


def neighbours(said: Tensor, many: int = NEAR) -> Tensor:
    """(N, many): of each sentence those that the encoder holds to be nearest, itself first."""
    return torch.cat([(some @ said.T).topk(many).indices for some in said.split(1024)])


def lessons(taught: dict[str, NDArray], *, held_out: bool) -> tuple[list[Tensor], Tensor]:
    """The sentences to learn from, or those held out: their pieces, and what the encoder says of them."""
    pieces = np.split(taught["ids"].astype(np.int64), taught["sizes"].cumsum()[:-1])
    chosen = [i for i in range(len(pieces)) if (i % HELD_OUT == 0) is held_out]
    return [torch.tensor(pieces[i]) for i in chosen], torch.tensor(taught["said"][chosen], dtype=torch.float32)


def trained(rows: Tensor, taught: dict[str, NDArray], options: argparse.Namespace) -> Tensor:
    """The vectors after learning that sentences lie to each other as the encoder says."""
    some, said = lessons(taught, held_out=False)
    near = neighbours(said)
    kept = (rows.abs().sum(1) > 0).float()[:, None]
    rows = rows.clone().requires_grad_()
    learner = torch.optim.Adam([rows], lr=options.rate)
    pace = torch.optim.lr_scheduler.LambdaLR(learner, lambda step: 1 - step / options.steps)
    for step in range(options.steps):
        batch = torch.cat([near[torch.randint(len(said), (SEEDS,))].flatten(), torch.randint(len(said), (SEEDS * NEAR,))]).unique()
        wanted = said[batch] @ said[batch].T
        got = means(rows * kept, [some[i] for i in batch.tolist()])
        loss = apart(got @ got.T, wanted, options)
        learner.zero_grad()
        loss.backward()
        learner.step()
        pace.step()
        if step % 200 == 0:
            print(f"  step {step}: {loss.item():.4f}", flush=True)
    return (rows * kept).detach()


def means(rows: Tensor, some: list[Tensor]) -> Tensor:
    """(N, 128): unit vectors of sequences of pieces."""
    starts = torch.tensor([0, *map(len, some[:-1])]).cumsum(0)
    return normalize(embedding_bag(torch.cat(some), rows, starts, mode="sum"), dim=-1)


def apart(got: Tensor, wanted: Tensor, options: argparse.Namespace) -> Tensor:
    """How far the cosines are from the encoder's: squared error, and cross entropy of who is near whom."""
    other = ~torch.eye(len(got), dtype=torch.bool)
    squared = ((got - wanted) ** 2)[other].mean()
    if not options.order:
        return squared
    least = torch.finfo(got.dtype).min
    beliefs = (wanted / WARMTH).masked_fill(~other, least).softmax(1)
    crossed = -(beliefs * (got / WARMTH).masked_fill(~other, least).log_softmax(1)).masked_fill(~other, 0).sum(1).mean()
    return squared + options.order * crossed


def written(rows: Tensor, path: Path) -> None:
    """Each row as int8 with one scale, turned by chance first: no number is then much larger than the others."""
    turn, _ = torch.linalg.qr(torch.randn(SIZE, SIZE, dtype=torch.float64))
    turned = (rows.double() @ turn).numpy()
    scales = np.abs(turned).max(1) / 127
    whole = np.rint(turned / np.where(scales, scales, 1)[:, None]).astype(np.int8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, rows=whole, scales=scales.astype(np.float32))


def agreement(rows: Tensor, taught: dict[str, NDArray]) -> float:
    """The correlation with the encoder's cosines over all pairs of the sentences held out."""
    some, said = lessons(taught, held_out=True)
    first, second = torch.triu_indices(len(some), len(some), 1)
    cosines = [(vectors @ vectors.T)[first, second] for vectors in (said, means(rows, some))]
    return float(torch.corrcoef(torch.stack(cosines))[0, 1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--kept", type=Path, default=ROOT / "build/meaning")
    parser.add_argument("--bases", type=Path, default=ROOT / "build/bases")
    parser.add_argument("--out", type=Path, default=ROOT / "src/onrecord/weights/meaning/vectors.npz")
    parser.add_argument("--sentences", type=int, default=40_000)
    parser.add_argument("--steps", type=int, default=1500, help="of training; 0 keeps the vectors as they start")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--order", type=float, default=0.05, help="the weight of who is near whom beside the squared error")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    absent = [name for name in DATA if not (args.shared / name).exists()]
    if absent:
        print(f"skipped: {args.shared / absent[0]} is not there (see train/README.md)")
        return
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    with np.load(teach(args)) as kept:
        taught = dict(kept)
    rows = started(taught, len(taught["counts"]))
    print(f"started: {agreement(rows, taught):.3f} with the encoder on sentences held out", flush=True)
    if args.steps:
        rows = trained(rows, taught, args)
        print(f"trained: {agreement(rows, taught):.3f}", flush=True)
    written(rows, args.out)
    print(f"wrote {args.out}; 'python evals/meaning.py' says how good it is")


if __name__ == "__main__":
    main()
