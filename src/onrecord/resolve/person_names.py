"""Names of people as papers write them -> how near two of them are: one name, or one that may be short for the other.

"J. D. Vane", "J.D. Vane" and "JD Vane" are one name; "Bill Reed" may be William Reed, "Zorensky" is a spelling of "Zorenskyy". Jr., Sr.
and III tell people apart. Whether two names that fit are one person is for whoever knows where they occur.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib import resources
from itertools import zip_longest

_LEXICON = resources.files("onrecord.resolve") / "lexicon"
_WORDS = tomllib.loads((_LEXICON / "known_names.toml").read_text(encoding="utf8"))
_TITLES, _POST_NOMINALS = frozenset(_WORDS["titles"]), frozenset(_WORDS["post_nominals"])
GENERATIONS: dict[str, str] = _WORDS["generations"]
_PARTICLES, _NO_GIVEN = frozenset(_WORDS["particles"]), frozenset(_WORDS["no_given_names"])
_EMPTY_ROLES, _SAME_ROLES = frozenset(_WORDS["empty_roles"]), dict[str, str](_WORDS["same_roles"])
_NOT_DECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_QUOTED = re.compile(r"[“\"(‘][^”\")’]*[”\")’]")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,4}|[A-Z]{1,3}")
_LETTERS_ONLY = re.compile(r"[\W_]")
_ARABIC_ARTICLE = re.compile(r"(?:al|el)[- ]\w{3}", re.IGNORECASE)
_LOWER_PART = re.compile(r"(?<=\w)-(?=[a-z])")
_DOUBLED = re.compile(r"([^aeiou])\1")
_LAST_SOUNDS = ((re.compile(r"(?:yy|iy|ij|ii|yi|y|i)$"), "y"), (re.compile(r"[yi]ev$"), "ev"), (_DOUBLED, r"\1"))
_INSIDE_SOUNDS = (("kh", "h"), ("ph", "f"), ("ue", "u"), ("oe", "o"), ("ae", "a"))


MOST_LEFT_OUT = 2  # middle names


class Fit(IntEnum):
    """How two names of one surname go together, the surest first."""

    SAME = 0
    MIDDLE = 1  # one leaves out a middle name
    SHORT = 2  # one has a short form of the given name
    INITIAL = 3  # one has an initial for the given name
    SPELLING = 4  # the surname is spelt otherwise, the given name is the same


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts: folded given names or initials in order, the surname, and what tells a child from a parent ("jr")."""

    given: tuple[str, ...]
    surname: str
    generation: str = ""

    @property
    def sound(self) -> str:
        """The surname without what differs between spellings: names of one sound may be one."""
        return sound(self.surname)


def folded(words: str) -> str:
    """Small letters without accents; "Łukasz Nuñez" -> "lukasz nunez"."""
    if words.isascii():
        return words.casefold()
    low = unicodedata.normalize("NFKD", words.casefold().translate(_NOT_DECOMPOSED))
    return "".join(letter for letter in low if not unicodedata.combining(letter)).replace("’", "'")


@lru_cache(maxsize=50_000)
def person_name(written: str) -> PersonName:
    """The parts of a name as it is written; all of them are empty where it holds no letter."""
    words = _LOWER_PART.sub(" ", _QUOTED.sub(" ", written)).replace(",", " ").split()
    generation = ""
    while len(words) > 1 and (last := _bare(words[-1])) in _POST_NOMINALS | GENERATIONS.keys():
        generation = generation or GENERATIONS.get(last, "")
        words.pop()
    while len(words) > 1 and _bare(words[0]) in _TITLES:
        words.pop(0)
    if not words:
        return PersonName((), "")
    start = _start_of_surname(words)
    shouted = " ".join(words).isupper()
    given = [part for word in words[:start] for part in _given(word, shouted)]
    surname = _LETTERS_ONLY.sub("", "".join(folded(word) for word in words[start:]))
    if _ARABIC_ARTICLE.match(" ".join(words[start:])):
        surname = surname[2:]
    return PersonName(tuple(given), surname, generation)


