"""Words -> stems, so that "withdrew", "withdrawing" and "withdrawal" count as one.

A light suffix stripper of our own, in the manner of Harman's S-stemmer and Porter's steps 1 and 2. Irregular verbs and
words that news English uses for one another stand in `lexicon/alike.tsv`, a line a group, the first word its name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.link.lexicons import groups, words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "edly",
    "ed",
    "ies",
    "es",
    "als",
    "al",
    "ors",
    "or",
    "ers",
    "er",
    "ly",
    "s",
)
_UNDOUBLED = re.compile(r"([bdgklmnprt])\1$")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word, and of a group of words that mean the same the name of the group."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    bare = _stripped(plain)
    return _alike().get(plain) or _alike().get(bare) or bare


def _stripped(word: str) -> str:
    if word.endswith("ss"):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (3 if ending in {"s", "es", "ed", "ing", "ies"} else 4):
            word = word[: -len(ending)] + ("i" if ending == "ies" else "")
            break
    return _UNDOUBLED.sub(r"\1", word).rstrip("e").replace("y", "i") if len(word) > 3 else word


@cache
def _alike() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups("alike"):
        name = _stripped(group[0])
        for word in group:
            found.setdefault(word, name)
            found.setdefault(_stripped(word), name)
    return found


@cache
def numbers_in_words() -> dict[str, str]:
    """`eleven` -> `11`, `dozen` -> `12`."""
    return {word: group[-1] for group in groups("numbers") for word in group[:-1]}


def stems_of(text: str) -> frozenset[str]:
    """The stems of the words that carry content: no stop words, no numbers."""
    stops, numerals = words("stop"), numbers_in_words()
    found = (word.casefold().replace("’", "'") for word in _WORD.findall(text))
    return frozenset(stem(word) for word in found if word not in stops and word not in numerals and (len(word) > 2 or word == "us"))


def figures_of(text: str) -> frozenset[str]:
    """The numbers in a text, in digits, thousands without commas."""
    numerals = numbers_in_words()
    digits = {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(text)}
    spelt = {numerals[word] for word in map(str.casefold, _WORD.findall(text)) if word in numerals}
    return frozenset(digits | spelt)
