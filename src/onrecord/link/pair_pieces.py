"""Two claims -> the word pieces that the pair model sees: how they stand to each other, then what each does and says."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.tokenise import Tokeniser
from onrecord.data import Stance
from onrecord.link.claims import RELATIONS, Claim, relation

KEPT = 48  # pieces of each content
LONGEST = 2 * KEPT + 5
_CHARACTERS = 600
_STANCES = {stance: number for number, stance in enumerate(Stance)}
MARKS = RELATIONS + 2 * (len(_STANCES) + 1)


def stance_mark(stance: Stance | None, conditional: bool) -> int:
    """The mark of a stance, null where it is not known."""
    number = len(_STANCES) if stance is None else _STANCES[stance]
    return RELATIONS + 2 * number + conditional


def ids_of(tokeniser: Tokeniser, pairs: Sequence[tuple[Claim, Claim]]) -> list[list[int]]:
    """The ids of each pair, earlier first. Marks follow the vocabulary."""
    texts = [claim.words[:_CHARACTERS] for pair in pairs for claim in pair]
    encoded = [ids[:KEPT] for ids, _ in tokeniser.bare(texts)]
    return [joined(tokeniser, (one, other), (encoded[2 * n], encoded[2 * n + 1])) for n, (one, other) in enumerate(pairs)]


def joined(tokeniser: Tokeniser, pair: tuple[Claim, Claim], words: tuple[list[int], list[int]]) -> list[int]:
    """The ids of one pair whose words are pieces already."""
    first = tokeniser.size
    marks = [first + stance_mark(claim.stance, claim.conditional) for claim in pair]
    relates = first + relation(*pair)
    return [relates, marks[0], *words[0], tokeniser.end_id, marks[1], *words[1], tokeniser.end_id]