def fit(one: PersonName, other: PersonName) -> Fit | None:
    """How the two can be one person's name; None where they cannot. Surnames alone are for whoever knows who else has them."""
    if one.generation != other.generation or not one.given or not other.given:
        return None
    given = _fit_given(one.given, other.given)
    if one.surname == other.surname or given is None:
        return given
    return Fit.SPELLING if one.sound == other.sound and one.given[0] == other.given[0] and len(one.given[0]) > 1 else None


@lru_cache(maxsize=50_000)
def sound(surname: str) -> str:
    """A surname without what differs between its spellings: endings in -y, -yy, -iy; -ev, -yev; doubled letters; umlauts written out."""
    found = surname
    for letters, instead in _INSIDE_SOUNDS:
        found = found.replace(letters, instead)
    for pattern, instead in _LAST_SOUNDS:
        found = pattern.sub(instead, found)
    return found if len(surname) > 3 else surname


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """For each given name its short forms."""
    lines = (_LEXICON / "nicknames.tsv").read_text(encoding="utf8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {full: frozenset(short.split()) for full, short in rows}


def is_given_name(word: str) -> bool:
    """Whether the word is an English given name or a short form of one."""
    return folded(word) in _given_names()


@cache
def _given_names() -> frozenset[str]:
    return frozenset(_short_forms()).union(*_short_forms().values())


def _bare(word: str) -> str:
    return folded(word).replace(".", "").strip("'")


def _start_of_surname(words: list[str]) -> int:
    """Where the surname begins: at its last word, or at the particles before it."""
    start = len(words) - 1
    while start > 0 and _bare(words[start - 1]) in _PARTICLES and (start > 1 or _bare(words[0]) in _NO_GIVEN):
        start -= 1
    return start


def _given(word: str, shouted: bool) -> list[str]:
    """The given names in one word: "J.D." are two initials, "Jean-Luc" is one name."""
    if _INITIALS.fullmatch(word) and (not shouted or "." in word or len(word) == 1):
        return list(folded(word.replace(".", "")))
    bare = _LETTERS_ONLY.sub("", folded(word))
    return [bare] if bare else []


def _fit_given(one: tuple[str, ...], other: tuple[str, ...]) -> Fit | None:
    if one == other:
        return Fit.SAME
    found = _fit_word(one[0], other[0])
    if found is None or abs(len(one) - len(other)) > MOST_LEFT_OUT:
        return None
    for mine, theirs in zip_longest(one[1:], other[1:]):
        middle = Fit.MIDDLE if mine is None or theirs is None else _fit_word(mine, theirs)
        if middle is None:
            return None
        found = max(found, min(middle, Fit.MIDDLE))
    return Fit.INITIAL if len(one[0]) == 1 and len(one) != len(other) else found


def _fit_word(one: str, other: str) -> Fit | None:
    if one == other:
        return Fit.SAME
    if 1 in (len(one), len(other)):
        return Fit.INITIAL if one[0] == other[0] else None
    shorts = _short_forms()
    if other in shorts.get(one, ()) or one in shorts.get(other, ()) or _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other):
        return Fit.SHORT
    return None


def fields_of(words: Iterable[str]) -> frozenset[str]:
    """The fields, such as politics or sport, that words of roles belong to."""
    return frozenset(field for word in words for field in _fields().get(word, ()))


@cache
def _fields() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for field, words in _WORDS["fields"].items():
        for word in words:
            found.setdefault(word, set()).add(field)
    return {word: frozenset(fields) for word, fields in found.items()}


def words_of_roles(words: list[str]) -> list[str]:
    """The words of a role that tell who holds it, in the form that stands for all of the same meaning."""
    return [_SAME_ROLES.get(word, word) for word in words if word not in _EMPTY_ROLES and len(word) > 1]
