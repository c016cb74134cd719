"""Names of bodies as papers write them -> one spelling, and whether a name tells which body it is at all.

"The F.B.I.", "FBI" and "the FBI" are one name. "Police" is another body in every paper, "Supreme Court" another one in every country.
"""

from __future__ import annotations

import re
import tomllib
from enum import Enum
from functools import lru_cache
from importlib import resources

from onrecord.resolve.mentions import BODY_WORDS, KNOWN_BODIES, NOUNS, OUTLETS, PLACES, ROLES, singular
from onrecord.resolve.person_names import folded, is_given_name

_WORDS = tomllib.loads((resources.files("onrecord.resolve") / "lexicon" / "known_names.toml").read_text(encoding="utf8"))
_ANYBODY = frozenset(_WORDS["bodies"]["anybody"])
_CONTINENTAL = frozenset(("african", "european"))  # there is one European Union, and many a Syrian army
_NATIONAL = frozenset(_WORDS["bodies"]["national"])
_SAME: dict[str, str] = _WORDS["same_words"]
_OFFICES = frozenset(_WORDS["bodies"]["offices"])
_KNOWN_SHORT: dict[str, str] = _WORDS["known_short"]
_SMALL = frozenset(["the", "a", "an", "of", "and", "for", "in", "to", "on", "at"])
_WORD = re.compile(r"[^\W_]+")


class Reach(Enum):
    """How far the name of a body tells which one it is."""

    ONE_DOCUMENT = "one document"
    ONE_PUBLISHER = "one publisher"
    EVERYWHERE = "everywhere"


@lru_cache(maxsize=50_000)
def body_name(written: str) -> str:
    """The name with what does not tell bodies apart taken off: articles, full stops, "&", possessives; short words are written out."""
    plain = re.sub(r"'s\b|['.]", "", folded(written).replace("&", " and "))
    words = _WORD.findall(plain)
    if len(words) > 1:  # a single word in two spellings may be two names: "Labor" and "Labour"
        words = [_SAME.get(word, word) for word in words]
    while len(words) > 1 and words[0] in ("the", "a", "an"):
        words.pop(0)
    return " ".join(words)


def initials(name: str) -> str:
    """The first letters of a folded name's words, small words aside; of one word the word itself: what short and long forms share."""
    words = [word for word in name.split() if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else name.replace(" ", "")


def long_form(name: str) -> str | None:
    """The folded full name of an abbreviation that everybody knows: "fbi"; None of any other name."""
    full = _KNOWN_SHORT.get(name)
    return None if full is None else body_name(full)


def reach(name: str) -> Reach:
    """How far a folded name tells which body it is."""
    words = [word for word in name.split() if word not in _SMALL]
    if not words:
        return Reach.EVERYWHERE
    is_office = words[-1] in ROLES or words[-1] in _OFFICES  # "Lesk Minister" is whoever is that
    if is_office or all(map(is_anybody, words)) or (len(words) == 1 and is_given_name(words[0])):
        return Reach.ONE_DOCUMENT
    if all(word in _ANYBODY or word in _NATIONAL for word in words):
        return Reach.ONE_PUBLISHER
    return Reach.EVERYWHERE


def is_anybody(word: str) -> bool:
    """Whether a word names nobody in particular: a common noun, "foundation", or an adjective of a people, "Karsovians"."""
    one = singular(word)
    if word in KNOWN_BODIES or word in OUTLETS:
        return False
    of_a_people = PLACES.get(one, ("",))[0] == "demonym" and one not in _CONTINENTAL
    return word in _ANYBODY or one in NOUNS or one in BODY_WORDS - KNOWN_BODIES or of_a_people
