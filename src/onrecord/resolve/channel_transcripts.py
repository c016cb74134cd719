"""Dialogue set out as in a transcript: every turn comes through the one channel that heading or introduction name."""

from __future__ import annotations

import re

from onrecord.annotate.turns import turn_labels
from onrecord.data import Attribution, Channel, Document, Span, Speaker, Via
from onrecord.resolve.channel_scenes import anchor

Vias = tuple[Via, ...]
_FEWEST = 3
_PRESS = re.compile(r"\b(?:(?:press|news|media) (?:conference|briefing|gaggle|call)|gaggle|briefing)\b", re.IGNORECASE)
_BROADCAST = re.compile(r"\b(?:televised debate|presidential debate|leaders[’'] debate)\b", re.IGNORECASE)
_INTRODUCTION = (
    (Channel.PRESS_CONFERENCE, _PRESS),
    (Channel.SPEECH, re.compile(r"\b(?:hearing|testimony|testified|town hall|oral arguments)\b", re.IGNORECASE)),
    (Channel.BROADCAST, _BROADCAST),
    (
        Channel.INTERVIEW,
        re.compile(
            r"\b(?:interview(?:ed)?|sp(?:oke|eaks|eaking) (?:to|with)|talk(?:ed|s) (?:to|with)|in conversation|Q&A|met our|transcript)\b",
            re.IGNORECASE,
        ),
    ),
)
_HEADING = (
    (Channel.PRESS_CONFERENCE, re.compile(r"\b(?:(?:press|news|media) (?:conference|briefing|gaggle|call)|gaggle)\b", re.IGNORECASE)),
    (Channel.INTERVIEW, re.compile(r"\b(?:interview|Q ?& ?A|questions and answers)\b", re.IGNORECASE)),
    (Channel.BROADCAST, _BROADCAST),
    (
        Channel.SPEECH,
        re.compile(
            r"\b(?:remarks|speech|address|keynote|lecture|sermon|eulogy|toast|hearing|testimony|oral arguments|town hall|commencement)\b",
            re.IGNORECASE,
        ),
    ),
    (Channel.PRESS_CONFERENCE, re.compile(r"\bbriefing\b", re.IGNORECASE)),
)
_PREAMBLE = 2000


def dialogue(
    document: Document, attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...], order: list[int], vias: list[Vias]
) -> None:
    """Give the turns of a transcript their channel, where heading or article say what is transcribed."""
    labels = turn_labels(document.text, document.title)
    turns = [place for place in order if labels.intersection(attributions[place].source[:1])]
    if not turns:
        turns = [place for place in order if _is_turn(document.text, attributions[place])]
        if len(turns) < _FEWEST or len({speakers[place].name for place in turns}) < 2:
            return
    start = anchor(attributions[turns[0]])
    voices = {speakers[place].name for place in turns}
    before = [place for place in order if anchor(attributions[place]) < start and speakers[place].name in voices and vias[place]]
    label = attributions[turns[0]].source[0] if labels else None
    handed = vias[before[-1]] if before else _introduced(document, start, label)
    for place in turns:
        if handed and not vias[place]:
            vias[place] = handed


def _is_turn(text: str, attribution: Attribution) -> bool:
    """A turn opens its line: a name, a colon, the words."""
    if len(attribution.cue) != 1 or attribution.cue[0].of(text).strip() != ":" or not attribution.source:
        return False
    start = attribution.source[0].start
    return start < attribution.cue[0].start and text[max(0, start - 40) : start].rpartition("\n")[2].strip(" \"“”'‘—–-") == ""


def _introduced(document: Document, start: int, label: Span | None) -> Vias:
    """The channel that the title names, else the text before the first turn; the first label stands for a title outside the text."""
    heading = document.title or ""
    if heading and label is not None:
        found = next(((channel, hit) for channel, pattern in _HEADING if (hit := pattern.search(heading))), None)
        if found is not None:
            at = document.text.find(found[1][0], 0, start)
            return (_via(document, found[0], Span(at, at + len(found[1][0])) if at >= 0 else label),)
    patterns = _INTRODUCTION if label is None else (*_INTRODUCTION, _HEADING[3])
    for channel, pattern in patterns:
        hit = pattern.search(document.text, max(0, start - _PREAMBLE), start)
        if hit is not None:
            return (_via(document, channel, Span(*hit.span())),)
    return ()


def _via(document: Document, channel: Channel, span: Span) -> Via:
    return Via(document.publisher if channel is Channel.INTERVIEW else None, channel, span)
