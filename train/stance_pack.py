"""Packs what the stance models learn from into one file of numbers: texts as word pieces, and of each statement where its pieces stand.

    build/train-venv/bin/python train/stance_pack.py --out build/stance/lessons.npz [--entries 29000] [--briefings 500]

A statement is its clue (what the lexicon hears) and the pieces of its source, cue and content in the text, cut to the lengths that the
shipped model sees. Labelled ones are those of `stance_data.py`; those without a label are what the shipped tagger finds in feed entries,
web pages and briefings. Events of the factuality sets are statements whose content is the sentence, in half of the cases told by somebody.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from onrecord.annotate.attributions import attributions
from onrecord.annotate.tagger import Tagger
from onrecord.annotate.tokenise import Tokeniser, Tokens
from onrecord.data import Attribution, Document
from onrecord.resolve.stance_content import Clue
from onrecord.resolve.stance_hearing import heard
from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.stance_pieces import CONTENT, pieces
from onrecord.resolve.words import words
from stance_data import ALL_MARKED, Labelled, event_sentences, free_texts, labelled_texts, tokeniser
from stance_sets import FREE

LIKELY = 0.5


class Packing:
    """Gathers texts and statements as flat lists."""

    def __init__(self, pieces: Tokeniser) -> None:
        self._pieces = pieces
        self.sets: list[str] = []
        self.ids: list[np.ndarray] = []
        self.rows: list[tuple[int, int, int, float, int, int]] = []
        self.places: list[np.ndarray] = []
        self.roles: list[np.ndarray] = []
        self.targets: list[tuple[int, int, float]] = []
        self.complete: list[bool] = []

    def text(self, text: str) -> Tokens:
        """Takes up a text; its pieces."""
        tokens = self._pieces.tokens(text)
        self.ids.append(tokens.ids.astype(np.uint16))
        return tokens

    def statement(self, of: str, tokens: Tokens, one: Attribution, clue: Clue | None, told: Labelled) -> bool:
        """Takes up a statement of the last text; false where its content has no pieces."""
        places, roles, number = pieces(tokens, one, clue)
        if not (roles == CONTENT).any():
            return False
        if of not in self.sets:
            self.sets.append(of)
        factuality = np.nan if told.factuality is None else told.factuality
        self.rows.append((len(self.ids) - 1, number, told.stance, factuality, int(told.doubtful), self.sets.index(of)))
        self.places.append(places.astype(np.int32))
        self.roles.append(roles.astype(np.uint8))
        self.complete.append(False)
        return True

    def events(self, tokens: Tokens, targets: Iterable[tuple[int, float]], *, complete: bool) -> None:
        """The events of the last statement, each by its first character in the text."""
        starts = tokens.starts[self.places[-1]]
        for at, value in targets:
            hits = np.flatnonzero((starts == at) & (self.roles[-1] == CONTENT))
            if len(hits):
                self.targets.append((len(self.rows) - 1, int(hits[0]), value))
        self.complete[-1] = complete

    def arrays(self) -> dict[str, np.ndarray]:
        """All of it, as it is saved."""
        of, clue, wanted, factuality, doubtful, sets = (np.array(column) for column in zip(*self.rows, strict=True))
        return {
            "ids": np.concatenate(self.ids),
            "lengths": np.array([len(one) for one in self.ids], np.int32),
            "of": of.astype(np.int32),
            "clue": clue.astype(np.uint8),
            "wanted": wanted.astype(np.int8),
            "factuality": factuality.astype(np.float16),
            "doubtful": doubtful.astype(bool),
            "set": sets.astype(np.uint8),
            "sets": np.array(self.sets),
            "sizes": np.array([len(one) for one in self.places], np.uint8),
            "places": np.concatenate(self.places),
            "roles": np.concatenate(self.roles),
            "complete": np.array(self.complete),
            "targets": np.array([one[:2] for one in self.targets], np.int32).reshape(-1, 2),
            "values": np.array([one[2] for one in self.targets], np.float16),
        }


class Clued(NamedTuple):
    """An attribution with what the lexicon hears in it."""

    attribution: Attribution
    clue: Clue | None


def clued(text: str, found: Iterable[Attribution]) -> Iterator[Clued]:
    """What the lexicon hears in each."""
    read = words(text, lexicon().abbreviations)
    for one in found:
        hearing = heard(read, one)
        yield Clued(one, hearing and hearing.clue)


def pack(given: argparse.Namespace) -> dict[str, np.ndarray]:
    packing = Packing(tokeniser())
    for of, text, told in labelled_texts():
        tokens = packing.text(text)
        for (one, clue), label in zip(clued(text, [one.attribution for one in told]), told, strict=True):
            packing.statement(of, tokens, one, clue, label)
    print(f"{len(packing.rows):,} labelled statements in {len(packing.ids):,} texts", flush=True)
    for name, text, found, targets in event_sentences(random.Random(given.seed)):
        tokens = packing.text(text)
        for one, clue in clued(text, (found,)):
            if packing.statement(name, tokens, one, clue, Labelled(found, -1)):
                packing.events(tokens, targets, complete=name.partition(",")[0] in ALL_MARKED)
    print(f"{len(packing.targets):,} events", flush=True)
    tagger = Tagger(threads=1)
    for text in free_texts(given.entries, given.briefings, random.Random(given.seed)):
        likely = [one for one in attributions(Document("news", text), tagger) if one.probability >= LIKELY]
        if likely:
            tokens = packing.text(text)
            for one, clue in clued(text, likely):
                packing.statement(FREE, tokens, one, clue, Labelled(one, -1))
    return packing.arrays()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, default=Path("build/stance/lessons.npz"))
    asked.add_argument("--entries", type=int, default=29_000)
    asked.add_argument("--briefings", type=int, default=500, help="passages of 3,000 characters")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    arrays = pack(given)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.out, **arrays)
    print(f"{len(arrays['of']):,} statements, {len(arrays['ids']):,} pieces, {given.out}: {given.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
