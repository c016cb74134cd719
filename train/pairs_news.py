"""Pairs of statements of real news, without labels, for the small reader to learn what its teachers believe of them.

    python train/pairs_news.py --out build/pairs/news.jsonl.gz

Reads a month of feed entries as the program reads them, and the articles of PolNeAR train from their gold spans, and writes the claims
down, one a line; `news_pairs` draws from them those pairs that a ledger would look at. The two days of feeds on which conflicts are
judged by eye (`evals/feed_chain.py`), and what is told about their story, are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evals"))

from feed_chain import DAYS, ENTRIES, is_about
from gold import SHARED, document_of
from onrecord.annotate.meaning import Meaning
from onrecord.data import Attribution, Document, Rejection, Span, Stance
from onrecord.link.claims import Claim, in_order
from onrecord.pipeline import Reader, record_of
from onrecord.read import documents
from pairs_compared import glanced
from pairs_data import NONE, UNLABELLED, Pair, claim_of

WITHIN = 6  # days apart, at most
NEAREST, OF_HOLDER, LIKENESS = 12, 4, 0.35  # of a statement in its days, and of those of the same holder; as `find.alike.Reach`
SAME_WORDS = 0.985  # nearer in meaning than this are mostly copies, of which one in so many is kept
COPIES = 0.1
COMPARED = 6  # pairs kept of a statement, those that look likeliest linked
_FEW = 5  # characters that a content has at least


def articles() -> Iterator[tuple[Document, tuple[Attribution, ...]]]:
    """The articles of PolNeAR train with their gold spans."""
    with gzip.open(SHARED / "data/polnear/train.jsonl.gz", "rt", encoding="utf8") as lines:
        for one in map(json.loads, lines):
            given = [
                tuple(tuple(Span(*pair) for pair in row[part]) for part in ("source", "cue", "content")) for row in one["attributions"]
            ]
            yield document_of(one, one["text"]), tuple(Attribution(source, cue, content) for source, cue, content in given if content)


def entries() -> Iterator[Document]:
    """The entries of feeds but for those that conflicts are judged on."""
    for one in documents([str(ENTRIES)]):
        if not isinstance(one, Rejection) and one.creation_day not in DAYS and not is_about(one.text):
            yield one


def told() -> Iterator[Claim]:
    """All statements of the feeds and of the articles, numbered."""
    reader, number = Reader(threads=1), 0
    records = (record_of(*one) for one in articles())
    for at, record in enumerate(source for some in (reader.records(entries()), records) for source in some):
        for one in record.statements:
            claim = claim_of(record.document, one, number, at)
            if len(claim.words) >= _FEW and not one.reading.hypothetical:
                yield claim
                number += 1


def written(claims: Iterator[Claim], out: Path) -> int:
    """Writes the claims down; how many."""
    count = 0
    with gzip.open(out, "wt", encoding="utf8") as lines:
        for one in claims:
            row = {key: value for key, value in asdict(one).items() if value and key not in ("places", "cue_places")}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def kept_claims(path: Path) -> list[Claim]:
    """The claims that were written down; of several with the same words on one day one."""
    found = dict[tuple[str, str], Claim]()
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            whole = {"id": 0, "document": 0, "holder": None, "conditional": False, "said_on": None, "known_on": "", **row}
            whole |= {"stance": Stance(row["stance"]), "quotations": tuple(row.get("quotations", ()))}
            claim = Claim(**whole)
            found.setdefault((claim.words.casefold(), claim.day[:10]), claim)
    return list(found.values())


def near_pairs(claims: Sequence[Claim], vectors: NDArray[np.float32], rng: random.Random) -> Iterator[tuple[int, int]]:
    """Places of two that a ledger would compare: the nearest within a few days, of all and of the same holder."""
    days = np.array([np.datetime64(one.known_on[:10] or "1970-01-01") for one in claims]).astype("datetime64[D]").astype(int)
    holders = np.array([hash(one.holder) if one.holder else -n - 1 for n, one in enumerate(claims)])
    order = np.argsort(days, kind="stable")
    first = np.searchsorted(days[order], days - WITHIN)
    last = np.searchsorted(days[order], days, side="right")
    for place in range(len(claims)):
        among = order[first[place] : last[place]]
        among = among[among != place]
        likeness = vectors[among] @ vectors[place]
        same = np.where(holders[among] == holders[place], likeness, -1)
        chosen = {*_first(likeness, NEAREST), *_first(same, OF_HOLDER)}
        for one in sorted(chosen):
            if likeness[one] < SAME_WORDS or rng.random() < COPIES:
                yield place, int(among[one])


def _first(scores: NDArray[np.float32], most: int) -> list[int]:
    """The places of the highest of at least LIKENESS."""
    taken = np.argpartition(-scores, most)[:most] if len(scores) > most else np.arange(len(scores))
    return [int(one) for one in taken if scores[one] >= LIKENESS]


def news_pairs(path: Path, glance: Path, count: int, seed: int = 1) -> list[Pair]:
    """So many pairs, of every statement those that look likeliest linked, and a few of the rest."""
    claims, rng = kept_claims(path), random.Random(seed)
    vectors = Meaning().vectors([one.words for one in claims]).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1)
    places = sorted({tuple(sorted(pair)) for pair in near_pairs(claims, vectors, rng)})
    print(len(claims), "claims,", len(places), "pairs that lie near each other", flush=True)
    pairs = [in_order(claims[a], claims[b]) for a, b in places]
    nothing = glanced([Pair(*one, UNLABELLED, "news") for one in pairs], glance)[:, NONE]
    counts, chosen, rest = Counter[int](), list[int](), list[int]()
    for place in np.argsort(nothing, kind="stable").tolist():
        ends = places[place]
        few = all(counts[end] < COMPARED for end in ends)
        (chosen if few else rest).append(place)
        counts.update(ends if few else ())
    taken = chosen[: count * 9 // 10]
    others = chosen[len(taken) :] + rest
    taken += rng.sample(others, min(len(others), count - len(taken)))
    return [Pair(*pairs[place], UNLABELLED, "news") for place in taken]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, default=Path("build/pairs/news.jsonl.gz"))
    given = asked.parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    print(written(told(), given.out), "claims", given.out)


if __name__ == "__main__":
    main()
