"""Attributions -> who holds each: the fullest name the document gives, or the holder's own words."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.data import Attribution, Document, Span, Speaker, SpeakerType
from onrecord.resolve.abbreviations import abbreviations
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import ADJECTIVES, Holder
from onrecord.resolve.introduced import introduced
from onrecord.resolve.keys import slug
from onrecord.resolve.mentions import BODY_WORDS, GOVERNMENT, KNOWN_BODIES, PLACES, ROLES, core, head, own_words, singular
from onrecord.resolve.phrases import Phrases
from onrecord.resolve.turn_speakers import Voices

_ARTICLE = re.compile(r"^The\s+")
_BEFORE = 6  # attributions that are looked at for whose words go on
_PARTICIPLE = re.compile(r"(?:\w+ly\s+)?\w+ing\b", re.IGNORECASE)
_COORDINATED = re.compile(r"\b(?:and|but|then|before|while)\s+(?:(?:also|then|later)\s+)?$", re.IGNORECASE)
_MANY = frozenset(("mps", "meps", "msps"))
_SEVERAL = GOVERNMENT | {"committee", "court", "party", "union", "campaign", "company", "pac"}  # "House Committees" are several
_NOBODY = Speaker(None)


def speakers(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Speaker, ...]:
    """The speaker of every attribution, in the same order."""
    reading = _Reading(document, attributions)
    holders = [reading.holder(place) for place in reading.order]
    of_place = dict(zip(reading.order, holders, strict=True))
    reading.read_headlines(of_place)
    later = introduced(reading.phrases.cast, attributions, of_place)
    of_place = {place: later.get(id(holder), holder) for place, holder in of_place.items()}
    holders = list(of_place.values())
    spans = _mentions(attributions, of_place)
    full = abbreviations(document.text)
    values: dict[int, Speaker] = {}
    for holder in holders:
        if holder is not None and id(holder) not in values:
            if holder.named and holder.name in full:
                holder.name = _ARTICLE.sub("", full[holder.name])
            values[id(holder)] = _speaker(holder, spans[id(holder)])
    found = [_NOBODY if (holder := of_place[place]) is None else values[id(holder)] for place in range(len(attributions))]
    return tuple(replace(one, key=None) if reading.is_guess(place, of_place[place]) else one for place, one in enumerate(found))


class _Reading:
    """One pass over the sources of a document, in the order of the text."""

    def __init__(self, document: Document, attributions: tuple[Attribution, ...]) -> None:
        self.attributions = attributions
        self.phrases = Phrases(document, Cast(document))
        self.voices = Voices(document, self.phrases.cast)
        self.text = document.text
        self.order = sorted(range(len(attributions)), key=lambda place: _start(attributions[place]))
        self._ranks = {place: rank for rank, place in enumerate(self.order)}
        self._outer = _enclosing(attributions)
        self._found: dict[int, Holder | None] = {}
        self._told_by: dict[int, int] = {}  # for words whose holder is another's: the place of those

    def holder(self, place: int) -> Holder | None:
        """Who holds the attribution at this place; asked again, the same holder."""
        if place not in self._found:
            self._found[place] = None
            self._found[place] = self._resolved(place)
        return self._found[place]

    def _resolved(self, place: int) -> Holder | None:
        attribution = self.attributions[place]
        if not attribution.source:
            return self._goes_on(place)
        outer = self._outer.get(place)
        speaking = self.holder(outer) if outer is not None else None
        if outer is not None:
            self._told_by[place] = outer
        cue = " ".join(span.of(self.text) for span in attribution.cue)
        if speaking is not None and (found := self._spoken_to(attribution.source[0])):
            return found
        found = self.voices.holder(attribution.source[0]) or self.phrases.holder(attribution.source[0], cue, speaking)
        if found is not None and found.name is not None:
            self.phrases.spoke(attribution.source[0].start, found, told=outer is not None)
        return found

    def _spoken_to(self, source: Span) -> Holder | None:
        """Whom "you" means in a turn of a transcript: the other who speaks there."""
        if source.of(self.text).casefold() not in ("you", "your"):
            return None
        label = self.voices.partner(source.start)
        return None if label is None else self.voices.holder(label) or self.phrases.holder(label, ":", None)

    def _goes_on(self, place: int) -> Holder | None:
        """Who holds words with no source of their own: "..., Quill said, adding that", "Quill said so and warned"."""
        cue = self.attributions[place].cue
        start = cue[0].start if cue else -1
        goes_on = cue and (_PARTICIPLE.match(self.text, start) or _COORDINATED.search(self.text, max(0, start - 20), start))
        if not goes_on:
            return None
        sentence, rank = self.phrases.cast.sentence(start), self._ranks[place]
        for other in reversed(self.order[max(0, rank - _BEFORE) : rank]):
            at = _start(self.attributions[other])[0]
            if self.attributions[other].source and at < start and self._outer.get(other) == self._outer.get(place):
                self._told_by[place] = other
                return self.holder(other) if self.phrases.cast.sentence(at) == sentence else None
        return None

    def is_guess(self, place: int, holder: Holder | None) -> bool:
        """Whether the holder, who is meant there without being named, is only the likeliest of several: his words get no key."""
        if holder is None or not holder.named:
            return False
        beside = self._told_by.get(place)
        if beside is not None and self._found.get(beside) is holder and self._guessed(beside, holder):
            return True
        return self._guessed(place, holder)

    def _guessed(self, place: int, holder: Holder) -> bool:
        source, cast = self.attributions[place].source, self.phrases.cast
        if any(other is holder for span in source for _, other in cast.between(span.start, span.end)):
            return False
        return holder is not self._found.get(place) or any(map(cast.guessed, source))

    def read_headlines(self, of_place: dict[int, Holder | None]) -> None:
        """A bare "officials" in a headline is the "two officials ..." of the text below it."""
        cast = self.phrases.cast
        below: dict[tuple[str, SpeakerType], Holder] = {}
        short: list[int] = []
        for place, holder in of_place.items():
            if holder is None or holder.named or not holder.name:
                continue
            if cast.in_title(_start(self.attributions[place])[0]):
                short += [place] if len(holder.name.split()) < 3 else []
            elif len(holder.name.split()) > 1:
                below.setdefault((head(holder.name), holder.type), holder)
        for place in short:
            holder = of_place[place]
            if holder is not None and holder.name:
                of_place[place] = below.get((head(holder.name), holder.type), holder)


def _start(attribution: Attribution) -> tuple[int, int]:
    first = attribution.source[0].start if attribution.source else attribution.extent.start
    return first, attribution.extent.start


def _enclosing(attributions: tuple[Attribution, ...]) -> dict[int, int]:
    """For each place the place of the attribution in whose content its source stands, innermost first."""
    contents = sorted((span.start, -span.end, place) for place, one in enumerate(attributions) for span in one.content)
    sources = sorted((one.source[0].start, one.source[0].end, place) for place, one in enumerate(attributions) if one.source)
    found: dict[int, int] = {}
    open_contents: list[tuple[int, int]] = []
    at = 0
    for start, end, place in sources:
        while at < len(contents) and contents[at][0] <= start:
            open_contents = [one for one in open_contents if one[0] > start]
            open_contents.append((-contents[at][1], contents[at][2]))
            at += 1
        inside = [owner for stop, owner in open_contents[-8:] if stop >= end and owner != place]
        if inside:
            found[place] = inside[-1]
    for place, one in enumerate(attributions):
        if one.part_of is not None and 0 <= one.part_of < len(attributions) and one.part_of != place:
            found[place] = one.part_of
    return found


def _mentions(attributions: tuple[Attribution, ...], of_place: dict[int, Holder | None]) -> dict[int, tuple[Span, ...]]:
    spans: dict[int, set[Span]] = {}
    for place, holder in of_place.items():
        if holder is not None:
            if id(holder) not in spans:
                spans[id(holder)] = set(holder.mentions)
            spans[id(holder)].update(attributions[place].source)
    return {one: tuple(sorted(found)) for one, found in spans.items()}


def _speaker(holder: Holder, mentions: tuple[Span, ...]) -> Speaker:
    if holder.named and holder.name and (several := _collective(holder.name)) is not None:
        return Speaker(holder.name, SpeakerType.GROUP if several else holder.type, None, None, mentions, None)
    named = holder.named and holder.name is not None
    place, stands_for = PLACES.get((holder.name or "").casefold(), ("", "")) if holder.type is not SpeakerType.PERSON else ("", "")
    role = next((words for words in map(_bare_role, holder.roles) if words), None) if holder.type is SpeakerType.PERSON and named else None
    kind = SpeakerType.ORGANISATION if place == "industry" or (named and holder.type is SpeakerType.UNKNOWN) else holder.type
    return Speaker(holder.name, kind, role, slug(holder.name or "") or None if named else None, mentions, stands_for or None)


def _collective(name: str) -> bool | None:
    """Whether a name is one for many, "House Republicans" (True), or for anybody of a people, "Aussie" (False); else None."""
    *rest, last = name.casefold().split()
    if [last] in ADJECTIVES and not rest:
        return False
    one = singular(last)
    of_people = PLACES.get(one, ("",))[0] == "demonym"
    of_bodies = one in BODY_WORDS and last not in KNOWN_BODIES and (not rest or (one in _SEVERAL and last not in BODY_WORDS))
    if last in _MANY or (one != last and (of_people or one in ROLES or of_bodies)):
        return True
    return False if of_people and all(PLACES.get(word, ("",))[0] == "demonym" for word in rest) else None


_OWNER_WORD = re.compile(r"^(?:its|his|her|their|my|our|(?:(?-i:[A-Z])[\w.’-]*\s+){0,3}[\w’']+[’']s)\s+", re.IGNORECASE)
_SENTENCE_BEFORE = re.compile(r"^.*[a-z]{3}[.!?;:]\s+(?=\S)|^(?:to|as|of|for|from|by)\s+|^[^,]*\b(?:the|an?)\s+(?=\S)", re.DOTALL)
_LEFT_OPEN = re.compile(r"\s+(?:and|or|who|which|that)$")


def _bare_role(words: str) -> str:
    """The role without article, owner, relative clause, or what a neighbouring clause left before it."""
    start = core(words)
    role = _SENTENCE_BEFORE.sub("", start) + words[len(start) :]
    bare = _LEFT_OPEN.sub("", _OWNER_WORD.sub("", own_words(role), count=1))
    return f"{bare}." if words.endswith(f"{bare}.") else bare
