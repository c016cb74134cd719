"""GAP (Webster et al., 2018, "Mind the GAP", TACL 6): texts with a pronoun and two names, each marked as the person meant or not.

The figures are those of GAP's own scorer: F1 over the names (overall, of masculine and of feminine pronouns) and their quotient
(bias, feminine by masculine).
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gold import SHARED
from onrecord.data import Span

FOLDER = SHARED / "data/coreference/gap"
_LOST = re.compile(r"(?<=[\w*])\*|\*(?=[\w*])")  # an asterisk stands for each letter that is not ASCII


@dataclass(frozen=True, slots=True)
class Case:
    """A pronoun in a text, and two names: for each whether it is the person meant."""

    text: str
    pronoun: Span
    word: str
    names: tuple[Span, Span]
    meant: tuple[bool, bool]

    @property
    def gender(self) -> str:
        """Either "m" (he, him, his) or "f"."""
        return "m" if self.word in ("he", "him", "his") else "f"


def cases(part: str) -> Iterator[Case]:
    """The cases of one part: development, validation or test. Typewriter quotation marks are made those of news, of equal length."""
    with gzip.open(FOLDER / f"gap-{part}.tsv.gz", "rt", encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Case(
                _LOST.sub("e", row["Text"].replace("``", ' "').replace("''", '" ')),
                _span(row["Pronoun"], row["Pronoun-offset"]),
                row["Pronoun"].lower(),
                (_span(row["A"], row["A-offset"]), _span(row["B"], row["B-offset"])),
                (row["A-coref"] == "TRUE", row["B-coref"] == "TRUE"),
            )


def _span(words: str, offset: str) -> Span:
    return Span(int(offset), int(offset) + len(words))


def covered(mentions: list[Span], names: tuple[Span, Span]) -> tuple[bool, bool]:
    """For each of the two names whether one of the mentions touches it."""
    a, b = (any(one.start < name.end and name.start < one.end for one in mentions) for name in names)
    return a, b


def f1(counts: Counter[tuple[bool, bool]]) -> float:
    """F1 in hundredths of counts of (meant, answered)."""
    wrong = counts[True, False] + counts[False, True]
    return 200 * counts[True, True] / max(1, 2 * counts[True, True] + wrong)
