"""The words behind a verb of telling -> whom they name: the fullest name of a person or body, or their own words."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import NamedTuple

from onrecord.data import Speaker, SpeakerType
from onrecord.resolve.abbreviations import abbreviations
from onrecord.resolve.mentions import head, is_role, own_words, plain
from onrecord.resolve.name_pieces import bare
from onrecord.resolve.names import Name, names

LEXICON = tomllib.loads((resources.files("onrecord.resolve") / "lexicon/addressee.toml").read_text(encoding="utf8"))
_NOBODY, _CUT = ("|".join(LEXICON["words"][kind]) for kind in ("nobody", "cut"))
_THINGS = frozenset(LEXICON["words"]["things"])
_OBJECT = re.compile(
    rf"\s+(?P<who>(?!(?:{_NOBODY})\b)(?:(?:Gov|Sen|Rep|Mr|Mrs|Ms|Dr|Gen|Prof|Lt|Col|St)\.|(?<=\d),(?=\d)|[^\s,.;:“”\"‘—–(]"
    rf"|(?<=\bthe)[ ]|[ \u00a0](?!(?:{_CUT})\b)){{1,80}})"
    rf"(?P<next>\s+(?:{_CUT})\b|\s*[,.;:“”\"‘\n—–(]|\s*$)",
    re.IGNORECASE,
)
_ONWARD = re.compile(r"\s+(?:that|to|not|of|about|against|whether|if|how|why)$|\s*[“\"‘:,(]$", re.IGNORECASE)
_LATER = re.compile(r"\s+(?:in|on|at|last|this)\s[\w ]{2,25}?\s(?:that|to|not)\b")
_PLACED = frozenset(LEXICON["words"]["placed"])
_PLACE = re.compile(
    r"\s(?:in|at)\s(?:the\s)?(?!(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*(?<!day)"
)
_PARTICIPLE = re.compile(r"((?:^|\s)[A-Z][\w’'-]*)\s+[a-z]{2,}ed\b.*$")
_LEFT_OVER = re.compile(r"\s+(?:for|and|or|but|of|without|with)$")
_OWN = re.compile(r"^(?:its|his|her|their|our|my|your)\s+(?=\w)", re.IGNORECASE)
_OF_BODY = re.compile(r"\s(?:of|from|at|with)\s(?:the\s)?[A-Z]")
_POSSESSIVE = re.compile(r"['’]s$")
_LONGEST, _BEFORE_SURNAME, _FAR = 120, 30, 20_000
_PEOPLE, _BODIES = (SpeakerType.PERSON,), (SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT)


class Named(NamedTuple):
    """The words for whoever is spoken to, where they end in the text, and whether a clause goes on as after "warned the board that"."""

    words: str
    end: int
    goes_on: bool


def object_after(text: str, position: int) -> Named | None:
    """The noun phrase just behind a position, as far as small words can tell; None where none begins there."""
    found = _OBJECT.match(text[position : position + _LONGEST])
    words = _LEFT_OVER.sub("", _PARTICIPLE.sub(r"\1", _POSSESSIVE.sub("", plain(found["who"])))) if found else ""
    if found is None or not words or head(words) in _THINGS:
        return None
    end = position + found.end("who")
    if head(words) in _PLACED and (place := _PLACE.match(text, end)):
        return Named(words + place[0], place.end(), True)
    return Named(words, end, bool(_ONWARD.fullmatch(found["next"]) or _LATER.match(text, end)))


class FullNames:
    """The fullest names that a text gives, by surname, by last word of a body's name and by abbreviation."""

    def __init__(self, text: str, speakers: tuple[Speaker, ...]) -> None:
        self.text = text
        self._found: dict[str, str | None] = {}
        self._people = _by_word(speakers, _PEOPLE, -1)
        self._by_first = _by_word(speakers, _PEOPLE, 0)
        self._bodies = _by_word(speakers, _BODIES, -1)

    def of(self, named: Named) -> str:
        """The person or body named in the words, by the fullest name; else the words without article."""
        words = _OWN.sub("", named.words)
        found = names(words)
        if found and found[0].span.start == 0 and found[0].kind is SpeakerType.PERSON and _OF_BODY.match(words, found[0].span.end):
            return self._person(found[0])
        last = found[-1] if found and found[-1].span.end == len(words) and not found[-1].possessive else None
        if is_role(head(words)) and self.text[named.end : named.end + 2] == ", " and last is None:
            return self._apposed(named.end + 2) or own_words(words)
        if last is not None and (last.kind is SpeakerType.PERSON or (last.kind is None and last.span.start == 0)):
            return self._person(last)
        if last is not None and last.kind is None and found[0].possessive:
            return self._full(last) or own_words(words)
        return self._body(own_words(words))

    def _apposed(self, position: int) -> str | None:
        """The name that follows a role: "the chief of staff, Mara Quill,"."""
        found = names(self.text[position : position + 60])
        if found and found[0].span.start == 0 and len(found[0].words) > 1 and found[0].kind in (SpeakerType.PERSON, None):
            return " ".join(found[0].words)
        return None

    def _body(self, words: str) -> str:
        full = abbreviations(self.text).get(words) or self._bodies.get(bare(words), words)
        return full.removeprefix("The ")

    def _person(self, name: Name) -> str:
        if len(name.words) > 1:
            return " ".join(name.words)
        return self._full(name) or self._body(name.words[0])

    def _full(self, name: Name) -> str | None:
        """The full name of a surname, or else of a first name."""
        word = name.words[-1]
        return self._people.get(bare(word)) or self._written_out(word) or self._by_first.get(bare(word))

    def _written_out(self, surname: str) -> str | None:
        """The full name of a surname, where it stands first in the text; looked for once."""
        if surname not in self._found:
            self._found[surname] = self._find(surname)
        return self._found[surname]

    def _find(self, surname: str) -> str | None:
        text = self.text
        at = text.find(f" {surname}", 0, _FAR)
        while at >= 0:
            before = names(text[max(0, at - _BEFORE_SURNAME) : at + 1 + len(surname)])
            if before and before[-1].words[-1] == surname and len(before[-1].words) > 1 and before[-1].kind is SpeakerType.PERSON:
                return " ".join(before[-1].words)
            at = text.find(f" {surname}", at + 1, _FAR)
        return None


def _by_word(speakers: tuple[Speaker, ...], kinds: tuple[SpeakerType, ...], place: int) -> dict[str, str]:
    """First or last word of a name -> the full name; one that two share is left out."""
    found: dict[str, set[str]] = {}
    for one in speakers:
        if one.key and one.name and one.type in kinds and " " in one.name:
            found.setdefault(bare(one.name.split()[place]), set()).add(one.name)
    return {word: next(iter(full)) for word, full in found.items() if len(full) == 1}
