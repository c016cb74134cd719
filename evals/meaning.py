"""How well the small vectors find sentences of like meaning, beside counting words and beside the encoder they come from.

    python evals/meaning.py [--teacher] [--folder src/onrecord/weights/meaning]

Two sets, in ../shared/data/nli (or where ONRECORD_SHARED points); where they are absent nothing is measured. STS benchmark dev
(Cer et al. 2017): Spearman's rank correlation of cosines with what people said of 1,500 pairs of captions, forum posts and news.
Microsoft Research Paraphrase Corpus (Dolan and Brockett 2005): average precision of the cosine for 1,725 test pairs of news
sentences of which two thirds are paraphrases; what chance gives is printed. Exit status 1 where a figure is under its floor.

`--teacher` measures all-mpnet-base-v2 too: minutes on one thread, with torch, from the environment that train/ uses.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gold import SHARED
from onrecord.annotate.meaning import Meaning, meaning_folder

ROOT = Path(__file__).resolve().parents[1]
STS = SHARED / "data/nli/stsb-multi-mt/data__stsb-en-{}.csv.gz"
MSRP = SHARED / "data/nli/paraphrase_identification/dataset__msr-paraphrase-corpus__msr_paraphrase_{}.txt.gz"
FLOORS = {"STS-B": 0.79, "MSRP": 0.85}
ROUNDS = 8

_WORD = re.compile(r"\w+")

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two sentences a pair and how alike people found them: 0 to 5, or 0 and 1."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    wanted: Numbers


def sts_pairs(split: str) -> Pairs:
    """The pairs of a split of the STS benchmark."""
    with gzip.open(str(STS).format(split), "rt", encoding="utf8", newline="") as lines:
        left, right, wanted = zip(*csv.reader(lines), strict=True)
    return Pairs(left, right, np.array(wanted, float))


def paraphrase_pairs(split: str) -> Pairs:
    """The pairs of a split of the paraphrase corpus."""
    with gzip.open(str(MSRP).format(split), "rt", encoding="utf-8-sig") as lines:
        told = [line.rstrip("\r\n").split("\t") for line in lines][1:]
    return Pairs(tuple(one[3] for one in told), tuple(one[4] for one in told), np.array([one[0] for one in told], float))


def ranks(values: Numbers) -> Numbers:
    """Each value's place in order from 1, the mean place where several are equal."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((counts.cumsum() - (counts - 1) / 2)[which], float)


def spearman(said: Numbers, wanted: Numbers) -> float:
    """Spearman's rank correlation."""
    return float(np.corrcoef(ranks(said), ranks(wanted))[0, 1])


def average_precision(said: Numbers, wanted: Numbers) -> float:
    """The mean over all right pairs of the precision down to it; of equal scores the wrong pairs come first."""
    order = np.lexsort((wanted, -said))
    right = wanted[order] > 0
    return float((right.cumsum() / np.arange(1, len(right) + 1))[right].mean())


def counted(pairs: Pairs) -> Numbers:
    """Cosines of counts of words, upper and lower case alike."""
    left, right = ([Counter(_WORD.findall(text.lower())) for text in side] for side in (pairs.left, pairs.right))
    return np.array([_cosine(*both) for both in zip(left, right, strict=True)])


def _cosine(left: Counter[str], right: Counter[str]) -> float:
    dot = sum(n * right[word] for word, n in left.items())
    return float(dot / np.sqrt(max(1, sum(n * n for n in left.values())) * max(1, sum(n * n for n in right.values()))))


def meant(pairs: Pairs, meaning: Meaning) -> Numbers:
    """Cosines of the small vectors."""
    return meaning.similarity(meaning.vectors(pairs.left), meaning.vectors(pairs.right)).astype(float)


def taught(pairs: Pairs) -> Numbers:
    """Cosines of the encoder's own vectors, by the functions that the training used."""
    sys.path.append(str(ROOT / "train"))
    spec = importlib.util.spec_from_file_location("train_meaning", ROOT / "train/meaning.py")
    if spec is None or spec.loader is None:
        raise SystemExit("train/meaning.py is missing")
    training: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(training)
    said = training.encoded([*pairs.left, *pairs.right], ROOT / "build/bases").astype(float)
    return np.asarray((said[: len(pairs.left)] * said[len(pairs.left) :]).sum(1), float)


def figures(sets: dict[str, Pairs], meaning: Meaning, *, teacher: bool) -> dict[str, dict[str, float]]:
    """Of each way to compare its figure on each set."""
    ways: dict[str, Any] = {"words counted": counted, "small vectors": lambda pairs: meant(pairs, meaning)}
    if teacher:
        ways["all-mpnet-base-v2"] = taught
    measures = {"STS-B": spearman, "MSRP": average_precision}
    return {way: {name: measures[name](compare(pairs), pairs.wanted) for name, pairs in sets.items()} for way, compare in ways.items()}


def pace(texts: list[str], folder: Path) -> tuple[float, float]:
    """Sentences a second of processor time, by a process that met none of their words before, and once it has."""
    meaning = Meaning(folder)
    meaning.vectors(texts[:1])
    first = time.process_time()
    meaning.vectors(texts)
    again = time.process_time()
    for _ in range(ROUNDS):
        meaning.vectors(texts)
    return len(texts) / (again - first), ROUNDS * len(texts) / (time.process_time() - again)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", action="store_true")
    parser.add_argument("--folder", type=Path, default=meaning_folder())
    args = parser.parse_args()
    absent = [path for path in (str(STS).format("dev"), str(MSRP).format("test")) if not Path(path).exists()]
    if absent:
        print(f"skipped: {absent[0]} is not there (see evals/README.md)")
        return
    sets = {"STS-B": sts_pairs("dev"), "MSRP": paraphrase_pairs("test")}
    every = figures(sets, Meaning(args.folder), teacher=args.teacher)
    for way, found in every.items():
        print(f"{way:18} " + "   ".join(f"{name} {value:.3f}" for name, value in found.items()))
    print(f"{'chance':18} STS-B 0.000   MSRP {sets['MSRP'].wanted.mean():.3f}")
    texts = [text for pairs in sets.values() for text in (*pairs.left, *pairs.right)]
    first, again = pace(texts, args.folder)
    print(f"{first:,.0f} sentences a second of processor time, {again:,.0f} once their words were met")
    got = every["small vectors"]
    under = {name: floor for name, floor in FLOORS.items() if got[name] < floor}
    for name, floor in under.items():
        print(f"{name} {got[name]:.3f} is under its floor of {floor}")
    sys.exit(bool(under))


if __name__ == "__main__":
    main()
