"""Dialogue set out as in a transcript: every turn comes through the one channel that the introduction names."""

from __future__ import annotations

import re

from onrecord.data import Attribution, Channel, Document, Span, Speaker, Via
from onrecord.resolve.channel_scenes import anchor

Vias = tuple[Via, ...]
_FEWEST = 3
_INTRODUCTION = (
    (Channel.PRESS_CONFERENCE, re.compile(r"\b(?:(?:press|news|media) (?:conference|briefing)|briefing)\b", re.IGNORECASE)),
    (Channel.SPEECH, re.compile(r"\b(?:hearing|testimony|testified|town hall|oral arguments)\b", re.IGNORECASE)),
    (Channel.BROADCAST, re.compile(r"\b(?:televised debate|presidential debate|leaders[’'] debate)\b", re.IGNORECASE)),
    (
        Channel.INTERVIEW,
        re.compile(
            r"\b(?:interview(?:ed)?|sp(?:oke|eaks|eaking) (?:to|with)|talk(?:ed|s) (?:to|with)|in conversation|Q&A|met our|transcript)\b",
            re.IGNORECASE,
        ),
    ),
)


def dialogue(
    document: Document, attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...], order: list[int], vias: list[Vias]
) -> None:
    """Give the turns of a transcript their channel, where the article says what is transcribed."""
    turns = [place for place in order if _is_turn(document.text, attributions[place])]
    if len(turns) < _FEWEST or len({speakers[place].name for place in turns}) < 2:
        return
    start = anchor(attributions[turns[0]])
    voices = {speakers[place].name for place in turns}
    before = [place for place in order if anchor(attributions[place]) < start and speakers[place].name in voices and vias[place]]
    handed = vias[before[-1]] if before else _introduced(document, start)
    for place in turns:
        if handed and not vias[place]:
            vias[place] = handed


def _is_turn(text: str, attribution: Attribution) -> bool:
    """A turn opens its line: a name, a colon, the words."""
    if len(attribution.cue) != 1 or attribution.cue[0].of(text).strip() != ":" or not attribution.source:
        return False
    start = attribution.source[0].start
    return start < attribution.cue[0].start and text[max(0, start - 40) : start].rpartition("\n")[2].strip(" \"“”'‘—–-") == ""


def _introduced(document: Document, start: int) -> Vias:
    for channel, pattern in _INTRODUCTION:
        hit = pattern.search(document.text, max(0, start - 2000), start)
        if hit is not None:
            name = document.publisher if channel is Channel.INTERVIEW else None
            return (Via(name, channel, Span(*hit.span())),)
    return ()
