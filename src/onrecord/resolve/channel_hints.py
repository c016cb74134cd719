"""The hints at channels that stand around a statement, outside what anybody says."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field

from onrecord.data import Channel, Span
from onrecord.resolve.channel_turns import Turn, bucket
from onrecord.resolve.channel_words import Hint

_BEFORE, _AFTER = 4, 2  # paragraphs
_NAMED, _BESIDE = 140, 40  # characters
_LATER = 200  # what comes after a statement is that many characters less near
_LEAD = 3
_MOST = 40  # hints looked at on either side of a statement


@dataclass(slots=True)
class Near:
    """What the hints around a statement say of one channel, and the nearest of them."""

    hint: Hint
    distance: int
    cues: set[str] = field(default_factory=set)


class Hints:
    """The hints of a text outside the covered passages, which paragraph each stands in, how many there are of each channel."""

    def __init__(self, text: str, found: list[Hint], starts: list[int], covered: list[Span]) -> None:
        self.text = text
        self.all = _outside(found, covered)
        self.at = [hint.start for hint in self.all]
        self.paragraph = [max(0, bisect_right(starts, at) - 1) for at in self.at]
        self.count = Counter(hint.channel for hint in self.all)
        self.lead = {hint.channel: hint for hint in reversed(self.all[: min(_MOST, bisect_left(self.paragraph, _LEAD))])}

    def near(self, turn: Turn) -> dict[Channel, Near]:
        """What the hints say of every channel that they speak for."""
        found: dict[Channel, Near] = {}
        middle = bisect_left(self.at, turn.at)
        low = max(middle - _MOST, bisect_left(self.paragraph, turn.paragraph - _BEFORE))
        high = min(middle + _MOST, bisect_right(self.paragraph, turn.paragraph + _AFTER))
        for place in range(low, high):
            self._see(found, turn, place, after=place >= middle)
        if middle:
            latest = self.all[middle - 1]
            found.setdefault(latest.channel, Near(latest, 0)).cues.add("hint latest")
        for channel, hint in self.lead.items():
            found.setdefault(channel, Near(hint, 0)).cues.add("hint lead")
        for channel, near in found.items():
            count = self.count[channel]
            near.cues.add(f"hints {bucket(count)}")
            near.cues.add(f"share {4 * count // len(self.all)}")
        return found

    def _see(self, found: dict[Channel, Near], turn: Turn, place: int, *, after: bool) -> None:
        hint = self.all[place]
        away = abs(hint.start - turn.at)
        distance = away + _LATER * after
        near = found.get(hint.channel)
        if near is None:
            near = found[hint.channel] = Near(hint, distance)
        elif distance < near.distance:
            near.hint, near.distance = hint, distance
        if turn.sentence.start <= hint.start < turn.sentence.end:
            near.cues.add("hint sentence")
            if away < _BESIDE:
                near.cues.add("hint beside")
        else:
            near.cues.add(f"hint {'after' if after else 'before'} {abs(self.paragraph[place] - turn.paragraph)}")
        if turn.surname and self.text.find(turn.surname, max(0, hint.start - _NAMED), hint.end + _NAMED) >= 0:
            near.cues.add("hint names speaker")


def _outside(found: list[Hint], covered: list[Span]) -> list[Hint]:
    reach, lows, ends = 0, [], []
    for span in sorted(covered):
        reach = max(reach, span.end)
        lows.append(span.start)
        ends.append(reach)
    return [hint for hint in found if not _covered(Span(hint.start, hint.end), lows, ends)]


def _covered(span: Span, lows: list[int], ends: list[int]) -> bool:
    place = bisect_right(lows, span.start) - 1
    return place >= 0 and ends[place] > span.start
