"""Text -> the names in it: of people and bodies, each with the title, role and gender that its words give.

A name is a run of capitalised words. What it names is told by titles and roles before it, by what kind of word it holds
("Ministry", "University"), and by the words just after it (", who", ", 58,", "(R-Lesk)").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.data import Span, SpeakerType
from onrecord.resolve.clauses import VERBS
from onrecord.resolve.mentions import (
    ALONE,
    BODY_WORDS,
    DEPARTMENTS,
    DESCRIBED,
    FEMALE,
    GOVERNMENT,
    GOVERNMENTS,
    KEPT_TITLES,
    KNOWN_BODIES,
    MALE,
    NO_SURNAMES,
    NOT_GIVEN,
    NOT_NAMES,
    PLACES,
    RANKS,
    ROLES,
    SURELY_GOVERNMENT,
    SURELY_ORGANISATION,
    TITLES,
    is_person,
    is_role,
    singular,
)
from onrecord.resolve.name_edges import in_capitals_or_several, trimmed
from onrecord.resolve.name_pieces import STATES, Token, bare, pieces

_PARTY = re.compile(r"[RDI]-[A-Z]")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_NUMBERED = re.compile(r" (?:\d{1,3}|[IVX]+)\b(?![,.]\d| (?:people|other|members|percent|per))")
_AFTER = re.compile(
    r"(?P<age>, ?\d{2},)|(?P<who>,? who\b)|(?P<party> \((?:R|D|I)-|, [RD]-[A-Z])|(?P<which>, which\b)|(?: \((?P<short>[A-Z][\w.&-]{1,9})\))"
)
_NO_ROLE = (NOT_NAMES | VERBS | {"to"}) - {"former"}  # where a role has begun: "They met former pilot Mara Quill"
_FORMER = re.compile(r"\b[Ff]ormer $")
_BEFORE = re.compile(r"(?<![\w’'-])((?:[\w’'.&/-]+[ ]){0,6}?)([a-z][\w-]+)[ ]$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands. `words` are without title; `kind` is null where its own words do not tell."""

    span: Span
    words: tuple[str, ...]
    kind: SpeakerType | None = None
    title: str = ""
    role: str = ""
    possessive: bool = False
    sure: bool = False
    short: str = ""

    def moved(self, by: int) -> Name:
        """The same name, found in a piece of text that starts at `by`."""
        return replace(self, span=Span(self.span.start + by, self.span.end + by))

    @property
    def outer(self) -> int:
        """Where the name starts with its title and capitalised role."""
        return self.span.start if self.words and self.title == self.words[0] else self.span.start - len(self.title) - bool(self.title)

    @property
    def gender(self) -> str:
        """Either "m" or "f" where a title tells it, else ""."""
        titles = {bare(word) for word in self.title.split()}
        return "m" if titles & MALE else "f" if titles & FEMALE else ""


def names(text: str, skip: tuple[Span, ...] = ()) -> tuple[Name, ...]:
    """The names in the text, in order, but for those inside the spans to skip (headlines, where every word has a capital)."""
    found = (_named(text, piece, owns) for piece, owns in pieces(text, skip))
    return tuple(name for name in found if name is not None)


def _named(text: str, piece: list[Token], owns: bool) -> Name | None:
    if len(piece) == 1 and _NUMBERED.match(text, piece[0].end) and piece[0].low not in KNOWN_BODIES | BODY_WORDS:
        return None
    piece = trimmed(text, piece)
    if all(token.low in ALONE for token in piece):
        return None
    if not piece or len(piece) > 14 or _PARTY.match(piece[0].words) or all(len(t.low) < 2 for t in piece) or _is_office(piece):
        return None
    cut = _role_end(piece) if " ".join(token.low for token in piece) not in GOVERNMENTS else 0
    if cut:
        return _titled(text, piece, cut, owns)
    body_words = any(token.low in BODY_WORDS for token in piece)
    if is_role(piece[-1].low) and not (body_words or _person_shape(piece) or _for_a_cause(piece)):
        return None
    return _untitled(text, piece, owns)


def _is_office(piece: list[Token]) -> bool:
    """Whether the words are an office and name nobody: "Prime Minister", "Secretary of the Lesk", "LEP President"."""
    joins = [i for i, token in enumerate(piece) if token.joins]
    if joins and piece[joins[0] - 1].low in ROLES and not DEPARTMENTS & {token.low for token in piece}:
        return True
    several = len(piece) > 1
    if all(token.low in ROLES | TITLES | RANKS for token in piece) and (several or piece[0].low in ROLES):
        return True
    of_body = piece[0].low in KNOWN_BODIES | BODY_WORDS or piece[0].words.isupper()
    return several and of_body and piece[-1].low in ROLES | TITLES


def _for_a_cause(words: Sequence[Token]) -> bool:
    """Whether the name is that of people with one aim: "Farmers for Clean Rivers"."""
    return len(words) > 2 and words[1].words.startswith("for") and singular(words[0].low) != words[0].low


def _role_end(piece: list[Token]) -> int:
    """How many words stand before the name itself as title or role; 0 where none do, or none of a name is left."""
    last = len(piece) - 1
    while last > 0 and piece[last].low in _SUFFIXES:
        last -= 1
    if piece[-1].low in BODY_WORDS and piece[-1].low not in ROLES:
        return 0
    cut = 0
    for i in range(last):
        if piece[i].low in TITLES or piece[i].low in ROLES or singular(piece[i].low) in TITLES:
            cut = i + 1
            if i + 2 < last and piece[i + 1].words in ("of", "for") and piece[i + 2].low in DEPARTMENTS:
                cut = i + 3
        elif piece[i].joins and cut == i:
            return 0
    bare_title = cut and piece[cut - 1].low not in MALE | FEMALE | {"dr"}
    return 0 if bare_title and all(t.low in TITLES or t.low in ROLES for t in piece[cut:]) else cut


