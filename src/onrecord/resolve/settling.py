"""What a name is that does not tell it itself: a person, a body, or a place that stands for its government."""

from __future__ import annotations

import re
from collections import defaultdict

from onrecord.data import Span, SpeakerType
from onrecord.resolve.holders import Holder
from onrecord.resolve.mentions import KNOWN_SURNAMES, NO_SURNAMES, PLACES, TRUSTED, singular
from onrecord.resolve.name_pieces import bare

_ADJECTIVE = re.compile(r"\b([A-Z][a-z]{2,}(?:i|n|an|ese|ish|ic)s?)\b")
_PLACED = re.compile(
    r"(?<![\w’'])(?:([\w’'-]+) )?(?:in|into|across|throughout|outside|near|(?:north|south|east|west) of) (?:the )?$", re.IGNORECASE
)
_ENDS_PLACE = re.compile(
    r"[,.;:!?)”\"]|\n|$"
    r"| (?:and|on|at|to|for|after|before|since|where|who|that|last|this|said|says|have|has|had|is|was|are|were|with|by|as)\b"
)
_STATE = re.compile(
    r"['’]s (?:\w+ )?(?:prime minister|foreign minister|president|parliament|government|army|ambassador|negotiator"
    r"|foreign ministry|defen[cs]e minister)\b"
)


def owns_a_state(text: str, end: int) -> bool:
    """Whether the name that ends there has a president, an army ... of its own: "Karsovia's foreign minister"."""
    return _STATE.match(text, end) is not None


def is_inside(text: str, span: Span) -> bool:
    """Whether something is in what is named: "in Lesk," but not "shares in Lesk" or "in Lesk boardrooms"."""
    before = _PLACED.search(text, max(0, span.start - 40), span.start)
    return before is not None and bare(before[1] or "") not in TRUSTED and _ENDS_PLACE.match(text, span.end) is not None


def adjectives(text: str) -> dict[str, set[str]]:
    """The words that may be adjectives of places, "karsovian", by their first four letters."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in {bare(hit[1]) for hit in _ADJECTIVE.finditer(text)}:
        found[word[:4]].add(word)
    return found


def settle_places(holder: Holder) -> None:
    """A name that nothing shows to be a person is a place where something is in it."""
    may_be = holder.type in (SpeakerType.PERSON, SpeakerType.UNKNOWN)
    if may_be and holder.placed and not (holder.proved or holder.by_last or holder.by_first):
        holder.type = SpeakerType.GOVERNMENT


def settle(holder: Holder, of_places: dict[str, set[str]], *, has_governor: bool) -> None:
    """Decide what a name without other evidence is: by its pronouns, and by whether it is one word."""
    human, name = holder.male + holder.female, (holder.name or "").casefold()
    doubtful = holder.by_first > 0 or holder.thing > human + 1
    if holder.type is SpeakerType.PERSON and doubtful and not (holder.proved or holder.by_last or human):
        holder.type, holder.sure = SpeakerType.ORGANISATION, True
    if name.startswith("bank of ") and has_governor:
        holder.type = SpeakerType.GOVERNMENT
    if holder.type is not SpeakerType.UNKNOWN:
        return
    if _is_place(holder, of_places) or (name in PLACES and name not in KNOWN_SURNAMES):
        holder.type = SpeakerType.GOVERNMENT
    elif name in KNOWN_SURNAMES:
        holder.type = SpeakerType.PERSON
    elif holder.thing > human or (not human and singular(bare(name)) != bare(name)):
        holder.type = SpeakerType.ORGANISATION
    elif human and holder.sure and bare(name.split(" ")[-1]) not in NO_SURNAMES:
        holder.type = SpeakerType.PERSON


def _is_place(holder: Holder, of_places: dict[str, set[str]]) -> bool:
    """Whether a lone word is a country or town: the text has its adjective, or something is in it."""
    low = bare(holder.name or "")
    if " " in low or holder.male + holder.female:
        return False
    return holder.placed > 0 or any(word != low and word.startswith(low[:-1]) for word in of_places.get(low[:4], ()))
