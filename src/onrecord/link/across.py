"""Claims of a ledger, two by two -> the links between them: what a pair's words and the pair model say, read with who said it and when.

- One holder who says the same on one day repeats himself, or is told again by another outlet; on another day that is no link. So it is
  where a body and somebody who may speak for it say the same.
- One holder whose later words, or those of who speaks for him, cannot stand beside his earlier ones revises them.
- Two holders whose words cannot both hold contradict each other, and who denies what another said denies it. Agreement is told only
  where the article itself tells it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.data import Basis, LinkType, Spans, Stance, Variant
from onrecord.link.claims import Claim, are_allied
from onrecord.link.pair_signs import Floats
from onrecord.link.stems import figures_of, stem, stems_of
from onrecord.link.wording import quotations_again, words_of

AGAIN = {Variant.IDENTICAL: 0.97, Variant.CUT: 0.93, Variant.ALTERED: 0.8}  # how surely one holder's like quotations are one utterance
RARER_OF_TWO = 0.9  # log odds: two holders contradict each other less often than a pair of theirs looks opposed (on the held affairs)
SILENT = frozenset({Stance.DECLINES, Stance.ASKS})
_TOLD_SHARED = 3


class Found(NamedTuple):
    """A link from the later or the answering claim to the other; `evidence` are the words in the document of the source that say so."""

    type: LinkType
    source: Claim
    target: Claim
    probability: float
    variant: Variant | None
    why: str
    basis: Basis = Basis.INFERRED
    evidence: Spans = ()


def across(pairs: Sequence[tuple[Claim, Claim]], chances: Floats) -> Iterator[Found]:
    """The likeliest link of each pair, earlier claim first, however unlikely; none where no kind of link can hold.

    Args:
        pairs: claims, the earlier of each pair first.
        chances: (N, 3) of the pair model: nothing, the same, opposed.
    """
    for (earlier, later), (_, same, opposed) in zip(pairs, chances, strict=True):
        if earlier.holder is not None and earlier.holder == later.holder:
            found = _of_one_holder(earlier, later, float(same), float(opposed))
        else:
            found = _of_two_holders(earlier, later, float(same), float(opposed))
        if found is not None:
            yield found


def _of_one_holder(earlier: Claim, later: Claim, same: float, opposed: float) -> Found | None:
    again = quotations_again(earlier.quotations, later.quotations)
    if again is not None and (again is not Variant.ALTERED or same >= opposed):
        why = "The same speaker's same quoted words." if again is Variant.IDENTICAL else "The same speaker's quoted words, told otherwise."
        return Found(LinkType.REPEATS, later, earlier, max(AGAIN[again], same), again, why)
    if same >= opposed:
        if _other_day(earlier, later):
            return None
        return Found(LinkType.REPEATS, later, earlier, same, Variant.PARAPHRASE, _why("The same speaker says the same", earlier, later))
    if earlier.day[:10] >= later.day[:10]:
        return None
    return Found(LinkType.REVISES, later, earlier, opposed, None, _why("The same speaker takes another position later", earlier, later))


def _of_two_holders(earlier: Claim, later: Claim, same: float, opposed: float) -> Found | None:
    if SILENT & {earlier.stance, later.stance}:
        return None
    one_side = earlier.holder is not None and later.holder is not None and are_allied(earlier, later)
    if same >= opposed:
        if not (one_side or _may_be_one(earlier, later)) or _other_day(earlier, later):
            return None  # who only says the like need not agree: of fifteen such links one was right
        why = _why("Who may speak for the other says the same", earlier, later)
        return Found(LinkType.REPEATS, later, earlier, same, Variant.PARAPHRASE, why)
    if one_side and earlier.day[:10] < later.day[:10]:
        why = _why("The same side takes another position later", earlier, later)
        return Found(LinkType.REVISES, later, earlier, opposed, None, why)
    opposed = _less(opposed, RARER_OF_TWO)
    if later.stance is Stance.DENIES and earlier.stance is not Stance.DENIES:
        return Found(LinkType.DENIES, later, earlier, opposed, None, _why("It says no to what the other says", earlier, later))
    if earlier.stance is Stance.DENIES and later.stance is not Stance.DENIES and not _other_day(earlier, later):
        return Found(LinkType.DENIES, earlier, later, opposed, None, _why("It says no to what the other says", earlier, later))
    return Found(LinkType.CONTRADICTS, later, earlier, opposed, None, _why("Both cannot hold", earlier, later))


def _less(chance: float, log_odds: float) -> float:
    return chance / (chance + (1 - chance) * math.exp(log_odds))


def _may_be_one(earlier: Claim, later: Claim) -> bool:
    """Whether a body and a person, or two names of bodies, tell of one day: where they say the same they are mostly one holder."""
    if earlier.holder is None or later.holder is None or (earlier.is_person and later.is_person):
        return False
    return bool(earlier.said_on and later.said_on)


def _other_day(earlier: Claim, later: Claim) -> bool:
    """Whether both days are known, and differ at the precision that both have."""
    if not earlier.said_on or not later.said_on:
        return False
    first, second = earlier.said_on[:10], later.said_on[:10]
    return not (first.startswith(second) or second.startswith(first))


def _why(says: str, earlier: Claim, later: Claim) -> str:
    """The reason in words: the kind, the words that both share, the figures in which they differ, the stances."""
    stems = stems_of(earlier.words) & stems_of(later.words)
    shared = {stem(word): word for word in reversed(words_of(later.words)) if stem(word) in stems}
    told = sorted(shared.values(), key=lambda word: (-len(word), word))[:_TOLD_SHARED]
    parts = [f"{says} ({', '.join(told)})" if told else says]
    figures = figures_of(earlier.words) ^ figures_of(later.words)
    if figures and figures_of(earlier.words) and figures_of(later.words):
        parts.append(f"figures differ: {', '.join(sorted(figures)[:4])}")
    if earlier.stance is not later.stance:
        parts.append(f"{_spoken(earlier.stance)}, then {_spoken(later.stance)}")
    return "; ".join(parts) + "."


def _spoken(stance: Stance) -> str:
    return stance.replace("_", " ")
