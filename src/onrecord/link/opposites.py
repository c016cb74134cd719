"""Words that cannot both be said of one thing at one time, by their stems: `lexicon/opposites.tsv`."""

from __future__ import annotations

from functools import cache

from onrecord.link.lexicons import groups
from onrecord.link.stems import stem


def are_facing(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a stem that only one has is the opposite of a stem that only the other has."""
    opposites = _opposites()
    return any(opposites.get(word, frozenset()) & (theirs - mine) for word in mine - theirs)


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for one, other in groups("opposites"):
        for a, b in ((stem(one), stem(other)), (stem(other), stem(one))):
            found[a] = found.get(a, frozenset()) | {b}
    return found
