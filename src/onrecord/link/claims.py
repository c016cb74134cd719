"""A statement as it is compared with others: its words, who holds it, when, and what it does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.data import Spans, Stance
from onrecord.link.lexicons import words

_WORD = re.compile(r"[^\W\d_]+")
_DEMONYM = re.compile(r"an$")
_SHORT = 2
RELATIONS = 9  # that `relation` tells apart


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a comparison.

    Args:
        id: the row of the statement in its ledger.
        key: the name of the statement, the same in every ledger; of two of one day it says which counts as the earlier.
        name: of the holder, as the text has it.
        role: of the holder, as the text has it.
        is_person: whether the holder is a person.
        cue: the words that attribute it.
        place: its number among the statements of its document.
        document: the row of its document.
        words: of the content.
        holder: the same for statements of one holder; null where nobody is named.
        stance: what the holder does with the content.
        conditional: whether it holds only under a condition.
        said_on: the day of the saying, ISO 8601; null where nobody tells it.
        known_on: the day on which the document was published, or became known.
        quotations: the passages of the content that are shown as quotations.
        publisher: of its document.
        negated_cue: whether the cue itself is negated.
        places, cue_places: the passages of the content and of the cue in the text of its document.
    """

    id: int
    document: int
    words: str
    holder: str | None
    stance: Stance
    conditional: bool
    said_on: str | None
    known_on: str
    quotations: tuple[str, ...] = ()
    key: str = ""
    name: str = ""
    role: str = ""
    is_person: bool = False
    cue: str = ""
    place: int = 0
    publisher: str = ""
    negated_cue: bool = False
    places: Spans = ()
    cue_places: Spans = ()

    @property
    def day(self) -> str:
        """The day of the saying, or else of the document."""
        return self.said_on or self.known_on


def relation(earlier: Claim, later: Claim) -> int:
    """Whether one holder (0 yes, 1 no, 2 not known) said both on one day (0 yes, 1 no, 2 not known), as one number."""
    known = earlier.holder is not None and later.holder is not None
    holders = (0 if earlier.holder == later.holder else 1) if known else 2
    days = (0 if earlier.said_on[:10] == later.said_on[:10] else 1) if earlier.said_on and later.said_on else 2
    return 3 * holders + days


def are_allied(one: Claim, other: Claim) -> bool:
    """Whether the holders, known by two names, are told to be on one side: Vale and "Vale's spokeswoman", an Ossian envoy and Ossia."""
    mine, theirs = telling(one.name), telling(other.name)
    if mine & theirs and not (one.is_person and other.is_person):
        return True
    return bool(mine & _on_behalf(other) or theirs & _on_behalf(one))


def _on_behalf(claim: Claim) -> frozenset[str]:
    """Whom the role names; none where it tells of an opponent or of times gone by."""
    apart = words("apart") & {word.casefold() for word in _WORD.findall(claim.role)}
    return frozenset() if apart else telling(claim.role)


def telling(name: str) -> frozenset[str]:
    """The words of a name that tell it from others; those of Ossia and of an Ossian are one."""
    found = (word.casefold() for word in _WORD.findall(name) if word[:1].isupper())
    return frozenset(_DEMONYM.sub("a", word) for word in found if len(word) > _SHORT and word not in words("bodies"))


def in_order(one: Claim, other: Claim) -> tuple[Claim, Claim]:
    """The earlier and the later of two: by the day of the saying, then as they stand in one document, or by its day and the key."""
    if one.document == other.document:
        return (one, other) if (one.day, one.id) <= (other.day, other.id) else (other, one)
    return (one, other) if _place(one) <= _place(other) else (other, one)


def _place(claim: Claim) -> tuple[str, str, str, int]:
    return claim.day, claim.known_on, claim.key, claim.id
