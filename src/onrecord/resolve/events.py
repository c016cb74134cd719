"""What is announced to happen: meetings, votes, visits, trials; whether it stands, moved, was called off or is disputed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.data import Document, Event, EventStatus, Span, Stance, Statement, TimeExpression, TimeType
from onrecord.resolve.event_mentions import Mention, Tone, mentions

_DATED = re.compile(r"\d{4}")
_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class _Said:
    """A mention with its day and with the statements that hold it; `holder` is who answers for it, empty for the reporter."""

    mention: Mention
    tone: Tone
    when: str | None
    holder: str
    statements: tuple[str, ...]
    denier: str | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Who takes part, and who denies it: whoever denies a meeting was to be at it."""
        return (*self.mention.participants, *filter(None, (self.denier,)))


@dataclass(slots=True)
class _Group:
    """All mentions of one event."""

    said: list[_Said] = field(default_factory=list)


def events(document: Document, statements: tuple[Statement, ...], times: tuple[TimeExpression, ...]) -> tuple[Event, ...]:
    """What the document announces, in the order of the text; two mentions of the same event are one."""
    ordered = sorted(times, key=lambda time: time.span)
    starts = [time.span.start for time in ordered]
    contents = _Contents(statements)
    groups: dict[str, list[_Group]] = {}
    for mention in _without_overlaps(mentions(document.text)):
        when = _when(mention.span, ordered, starts)
        if _is_over(mention, when, document.creation_day):
            continue
        said = _said(mention, when, contents.around(mention.span))
        if said is not None:
            _file(said, groups.setdefault(mention.kind, []))
    found = [_event(document.text, group.said) for kind in groups.values() for group in kind]
    return tuple(sorted(found, key=lambda event: event.span))


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


def _without_overlaps(found: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap the first kind of pattern wins, as it says most."""
    ranked = sorted(enumerate(found), key=lambda pair: (pair[1].span.start, pair[0]))
    kept: list[tuple[int, Mention]] = []
    for rank, mention in ranked:
        if mention.span.start >= mention.span.end:
            continue
        if kept and mention.span.start < kept[-1][1].span.end:
            if rank < kept[-1][0]:
                kept[-1] = (rank, mention)
            continue
        kept.append((rank, mention))
    return [mention for _, mention in kept]


def _when(span: Span, ordered: list[TimeExpression], starts: list[int]) -> str | None:
    """The value of the first calendar expression inside the passage."""
    place = bisect_left(starts, span.start)
    while place < len(ordered) and starts[place] < span.end:
        time = ordered[place]
        if time.type in (TimeType.DATE, TimeType.TIME) and time.value and _DATED.match(time.value):
            return time.value
        place += 1
    return None


def _is_over(mention: Mention, when: str | None, today: str | None) -> bool:
    """Whether the event lies before the paper's day, so that it is no announcement."""
    if when is None:
        return mention.past
    return today is not None and when[:10] < today[: len(when[:10])] and "W" not in when


def _said(mention: Mention, when: str | None, around: list[Statement]) -> _Said | None:
    if any(one.reading.hypothetical for one in around):
        return None
    inner = around[-1] if around else None
    tone = mention.tone
    if inner is not None and inner.reading.stance is Stance.DENIES and tone is Tone.ANNOUNCED:
        tone = Tone.DENIED
    holder = (inner.speaker.key or (inner.speaker.name or "").casefold() or inner.id) if inner else ""
    denier = inner.speaker.name if inner is not None and tone is Tone.DENIED else None
    return _Said(mention, tone, when, holder, tuple(dict.fromkeys(one.id for one in around)), denier)


def _file(said: _Said, kind: list[_Group]) -> None:
    for group in reversed(kind[-_LOOK_BACK:]):
        if any(_same(said, other) for other in group.said[-_LOOK_BACK:]):
            group.said.append(said)
            return
    kind.append(_Group([said]))


def _same(one: _Said, other: _Said) -> bool:
    """Whether two mentions of one kind agree in place, day or people, and differ in none that both name."""
    if one.when and other.when and one.when[:10] != other.when[:10] and Tone.MOVED not in (one.tone, other.tone):
        return False
    if one.mention.place and other.mention.place:
        return _alike(one.mention.place, other.mention.place)
    people = any(_alike(a, b) for a in one.people for b in other.people)
    return people or (one.when is not None and one.when == other.when)


def _alike(one: str, other: str) -> bool:
    a, b = set(one.casefold().split()), set(other.casefold().split())
    return a <= b or b <= a


def _event(text: str, said: list[_Said]) -> Event:
    head = next((one for one in said if one.tone is Tone.ANNOUNCED), said[0])
    latest = [one.when for one in said if one.when]
    moved = [one.when for one in said if one.tone is Tone.MOVED and one.when]
    people = tuple(dict.fromkeys(name for one in said for name in one.mention.participants))
    return Event(
        head.mention.span,
        " ".join(head.mention.span.of(text).split()),
        moved[-1] if moved else latest[0] if latest else None,
        _status(said),
        tuple(dict.fromkeys(name for one in said for name in one.statements)),
        people,
        next((one.mention.place for one in said if one.mention.place), None),
    )


def _status(said: list[_Said]) -> EventStatus:
    tones = {one.tone for one in said}
    if Tone.CANCELLED in tones:
        return EventStatus.CANCELLED
    if Tone.DENIED in tones:
        return EventStatus.DISPUTED if len(tones) > 1 else EventStatus.DENIED
    if Tone.MOVED in tones:
        return EventStatus.MOVED
    holders = {one.holder for one in said if one.holder}
    return EventStatus.CONFIRMED if len(holders) > 1 else EventStatus.PLANNED
