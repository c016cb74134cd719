"""Whether links are as sure as they say: links that are none among pairs drawn by chance and pairs that look linked, and how true the
probabilities are.

    python evals/link_probabilities.py [false] [reliability] [--affairs] [--picture docs/link-reliability.svg]

`false`: 10,000 pairs of statements of two stories, and the 2,000 pairs of one story that look linked (the same speaker, or most words
alike) and have no link by the gold; how many get a link of probability 0.8 or more. `reliability`: the gold statements of the stories are
linked down to a probability of 0.05; a link is right when the gold has one of its type (contradicts and denies taken as one) between the
two groups of repeats. The picture needs `pip install 'onrecord[bench]'`. `--affairs`: the invented affairs that nothing learns from,
instead of the stories.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import gold
from calibration import error
from gold import SHARED, Gold
from links import from_gold, linked_ledger, printed
from onrecord.link.across import across
from onrecord.link.claims import Claim, in_order
from onrecord.link.pair_model import NOTHING, PairModel, shipped
from onrecord.link.stems import stems_of
from onrecord.run.linking import LinkOptions
from pairs_data import claim_of, lifted

CHANCE, LOOKING, SURE, LEAST, LIMIT = 10_000, 2_000, 0.8, 0.05, 0.08
BINS = 10
Pairs = list[tuple[Claim, Claim]]
Kinds = dict[frozenset[tuple[str, str]], set[str]]


def kind(name: str) -> str:
    """Contradicts and denies are one."""
    return "conflict" if name in ("contradicts", "denies") else name


def linked_pairs(stories: list[Gold]) -> Kinds:
    """The kinds of link that the gold has between two statements, each (document, "s1"), lifted over groups of repeats."""
    found: Kinds = defaultdict(set)
    for name in sorted({one.document.name.partition("/")[0] for one in stories}):
        mine = [one for one in stories if one.document.name.startswith(f"{name}/")]
        place = {row["id"]: (one.document.name, f"s{n}") for one in mine for n, row in enumerate(one.rows, 1)}
        for pair, types in lifted(place, mine[0].story_links).items():
            found[frozenset(place[one] for one in pair)].update(map(kind, types))
    return found


def told(stories: list[Gold]) -> dict[tuple[str, str], Claim]:
    """Every gold statement as it is compared."""
    found: dict[tuple[str, str], Claim] = {}
    for number, one in enumerate(stories):
        for statement in gold.statements(one):
            found[one.document.name, statement.id] = claim_of(one.document, statement, len(found), number)
    return found


def chance_pairs(said: dict[tuple[str, str], Claim]) -> Pairs:
    """Pairs of two stories."""
    rng, names, found = random.Random(1), sorted(said), list[tuple[Claim, Claim]]()
    while len(found) < CHANCE:
        a, b = rng.choice(names), rng.choice(names)
        if a[0].partition("/")[0] != b[0].partition("/")[0]:
            found.append(in_order(said[a], said[b]))
    return found


def looking_pairs(said: dict[tuple[str, str], Claim], links: Kinds) -> Pairs:
    """Pairs of one story without a link that look most like one: by the share of stems, those of one speaker first."""
    rated = []
    for a, b in combinations(sorted(said), 2):
        if a[0].partition("/")[0] == b[0].partition("/")[0] and frozenset((a, b)) not in links:
            mine, theirs = stems_of(said[a].words), stems_of(said[b].words)
            share = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
            one = said[a].holder is not None and said[a].holder == said[b].holder
            rated.append((share + 0.3 * one, a, b))
    rated.sort(reverse=True)
    return [in_order(said[a], said[b]) for _, a, b in rated[:LOOKING]]


def sure(model: PairModel, pairs: Pairs) -> list[Any]:
    """The links of probability 0.8 or more; what looks hopeless at a glance is not read, as when a ledger is linked."""
    glances = model.glances(pairs)
    kept = np.flatnonzero(glances[:, NOTHING] <= LinkOptions().reach.hopeless)
    some = [pairs[place] for place in kept]
    return [one for one in across(some, model.chances(some, glances[kept])) if one.probability >= SURE]


def report_false(stories: list[Gold]) -> bool:
    """Prints how many false links are told as sure ones."""
    said, model = told(stories), shipped()
    by_chance, looking = chance_pairs(said), looking_pairs(said, linked_pairs(stories))
    among = [(name, pairs, sure(model, pairs)) for name, pairs in (("drawn by chance", by_chance), ("that look linked", looking))]
    for name, pairs, found in among:
        print(f"of {len(pairs):,} pairs {name}, {len(found)} are linked with probability {SURE} or more")
        for one in found[:20]:
            print(f"  {one.probability:.2f} {one.type}: {one.source.words[:90]!r} / {one.target.words[:90]!r}")
    return not among[0][2] and len(among[1][2]) <= 0.01 * LOOKING


def rated_links(stories: list[Gold]) -> Iterator[tuple[float, bool]]:
    """Every link with its probability, and whether the gold has it."""
    wanted = linked_pairs(stories)
    with (
        tempfile.TemporaryDirectory() as folder,
        linked_ledger(list(from_gold(stories)), Path(folder) / "links.db", LinkOptions(min_probability=LEAST)) as ledger,
    ):
        for link in printed(ledger):
            ends = frozenset((link[end]["document"], link[end]["statement"]) for end in ("from", "to"))
            yield link["probability"], kind(link["type"]) in wanted.get(ends, set())


def draw(table: NDArray[np.float64], path: Path) -> None:
    """What was said against what was right, in bins of like size."""
    sys.path.append(str(Path(__file__).resolve().parents[1] / "bench"))
    from growth_picture import plots  # noqa: PLC0415  # only for the picture

    plt = plots()
    parts = np.array_split(table[table[:, 0].argsort()], BINS)
    figure, axes = plt.subplots(figsize=(4.5, 4.5))
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":", label="as sure as right")
    axes.plot([part[:, 0].mean() for part in parts], [part[:, 1].mean() for part in parts], marker="o", label="links of the stories")
    axes.set(xlabel="probability that is told", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def report_reliability(stories: list[Gold], picture: Path | None) -> bool:
    """Prints the bins and the expected calibration error."""
    table = np.array(list(rated_links(stories)), float)
    whole = error(table, show=True)
    print(f"expected calibration error {whole:.3f} of {len(table)} links down to {LEAST}")
    if picture:
        draw(table, picture)
    return whole <= LIMIT


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("modes", nargs="*", choices=["false", "reliability", []], default=[])
    asked.add_argument("--affairs", action="store_true")
    asked.add_argument("--picture", type=Path)
    given = asked.parse_args()
    if not given.affairs and not SHARED.is_dir():
        print(f"skipped: the dev sets are not at {SHARED} (see evals/README.md)")
        return
    stories = list(gold.invented_affairs(held=True) if given.affairs else gold.stories())
    modes = given.modes or ["false", "reliability"]
    good = [report_false(stories)] if "false" in modes else []
    good += [report_reliability(stories, given.picture)] if "reliability" in modes else []
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
