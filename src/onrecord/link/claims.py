"""A statement as it is compared with others: its words, who holds it, when, and what it does."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.data import Stance


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a comparison.

    Args:
        id: the row of the statement in its ledger.
        key: the name of the statement, the same in every ledger; of two of one day it says which counts as the earlier.
        document: the row of its document.
        words: of the content.
        holder: the same for statements of one holder; null where nobody is named.
        stance: what the holder does with the content.
        conditional: whether it holds only under a condition.
        said_on: the day of the saying, ISO 8601; null where nobody tells it.
        known_on: the day on which the document was published, or became known.
        quotations: the passages of the content that are shown as quotations.
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

    @property
    def day(self) -> str:
        """The day of the saying, or else of the document."""
        return self.said_on or self.known_on


def in_order(one: Claim, other: Claim) -> tuple[Claim, Claim]:
    """The earlier and the later of two: by the day of the saying, then as they stand in one document, or by its day and the key."""
    if one.document == other.document:
        return (one, other) if (one.day, one.id) <= (other.day, other.id) else (other, one)
    return (one, other) if _place(one) <= _place(other) else (other, one)


def _place(claim: Claim) -> tuple[str, str, str, int]:
    return claim.day, claim.known_on, claim.key, claim.id
