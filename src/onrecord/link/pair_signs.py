"""Two claims -> the signs that the pair model sees: likeness, what is left over, negation, figures, opposites, who, when, how."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.meaning import LENGTH, Meaning
from onrecord.data import Stance, Variant
from onrecord.link.claims import RELATIONS, Claim, relation
from onrecord.link.lexicons import phrases, words
from onrecord.link.opposites import are_facing
from onrecord.link.stems import figures_of, stem, stems_of
from onrecord.link.wording import quotations_again, words_of

Floats = NDArray[np.float32]

_STANCES = tuple(Stance)
_TAKING = frozenset({Stance.COMMITS, Stance.LEAVES_OPEN, Stance.PREDICTS, Stance.SUPPORTS, Stance.DEMANDS})
_LONGEST = 120  # words of a claim that are looked at
_WEEK = 7.0
CUES = ("deny", "agree", "confirm", "retract", "falsity")
NAMES = (
    *("cosine", "shared of shorter", "shared of longer", "shared", "leftovers alike", "left of earlier", "left of later"),
    *(
        "one negated",
        "both negated",
        "figures differ",
        "figures shared",
        "figures in one",
        "opposite words",
        "names shared",
        "names differ",
    ),
    *("identical", "cut", "altered", "length ratio", "length", "same stance", "one refuses", "one denies", "conditions differ"),
    *("one document", "days apart", "statements apart", "next to each other"),
    *(f"{which} cue: {label}" for which in ("earlier", "later") for label in CUES),
    *("later names holder", "earlier names holder"),
    *(f"holder {holder}, day {day}" for holder in ("same", "other", "unknown") for day in ("same", "other", "unknown")),
    *(f"earlier {stance}" for stance in Stance),
    *(f"later {stance}" for stance in Stance),
)


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a claim, as far as they are looked at, and what is made of them once, however many pairs they are in."""

    text: str
    words: Sequence[tuple[str, str]]  # each with its stem
    stems: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]
    negated: bool

    def left(self, other: frozenset[str]) -> str:
        """The words whose stems the other has not."""
        return " ".join(word for word, its in self.words if its not in other)


def signs(pairs: Sequence[tuple[Claim, Claim]], meaning: Meaning) -> Floats:
    """(N, len(NAMES)): the signs of each pair, the earlier claim first."""
    if not pairs:
        return np.zeros((0, len(NAMES)), np.float32)
    read = {words: _read(words) for words in dict.fromkeys(claim.words for pair in pairs for claim in pair)}
    cut = [(read[earlier.words], read[later.words]) for earlier, later in pairs]
    texts = [text for one, other in cut for text in (one.text, other.text, one.left(other.stems), other.left(one.stems))]
    known = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    places = (meaning.vectors(list(known)).astype(np.float32) / LENGTH)[[known[text] for text in texts]]
    rows = []
    for number, pair in enumerate(pairs):
        first, second, first_left, second_left = places[4 * number : 4 * number + 4]
        of_words = _of_words(*cut[number], float(first_left @ second_left))
        rows.append([float(first @ second), *of_words, *_of_claims(*pair)])
    return np.array(rows, np.float32)


def _read(given: str) -> _Text:
    text = " ".join(given.split()[:_LONGEST])
    told = words_of(text)
    stems, names = stems_of(text), _names(text)
    return _Text(text, [(word, stem(word)) for word in told], stems, figures_of(text), names, not words("negation").isdisjoint(told))


def _of_words(first: _Text, second: _Text, alike: float) -> list[float]:
    mine, theirs = first.stems, second.stems
    shared, sizes = len(mine & theirs), sorted((max(len(mine), 1), max(len(theirs), 1)))
    both, in_both = bool(first.figures) and bool(second.figures), bool(first.figures & second.figures)
    named = bool(first.names & second.names)
    return [
        *(
            shared / sizes[0],
            shared / sizes[1],
            math.log1p(shared),
            alike,
            1 - shared / max(len(mine), 1),
            1 - shared / max(len(theirs), 1),
        ),
        *(float(first.negated != second.negated), float(first.negated and second.negated)),
        *(float(both and not in_both), float(in_both), float(bool(first.figures) != bool(second.figures))),
        *(float(are_facing(mine, theirs)), float(named), float(bool(first.names) and bool(second.names) and not named)),
    ]


def _names(text: str) -> frozenset[str]:
    """The words with a capital that do not open the text."""
    return frozenset(word.strip(".,;:'’\"“”()").casefold() for word in text.split()[1:] if word[:1].isupper())


def _of_claims(earlier: Claim, later: Claim) -> list[float]:
    again = quotations_again(earlier.quotations, later.quotations)
    lengths = sorted((len(earlier.words.split()), len(later.words.split())))
    stances = {earlier.stance, later.stance}
    related = [0.0] * RELATIONS
    related[relation(earlier, later)] = 1.0
    return [
        *(float(again is kind) for kind in (Variant.IDENTICAL, Variant.CUT, Variant.ALTERED)),
        *(lengths[0] / max(lengths[1], 1), math.log1p(lengths[0])),
        *(float(len(stances) == 1), float(Stance.REFUSES in stances and bool(stances & _TAKING)), float(_denies_alone(stances))),
        *(float(earlier.conditional != later.conditional), float(earlier.document == later.document), _apart(earlier, later)),
        *_beside(earlier, later),
        *(*_of_cue(earlier.cue), *_of_cue(later.cue)),
        *(float(_names_holder(later, earlier)), float(_names_holder(earlier, later))),
        *related,
        *(float(earlier.stance is one) for one in _STANCES),
        *(float(later.stance is one) for one in _STANCES),
    ]


def _beside(earlier: Claim, later: Claim) -> tuple[float, float]:
    """How near the two stand in one document, 0 where they do not, and whether they are neighbours."""
    if earlier.document != later.document:
        return 0.0, 0.0
    gap = abs(earlier.place - later.place)
    return 1 / (1 + gap), float(gap == 1)


@lru_cache(maxsize=10_000)
def _of_cue(cue: str) -> tuple[float, ...]:
    return tuple(float(phrases("cues", label).search(cue) is not None) for label in CUES)


def _names_holder(one: Claim, other: Claim) -> bool:
    """Whether the words of one have the last word of the name of who holds the other."""
    named = [word for word in other.name.split() if word[:1].isupper()]
    return bool(named) and named[-1].casefold() in _bare(one.words)


@lru_cache(maxsize=10_000)
def _bare(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("'s") for word in words_of(text))


def _denies_alone(stances: set[Stance]) -> bool:
    return Stance.DENIES in stances and len(stances) == 2


def _apart(earlier: Claim, later: Claim) -> float:
    """How far apart the days are, from 0 to 1, a week being a half."""
    try:
        gap = abs(np.datetime64(later.day[:10]) - np.datetime64(earlier.day[:10])).astype("timedelta64[D]").astype(int)
    except ValueError:
        return 0.5
    return float(gap / (gap + _WEEK))
