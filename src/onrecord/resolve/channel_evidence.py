"""What speaks for each channel of a statement: the same speaker's channels before and after it, hints around it, its cue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.data import Channel, Via
from onrecord.resolve.channel_hints import Hints
from onrecord.resolve.channel_turns import Turn, bucket


class Evidence(NamedTuple):
    """The cues for one channel of one statement, and the passage that would show it."""

    place: int
    channel: Channel
    cues: tuple[str, ...]
    via: Via


Seen = dict[Channel, tuple[list[str], Via]]


@dataclass(slots=True)
class _Mention:
    """A statement that names its channel; `gap` is the longest silence of its speaker since, in paragraphs."""

    turn: Turn
    via: Via
    gap: int = 0


@dataclass(slots=True)
class _Walk:
    """What one walk through the statements, onwards ("on") or back, has seen."""

    name: str
    by_any: dict[Channel, _Mention] = field(default_factory=dict)
    latest: Channel | None = None
    by_who: dict[str, dict[Channel, _Mention]] = field(default_factory=dict)
    at_who: dict[str, int] = field(default_factory=dict)
    latest_who: dict[str, Channel] = field(default_factory=dict)

    def see(self, turn: Turn) -> Seen:
        """What the statements passed so far say of this one's channels."""
        found: Seen = {}
        for channel, mention in self.by_any.items():
            cues = [f"{self.name} any {bucket(abs(turn.paragraph - mention.turn.paragraph))}"]
            if channel is self.latest:
                cues.append(f"{self.name} any latest")
            found[channel] = cues, mention.via
        if turn.who is not None:
            silence = abs(turn.paragraph - self.at_who.get(turn.who, turn.paragraph))
            for channel, mention in self.by_who.get(turn.who, {}).items():
                mention.gap = max(mention.gap, silence)
                found[channel] = [*found[channel][0], *self._of_same(turn, channel, mention)], mention.via
        return found

    def _of_same(self, turn: Turn, channel: Channel, mention: _Mention) -> Iterator[str]:
        yield f"{self.name} same {bucket(abs(turn.paragraph - mention.turn.paragraph))}"
        yield f"{self.name} gap {bucket(mention.gap)}"
        if channel is self.latest_who[turn.who or ""]:
            yield f"{self.name} same latest"
        if turn.other_day(mention.turn):
            yield f"{self.name} other day"

    def add(self, turn: Turn) -> None:
        """Go past a statement."""
        if turn.who is not None:
            self.at_who[turn.who] = turn.paragraph
        for via in turn.own if turn.gives else ():
            self.by_any[via.channel] = _Mention(turn, via)
            self.latest = via.channel
            if turn.who is not None:
                self.by_who.setdefault(turn.who, {})[via.channel] = _Mention(turn, via)
                self.latest_who[turn.who] = via.channel


def evidence(turns: list[Turn], hints: Hints, ruled: dict[int, tuple[Via, ...]]) -> Iterator[Evidence]:
    """What speaks for the channels of every statement that may take one; `ruled` are those that the simple rule hands on."""
    totals = Counter(via.channel for turn in turns for via in turn.own)
    named = {channel: (f"all {2 * totals[channel] // totals.total()}", f"known {bucket(totals[channel])}") for channel in Channel if totals}
    onwards = _Walk("on")
    for turn, after in zip(turns, _later(turns), strict=True):
        before = onwards.see(turn)
        onwards.add(turn)
        if not turn.takes:
            continue
        near = hints.near(turn)
        rule = {via.channel for via in ruled.get(turn.place, ())}
        for channel in sorted({*before, *after, *near}):
            cues = [*turn.cues, *named.get(channel, ()), *(sorted(near[channel].cues) if channel in near else ())]
            cues += [cue for one in (after, before) if channel in one for cue in one[channel][0]]
            if channel in rule:
                cues.append("rule")
            shown = next((one[channel][1] for one in (before, after) if channel in one), None)
            yield Evidence(turn.place, channel, tuple(cues), shown or Via(None, channel, near[channel].hint.span))


def _later(turns: list[Turn]) -> list[Seen]:
    back = _Walk("back")
    found = []
    for turn in reversed(turns):
        found.append(back.see(turn))
        back.add(turn)
    return found[::-1]
