"""Words that nobody said: "she could say ...", "if asked, he would say ...". Only plain cases are taken."""

from __future__ import annotations

from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.words import Words

_SUPPOSING = frozenset(("could", "might", "may"))
_BETWEEN = frozenset(("also", "easily", "well", "then", "just", "simply", "always", "even", "perhaps", "still"))


def is_supposed(words: Words, cue: tuple[range, ...], conditional: bool) -> bool:
    """Whether the saying itself is only supposed: a modal governs the verb of saying, and no negation stands with it."""
    if not cue or not cue[0]:
        return False
    norms, first = words.norms, max(cue[0].start - 3, 0)
    around = tuple(norm for norm in norms[first : cue[-1].stop] if norm not in _BETWEEN)
    for place, norm in enumerate(around):
        following = around[place + 1] if place + 1 < len(around) else ""
        if norm in _SUPPOSING and following in lexicon().supposed_saying:
            return True
        if (
            norm in ("could", "might", "would")
            and following == "have"
            and around[place + 2 : place + 3]
            and around[place + 2] in lexicon().supposed_said
        ):
            return True
        if norm == "would" and following in lexicon().supposed_saying and conditional:
            return True
    return False
