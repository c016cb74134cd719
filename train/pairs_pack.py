"""Writes every pair that the reading of statements learns from or is measured on into one file of numbers, so that training needs no text.

    python train/pairs_news.py --out build/pairs/news.jsonl.gz
    python train/pairs_pack.py --out build/pairs/lessons.npz

Of every pair the file has the word pieces as the shipped reader sees them, the label (nothing 0, the same 1, opposed 2, not opposed -1,
nobody said -9), the set that it is of, and whether that only measures. Learnt from: the matters and affairs, of whose pairs without a
link only those that look likeliest linked at a glance; the NLI sets; pairs of real news without labels. That days and holders are
sometimes not known needs no pairs of its own: it is one mark, which `pairs_lessons` changes as it draws.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.annotate.tokenise import Tokeniser, tokeniser
from onrecord.annotate.weights import weights_folder
from onrecord.find.alike import Reach
from onrecord.link.pair_pieces import LONGEST, MARKS, ids_of
from pairs_compared import hard
from pairs_data import Pair, affair_pairs, matter_pairs, measured, nli_train, story_pairs
from pairs_news import news_pairs

GLANCE = weights_folder("pairs") / "pairs.npz"
_AT_A_TIME = 4096


def learnt(glance: Path, news: Path, count: int) -> dict[str, list[Pair]]:
    """What is learnt from, by the name of its set."""
    own = hard([*matter_pairs(held=False), *affair_pairs(held=False)], glance, Reach().compared)
    return {"own": own, "nli": list(nli_train()), "news": news_pairs(news, glance, count)}


def measuring(glance: Path) -> dict[str, list[Pair]]:
    """What only measures."""
    compared = {"affairs": hard(affair_pairs(held=True), glance), "stories": hard(story_pairs(), glance)}
    return {"matters": list(matter_pairs(held=True)), **compared, **measured()}


def pieces(pairs: Sequence[Pair], reader: Tokeniser) -> list[list[int]]:
    """The ids of each pair, as the shipped reader sees them."""
    told = [(one.earlier, one.later) for one in pairs]
    return [ids for at in range(0, len(told), _AT_A_TIME) for ids in ids_of(reader, told[at : at + _AT_A_TIME])]


def packed(sets: dict[str, list[Pair]], measures: int, reader: Tokeniser) -> dict[str, np.ndarray]:
    """The sets one after the other as flat arrays."""
    ids = pieces([one for pairs in sets.values() for one in pairs], reader)
    for name, pairs in sets.items():
        labels, counts = np.unique([one.label for one in pairs], return_counts=True)
        print(f"{name}: {len(pairs)} pairs, {dict(zip(labels.tolist(), counts.tolist(), strict=True))}", flush=True)
    return {
        "ids": np.array([number for one in ids for number in one], np.uint16),
        "sizes": np.array([len(one) for one in ids], np.uint8),
        "labels": np.array([one.label for pairs in sets.values() for one in pairs], np.int8),
        "of": np.array([number for number, pairs in enumerate(sets.values()) for _ in pairs], np.uint8),
        "sets": np.array(list(sets)),
        "measures": np.array([number >= len(sets) - measures for number in range(len(sets))]),
        "shape": np.array([reader.size, MARKS, LONGEST], np.int32),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--glance", type=Path, default=GLANCE)
    asked.add_argument("--news", type=Path, default=Path("build/pairs/news.jsonl.gz"))
    asked.add_argument("--count", type=int, default=60_000, help="pairs of news")
    asked.add_argument("--out", type=Path, default=Path("build/pairs/lessons.npz"))
    given = asked.parse_args()
    if not given.news.exists():
        raise SystemExit(f"{given.news} is missing: train/pairs_news.py makes it")
    checks = measuring(given.glance)
    sets = learnt(given.glance, given.news, given.count) | checks
    given.out.parent.mkdir(parents=True, exist_ok=True)
    reader = tokeniser(weights_folder("tagger") / "tokenizer.json")
    np.savez_compressed(given.out, allow_pickle=False, **packed(sets, len(checks), reader))
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
