"""What stands at the edges of a run of capitalised words and is no part of the name: "Citing Mara Quill", "The Mara Quill Show"."""

from __future__ import annotations

import re

from onrecord.resolve.mentions import (
    BODY_WORDS,
    ING_NAMES,
    KNOWN_BODIES,
    OF_AGE,
    PLACES,
    PROGRAMMES,
    RANKS,
    ROLES,
    TITLES,
    is_person,
    singular,
)
from onrecord.resolve.name_pieces import Token, bare
from onrecord.resolve.person_names import is_given_name

_PARTICIPLE = re.compile(r"[A-Z][a-z]{3,}(?:ing|ed)$")
_COMPOUND = re.compile(r"-(?:style|type|majority|[a-z]{2,}ed|born|run|led|held|era|based)$")
_OPENS = re.compile(r"(?:^|[.!?:;…\n][\"'”’)\]]*\s*|[“‘\"(*•–—-]\s?)$")
_ADJECTIVE = re.compile(r"(?:ful|ous|less|ive|ant|ent|ish|able|ible|ic|time|ed|ing|ical)$")
_LOOK_BACK = 6
_KINDS = frozenset(("pac", "ngo"))


def trimmed(text: str, piece: list[Token]) -> list[Token]:
    """The words less those that stand with a name and are no part of it: "SHOCKED Mara Quill", "Citing Quill", "The Mara Quill Show"."""
    while piece and piece[-1].joins:
        piece = piece[:-1]
    if len(piece) == 1 and _is_noun(piece[0].words):
        return []
    if " ".join(token.low for token in piece) not in PLACES:
        piece = piece[_described(text, piece) :]
    if len(piece) > 2 and (piece[-1].low in PROGRAMMES or _shouted_verb(piece)):
        piece = piece[:-1]
    stranger = len(piece) == 2 and PLACES.get(piece[1].low, ("",))[0] == "country" and not _before_country(piece[0])
    return piece[1:] if stranger or (len(piece) == 2 and piece[0].low in OF_AGE) else piece


def _described(text: str, piece: list[Token]) -> int:
    """How many words tell of whoever is named after them: "SHOCKED Quill", "Citing Quill", "North Lesk-born Quill", "PAC Brighter Lesk"."""
    compounds = [place for place, token in enumerate(piece[:-1]) if "-of-" in token.words or _is_compound(token)]
    if compounds:
        return compounds[-1] + 1
    if len(piece) < 2:
        return 0
    first = piece[0]
    shouted = len(first.words) > 3 and first.words.isalpha() and first.words.isupper() and not piece[1].words.isupper()
    if shouted or (len(piece) > 2 and first.low in _KINDS):
        return 1
    if len(piece) > 2 and _ADJECTIVE.search(first.words) and is_given_name(piece[1].words) and not _may_be_name(first):
        return 1
    known = first.low in ING_NAMES or first.low in PLACES or f"{first.low} {piece[1].low}" in KNOWN_BODIES
    opens = _OPENS.search(text, max(0, first.start - _LOOK_BACK), first.start)
    return int(bool(_PARTICIPLE.match(first.words) and opens and not known))


def _may_be_name(token: Token) -> bool:
    """Whether a word that ends as adjectives do is a given name or a title: "Vincent", "Representative"."""
    return is_given_name(token.words) or token.low in ROLES | TITLES | RANKS


def _shouted_verb(piece: list[Token]) -> bool:
    """Whether a headline's verb in capitals stands behind a name: "Mara Quill SLAMMED"."""
    last = piece[-1].words
    return len(last) > 4 and last.isupper() and last.endswith(("ED", "S", "ING")) and not any(one.words.isupper() for one in piece[:-1])


def _is_compound(token: Token) -> bool:
    """Whether the word is made of a name and of what it is to somebody: "Lesk-based", "Quill-backed"."""
    return _COMPOUND.search(token.words) is not None and token.low.rsplit("-", 1)[1] not in ING_NAMES


def _is_noun(word: str) -> bool:
    """Whether a lone word is a common noun that opens its sentence: "Census-taker", "Runner-up"."""
    last = word.rsplit("-", 1)[1] if "-" in word else ""
    return last.islower() and (is_person(last) or last in ("up", "by", "in", "out"))


def _before_country(token: Token) -> bool:
    """Whether a word before a country's name may belong to the name: "North Lesk", "Kate Lesk", "Union Lesk", "Priorities Lesk"."""
    low = token.low
    return (
        low in TITLES
        or low in ROLES
        or is_given_name(low)
        or low in ("new", "north", "south", "west", "east", "great", "saudi")
        or low in BODY_WORDS | KNOWN_BODIES
        or in_capitals_or_several(token.words)
    )


def in_capitals_or_several(word: str) -> bool:
    """Whether the word is no given name: "LBC", "Priorities"."""
    return (word.isupper() and len(bare(word)) > 1) or singular(bare(word)) != bare(word)