def _person_shape(piece: list[Token]) -> bool:
    """Two to four words such as people have, none of them the word of a body or a place."""
    words = [token for token in piece if token.words.islower() is False]
    if not 2 <= len(words) <= 5 or any(token.low in BODY_WORDS or any(c.isdigit() for c in token.words) for token in words):
        return False
    if words[-1].low in NO_SURNAMES | KNOWN_BODIES or words[0].words in STATES or any(t.joins for t in piece):
        return False
    one = singular(piece[-1].low)
    if piece[-1].words.isupper() and piece[-1].low in ROLES and not piece[0].words.isupper():
        return False  # "Lesk PM", "Brask CEO"
    if one != piece[-1].low and (one in ROLES or PLACES.get(one, ("",))[0] == "demonym"):
        return False  # "Gay Republicans", "African Americans"
    whole = " ".join(token.low for token in piece)
    return (
        PLACES.get(piece[0].low, ("", ""))[0] != "demonym"
        and not (PLACES.get(piece[-1].low, ("", ""))[0] == "demonym" and piece[0].low in NOT_GIVEN)
        and whole not in PLACES
        and whole not in KNOWN_BODIES
        and piece[0].low not in NOT_GIVEN
    )


def _titled(text: str, piece: list[Token], cut: int, owns: bool) -> Name:
    start = cut - 1 if piece[cut - 1].low in KEPT_TITLES and len(piece) - cut == 1 else cut
    title = text[piece[0].start : piece[cut - 1].end]
    span = Span(piece[start].start, piece[-1].end)
    low = piece[cut - 1].low
    role = "" if len(piece[:cut]) == 1 and low in MALE | FEMALE | {"dr", "prof"} else title
    if role and (former := _FORMER.search(text, max(0, piece[0].start - 8), piece[0].start)):
        role = f"{former[0]}{role}"
    return Name(
        span, tuple(token.words for token in piece[start:]), SpeakerType.PERSON, title, role, owns, sure=True, short=_short(text, span)
    )


def _short(text: str, span: Span) -> str:
    after = _AFTER.match(text, span.end)
    return (after["short"] or "") if after else ""


def _untitled(text: str, piece: list[Token], owns: bool) -> Name | None:
    span, words = Span(piece[0].start, piece[-1].end), tuple(token.words for token in piece)
    after = _AFTER.match(text, span.end)
    role = _role_before(text, span.start)
    whole = " ".join(token.low for token in piece)
    if whole in PLACES:
        kind = PLACES[whole][0]
        return None if kind == "demonym" else Name(span, words, SpeakerType.GOVERNMENT, possessive=owns)
    body = SpeakerType.ORGANISATION if _for_a_cause(piece) else body_kind(words)
    if body is not None and not (role and _person_shape(piece)):
        return Name(span, words, body, possessive=owns, short=(after["short"] or "") if after else "", sure=len(words) > 1)
    evidence = bool(role) or bool(after and (after["age"] or after["who"] or after["party"]))
    if after and after["which"]:
        return Name(span, words, SpeakerType.ORGANISATION, possessive=owns, sure=True)
    if evidence and (len(words) > 1 or role or (after and not after["who"])):
        return Name(span, words, SpeakerType.PERSON, role=role, possessive=owns, sure=True)
    if _person_shape(piece):
        return Name(span, words, SpeakerType.PERSON, possessive=owns)
    return Name(span, words, None, possessive=owns, short=(after["short"] or "") if after else "")


def body_kind(words: tuple[str, ...]) -> SpeakerType | None:
    """The kind of body that the words of a name tell of, if any."""
    low = [bare(word) for word in words]
    whole = " ".join(low)
    joins = [i for i, word in enumerate(words) if Token(0, 0, word).joins]
    heads = [low[joins[0] - 1]] if joins and joins[0] else []
    if whole in GOVERNMENTS or (len(words) > 1 and SURELY_GOVERNMENT & {low[0], *(heads or low[1:])}):
        return SpeakerType.GOVERNMENT
    if len(words) > 1 and SURELY_ORGANISATION & set(low):
        return SpeakerType.ORGANISATION
    if whole in KNOWN_BODIES or ("/" in words[0] and len(words) == 1):
        return SpeakerType.ORGANISATION
    if len(words) == 2 and PLACES.get(low[1], ("",))[0] == "country" and in_capitals_or_several(words[0]):
        return SpeakerType.ORGANISATION  # "LBC Lesk"
    for word in (*heads, low[-1], *low[:-1]):
        if word in BODY_WORDS:
            return SpeakerType.GOVERNMENT if word in GOVERNMENT else SpeakerType.ORGANISATION
    if len(words) == 1 and 2 <= len(words[0].replace(".", "")) <= 6 and words[0].replace(".", "").isupper():
        return SpeakerType.ORGANISATION
    return SpeakerType.ORGANISATION if low[0] in KNOWN_BODIES and len(words) < 3 else None


def _role_before(text: str, start: int) -> str:
    """The role in small letters just before a name: "campaign manager", "retired Navy general"."""
    before = _BEFORE.search(text, max(0, start - 70), start)
    if not before or not is_person(before[2]):
        return ""
    words = (before[1] + before[2]).split()
    for i in range(len(words) - 2, -1, -1):
        if bare(words[i]) in _NO_ROLE or words[i][-2:] in ("'s", "’s") or (words[i].endswith("ed") and words[i] not in DESCRIBED):
            return " ".join(words[i + 1 :])
    return " ".join(words)
