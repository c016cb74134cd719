"""Whether words are negated: "did not say", "has never ruled out", "no longer plans"."""

from __future__ import annotations

from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.words import Words

_REACH = 5
_STOPS = frozenset(".?!…;:,\"'()-\n") | {"but", "that", "because", "if", "which", "who", "and", "or"}


def negator_before(words: Words, place: int, first: int = 0, reach: int = _REACH) -> int | None:
    """The word that negates the one at `place`: the last negator before it in its clause, or None."""
    norms, known = words.norms, lexicon()
    for back in range(place - 1, max(place - 1 - reach, first - 1), -1):
        norm = norms[back]
        if norm in known.negators:
            return None if back + 1 < len(norms) and norms[back + 1] in known.not_negating else back
        if norm in _STOPS:
            return None
    return None


def negator_of_cue(words: Words, cue: tuple[range, ...]) -> int | None:
    """The word that negates a cue, inside it or right before it ("did not" + "say"); "no comment" is no negation."""
    norms, known = words.norms, lexicon()
    for place in (place for part in cue for place in part):
        if norms[place] in known.negators and not (place + 1 < len(norms) and norms[place + 1] in known.not_negating):
            return place
    if not cue or not cue[0]:
        return None
    for back in range(cue[0].start - 1, max(cue[0].start - 5, -1), -1):
        if norms[back] in ("not", "never"):
            return None if norms[back + 1] in known.not_negating else back
        if norms[back] not in lexicon().auxiliaries and norms[back] not in known.passing:
            return None
    return None
