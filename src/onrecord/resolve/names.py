"""Text -> the names in it: of people and bodies, each with the title, role and gender that its words give.

A name is a run of capitalised words. What it names is told by titles and roles before it, by what kind of word it holds
("Ministry", "University"), and by the words just after it (", who", ", 58,", "(R-Lesk)").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.data import Span, SpeakerType
from onrecord.resolve.mentions import (
    BODY_WORDS,
    FEMALE,
    GOVERNMENT,
    GOVERNMENTS,
    KEPT_TITLES,
    KNOWN_BODIES,
    MALE,
    NOT_NAMES,
    PLACES,
    ROLES,
    SURELY_GOVERNMENT,
    SURELY_ORGANISATION,
    TITLES,
    is_role,
    singular,
)

_UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x250)) if c.isupper())
_ABBREVIATION = "Mr|Mrs|Ms|Dr|Sen|Sens|Gov|Rep|Reps|Gen|Lt|Col|Sgt|Capt|Prof|Rev|St|Jr|Sr|Maj|Adm|Cmdr|Hon|Pres|Supt|Det|Insp|Cllr"
_ABBREVIATION += "|Brig|Cpl|Inc|Corp|Ltd|Co"
_WORD = rf"(?:(?:[{_UPPER}]\.){{1,4}}(?!\w)|(?:{_ABBREVIATION})\.|(?:al|el|d)[-’'][{_UPPER}]\w+|[{_UPPER}]\w*(?:[-’'&/][\w]+)*)"
_PARTICLE = "de la|de|del|della|da|dos|di|du|van der|van den|van de|van|von|der|den|bin|ibn|ter|ten|la|le|y"
_JOIN = "of|for|on|and|to|&"
_RUN = re.compile(
    rf"(?<![\w’'-]){_WORD}(?:[ \u00a0](?:(?:{_PARTICLE})[ ]|(?:{_JOIN})[ ](?:the[ ]|a[ ])?)?{_WORD}|['’][ ](?=[{_UPPER}]\w+[ ,.]){_WORD})*"
)
_PART = re.compile(rf"{_WORD}|(?:{_PARTICLE})(?=[ ])|(?:{_JOIN})(?:[ ](?:the|a))?(?=[ ])")
_JOINS = frozenset(_JOIN.split("|"))
_PARTY = re.compile(r"[RDI]-[A-Z]")
_DESCRIBES = re.compile(r"(?!Ahmed|Mohamed|Mohammed|Muhammed|Alfred|Wilfred|Winifred|Manfred|Creed)[A-Z][a-z]{3,}(?:ing|ed)$")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_OFFICES = frozenset(
    (
        "state",
        "defense",
        "defence",
        "commerce",
        "energy",
        "education",
        "labor",
        "labour",
        "agriculture",
        "transportation",
        "health",
        "interior",
        "treasury",
        "justice",
        "veterans",
    )
)
_AFTER = re.compile(
    r"(?P<age>, ?\d{2},)|(?P<who>,? who\b)|(?P<party> \((?:R|D|I)-|, [RD]-[A-Z])|(?P<which>, which\b)|(?: \((?P<short>[A-Z][\w.&-]{1,9})\))"
)
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


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    words: str

    @property
    def low(self) -> str:
        return bare(self.words)


@lru_cache(maxsize=1 << 14)
def bare(word: str) -> str:
    """A word to compare by: lower case, no full stops, straight apostrophes."""
    return word.replace(".", "").replace("’", "'").casefold()


def names(text: str, skip: tuple[Span, ...] = ()) -> tuple[Name, ...]:
    """The names in the text, in order, but for those inside the spans to skip (headlines, where every word has a capital)."""
    starts = [span.start for span in skip]
    found = []
    for run in _RUN.finditer(text):
        at = bisect_right(starts, run.start()) - 1
        if at < 0 or run.start() >= skip[at].end:
            found += [name for piece, owns in _pieces(_tokens(run)) if (name := _named(text, piece, owns))]
    return tuple(found)


def _tokens(run: re.Match[str]) -> list[_Token]:
    return [_Token(run.start() + part.start(), run.start() + part.end(), part.group()) for part in _PART.finditer(run.group())]


def _pieces(tokens: list[_Token]) -> Iterator[tuple[list[_Token], bool]]:
    """The run cut where one name ends and the next begins; the flag says that a piece owns what follows."""
    piece: list[_Token] = []
    for token in tokens:
        if token.words.split(" ")[0] in _JOINS:
            if piece and len(piece) < 16 and _goes_on(piece, token):
                piece.append(token)
                continue
            yield piece, False
            piece = []
        elif (
            not (len(token.words) == 2 and token.words[1] == ".")
            and (token.low if token.low[-2:] != "'s" else token.low[:-2]).split("'")[0] in NOT_NAMES
            and not (piece and token.low in ("will", "may", "march", "june", "april", "august", "first", "state", "jan"))
        ):
            yield piece, False
            piece = []
        elif token.words[-2:] in ("'s", "’s"):
            yield [*piece, _Token(token.start, token.end - 2, token.words[:-2])], True
            piece = []
        else:
            piece.append(token)
    yield piece, False


def _goes_on(piece: list[_Token], join: _Token) -> bool:
    """Whether "of", "for", "and" belongs to the name: "Office of ...", "Secretary of ...", "Office of Rivers and ..."."""
    low = piece[-1].low
    joined = any(token.words.split(" ")[0] in _JOINS for token in piece)
    if join.words.startswith("and"):
        return joined and any(token.low in BODY_WORDS for token in piece)
    if join.words == "&":
        return True
    if join.words == "for" and len(piece) == 1 and singular(low) != low:
        return True
    return low in BODY_WORDS or (low in ROLES and join.words.startswith("of")) or (joined and any(t.low in BODY_WORDS for t in piece))


def _named(text: str, piece: list[_Token], owns: bool) -> Name | None:
    while piece and piece[-1].words.split(" ")[0] in _JOINS:
        piece = piece[:-1]
    if len(piece) > 1 and len(piece[0].words) > 3 and piece[0].words.isupper() and not piece[1].words.isupper():
        piece = piece[1:]
    if not piece or len(piece) > 14 or _PARTY.match(piece[0].words) or all(len(t.low) < 2 for t in piece):
        return None
    joins = [i for i, token in enumerate(piece) if token.words.split(" ")[0] in _JOINS]
    if joins and piece[joins[0] - 1].low in ROLES and not _OFFICES & {t.low for t in piece}:
        return None
    if len(piece) > 1 and _DESCRIBES.match(piece[0].words):
        piece = piece[1:]
    if len(piece) == 2 and PLACES.get(piece[1].low, ("",))[0] == "country" and not _person_first(piece[0].low):
        piece = piece[1:]
    cut = _role_end(piece)
    if cut:
        return _titled(text, piece, cut, owns)
    if is_role(piece[-1].low) and (len(piece) > 1 or piece[0].low in ROLES) and not _person_shape(piece):
        return None
    return _untitled(text, piece, owns)


def _person_first(low: str) -> bool:
    """Whether a word before a country's name may belong to it."""
    return low in TITLES or low in ROLES or low in ("new", "north", "south", "west", "east", "great", "saudi")


