"""A name or a pronoun -> its part in its clause, as far as the words beside it tell: subject, object, owner, in a phrase."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from importlib import resources

_WORDS = tomllib.loads((resources.files("onrecord.resolve") / "lexicon/pronouns.toml").read_text(encoding="utf8"))["clause"]


VERBS = frozenset(_WORDS["verbs"])  # finite ones that the ending does not tell


class Part(StrEnum):
    """What a name or pronoun is in its clause."""

    SUBJECT = "subject"
    OBJECT = "object"
    OWNER = "owner"
    PHRASE = "phrase"
    LISTED = "listed"
    TOPIC = "topic"


def _any(kind: str) -> str:
    return "|".join(_WORDS[kind])


_ASIDE = r"(?:\s\([^()]{1,80}\))?(?:,\s(?!and\b|but\b|or\b)[^,.;:()]{1,90},)?"
_VERB = re.compile(
    rf"{_ASIDE},?\s(?:(?:{_any('adverbs')}|[a-z]+ly)\s)*(?:(?:{_any('verbs')})\b|[a-z]{{2,}}(?:ed|[^s\W]s)\b(?!['’]))",
)
_RELATIVE = re.compile(r"(?:\s\([^()]{1,80}\))?(?:,\s\d{1,3})?,?\s(?:who|whose)\b")
_BEFORE = re.compile(r"([\w’']+)\s(?:(?:the|a|an|his|her|their|its|former|late|then|young|old)\s)*$")
_PREPOSITION = re.compile(rf"(?:{_any('prepositions')})$", re.IGNORECASE)
_OPENER = re.compile(rf"(?:{_any('openers')})$", re.IGNORECASE)
_SAYING = re.compile(rf"(?:{_any('saying')})$")
_AND = re.compile(r"(?:and|or|&)$", re.IGNORECASE)
_NOT_OWNED = re.compile(rf"(?:\s(?:{_any('not_owned')})\b|\s?[^\w\s“‘\"'(]|\s*$)")
_ONLY_A_VERB = re.compile(r"(?:\s[\w-]+){1,3}\s")
_BOUNDARY = re.compile(rf"[,;:—–(]|\b(?:{_any('openers')})\b")

SUBJECTS = frozenset(("he", "she", "it", "they"))
OBJECTS = frozenset(("him", "them"))
REFLEXIVES = frozenset(("himself", "herself", "itself", "themselves"))


def part_of_name(text: str, outer: int, end: int, *, possessive: bool) -> Part:
    """What the name in text[outer:end] (title and all) is in its clause; a name that owns what follows is an owner."""
    if possessive:
        return Part.OWNER
    before = _BEFORE.search(text, max(0, outer - 40), outer)
    word = before[1] if before else ""
    if _RELATIVE.match(text, end):
        return Part.SUBJECT
    verb = _VERB.match(text, end, end + 220)
    if _PREPOSITION.match(word):
        return Part.PHRASE
    if verb or _SAYING.match(word):
        return Part.SUBJECT
    if _AND.match(word):
        return Part.LISTED
    return Part.TOPIC if not word or _OPENER.match(word) else Part.OBJECT


def part_of_pronoun(text: str, start: int, end: int) -> Part:
    """What the pronoun in text[start:end] is in its clause; "her" is an owner where a noun may follow it, no word a subject."""
    word = text[start:end].casefold()
    if word in SUBJECTS or not word:
        return Part.SUBJECT
    if word in OBJECTS or word in REFLEXIVES:
        return Part.OBJECT
    return Part.OBJECT if word == "her" and _NOT_OWNED.match(text, end, end + 12) else Part.OWNER


def boundaries(text: str, start: int, end: int) -> int:
    """How many times text[start:end] passes into another clause or phrase, as commas and conjunctions tell."""
    return sum(1 for _ in _BOUNDARY.finditer(text, start, end))


def only_a_verb(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is no more than a verb and what goes with it, so that both sides are of one clause: " saw ", " spoke to "."""
    return _ONLY_A_VERB.fullmatch(text, start, end) is not None and not boundaries(text, start, end)
