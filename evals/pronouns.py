"""How often "he", "she", "his" and "her" are resolved to the right person, by the cast and the pronouns of the resolver alone.

    python evals/pronouns.py [--part development]

GAP (`gap.py`): F1 as its own scorer counts it, beside published figures. The resolver is not told the two names of a case: it reads
the text as it reads news. The weights were learnt on the validation and test parts, so only development is a measure of them.
GUM (`gum.py`), news and interviews: of the pronouns whose chain has a name, how many are resolved to a name of that chain. Who
speaks where, which helps in news, is not told in either. It fails where a figure is under its floor.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

import gap
import gum
from onrecord.data import Document, Span
from onrecord.resolve.coreference import Cast
from onrecord.resolve.pronouns import Pronouns

PUBLISHED = (  # Webster et al. (2018), development part, names not given: overall, masculine, feminine F1
    ("Token Distance", 46.4, 50.1, 42.4),
    ("Lee et al. (2013), rules", 50.5, 55.4, 45.5),
    ("Syntactic Distance", 59.7, 63.0, 56.2),
    ("Lee et al. (2017), neural", 64.7, 67.2, 62.2),
    ("Parallelism", 65.2, 67.1, 63.1),
)
FLOORS = {"gap": 67.5, "news": 0.77, "interview": 0.80}
PERSONAL = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))


def score_gap(part: str) -> float:
    """Print the figures of one part of GAP beside published ones; the overall F1 in hundredths."""
    counts: dict[str, Counter[tuple[bool, bool]]] = {"m": Counter(), "f": Counter()}
    began = time.perf_counter()
    for case in gap.cases(part):
        found = Pronouns(Cast(Document("case", case.text))).resolve(case.word, case.pronoun, None)
        answers = gap.covered(found.mentions if found is not None else [], case.names)
        counts[case.gender].update(zip(case.meant, answers, strict=True))
    size = sum(map(Counter.total, counts.values())) // 2
    print(f"GAP {part}: {size} texts, {time.perf_counter() - began:.1f} s\n{'':28} overall  masc.   fem.   bias")
    mine = ("this resolver", gap.f1(counts["m"] + counts["f"]), gap.f1(counts["m"]), gap.f1(counts["f"]))
    for name, overall, masculine, feminine in (mine, *PUBLISHED):
        print(f"{name:28} {overall:7.1f} {masculine:6.1f} {feminine:6.1f} {feminine / max(masculine, 0.1):6.2f}")
    return mine[1]


def score_gum(kind: str) -> float:
    """Print and give how many pronouns of GUM's texts of one kind are resolved to a name of their chain."""
    right, asked = 0, 0
    for one in gum.texts((kind,)):
        cast = Cast(Document(one.name, one.text))
        pronouns = Pronouns(cast)
        inner = _chain_of_names(one, [name.span for name, _ in cast.timeline])
        for span, chain in sorted(zip(one.mentions, one.chains, strict=True)):
            word = span.of(one.text).casefold()
            if word in PERSONAL and chain in inner.values():
                found = pronouns.resolve(word, span, None)
                asked += 1
                right += found is not None and any(inner.get(mention) == chain for mention in found.mentions)
    print(f"GUM {kind}: {right} of {asked} pronouns right, {right / max(1, asked):.3f}")
    return right / max(1, asked)


def _chain_of_names(one: gum.Chained, names: list[Span]) -> dict[Span, int]:
    """For each name the chain of the smallest mention that covers it."""
    found = {}
    by_length = sorted(zip(one.mentions, one.chains, strict=True), key=lambda pair: pair[0].end - pair[0].start)
    for name in names:
        chain = next((chain for span, chain in by_length if span.start <= name.start and name.end <= span.end), None)
        if chain is not None:
            found[name] = chain
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--part", default="development", choices=("development", "validation", "test"))
    part = options.parse_args().part
    if not gap.FOLDER.is_dir():
        print(f"skipped: GAP is not at {gap.FOLDER} (see evals/README.md)")
        return
    found = {"gap": score_gap(part), "news": score_gum("news"), "interview": score_gum("interview")}
    under = [name for name, floor in FLOORS.items() if found[name] < floor]
    if under:
        raise SystemExit(f"under the floor: {', '.join(under)}")


if __name__ == "__main__":
    main()
