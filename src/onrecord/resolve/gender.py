"""Pronouns -> the gender of those they follow; names tell nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.data import SpeakerType
from onrecord.resolve.holders import Holder

if TYPE_CHECKING:
    from onrecord.resolve.coreference import Cast

_PRONOUN = re.compile(r"\b(?:(he|him|his|himself)|(she|her|hers|herself)|(it|they)|(?<!, )(its))\b", re.IGNORECASE)


def learn_gender(cast: Cast) -> None:
    """A pronoun after the only person of a sentence, or opening the next one, tells that person's gender."""
    previous: Holder | None = None
    for span in cast.sentences:
        inside = cast.between(span.start, span.end)
        people = {id(holder): holder for _, holder in inside if holder.type in (SpeakerType.PERSON, SpeakerType.UNKNOWN)}
        only = next(iter(people.values())) if len(people) == 1 else None
        hit = _PRONOUN.search(cast.text, span.start, span.end)
        if hit and hit.start() < span.start + 4 and not (inside and inside[0][0].span.start < hit.start()):
            _vote(previous, hit)
        previous = None
        if only is not None:
            first = next(name for name, holder in inside if holder is only)
            later = _PRONOUN.search(cast.text, first.span.end, span.end)
            if later and not cast.in_quotation(later.start()):
                _vote(only, later, alone=len({id(holder) for _, holder in inside}) == 1)
            if cast.opens(first.span.start, cast.sentence(first.span.start)):
                previous = only


def _vote(holder: Holder | None, pronoun: re.Match[str], *, alone: bool = True) -> None:
    if holder is not None:
        holder.male += bool(pronoun[1])
        holder.female += bool(pronoun[2])
        holder.thing += bool(pronoun[3]) + (2 if alone else 1) * bool(pronoun[4])
