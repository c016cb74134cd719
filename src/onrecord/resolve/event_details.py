"""When, where and with whom: what the words of a mention tell of its event."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from onrecord.data import Document, Span, SpeakerType, Statement, TimeExpression, TimeType
from onrecord.resolve.event_readers import Mention, Tone
from onrecord.resolve.event_words import AT, CALENDAR, COUNTED, NOUN, NOUNS, OTHER, SIDED, TOWN, plain
from onrecord.resolve.mentions import is_role
from onrecord.resolve.names import Name, names

_DATED = re.compile(r"\d{4}")
_WEEKDAY = re.compile(
    r"(?:on\s+)?((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:[’']s)?(?:\s+(?:morning|afternoon|evening|night|noon))?", re.IGNORECASE
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OWNER = re.compile(r"\b([a-z][\w-]*s)[’']\s")
_THE_SAME = re.compile(r"(?:on\s+)?(?:the\s+same|that)\b", re.IGNORECASE)
_NEW_DAY = re.compile(r"\b(?:to|until|till|for)\s+(?:the\s+)?$", re.IGNORECASE)
_EVENT = re.compile(rf"\s+{NOUN.pattern}", re.IGNORECASE)  # behind a name that is part of the event's: "the Harbour Cup final"
_CALENDAR = re.compile(CALENDAR)
_INSIDE = re.compile(r"(?<=[a-z,] )([A-Z][\w’-]*)(?! [A-Z])")
# From "meet" to the one who is met: "meet the mayor", "debate her rival, Jon Brook".
_BESIDE = re.compile(
    r"\s+(?:(?:the|an?|his|her|its|their)\s+)?(?:(?!(?:in|on|at|to|for|from|about|after|before|over|and|as)\b)[a-z][\w-]*,?\s+){0,3}"
)
_LAST = re.compile(r"\blast\s+$", re.IGNORECASE)
_WORD = r"[A-Z][\w’-]*"
_CAPITALS = re.compile(r"[A-Z][\w’.-]*(?:\s(?:(?:van|von|der|den|de|di|da|la|al|bin)\s){0,2}[A-Z][\w-]*)+")
_NAME = rf"{_WORD}(?:\s(?:of\s)?{_WORD}){{0,4}}"
_PLACE = re.compile(rf"\b(?P<how>{AT})\s+{TOWN}(?:the\s+)?(?!{CALENDAR}\b)(?P<name>{_NAME})(?!['’]s?\s+[a-z])")
_THERE = re.compile(rf"\bto\s+{TOWN}(?:the\s+)?(?!{CALENDAR}\b)(?P<name>{_NAME})")
_PLACED = re.compile(rf"\b(?:{AT}|to|on|from|into|across)\s+{TOWN}(?:the\s+)?$")
_SELF = re.compile(r"(?:that\s+)?(?:[“\"]\s*)?(?:he|she|I|we|they|it)\b(?!\s+(?:said|says|added))", re.IGNORECASE)
_COMPANY = re.compile(r"\b(?:with|between|against|of|and|by|for|involving)\s+(?:[\w’-]+\s+){0,4}$")
_ATTRIBUTE = re.compile(r"\s([a-z-]+)\s(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Days:
    """The day for which an event is announced, and the one that it had before it was moved; TIMEX3 values."""

    when: str | None = None
    earlier: str | None = None


class Calendar:
    """The days that a document names."""

    def __init__(self, document: Document, times: Iterable[TimeExpression]) -> None:
        self._text, self._today = document.text, document.creation_day
        self._times = sorted((one for one in times if _is_dated(one)), key=lambda one: one.span)
        self._starts = [one.span.start for one in self._times]

    def days(self, mention: Mention) -> Days:
        """The days of a mention: those behind what becomes of it before those that stand with its noun."""
        found = self._within(mention)
        behind = [value for start, value in found if start >= mention.pivot]
        before = [value for start, value in found if start < mention.pivot]
        if mention.tone is not Tone.MOVED:
            return Days(self._best(behind) or (self._best(before[::-1]) if mention.kind != OTHER else None))
        new = [value for start, value in found if self._is_new(start, mention)]
        return Days(self._best(new), self._best([value for _, value in found if value not in new]))

    def _is_new(self, start: int, mention: Mention) -> bool:
        """Whether a day beside "moved" is that to which it is moved."""
        if start < mention.pivot:
            return False
        return 0 < mention.renewed <= start or _NEW_DAY.search(self._text[max(0, start - 16) : start]) is not None

    def is_past(self, when: str) -> bool:
        """Whether a day, or every day of a week, lies before that of the document."""
        if self._today is None:
            return False
        if "-W" in when:
            year, week, _ = date.fromisoformat(self._today).isocalendar()
            return when[:8] < f"{year}-W{week:02}"
        return when[:10] < self._today[: len(when[:10])] and when[5:6].isdigit()

    def _within(self, mention: Mention) -> list[tuple[int, str]]:
        """Where the days in the passage stand, and their values; a named day before one that only points back ("the same day")."""
        first = bisect_left(self._starts, mention.span.start)
        last = bisect_left(self._starts, mention.span.end, first)
        within = self._times[first:last]
        named = [one for one in within if not _THE_SAME.match(one.span.of(self._text))]
        return [(one.span.start, self._ahead(one, mention)) for one in named or within]

    def _best(self, values: list[str]) -> str | None:
        """The first that is not past, made more precise by the next ("on Sunday, 25 June at 17:00"); else the first."""
        place = next((place for place, value in enumerate(values) if not self.is_past(value)), None)
        if place is None:
            return values[0] if values else None
        finer = values[place + 1] if place + 1 < len(values) else ""
        return finer if finer.startswith(values[place][:10]) and len(finer) > len(values[place]) else values[place]

    def _ahead(self, one: TimeExpression, mention: Mention) -> str:
        """The value; a bare weekday is the next one, as what is announced lies ahead."""
        value = one.value or ""
        name = _WEEKDAY.fullmatch(one.span.of(self._text))
        if self._today is None or name is None or (mention.backward and mention.tone is not Tone.MOVED) or not self.is_past(value):
            return value
        if _LAST.search(self._text[max(0, one.span.start - 6) : one.span.start]):
            return value
        today = date.fromisoformat(self._today)
        return (today + timedelta(days=(_DAYS.index(name[1].casefold()) - today.weekday()) % 7)).isoformat() + value[10:]


def _is_dated(one: TimeExpression) -> bool:
    return one.type in (TimeType.DATE, TimeType.TIME) and one.value is not None and _DATED.match(one.value) is not None


class People:
    """Who a document names, each by the fullest name that it gives."""

    def __init__(self, text: str, statements: Iterable[Statement]) -> None:
        self._text = text
        self._known: dict[str, list[str]] = defaultdict(list)
        for one in statements:
            if one.speaker.name and one.speaker.type is SpeakerType.PERSON:
                self._known[one.speaker.name.split()[-1]].append(one.speaker.name)
        self._full: dict[str, str] = {}  # surname -> the longest name with it

    def full(self, name: str) -> str:
        """The fullest name for a surname."""
        last = name.rsplit(maxsplit=1)[-1]
        if last not in self._full:
            self._full[last] = max(
                (one for one in self._written(last) if one.endswith(last)), key=lambda one: len(one.split()), default=name
            )
        whole = self._full[last]
        return whole if set(name.split()) <= set(whole.split()) else name

    def _written(self, last: str) -> Iterator[str]:
        """The people of a surname as they are written."""
        yield from self._known.get(last, ())
        for words in self._capitals.get(last, ()):
            yield from (" ".join(one.words) for one in names(words) if one.kind is SpeakerType.PERSON)

    @cached_property
    def _capitals(self) -> dict[str, list[str]]:
        """The rows of words with a capital, by the last of them: the only ones that can be a name in full."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in dict.fromkeys(_CAPITALS.findall(self._text)):
            found[row.split()[-1]].append(row)
        return found

    def participants(self, mention: Mention, said: Statement | None) -> tuple[str, ...]:
        """Who takes part: the named of the subject and those "with", "between", "of", "against" whom; "I" and "she" are who says so."""
        words, found = mention.span.of(self._text), list[str]()
        if said is not None and _SELF.match(words):
            found += self._selves(said)
        if mention.subject is not None:
            found += self._named(mention.subject)
        for name in names(words):
            if self._is_name(name, mention.span) and self._takes_part(name, words, mention):
                found.append(self.full(" ".join(name.words)))
        return tuple(dict.fromkeys(found))

    def _selves(self, said: Statement) -> list[str]:
        """Who "I", "she" and "they" are in somebody's words: the speaker, or those named where several speak."""
        if said.speaker.name and said.speaker.key:
            return [self.full(said.speaker.name)]
        return [name for span in said.attribution.source for name in self._named(span)] if said.speaker.type is SpeakerType.GROUP else []

    def _named(self, span: Span) -> list[str]:
        return [self.full(" ".join(name.words)) for name in names(span.of(self._text)) if self._is_name(name, span)]

    def _is_name(self, name: Name, span: Span) -> bool:
        """Whether it names somebody: no place after "in", no day, no capital from the sentence only, no owner of a thing."""
        said, before = " ".join(name.words), span.of(self._text)[: name.outer]
        if _PLACED.search(before) or plain(said) in NOUNS or _CALENDAR.fullmatch(said):
            return False
        if name.kind is not SpeakerType.PERSON and (name.possessive or self._describes(name, span)):
            return False
        if _EVENT.match(self._text, span.start + name.span.end):
            return False
        return bool(before.strip()) or len(name.words) > 1 or name.kind is not None or said in self._inside

    def _describes(self, name: Name, span: Span) -> bool:
        """Whether the name only tells whose somebody is: "Rovers treasurer Nils Abram"."""
        after = _ATTRIBUTE.match(self._text, span.start + name.span.end)
        return after is not None and is_role(after[1])

    def _takes_part(self, name: Name, words: str, mention: Mention) -> bool:
        if mention.span.start + name.span.end <= mention.head.start or _COMPANY.search(words[: name.outer]):
            return True
        after = mention.head.end - mention.span.start
        return mention.kind in SIDED and not mention.noun and _BESIDE.fullmatch(words, after, name.outer) is not None

    @cached_property
    def _inside(self) -> frozenset[str]:
        """Words that have a capital inside a sentence too, so that they are names: "Rovers play", not "Tickets go"."""
        return frozenset(hit[1] for hit in _INSIDE.finditer(self._text))


def place_of(text: str, mention: Mention) -> str | None:
    """The named place of a mention; "in" tells more of it than "at", and a visit goes "to" one."""
    words = mention.span.of(text)
    found = list(_PLACE.finditer(words)) or (list(_THERE.finditer(words)) if mention.kind == "visit" else [])
    best = next((hit for hit in found if hit.groupdict().get("how") == "in"), found[0] if found else None)
    return best["name"] if best else None


def ordinal_of(text: str, mention: Mention) -> str:
    """ "second" of "the second round of talks", else nothing."""
    hit = COUNTED.search(mention.span.of(text))
    return plain(hit[1]) if hit else ""


def owner_of(text: str, mention: Mention) -> str:
    """ "drivers" of "the bus drivers' strike", else nothing."""
    hit = _OWNER.search(mention.span.of(text), 0, max(0, mention.head.end - mention.span.start)) if mention.noun else None
    return hit[1] if hit else ""