def _role_end(piece: list[_Token]) -> int:
    """How many words stand before the name itself as title or role; 0 where none do, or none of a name is left."""
    last = len(piece) - 1
    while last > 0 and piece[last].low in _SUFFIXES:
        last -= 1
    if piece[-1].low in BODY_WORDS and piece[-1].low not in ROLES:
        return 0
    cut = 0
    for i in range(last):
        if piece[i].low in TITLES or piece[i].low in ROLES:
            cut = i + 1
            if i + 2 < last and piece[i + 1].words == "of" and piece[i + 2].low in _OFFICES:
                cut = i + 3
        elif piece[i].words.split(" ")[0] in _JOINS and cut == i:
            return 0
    bare_title = cut and piece[cut - 1].low not in MALE | FEMALE | {"dr"}
    return 0 if bare_title and all(t.low in TITLES or t.low in ROLES for t in piece[cut:]) else cut


def _person_shape(piece: list[_Token]) -> bool:
    """Two to four words such as people have, none of them the word of a body or a place."""
    words = [token for token in piece if token.words.islower() is False]
    if not 2 <= len(words) <= 5 or any(token.low in BODY_WORDS or any(c.isdigit() for c in token.words) for token in words):
        return False
    whole = " ".join(token.low for token in piece)
    return (
        PLACES.get(piece[0].low, ("", ""))[0] != "demonym"
        and whole not in PLACES
        and whole not in KNOWN_BODIES
        and piece[0].low not in ("new", "united", "great", "white", "social")
    )


