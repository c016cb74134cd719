"""Learns what each cue weighs that speaks for or against a person whom "he" or "she" may mean (`resolve/pronoun_evidence.py`).

    PYTHONPATH=evals python train/pronouns.py

Logistic regression over the persons of each text, on the validation and test parts of GAP (Webster et al., 2018); the development
part is only for measuring (`evals/pronouns.py`). Where neither of GAP's two names is meant, the person meant may be nobody named.
Cues that are too rare to learn from are left out. Takes half a minute on one core.
"""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gap import FOLDER, Case, cases, covered
from onrecord.data import Document
from onrecord.resolve.coreference import Cast
from onrecord.resolve.pronoun_evidence import Candidate, Scene

PARTS = ("validation", "test")
TARGET = Path(str(resources.files("onrecord.resolve"))) / "lexicon/pronoun_weights.tsv"
RAREST, PENALTY, STEPS, RATE = 15, 6.0, 400, 0.05
HEAD = "# What speaks for and against a person whom a pronoun may mean, in log odds. Written by train/pronouns.py.\n# cue\tweight\n"


class Lesson(NamedTuple):
    """One row a candidate: its cues, the text it stands in, whether it is, or may be, the person meant."""

    cues: NDArray[np.float64]
    of_text: NDArray[np.int64]
    right: NDArray[np.float64]


def told_apart(case: Case) -> list[tuple[Candidate, bool]]:
    """The candidates of a case and whether each is, or may be, the person meant."""
    known = []
    for one in Scene(Cast(Document("case", case.text)), case.pronoun, case.gender).candidates():
        is_name = covered(one.holder.mentions, case.names)
        known.append((one, any(map(min, is_name, case.meant)) if any(case.meant) else not any(is_name)))
    return known


def lesson(texts: list[list[tuple[Candidate, bool]]], meant: list[bool], cues: list[str]) -> Lesson:
    """The texts as numbers; one row more, without cues, where the person meant may be nobody named."""
    place = {cue: i for i, cue in enumerate(cues)}
    rows, of_text, right = [], [], []
    for number, (text, known) in enumerate(zip(texts, meant, strict=True)):
        for one, fits in text:
            rows.append(np.bincount([place[cue] for cue in one.cues if cue in place], minlength=len(cues)).astype(float))
            of_text.append(number)
            right.append(float(fits))
        if not known:
            rows.append(np.zeros(len(cues)))
            of_text.append(number)
            right.append(1.0)
    return Lesson(np.array(rows), np.array(of_text), np.array(right))


def learnt(given: Lesson) -> NDArray[np.float64]:
    """The weights that make the persons meant most likely (Adam on the whole set, L2 penalty)."""
    weights, first, second = (np.zeros(given.cues.shape[1]) for _ in range(3))
    texts = int(given.of_text.max()) + 1
    for step in range(1, STEPS + 1):
        likely = np.exp(np.clip(given.cues @ weights, -30, 30))
        every = likely / np.bincount(given.of_text, likely, texts)[given.of_text]
        fitting = likely * given.right / np.bincount(given.of_text, likely * given.right, texts)[given.of_text]
        slope = given.cues.T @ (every - fitting) + PENALTY * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def main() -> None:
    if not FOLDER.is_dir():
        raise SystemExit(f"GAP is not at {FOLDER} (see train/README.md)")
    read = [(case, told_apart(case)) for part in PARTS for case in cases(part)]
    kept = [(case, text) for case, text in read if any(fits for _, fits in text)]
    counts = Counter(cue for _, text in kept for one, _ in text for cue in one.cues)
    cues = sorted(cue for cue, count in counts.items() if count >= RAREST)
    weights = learnt(lesson([text for _, text in kept], [any(case.meant) for case, _ in kept], cues))
    TARGET.write_text(HEAD + "".join(f"{cue}\t{weight:.2f}\n" for cue, weight in zip(cues, weights, strict=True)), encoding="utf8")
    print(f"{len(kept)} of {len(read)} texts, {len(cues)} cues -> {TARGET}")


if __name__ == "__main__":
    main()
