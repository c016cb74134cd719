"""What is announced to happen: meetings, votes, visits, trials; whether it stands, moved, was called off or is disputed."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.data import Document, Event, EventStatus, Span, Stance, Statement, TimeExpression
from onrecord.resolve.event_days import is_one_day
from onrecord.resolve.event_details import Calendar, Days, People, ordinal_of, owner_of, place_of
from onrecord.resolve.event_mentions import mentions
from onrecord.resolve.event_readers import Mention, Tone
from onrecord.resolve.event_words import OTHER

_LOOK_BACK = 20  # events that a mention is compared with, and mentions of each
_NEAR = 300  # characters from a noun to the pronoun that stands for it
_KNOWN = re.compile(r"(?:the|his|her|its|their)\b|[\w’'-]+[’']s?\s", re.IGNORECASE)
_CONFIRMS = re.compile(r"\bconfirm", re.IGNORECASE)
_MONTH, _WEEK = 7, 8  # characters of YYYY-MM and of YYYY-Www


@dataclass(frozen=True, slots=True)
class _Said:
    """A mention with its details and with the statements that hold it; `holder` is who answers for it, empty for the reporter."""

    mention: Mention
    tone: Tone
    days: Days
    place: str | None
    participants: tuple[str, ...]
    ordinal: str
    holder: str
    said_on: str
    statements: tuple[str, ...]
    denier: str | None = None
    owner: str = ""

    @property
    def people(self) -> tuple[str, ...]:
        """Who takes part, and who denies it: whoever denies a meeting was to be at it."""
        return (*self.participants, *filter(None, (self.denier,)))

    @property
    def dates(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.days.when, self.days.earlier)))

    @property
    def is_bare(self) -> bool:
        """Whether nothing but its noun tells which event is meant: "the meeting"."""
        return not (self.dates or self.place or (self.participants and not self.is_absence))

    @property
    def is_absence(self) -> bool:
        """Whether it only tells of somebody who will not come."""
        return self.mention.comes and self.tone is Tone.DENIED


@dataclass(slots=True)
class _Group:
    """All mentions of one event."""

    kind: str
    said: list[_Said] = field(default_factory=list)


def events(document: Document, statements: tuple[Statement, ...], times: tuple[TimeExpression, ...]) -> tuple[Event, ...]:
    """What the document announces, in the order of the text; all mentions of one event are one."""
    found = list(mentions(document.text))
    if not found:
        return ()
    reader = _Reading(document, statements, times)
    groups: list[_Group] = []
    for said in filter(None, map(reader.said, found)):
        _file(said, groups)
    told = (_event(document.text, group.said) for group in groups if _stands_alone(group))
    return tuple(sorted(told, key=lambda event: event.span))


class _Reading:
    """The document with who says what in it and when."""

    def __init__(self, document: Document, statements: tuple[Statement, ...], times: tuple[TimeExpression, ...]) -> None:
        self._document, self._contents = document, _Contents(statements)
        self._calendar, self._people = Calendar(document, times), People(document.text, statements)

    def said(self, mention: Mention) -> _Said | None:
        """The mention in full; None where it announces nothing: it is over, supposed only, or a plan of the past."""
        around, text = self._contents.around(mention.span), self._document.text
        inner = around[-1] if around else None
        if any(one.reading.hypothetical for one in around):
            return None
        denies = any(one.reading.stance is Stance.DENIES for one in around)
        days = self._calendar.days(mention)
        if not self._is_ahead(mention, days, denies):
            return None
        speaker = inner.speaker.name if inner else None
        tone = _tone(text, mention, inner, denies)
        holder = (inner.speaker.key or (speaker or "").casefold() or inner.id) if inner else ""
        return _Said(
            mention,
            tone,
            days,
            place_of(text, mention),
            self._people.participants(mention, inner),
            ordinal_of(text, mention),
            holder,
            inner.said_on.value[:10] if inner and inner.said_on else "",
            tuple(dict.fromkeys(one.id for one in around)),
            speaker if tone is Tone.DENIED else None,
            owner_of(text, mention),
        )

    def _is_ahead(self, mention: Mention, days: Days, denies: bool) -> bool:
        told = days.when or days.earlier
        if told is None:
            return not mention.weak and (denies or not mention.past) and (not mention.loose or self._has_detail(mention))
        if self._calendar.is_past(told):
            return mention.tone is Tone.MOVED and days.when is None
        return len(told) >= (_WEEK if mention.kind == OTHER else _MONTH) if mention.weak else True

    def _has_detail(self, mention: Mention) -> bool:
        """Whether a verb without a day has a place, or two who do it together."""
        return place_of(self._document.text, mention) is not None or len(self._people.participants(mention, None)) > 1


def _tone(text: str, mention: Mention, inner: Statement | None, denies: bool) -> Tone:
    """What the passage does with the event, once it is known who says it. The reporter's "the hearing will not take place" calls it off."""
    if inner is None:
        of_its_state = mention.tone is Tone.DENIED and not mention.comes and mention.pivot > mention.head.end
        return Tone.CANCELLED if of_its_state and _KNOWN.match(mention.span.of(text)) else mention.tone
    if mention.tone not in (Tone.ANNOUNCED, Tone.CONFIRMED):
        return mention.tone
    if denies:
        return Tone.DENIED
    cue = " ".join(span.of(text) for span in inner.attribution.cue)
    return Tone.CONFIRMED if _CONFIRMS.search(cue) and not inner.reading.negated_cue else mention.tone


