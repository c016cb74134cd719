"""Noun phrases without a name that stand for people or texts: "my daughter", "two officials", "the minutes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.data import Span, SpeakerType
from onrecord.resolve.mentions import (
    FEMALE_NOUNS,
    GROUPS,
    MALE_NOUNS,
    NOT_NAMES,
    NOUNS,
    QUANTIFIERS,
    SIZES,
    holder_type,
    is_person,
    singular,
)

_WORD = re.compile(r"[^\W_][\w’'-]*")
_DETERMINERS = frozenset(
    ("the", "this", "that", "these", "those", "a", "an", "my", "your", "our", "his", "her", "its", "their", "one", "every", "no")
)
_PRONOUNS = frozenset(("i", "you", "he", "she", "it", "we", "they", "who", "which"))
_LONGEST = 4  # words between a determiner and its noun
_TYPES = {"person": SpeakerType.PERSON, "group": SpeakerType.GROUP, "text": SpeakerType.DOCUMENT}


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase: where it stands, its noun in small letters, whether it stands for many, and "m" or "f" where the noun tells."""

    span: Span
    noun: str
    type: SpeakerType
    many: bool

    @property
    def gender(self) -> str:
        """Either "m" or "f", or "" where the noun does not tell."""
        return "m" if self.noun in MALE_NOUNS else "f" if self.noun in FEMALE_NOUNS else ""


def nominals(text: str, start: int, end: int) -> Iterator[Nominal]:
    """The noun phrases in text[start:end] that stand for people or texts, in order."""
    words = list(_WORD.finditer(text, start, end))
    for place, hit in enumerate(words):
        if hit[0][0].islower() and (kind := _kind(hit[0])) and not _goes_on(text, words, place):
            first = _first(text, words, place)
            if first is not None:
                noun = hit[0].casefold()
                yield Nominal(Span(words[first].start(), hit.end()), noun, kind, singular(noun) != noun or noun in GROUPS)


def _kind(noun: str) -> SpeakerType | None:
    one = singular(noun)
    found = _TYPES.get(NOUNS.get(one, "")) or (SpeakerType.PERSON if is_person(one) else None)
    if found is SpeakerType.PERSON and one != noun:
        return SpeakerType.GROUP
    return found or (SpeakerType.DOCUMENT if holder_type(noun) is SpeakerType.DOCUMENT else None)


def _goes_on(text: str, words: list[re.Match[str]], place: int) -> bool:
    """Whether the next word is a noun of the same phrase: "the engineer corps"."""
    if place + 1 == len(words) or text[words[place].end() : words[place + 1].start()] != " ":
        return False
    return words[place + 1][0][0].islower() and _kind(words[place + 1][0]) is not None


def _first(text: str, words: list[re.Match[str]], place: int) -> int | None:
    """The word with which the phrase begins: its determiner, its owner or its number."""
    number: int | None = None
    for at in range(place - 1, max(-1, place - _LONGEST - 1), -1):
        low = words[at][0].casefold()
        if text[words[at].end() : words[at + 1].start()] not in (" ", " “", " ‘", ' "') or low in _PRONOUNS:
            return number
        if number is not None and low == "that":  # "said that two officials"
            return number
        if low in _DETERMINERS or words[at][0].endswith(("’s", "'s", "s’", "s'")):
            return at
        if low in QUANTIFIERS or low in SIZES or low[0].isdigit():
            number = at
        elif number is not None or low in NOT_NAMES:
            return number
    return number