def _titled(text: str, piece: list[_Token], cut: int, owns: bool) -> Name:
    start = cut - 1 if piece[cut - 1].low in KEPT_TITLES and len(piece) - cut == 1 else cut
    title = text[piece[0].start : piece[cut - 1].end]
    span = Span(piece[start].start, piece[-1].end)
    low = piece[cut - 1].low
    role = "" if len(piece[:cut]) == 1 and low in MALE | FEMALE | {"dr", "prof"} else title
    return Name(
        span, tuple(token.words for token in piece[start:]), SpeakerType.PERSON, title, role, owns, sure=True, short=_short(text, span)
    )


def _short(text: str, span: Span) -> str:
    after = _AFTER.match(text, span.end)
    return (after["short"] or "") if after else ""


def _untitled(text: str, piece: list[_Token], owns: bool) -> Name | None:
    span, words = Span(piece[0].start, piece[-1].end), tuple(token.words for token in piece)
    after = _AFTER.match(text, span.end)
    role = _role_before(text, span.start)
    whole = " ".join(token.low for token in piece)
    if whole in PLACES:
        kind = PLACES[whole][0]
        return None if kind == "demonym" else Name(span, words, SpeakerType.GOVERNMENT, possessive=owns)
    body = body_kind(words)
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
    joins = [i for i, word in enumerate(words) if word.split(" ")[0] in _JOINS]
    heads = [low[joins[0] - 1]] if joins and joins[0] else []
    if whole in GOVERNMENTS or (len(words) > 1 and SURELY_GOVERNMENT & {low[0], *(heads or low[1:])}):
        return SpeakerType.GOVERNMENT
    if len(words) > 1 and SURELY_ORGANISATION & set(low):
        return SpeakerType.ORGANISATION
    if whole in KNOWN_BODIES or ("/" in words[0] and len(words) == 1):
        return SpeakerType.ORGANISATION
    for word in (*heads, low[-1], *low[:-1]):
        if word in BODY_WORDS:
            return SpeakerType.GOVERNMENT if word in GOVERNMENT else SpeakerType.ORGANISATION
    if len(words) == 1 and 2 <= len(words[0].replace(".", "")) <= 6 and words[0].replace(".", "").isupper():
        return SpeakerType.ORGANISATION
    return SpeakerType.ORGANISATION if low[0] in KNOWN_BODIES and len(words) < 3 else None


def _role_before(text: str, start: int) -> str:
    """The role in small letters just before a name: "campaign manager", "retired Navy general"."""
    before = _BEFORE.search(text, max(0, start - 70), start)
    if not before or not is_role(before[2]):
        return ""
    words = (before[1] + before[2]).split()
    for i in range(len(words) - 2, -1, -1):
        if bare(words[i]) in NOT_NAMES or words[i][-2:] in ("'s", "’s"):
            return " ".join(words[i + 1 :])
    return " ".join(words)
