"""Turns of a transcript cut where the speaker turns from one act to another: from telling to asking, refusing or demanding.

A paragraph is one statement unless one part of some length does one thing and the next another. Sentences that only tell
belong to the act before them; a few words alone are no act of their own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from onrecord.annotate.sentences import sentences
from onrecord.annotate.tagger import Seen
from onrecord.annotate.turns import turn_labels
from onrecord.data import Attribution, Document, Span, Spans, Stance
from onrecord.resolve.stance import readings
from onrecord.resolve.stance_hearing import asks_throughout

LEAST_LEAD = 12  # words of telling that make a statement of their own before an act
LEAST_PART = 8  # words of an act that another may follow
LEAST_ACT = 4  # fewer words are a tag of what stands before: "Is it?"
LEAST_SPLIT = 20
_ACTS = frozenset((Stance.ASKS, Stance.DEMANDS, Stance.REFUSES, Stance.DECLINES, Stance.COMMITS, Stance.THREATENS))
_ENDS = (".", "?", "!", "…", "”", '"', ":")


def split_turns(document: Document, attributions: tuple[Attribution, ...], seen: Seen) -> tuple[Attribution, ...]:
    """The attributions with every turn cut into its acts, in the order of what is said; what is no turn stays whole."""
    labels = turn_labels(document.text, document.title)
    if not labels:
        return attributions
    spoken = {place for place, one in enumerate(attributions) if one.part_of is None and one.source and one.source[0] in labels}
    units = {
        place: _units(document.text, attributions[place].content)
        for place in spoken
        if _words(document.text, attributions[place].content) >= LEAST_SPLIT
    }
    units = {place: found for place, found in units.items() if len(found) > 1}
    alone = [replace(attributions[place], content=unit) for place, found in units.items() for unit in found]
    stances = iter([reading.stance for reading in readings(document, tuple(alone), seen)])
    parts = {
        place: _parts(document.text, found, [next(stances) for _ in found], asking=asks_throughout(document.text, attributions[place]))
        for place, found in units.items()
    }
    return _renumbered(attributions, parts, spoken)


def _units(text: str, content: Spans) -> tuple[Spans, ...]:
    """The sentences of a content; one that a stage direction breaks off goes on behind it."""
    every = sentences(text)
    pieces: list[Span] = []
    for span in content:
        first = max(bisect_right(every, span.start, key=lambda one: one.start) - 1, 0)
        last = bisect_left(every, span.end, key=lambda one: one.start)
        pieces += [Span(max(one.start, span.start), min(one.end, span.end)) for one in every[first:last] if one.touches(span)]
    units: list[Spans] = []
    for piece in pieces:
        if units and not units[-1][-1].of(text).rstrip('"”’)').endswith(_ENDS):
            units[-1] += (piece,)
        else:
            units.append((piece,))
    return tuple(units)


def _parts(text: str, units: tuple[Spans, ...], stances: list[Stance], *, asking: bool) -> tuple[Spans, ...]:
    acts = [stance if stance in _ACTS and _words(text, unit) >= LEAST_ACT else None for unit, stance in zip(units, stances, strict=True)]
    if not asking:
        last_told = max((place for place, stance in enumerate(stances) if stance is not Stance.ASKS), default=-1)
        acts = [None if act is Stance.ASKS and place < last_told else act for place, act in enumerate(acts)]
    parts: list[list[Spans]] = [[units[0]]]
    current = acts[0]
    for unit, act in zip(units[1:], acts[1:], strict=True):
        length = sum(_words(text, one) for one in parts[-1])
        changes = act is not None and act is not current
        if changes and length >= (LEAST_LEAD if current is None else LEAST_PART):
            parts.append([unit])
            current = act
        else:
            parts[-1].append(unit)
            current = current or act
    return tuple(_joined(part) for part in parts)


def _joined(units: Iterable[Spans]) -> Spans:
    """The spans of neighbouring sentences as one span each, where nothing but a blank stands between."""
    spans = [span for unit in units for span in unit]
    starts = [0, *(number + 1 for number, (one, other) in enumerate(pairwise(spans)) if other.start - one.end > 2), len(spans)]
    return tuple(Span(spans[first].start, spans[last - 1].end) for first, last in pairwise(starts))


def _words(text: str, content: Spans) -> int:
    return sum(len(span.of(text).split()) for span in content)


def _renumbered(attributions: tuple[Attribution, ...], parts: dict[int, tuple[Spans, ...]], spoken: set[int]) -> tuple[Attribution, ...]:
    """All attributions by what is said first, an outer one before its inner ones, with `part_of` counted anew."""
    pieces = [(place, content) for place, one in enumerate(attributions) for content in parts.get(place, (one.content,))]
    pieces.sort(key=lambda piece: _rank(attributions[piece[0]], piece[1], piece[0] in spoken))
    of_host: dict[int, list[int]] = {}
    for number, (place, _) in enumerate(pieces):
        of_host.setdefault(place, []).append(number)
    return tuple(
        replace(attributions[place], content=content, part_of=_host(attributions[place], pieces, of_host)) for place, content in pieces
    )


def _rank(one: Attribution, content: Spans, spoken: bool) -> tuple[int, bool, int]:
    return content[0].start if spoken else one.extent.start, one.part_of is not None, content[0].start


def _host(one: Attribution, pieces: list[tuple[int, Spans]], of_host: dict[int, list[int]]) -> int | None:
    if one.part_of is None:
        return None
    choices = of_host[one.part_of]
    at = (one.cue or one.content)[0]
    return next((number for number in choices if any(span.touches(at) for span in pieces[number][1])), choices[0])
