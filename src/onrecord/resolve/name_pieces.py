"""Text -> runs of capitalised words, cut where one name ends and the next begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.data import Span
from onrecord.resolve.mentions import BODY_WORDS, NOT_NAMES, ROLES, singular

_UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x250)) if c.isupper())
_ABBREVIATION = "Mr|Mrs|Ms|Dr|Sen|Sens|Gov|Rep|Reps|Gen|Lt|Col|Sgt|Capt|Prof|Rev|St|Jr|Sr|Maj|Adm|Cmdr|Hon|Pres|Supt|Det|Insp|Cllr"
_ABBREVIATION += "|Brig|Cpl|Inc|Corp|Ltd|Co"
_WORD = rf"(?:(?:[{_UPPER}]\.){{1,4}}(?!\w)|(?:{_ABBREVIATION})\.|(?:al|el|d)[-’'][{_UPPER}]\w+|[{_UPPER}]\w*(?:[-’'&/][\w]+)*)"
_PARTICLE = "de la|de|del|della|da|dos|di|du|van der|van den|van de|van|von|der|den|bin|ibn|ter|ten|la|le|y"
_JOIN = "of|for|on|and|to|&"
_NEXT = rf"[ \u00a0](?:(?:{_PARTICLE})[ ]|(?:{_JOIN})[ ](?:the[ ]|a[ ])?)?{_WORD}"
_RUN = re.compile(rf"(?<![\w-])(?<!\w['’]){_WORD}(?:{_NEXT}|['’][ ](?=[{_UPPER}]\w+[ ,.]){_WORD})*")
_PART = re.compile(rf"{_WORD}(?:['’](?=[ ]))?|(?:{_PARTICLE})(?=[ ])|(?:{_JOIN})(?:[ ](?:the|a))?(?=[ ])")
_JOINS = frozenset(_JOIN.split("|"))
STATES = frozenset(("US", "U.S.", "U.S.’s", "U.S.'s"))  # no "us"
_MONTHS_AND_ALL = frozenset(("will", "may", "march", "june", "april", "august", "first", "state", "jan"))  # inside a name they are none
_LONGEST = 16  # words


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a run: where it stands, as it is written."""

    start: int
    end: int
    words: str

    @property
    def low(self) -> str:
        """The word to compare by."""
        return bare(self.words)

    @property
    def joins(self) -> bool:
        """Whether the word is one that joins the words of a name, "of the"."""
        return self.words.split(" ")[0] in _JOINS


@lru_cache(maxsize=1 << 14)
def bare(word: str) -> str:
    """A word to compare by: lower case, no full stops, straight apostrophes."""
    return word.replace(".", "").replace("’", "'").rstrip("'").casefold()


def pieces(text: str, skip: tuple[Span, ...] = ()) -> Iterator[tuple[list[Token], bool]]:
    """The words of each name, in order; the flag says that it owns what follows. Runs inside the spans to skip are left out."""
    starts = [span.start for span in skip]
    for run in _RUN.finditer(text):
        at = bisect_right(starts, run.start()) - 1
        if at < 0 or run.start() >= skip[at].end:
            yield from _cut(_tokens(run))


def _tokens(run: re.Match[str]) -> list[Token]:
    return [Token(run.start() + part.start(), run.start() + part.end(), part.group()) for part in _PART.finditer(run.group())]


def _cut(tokens: list[Token]) -> Iterator[tuple[list[Token], bool]]:
    """The run cut where one name ends and the next begins; the flag says that a piece owns what follows."""
    piece: list[Token] = []
    for at, token in enumerate(tokens):
        body_follows = any(other.low in BODY_WORDS for other in tokens[at + 1 : at + 3])
        if token.joins:
            if piece and len(piece) < _LONGEST and _goes_on(piece, token):
                piece.append(token)
                continue
            yield piece, False
            piece = []
        elif (
            not (len(token.words) == 2 and token.words[1] == ".")
            and token.words not in STATES
            and (token.low if token.low[-2:] != "'s" else token.low[:-2]).split("'")[0] in NOT_NAMES
            and not (piece and token.low in _MONTHS_AND_ALL)
        ):
            yield piece, False
            piece = []
        elif token.words[-1] in "'’" and not body_follows and at + 1 < len(tokens):
            yield [*piece, Token(token.start, token.end - 1, token.words[:-1])], True
            piece = []
        elif token.words[-2:] in ("'s", "’s") and not (piece and _is_of_people(tokens, at)):
            yield [*piece, Token(token.start, token.end - 2, token.words[:-2])], True
            piece = []
        else:
            piece.append(token)
    yield piece, False


def _is_of_people(tokens: list[Token], at: int) -> bool:
    """Whether an owner is the sort of people that a body is for: "Lamp Actor's Association"."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return following in BODY_WORDS and (tokens[at].low[:-2] in ROLES or tokens[at].low in ("women's", "men's", "children's", "people's"))


def _goes_on(piece: list[Token], join: Token) -> bool:
    """Whether "of", "for", "and" belongs to the name: "Office of ...", "Secretary of ...", "Office of Rivers and ..."."""
    low = piece[-1].low
    joined = any(token.joins for token in piece)
    if join.words.startswith("and"):
        return joined and any(token.low in BODY_WORDS for token in piece)
    if join.words == "&":
        return True
    if join.words == "for" and len(piece) == 1 and singular(low) != low:
        return True
    return low in BODY_WORDS or (low in ROLES and join.words.startswith("of")) or (joined and any(t.low in BODY_WORDS for t in piece))
