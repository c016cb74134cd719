"""A person or body of one document, and how the forms of its name are compared.

Gender is taken from titles, from nouns such as "spokeswoman" and from pronouns in the text, never from names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.data import Span, SpeakerType
from onrecord.resolve.mentions import BODY_WORDS, KNOWN_BODIES, OUTLETS, PLACES, head, is_role, singular
from onrecord.resolve.name_pieces import bare
from onrecord.resolve.names import Name
from onrecord.resolve.person_names import is_given_name

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
LONG_FORM = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "gen": "general",
    "col": "colonel",
    "prof": "professor",
    "pres": "president",
    "dr": "doctor",
    "congressman": "representative",
    "congresswoman": "representative",
    "lt": "lieutenant",
    "cllr": "councillor",
    "advisor": "adviser",
}
ADJECTIVES = (["democratic"], ["national"], ["federal"], ["international"], ["royal"])
SMALL = frozenset(("of", "the", "for", "at", "in", "a", "an", "and", "to", "on", "s"))


@dataclass(eq=False, slots=True)
class Holder:
    """A person, body or unnamed holder of one document. Two are the same only when they are one object."""

    name: str | None
    type: SpeakerType
    named: bool = True
    roles: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    male: int = 0
    female: int = 0
    thing: int = 0
    placed: int = 0
    sure: bool = False
    proved: bool = False
    by_first: int = 0
    by_last: int = 0
    full: int = 0
    order: int = 0
    last: int = -1

    @property
    def gender(self) -> str:
        """Either "m" or "f", or "" where the text does not tell."""
        return "m" if self.male > self.female else "f" if self.female > self.male else ""

    @property
    def tokens(self) -> list[str]:
        """The words of the name, to compare by."""
        return [bare(word) for word in (self.name or "").split()]


def role_words(words: str) -> frozenset[str]:
    """The words of a role, to compare by: "Sen." is "senator"."""
    low = (bare(word.strip(",;()")) for word in re.split(r"[\s-]+", words.replace("’s", "").replace("'s", "")))
    return frozenset(LONG_FORM.get(word, word) for word in low if word and word not in SMALL)


def one_letter_away(a: str, b: str) -> bool:
    """Whether one letter is other, missing or in its neighbour's place."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    if len(a) == len(b) and (swapped := [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y])[1:]:
        first, *rest = swapped
        return rest == [first + 1] and a[first] == b[first + 1] and a[first + 1] == b[first]
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def bare_words(name: Name) -> list[str]:
    words = [bare(word) for word in name.words]
    return [word for word in words if word not in SUFFIXES] or words


def shown(words: Iterable[str]) -> str:
    """A name as it is printed: one written in capitals gets small letters."""
    words = tuple(words)
    capitals = len(words) > 1 and all(word.isupper() for word in words)
    return " ".join(word.title() if capitals and "." not in word and len(word) > 2 else word for word in words)


def same_person(mine: list[str], theirs: list[str]) -> bool:
    """Same surname and first names that can be one: equal, an initial, or one of the middle names left out."""
    if mine[-1] != theirs[-1] or len(theirs) < 2:
        return False
    a, b = mine[0], theirs[0]
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) or mine == theirs[-len(mine) :] or theirs == mine[-len(theirs) :]


def part_of_body(mine: list[str], theirs: list[str]) -> bool:
    """Whether one name ends the other: a "Supreme Court" and the "Highland Supreme Court" are one body in one document."""
    short, long = sorted((mine, theirs), key=len)
    return long[-len(short) :] == short


def short_of(low: list[str], holder: Holder, *, titled: bool) -> bool:
    """Whether the words can stand for the holder's whole name."""
    tokens = [word for word in holder.tokens if word not in SUFFIXES]
    if holder.type is SpeakerType.PERSON:
        return tokens[-len(low) :] == low or (
            len(low) == 1
            and ((low[0] in tokens[1:] and low[0] not in PLACES) or (low[0] == tokens[0] and not titled) or low[0] in tokens[-1].split("-"))
        )
    if len(low) == 1 and (PLACES.get(low[0], ("", ""))[1] or low[0] in KNOWN_BODIES - OUTLETS):
        return tokens == low
    if len(low) == 1 and len(tokens) > 1 and (PLACES.get(low[0], ("",))[0] == "demonym" or singular(low[0]) in BODY_WORDS - {low[0]}):
        return False  # "European" is not the European Union, "airlines" are not Lesk Airlines
    if len(tokens) > 1 and tokens[-1] in OUTLETS and low == tokens[:1] and low[0] not in KNOWN_BODIES:
        return False  # "Lesk" is not the Lesk Tribune
    if low in ADJECTIVES and tokens != low:
        return False  # "Democratic calls" are not by the Democratic Party
    if titled:
        return tokens == low or (holder.type is SpeakerType.UNKNOWN and tokens[-1] == low[-1])
    if (len(low) == 1 and low[0] in PLACES) or (holder.name or "").casefold() in PLACES:
        return tokens == low
    return tokens[: len(low)] == low or tokens[-len(low) :] == low or (len(low) == 1 and low[0] not in tokens)


def goes_by(low: list[str], holder: Holder) -> bool:
    """Whether the text may call the holder by the first word alone: "Brask" of Brask Works, not of what it sells, "Brask Duo"."""
    if len(low) != 1 or len(holder.tokens) < 2 or low[0] != holder.tokens[0]:
        return True
    told = holder.proved or holder.by_last or holder.male + holder.female
    return bool(told or is_given_name(low[0]) or BODY_WORDS & set(holder.tokens[1:]))


def same_office(one: str, other: str) -> bool:
    """Whether two roles are led by the same noun: "Gov." and "governor of Lesk"."""
    a, b = (LONG_FORM.get(bare(head(role)), bare(head(role))) for role in (one, other))
    return a == b


def a_plural(holder: Holder | None, word: str) -> bool:
    """Whether a lone word such as "Highlanders" is a plural, not a surname or the name of a firm."""
    one = singular(word.casefold())
    if holder is None or is_role(one) or PLACES.get(one, ("",))[0] == "demonym":
        return True
    return holder.type is not SpeakerType.PERSON and len(holder.tokens) == 1 and not holder.roles and word.casefold() not in KNOWN_BODIES


def is_body(holder: Holder) -> bool:
    """Whether the holder is an organisation or a part of government."""
    return holder.type in (SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT)
