"""Attributions -> whom the words were said to: "told X", "asked Y", "said to Z"."""

from __future__ import annotations

import re

from onrecord.data import Attribution, Document, Speaker, SpeakerType
from onrecord.resolve.mentions import own_words, plain
from onrecord.resolve.names import Name, bare, names

_TELLING = re.compile(
    r"\b(?:(?P<only_to>(?:warn|remind|advis|urg|beg|order|instruct|challeng)(?:s|es|ed|e|ing|ged|ging)?)|told|tell(?:s|ing)?|ask(?:s|ed|ing)?|inform(?:s|ed|ing)?"
    r"|assur(?:e|es|ed|ing)|brief(?:s|ed|ing)?|notif(?:y|ies|ied)|(?:sa(?:id|ys|ying)|writ(?:es|ing)|wrote|spoke|speaking) to)\s*$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be|get|got|when|if)\s+(?:\w+ly\s+)?\w+$", re.IGNORECASE)
_NOBODY = (
    r"that|to|whether|if|what|why|how|when|where|who|about|for|by|against|of|in|on|at|with|and|but|as|not|him|her|them|it|me|us|you|myself|ourselves|himself|herself"
    r"|themselves|one another|each other|a question|the question|questions|no|one of"
)
_CUT = (
    r"that|to|whether|if|what|why|how|when|where|who|about|in|on|at|by|during|after|before|from|as|I|we|he|she|it|they|his|her|their|its|there|this|last|late|early"
    r"|earlier|later|only|over|then|not|yesterday|(?-i:today)|tonight|shortly|via|the same|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_OBJECT = re.compile(
    rf"\s+(?P<who>(?!(?:{_NOBODY})\b)(?:(?:Gov|Sen|Rep|Mr|Mrs|Ms|Dr|Gen|Prof|Lt|Col|St)\.|[^\s,.;:“”\"‘—–(]"
    rf"|[ \u00a0](?!(?:{_CUT})\b)){{1,80}})"
    rf"(?P<next>\s+(?:{_CUT})\b|\s*[,.;:“”\"‘\n—–(]|\s*$)",
    re.IGNORECASE,
)
_ONWARD = re.compile(r"\s+(?:that|to|not|of|about|against)$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$")
_LONGEST = 120


def addressees(document: Document, attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...]) -> tuple[str | None, ...]:
    """Whom each attribution's words were said to, in the same order; null where the text does not say."""
    known = _surnames(speakers)
    return tuple(_addressee(document.text, one, known) for one in attributions)


def _surnames(speakers: tuple[Speaker, ...]) -> dict[str, str]:
    """Surname -> full name; a surname that two people share is left out."""
    found: dict[str, set[str]] = {}
    for one in speakers:
        if one.key and one.name and one.type is SpeakerType.PERSON:
            found.setdefault(bare(one.name.split()[-1]), set()).add(one.name)
    return {surname: next(iter(full)) for surname, full in found.items() if len(full) == 1}


def _addressee(text: str, attribution: Attribution, known: dict[str, str]) -> str | None:
    for cue in attribution.cue:
        telling = _TELLING.search(text, cue.start, cue.end)
        if not telling or _PASSIVE.search(text, max(0, cue.start - 12), cue.end):
            continue
        after = _OBJECT.match(text[cue.end : cue.end + _LONGEST])
        if after is None or (telling["only_to"] and not _ONWARD.fullmatch(after["next"])):
            continue
        if words := _POSSESSIVE.sub("", plain(after["who"])):
            return _fullest(text, words, known)
    return None


def _fullest(text: str, words: str, known: dict[str, str]) -> str:
    """The person named in the words, by the fullest name; else the words without article."""
    found = names(words)
    people = [name for name in found if name.kind is SpeakerType.PERSON and not name.possessive]
    if people and people[-1].span.end == len(words):
        return _full_name(text, people[-1], known)
    if len(found) == 1 and found[0].span == (0, len(words)) and found[0].kind is None:
        return _full_name(text, found[0], known)
    return own_words(words)


def _full_name(text: str, name: Name, known: dict[str, str]) -> str:
    if len(name.words) > 1:
        return " ".join(name.words)
    surname = name.words[0]
    if bare(surname) in known:
        return known[bare(surname)]
    at = text.find(f" {surname}")
    while at >= 0:
        before = names(text[max(0, at - 30) : at + 1 + len(surname)])
        if before and before[-1].words[-1] == surname and len(before[-1].words) > 1 and before[-1].kind is SpeakerType.PERSON:
            return " ".join(before[-1].words)
        at = text.find(f" {surname}", at + 1) if at < len(text) // 2 and at < 20_000 else -1
    return surname
