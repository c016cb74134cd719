"""Passages that announce, deny, move or cancel something that is to happen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from importlib import resources

from onrecord.data import Span


class Tone(Enum):
    """What a passage does with the event that it names."""

    ANNOUNCED = "announced"
    DENIED = "denied"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Mention:
    """One passage about one event: its kind, its words, and who and where they name."""

    span: Span
    kind: str
    tone: Tone
    place: str | None
    participants: tuple[str, ...]
    past: bool = False


_WORDS = tomllib.loads((resources.files("onrecord.resolve") / "lexicon" / "events.toml").read_text(encoding="utf8"))
_NOUNS = {noun: kind for kind, words in _WORDS["kinds"].items() for noun in words["nouns"]}
_VERBS = {verb: kind for kind, words in _WORDS["kinds"].items() for verb in words["verbs"]}


def _any(words: object) -> str:
    assert isinstance(words, (list, dict))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word)))


_NOUN = rf"(?P<noun>{_any(_NOUNS)})"
_SET = r"(?:scheduled|due|set|slated|planned|expected|poised|booked|billed)"
_HELD = rf"(?:{_any(_WORDS['happen']['verbs'])})"
_HOLD = rf"(?:{_any(_WORDS['hold']['verbs'])})"
_OBJECT = rf"{_HOLD}\s+(?:[\w’'-]+\s+){{0,4}}?{_NOUN}"
_ADVERB = r"(?:(?:also|now|still|both|each|currently|officially)\s+)?"
_DETERMINER = r"(?:(?:an?|the|his|her|their|its|this|that|[\w’']+[’']s?)\s+)?"
_CANCELLED = r"(?:cancell?ed|called\s+off|scrapped|shelved|abandoned|dropped)"
_MOVED = r"(?:postponed|delayed|rescheduled|moved|pushed\s+back|brought\s+forward|put\s+off|put\s+back|deferred|suspended)"

# Each pattern starts at words that announce, so that a text without them is passed over quickly.
_SCHEDULED = re.compile(
    rf"\b(?:is|are|was|were)\s+{_ADVERB}(?P<not>not\s+)?{_ADVERB}{_SET}\s+to\s+(?:(?P<verb>{_any(_VERBS)})\b|{_OBJECT}\b)", re.IGNORECASE
)
_WILL = re.compile(
    rf"\b(?:will|[’']ll)\s+{_ADVERB}(?P<not>not\s+)?{_ADVERB}(?:(?P<verb>meet|hold\s+talks|visit|vote|testify|strike|walk\s+out|travel|speak)\b|{_OBJECT}\b)"
)
_PLANNED = re.compile(
    rf"\b{_DETERMINER}(?:planned|scheduled|upcoming|forthcoming|proposed|looming|long-planned|long-awaited)\s+(?:[\w-]+\s+){{0,2}}?{_NOUN}\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    rf"(?:(?<=announced\s)|(?<=announces\s)|(?<=announcing\s)|(?<=announce\s)|(?<=arranged\s)|(?<=convened\s)|(?<=called\sfor\s)|(?<=scheduled\s))"
    rf"(?:an?|the|another|new|fresh|further)\s+(?:[\w-]+\s+){{0,2}}?{_NOUN}\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"\b{_DETERMINER}(?:(?!(?:to|of|and|or|in|on|at|for|by|with|that)\b)[\w-]+\s+){{0,2}}?{_NOUN}\s+(?P<between>(?:(?!(?:is|are|was|were|has|have|had|will|that|which|who)\b)"
    rf"[\w’'-]+\s+){{0,7}}?)(?:(?:is|are|was|were)\s+{_ADVERB}(?P<not>not\s+)?(?:{_SET}(?:\s+(?:for|on|to\s+{_HELD})\b|(?=\W))|to\s+be\s+held|to\s+take\s+place)"
    rf"|will\s+(?P<never>not\s+)?{_HELD}\b|(?:is|are|was|were|has\s+been|have\s+been|will\s+be)\s+(?:(?P<off>{_CANCELLED})|(?P<later>{_MOVED}))\b)",
    re.IGNORECASE,
)
_NONE = re.compile(
    rf"\b(?:no\s+plans?\s+(?:for|to\s+hold)\s+(?:an?\s+|any\s+|the\s+)?|there\s+will\s+be\s+no\s+|no\s+(?=(?:[\w-]+\s+)?(?:{_any(_NOUNS)})\s+(?:[\w’'-]+\s+){{0,6}}?"
    rf"(?:is|are|was|were|has\s+been|have\s+been)\s+{_SET}))(?:[\w-]+\s+){{0,2}}?{_NOUN}\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    rf"\b(?:(?P<off>{_CANCELLED})|(?P<later>{_MOVED}))\s+(?:an?|the|his|her|their|its)\s+(?:[\w-]+\s+){{0,2}}?{_NOUN}\b", re.IGNORECASE
)
_EDGE = re.compile(
    r"[,;:.!?()“”\"\n\r—–]|\s(?:and|but|which|who|whom|while|whereas|after|before|where|as|because|although|though|amid|if|unless|"
    r"when|whether|that|said|says|"
    r"involving|including|since|so|in order|despite|aimed|to\s+(?:discuss|mark|try|agree|decide|celebrate|talk|explain|protest))\b"
)
_SHORT = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|St|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)$")
_TAIL = re.compile(
    r"(?:\s+(?:in|at|on|with|between|of|for|next|this|later|from)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,2}?(?:[A-Z](?:[\w’'-]|\.(?!\s|$))*(?:\s[A-Z][\w’'-]*|\s\d{1,4}){0,5}|week|month|year|\d{1,2}\s[A-Z]\w+)"
    r"(?:(?:\s+(?!(?:in|at|on|of|and|with|for|to|by|from)\b)[a-z-]+){1,2}(?=\s+(?:in|at|on)\b))?){1,6}"
)
_NAME = r"[A-Z][\w’-]*(?:\s(?:of\s)?[A-Z][\w’-]*){0,5}"
_CALENDAR = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
)
_PLACE = re.compile(rf"\b(?P<how>in|at)\s+(?:the\s+)?(?!(?:{_CALENDAR})\b)(?P<name>{_NAME})")
_WITH = re.compile(
    rf"\b(?:with|between|of)\s+(?:the\s+)?(?!(?:{_CALENDAR})\b)(?P<name>{_NAME})(?:,?\s+and\s+(?:the\s+)?(?P<other>{_NAME}))?"
)
_PEOPLE = re.compile(rf"(?!(?:The|A|An|He|She|They|It|We|I|His|Her|Their|{_CALENDAR})\b){_NAME}")
_NOBODY = re.compile(r"(?:no|nobody|no one|none|neither)\b", re.IGNORECASE)
_REACH = 160


def mentions(text: str) -> Iterator[Mention]:
    """Every passage that announces or denies an event, each pattern from left to right; they may overlap."""
    for hit in _SCHEDULED.finditer(text):
        yield _clause(text, hit, past=hit[0].casefold().startswith("w"))
    for hit in _WILL.finditer(text):
        yield _clause(text, hit)
    for hit in _SUBJECT.finditer(text):
        yield _noun(text, hit)
    for pattern in (_NONE, _DONE, _PLANNED, _ANNOUNCED):
        for hit in pattern.finditer(text):
            yield _noun(text, hit, denied=pattern is _NONE)


def _clause(text: str, hit: re.Match[str], past: bool = False) -> Mention:
    """ "X is scheduled to speak Friday at Y": from the subject to the end of the clause."""
    groups = hit.groupdict()
    kind = _NOUNS[_plain(groups["noun"])] if groups["noun"] else _VERBS[_plain(groups["verb"])]
    start, end = _subject_start(text, hit.start()), _clause_end(text, hit.end())
    subject = text[start : hit.start()]
    span = _trimmed(text, start, end)
    people = tuple(dict.fromkeys((*_people(subject), *_partners(text[hit.start() : end]))))
    denied = groups["not"] or _NOBODY.match(subject.lstrip(" \"“‘'"))
    return Mention(span, kind, Tone.DENIED if denied else Tone.ANNOUNCED, _place(text[hit.end() : end]), people, past)


def _noun(text: str, hit: re.Match[str], denied: bool = False) -> Mention:
    """ "a planned meeting in Y": the noun phrase with the places, days and partners that follow it."""
    groups = hit.groupdict()
    tail = _TAIL.match(text, hit.end(), min(len(text), hit.end() + _REACH))
    end = tail.end() if tail else hit.end()
    span = _trimmed(text, hit.start(), end)
    tone = Tone.ANNOUNCED
    if denied or groups.get("not") or groups.get("never") or _NOBODY.match(span.of(text)):
        tone = Tone.DENIED
    elif groups.get("off"):
        tone = Tone.CANCELLED
    elif groups.get("later"):
        tone = Tone.MOVED
    words = span.of(text)
    return Mention(span, _NOUNS[_plain(groups["noun"])], tone, _place(words), tuple(dict.fromkeys(_partners(words))))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _subject_start(text: str, verb: int) -> int:
    low = max(0, verb - _REACH)
    start = low
    for edge in _EDGE.finditer(text, low, verb):
        if not (edge[0] == "." and _abbreviated(text, edge.start())):
            start = edge.end()
    return start


def _clause_end(text: str, after: int) -> int:
    high = min(len(text), after + _REACH)
    for edge in _EDGE.finditer(text, after, high):
        if not (edge[0] == "." and _abbreviated(text, edge.start())):
            return edge.start()
    return high


def _abbreviated(text: str, dot: int) -> bool:
    """Whether a full stop belongs to an initial, a title or a short month: "J.", "Mr.", "Feb."."""
    return _SHORT.search(text[max(0, dot - 12) : dot]) is not None


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end].rstrip(".")
    end = start + len(words)
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _place(words: str) -> str | None:
    found = list(_PLACE.finditer(words))
    best = next((hit for hit in found if hit["how"] == "in"), found[0] if found else None)
    return best["name"] if best else None


def _people(words: str) -> list[str]:
    return [hit[0] for hit in _PEOPLE.finditer(words)]


def _partners(words: str) -> list[str]:
    return [name for hit in _WITH.finditer(words) for name in (hit["name"], hit["other"]) if name]
