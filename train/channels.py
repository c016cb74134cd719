"""Learns what each cue weighs for each channel of a statement (`resolve/channel_decision.py`).

    PYTHONPATH=evals python train/channels.py [all]

Logistic regression over pairs of a statement and a channel that its text names anywhere: a weight for every cue, and one more for the
cue with each channel, which is drawn more strongly to nothing (hierarchical L2, after Daumé, 2007, "Frustratingly easy domain
adaptation"). It learns from the gold sets of the evaluation and prints how those held out, which it never sees,
come out; with `all` it learns from them too. Takes half a minute on one core.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import gold
from gold import Gold
from onrecord.data import Channel, Via
from onrecord.resolve.channel_decision import by_channel, decided, weights
from onrecord.resolve.channel_evidence import Evidence
from onrecord.resolve.channels import weighed
from onrecord.resolve.speakers import speakers

TARGET = Path(str(resources.files("onrecord.resolve"))) / "lexicon/channel_weights.tsv"
RAREST, PENALTY, OF_CHANNEL, STEPS = 4, 10.0, 0.6, 12
FIRST = 6  # packs of PolNeAR articles that are learnt from: with all thirty the invented articles and the stories come out worse
HEAD = "# What speaks for and against each channel of a statement, in log odds. Written by train/channels.py.\n"


class Lesson(NamedTuple):
    """One document: what its statements' own sentences name, what speaks for further channels, and the channels that are right."""

    own: tuple[tuple[Via, ...], ...]
    found: list[Evidence]
    right: list[set[str] | None]


def lessons_of(*sets: Iterable[Gold]) -> list[Lesson]:
    """Documents with their gold spans as evidence; None where a statement does not count."""
    found = []
    for one in chain(*sets):
        own, evidence = weighed(one.document, one.attributions, speakers(one.document, one.attributions))
        right = [None if row.get("hypothetical") else {via["channel"] for via in row["via"]} for row in one.rows]
        found.append(Lesson(own, evidence, right))
    return found


def columns(lessons: list[Lesson]) -> tuple[dict[str, int], dict[tuple[str, Channel], int]]:
    """A column for every cue that is found in enough documents, and for every cue with a channel."""
    plain = Counter(cue for one in lessons for cue in {cue for row in one.found for cue in row.cues})
    crossed = Counter(pair for one in lessons for pair in {(cue, row.channel) for row in one.found for cue in row.cues})
    cues = {cue: place for place, cue in enumerate(sorted(cue for cue, count in plain.items() if count >= RAREST))}
    pairs = sorted(pair for pair, count in crossed.items() if count >= RAREST)
    return cues, {pair: len(cues) + place for place, pair in enumerate(pairs)}


def learnt(lessons: list[Lesson], cues: dict[str, int], pairs: dict[tuple[str, Channel], int]) -> NDArray[np.float64]:
    """The weights (Newton's method on the whole set)."""
    rows = [(row, row.channel.value in (one.right[row.place] or ())) for one in lessons for row in one.found]
    table = np.zeros((len(rows), len(cues) + len(pairs)))
    for number, (row, _) in enumerate(rows):
        table[number, [cues[cue] for cue in row.cues if cue in cues]] = 1.0
        table[number, [pairs[cue, row.channel] for cue in row.cues if (cue, row.channel) in pairs]] = OF_CHANNEL
    right = np.array([fits for _, fits in rows], dtype=float)
    found = np.zeros(table.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (likely - right) + PENALTY * found
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + PENALTY * np.eye(len(found))
        found -= np.linalg.solve(bend, slope)
    return found


def written(found: NDArray[np.float64], cues: dict[str, int], pairs: dict[tuple[str, Channel], int]) -> None:
    """The weights as a table, one row a cue, one column a channel."""
    lines = ["\t".join(["cue", *(channel.value for channel in Channel)])]
    for cue, place in cues.items():
        own = (OF_CHANNEL * found[pairs[cue, channel]] if (cue, channel) in pairs else 0.0 for channel in Channel)
        lines.append("\t".join([cue, *(f"{found[place] + more:.2f}" for more in own)]))
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf8")
    weights.cache_clear()
    by_channel.cache_clear()


def measured(lessons: list[Lesson]) -> str:
    """Precision, recall and F1 of the channels, as shipped."""
    hits = given = wanted = 0
    for one in lessons:
        for vias, right in zip(decided(one.found, one.own), one.right, strict=True):
            if right is not None:
                got = {via.channel.value for via in vias}
                hits, given, wanted = hits + len(got & right), given + len(got), wanted + len(right)
    return f"precision {hits / given:.3f}, recall {hits / wanted:.3f}, F1 {2 * hits / (given + wanted):.3f}"


def main() -> None:
    if not gold.SHARED.is_dir():
        raise SystemExit(f"the annotated data is not at {gold.SHARED} (see train/README.md)")
    held = lessons_of(gold.annotated(held=True), gold.invented(held=True))
    lessons = lessons_of(gold.layers(), gold.stories(), gold.annotated(held=False, packs=FIRST), gold.invented(held=False))
    lessons += held if "all" in sys.argv[1:] else []
    cues, pairs = columns(lessons)
    written(learnt(lessons, cues, pairs), cues, pairs)
    print(f"{sum(len(one.right) for one in lessons)} statements, {len(cues)} cues -> {TARGET}")
    print(f"fit: {measured(lessons)}\nheld out: {measured(held)}")


if __name__ == "__main__":
    main()