class _Contents:
    """Which statements' contents hold a passage."""

    def __init__(self, statements: tuple[Statement, ...]) -> None:
        self._spans = sorted(((span, one) for one in statements for span in one.attribution.content), key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._spans]
        self._longest = max((span.end - span.start for span, _ in self._spans), default=0)

    def around(self, span: Span) -> list[Statement]:
        """The statements that tell at least half of the passage, the outermost first."""
        last = bisect_left(self._starts, span.end)
        first = bisect_left(self._starts, span.start - self._longest)
        half = (span.end - span.start) / 2
        return [one for content, one in self._spans[first:last] if min(content.end, span.end) - max(content.start, span.start) >= half]


def _file(said: _Said, groups: list[_Group]) -> None:
    """Puts a mention to the event that it tells of; one that no mention before it fits is of a new event."""
    near = groups[-_LOOK_BACK:]
    if said.mention.kind == "":
        last = max(near, key=lambda group: group.said[-1].mention.span.end, default=None)
        if last and said.mention.span.start - last.said[-1].mention.span.end < _NEAR:
            last.said.append(said)
        return
    alike = [group for group in reversed(near) if group.kind == said.mention.kind]
    found = next((group for group in alike if any(_same(said, other) for other in group.said[-_LOOK_BACK:])), None)
    if found is None and said.is_bare:
        found = next((group for group in alike if _may_be_meant(said, group)), None)
    if found is None:
        groups.append(found := _Group(said.mention.kind))
    found.said.append(said)


def _may_be_meant(said: _Said, group: _Group) -> bool:
    """Whether a bare noun ("the meeting") can stand for the event; "the drivers' strike" is not "the teachers' strike"."""
    if said.owner and any(other.owner not in ("", said.owner) for other in group.said):
        return False
    nouns = {other.mention.noun for other in group.said}
    counted = {other.ordinal for other in group.said}
    return (not said.ordinal or said.ordinal in counted or counted == {""}) and (
        said.mention.noun in nouns or "" in nouns or len(group.said) == 1
    )


def _same(one: _Said, other: _Said) -> bool:
    """Whether two mentions of one kind agree in place, day or people, and differ in none that both name."""
    if one.ordinal and other.ordinal and one.ordinal != other.ordinal:
        return False
    same_day = any(is_one_day(a, b) for a in one.dates for b in other.dates)
    if one.dates and other.dates and not same_day and not (_is_moved(one) or _is_moved(other)):
        return False
    if one.place and other.place:
        return _alike(one.place, other.place)
    people = any(_alike(a, b) for a in one.people for b in other.people)
    return same_day or people or _takes_up(one, other)


def _takes_up(one: _Said, other: _Said) -> bool:
    """Whether a noun with nothing but a day is that of just before: "will open the line. The opening is planned for Friday"."""
    if one.mention.noun and one.mention.noun == other.mention.noun and other.is_bare:
        return True
    near = one.mention.span.start - other.mention.span.end < _NEAR
    return near and one.mention.noun != "" and not (one.place or one.people or other.dates)


def _is_moved(said: _Said) -> bool:
    """Whether it gets a new day, so that it may have had another."""
    return said.tone is Tone.AGAIN or (said.tone is Tone.MOVED and said.days.earlier is None)


@lru_cache(maxsize=1 << 10)
def _alike(one: str, other: str) -> bool:
    a, b = set(one.casefold().split()), set(other.casefold().split())
    return a <= b or b <= a


def _stands_alone(group: _Group) -> bool:
    """Whether the mentions make an event: a noun alone does not, nor who will not come to what is not announced."""
    return any(not one.mention.weak or one.dates for one in group.said)


def _event(text: str, said: list[_Said]) -> Event:
    named = [one for one in said if one.mention.kind] or said
    head = next((one for one in named if one.tone is Tone.ANNOUNCED), named[0])
    people = tuple(dict.fromkeys(name for one in said if len(said) == 1 or not one.is_absence for name in one.participants))
    return Event(
        head.mention.span,
        " ".join(head.mention.span.of(text).split()),
        _when(said),
        _status(said),
        tuple(dict.fromkeys(name for one in said for name in one.statements)),
        people,
        next((one.place for one in said if one.place), None),
    )


def _when(said: list[_Said]) -> str | None:
    """The newest day; none where it was put off without one. A finer value wins over a coarser one of the same days."""
    moved = [one for one in said if one.tone in (Tone.MOVED, Tone.AGAIN)]
    told = [one.days.when for one in (moved or said) if one.days.when]
    if not told:
        return None
    base = told[-1] if moved else told[0]
    return max((value for value in told if is_one_day(value, base)), key=len)


def _status(said: list[_Said]) -> EventStatus:
    """What all mentions make of it; of one speaker the last word counts, and of days of saying the later one."""
    newest: dict[str, _Said] = {}
    for one in sorted(said, key=lambda one: one.said_on or "9999"):
        newest[one.holder or f"reporter {one.mention.span.start}"] = one
    tones = [one.tone for one in said]
    if Tone.CANCELLED in tones:
        after = tones[len(tones) - tones[::-1].index(Tone.CANCELLED) :]
        if not {Tone.AGAIN, Tone.CONFIRMED} & set(after):
            return EventStatus.CANCELLED
    return _of_those_who_speak(list(newest.values()), set(tones))


def _of_those_who_speak(newest: list[_Said], tones: set[Tone]) -> EventStatus:
    denied = [one for one in newest if one.tone is Tone.DENIED]
    if denied:
        others = [one for one in newest if one.tone is not Tone.DENIED]
        absent = all(one.is_absence for one in denied)
        if not (others and absent):
            return EventStatus.DISPUTED if others else EventStatus.DENIED
    if Tone.MOVED in tones:
        return EventStatus.MOVED
    holders = {one.holder for one in newest if one.holder and one.tone is not Tone.DENIED}
    return EventStatus.CONFIRMED if Tone.CONFIRMED in tones or len(holders) > 1 else EventStatus.PLANNED
