"""The pairs that the reading learns from: what is packed is what the shipped reader sees, and news is compared within a few days."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from onrecord.annotate.tokenise import tokeniser
from onrecord.annotate.weights import weights_folder
from onrecord.link.pair_pieces import LONGEST, ids_of
from pairs_compared import hard
from pairs_data import NONE, Pair, claims, matter_pairs, matters
from pairs_news import near_pairs
from pairs_pack import GLANCE, packed


def some_pairs() -> list[Pair]:
    told = list(matter_pairs(held=True))
    return told[:40]


def test_what_is_packed_is_what_the_reader_sees() -> None:
    pairs, reader = some_pairs(), tokeniser(weights_folder("tagger") / "tokenizer.json")
    found = packed({"learnt": pairs[:25], "held": pairs[25:]}, 1, reader)
    ends = np.cumsum(found["sizes"].astype(int))
    told = [part.tolist() for part in np.split(found["ids"], ends[:-1])]
    assert told == ids_of(reader, [(one.earlier, one.later) for one in pairs])
    assert max(map(len, told)) <= LONGEST
    assert found["labels"].tolist() == [one.label for one in pairs]
    assert found["measures"][found["of"]].tolist() == [False] * 25 + [True] * 15


def test_no_linked_pair_is_left_out() -> None:
    pairs = some_pairs()
    kept = hard(pairs, GLANCE, 1)
    assert sum(one.label != NONE for one in kept) == sum(one.label != NONE for one in pairs)
    assert len(kept) < len(pairs)


def test_news_is_compared_within_a_few_days() -> None:
    one = next(iter(claims(matters()[0]).values()))
    days = ("2026-01-01", "2026-01-03", "2026-01-20")
    told = [replace(one, holder=None, known_on=day) for day in days]
    vectors = np.array([[1.0, 0.0], [0.9, 0.436], [1.0, 0.0]], np.float32)
    assert list(near_pairs(told, vectors, random.Random(1))) == [(1, 0)]
