"""Holders who are described first and named later, as news likes to begin: "a former engineer has told ...", and below it the name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from onrecord.data import Attribution, Span, SpeakerType
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import LONG_FORM, Holder
from onrecord.resolve.mentions import (
    COMPANY,
    SAME_OFFICE,
    SECRET_SOURCES,
    UNION,
    UNNAMED_SOURCES,
    core,
    head,
    is_person,
    singular,
    without_article,
)
from onrecord.resolve.name_pieces import bare
from onrecord.resolve.names import Name

_LEAD = 3  # paragraphs, headlines aside, in which a described holder may wait for a name
_FAR = 6  # paragraphs from the description to the name
_BELOW = 12  # paragraphs below a headline that may say the same
_LONG, _STEM = re.compile(r"[^\W_]{4,}"), 5
_SECRET = re.compile(
    r"\banonym|\bnot (?:to be|be) (?:named|identified)|\bnot authori[sz]ed|\bdid not (?:want|wish) to be"
    r"|\b(?:declin|refus)\w+ to be (?:named|identified)|\bnot (?:want to |wish to )?give (?:his|her|their) (?:full |real )?names?\b"
    r"|\bnames? (?:(?:to |has |have )?(?:be|been) |(?:was|were) )(?:withheld|changed)"
)
_OF_MANY = re.compile(
    r"(?:one of|another|each|any|every|no|either|neither|some|someone|somebody|anyone|nobody|other|the other|my|your|our)\b", re.IGNORECASE
)
_SMALL = frozenset(
    ("former", "senior", "local", "national", "chief", "head", "group", "union", "party", "company", "association", "committee", "council")
)


def introduced(cast: Cast, attributions: tuple[Attribution, ...], of_place: Mapping[int, Holder | None]) -> dict[int, Holder]:
    """The name that the text gives later, for each holder (by its id()) who is only described at first; those it never names are left out.

    A name counts that is new there, opens its sentence or speaks, and whose role, where one is given, is the one described.
    """
    reading = _Introductions(cast, attributions, of_place)
    found: dict[int, Holder] = {}
    for place in sorted(of_place, key=reading.start):
        holder = of_place[place]
        if holder is not None and not holder.named and holder.name and id(holder) not in found and (named := reading.named(place, holder)):
            found[id(holder)] = named
    return found


class _Introductions:
    """Where the people and bodies of a document are first named in full."""

    def __init__(self, cast: Cast, attributions: tuple[Attribution, ...], of_place: Mapping[int, Holder | None]) -> None:
        self._cast, self._attributions = cast, attributions
        self._lines = [line.start for line in cast.paragraphs]
        self._speaks = {self.start(place): holder for place, holder in of_place.items() if holder is not None}
        self._speakers = {id(holder) for holder in self._speaks.values()}
        self._sources = sorted(one.source[0] for one in attributions if one.source)
        end = self._cast.paragraphs[min(_BELOW, len(self._lines) - 1)].end if self._lines else 0
        below = ((place, one) for place, one in of_place.items() if one is not None and one.named and self.start(place) < end)
        self._named_below = [(place, one) for place, one in below if not cast.in_title(self.start(place))]
        self._body = next((at for at, line in enumerate(cast.paragraphs) if at > 3 or not cast.in_title(line.start)), 0)

    def start(self, place: int) -> int:
        """Where the source of an attribution starts, or else the attribution."""
        one = self._attributions[place]
        return one.source[0].start if one.source else one.extent.start

    def named(self, place: int, holder: Holder) -> Holder | None:
        """The person or body who is meant by the description that stands here."""
        source = self._attributions[place].source
        if (
            not source
            or bare(head(holder.name or "")) not in bare(source[0].of(self._cast.text))
            or _OF_MANY.match(without_article(source[0].of(self._cast.text).strip()))
        ):
            return None
        line = self._line(source[0].start)
        if _SECRET.search(self._cast.text, source[0].start, self._end(line + 1)):
            return None
        found = self._person(source[0], holder, line) if holder.type is SpeakerType.PERSON else self._body_of(source[0], holder, line)
        return found or (self._told_below(place, holder) if self._cast.in_title(source[0].start) else None)

    def _told_below(self, place: int, holder: Holder) -> Holder | None:
        """Who says below a headline what the headline says: their words share half of its own or more."""
        if _office(holder.name or "") in SECRET_SOURCES:
            return None
        wanted = self._stems(place)
        best, found = 1, None
        for other, speaker in self._named_below:
            shared = len(wanted & self._stems(other))
            if shared > best and 2 * shared >= len(wanted) and speaker.type in (holder.type, SpeakerType.UNKNOWN):
                best, found = shared, speaker
        return found

    def _stems(self, place: int) -> frozenset[str]:
        """The longer words that are said, cut to their first letters."""
        words = (word for span in self._attributions[place].content for word in _LONG.findall(span.of(self._cast.text).casefold()))
        return frozenset(word[:_STEM] for word in words)

    def _person(self, source: Span, holder: Holder, line: int) -> Holder | None:
        noun = _office(holder.name or "")
        title = self._cast.in_title(source.start)
        if not is_person(singular(bare(head(holder.name or "")))) or noun in (SECRET_SOURCES if title else UNNAMED_SOURCES):
            return None
        plain = line < self._body + _LEAD
        for name, other, at in self._new(source, line):
            if other.type is not SpeakerType.PERSON or not self._takes_part(name, other):
                continue
            if any(_alike(_office(role), noun) for role in other.roles):
                return other
            if not other.roles and not name.title and at - line <= (2 if plain else 0):
                return other
            if plain:
                return None
        return None

    def _body_of(self, source: Span, holder: Holder, line: int) -> Holder | None:
        """A body whose name holds a word of the description: "a union of pilots", the Pilots' Guild."""
        words = {singular(bare(word)) for word in re.findall(r"\w+", core_and_tail(source.of(self._cast.text)))} - _SMALL
        wanted = {word for word in words if len(word) > 4}
        body = holder.type is SpeakerType.ORGANISATION or singular(bare(head(holder.name or ""))) in UNION | COMPANY
        if not wanted or not body or line >= self._body + _LEAD:
            return None
        for _, other, _ in self._new(source, line):
            if other.type is SpeakerType.ORGANISATION and len(wanted & {singular(word) for word in other.tokens}) > (len(wanted) > 2):
                return other
        return None

    def _new(self, source: Span, line: int) -> Iterator[tuple[Name, Holder, int]]:
        """The people and bodies first named in full after the source, with the paragraph."""
        for name, other in self._cast.between(source.end, self._end(line + _FAR)):
            if (
                len(name.words) > 1
                and not name.possessive
                and not self._before(other, source.start)
                and not self._cast.in_quotation(name.span.start)
            ):
                yield name, other, self._line(name.span.start)

    def _before(self, other: Holder, position: int) -> bool:
        """Whether somebody is named in the body before the position."""
        return any(mention.start < position and not self._cast.in_title(mention.start) for mention in other.mentions)

    def _takes_part(self, name: Name, other: Holder) -> bool:
        if id(other) not in self._speakers:
            return False
        at = bisect_right(self._sources, Span(name.span.start, len(self._cast.text))) - 1
        return (at >= 0 and self._sources[at].holds(name.span)) or self._cast.opens(name.span.start, self._cast.sentence(name.span.start))

    def _line(self, position: int) -> int:
        return max(0, bisect_right(self._lines, position) - 1)

    def _end(self, line: int) -> int:
        lines = self._cast.paragraphs
        return lines[min(line, len(lines) - 1)].end if lines else 0


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in office and other in office for office in SAME_OFFICE)


def core_and_tail(words: str) -> str:
    """The description without a relative clause."""
    return re.split(r",|\b(?:who|which|that)\b", without_article(words), maxsplit=1)[0]


def _office(words: str) -> str:
    noun = singular(bare(head(core(words))))
    return LONG_FORM.get(noun, noun)
