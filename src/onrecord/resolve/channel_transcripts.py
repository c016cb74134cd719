"""Dialogue set out as in a transcript: every turn comes through the one channel that heading or introduction name."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.annotate.turns import turn_labels
from onrecord.data import Attribution, Channel, Document, Span, Speaker, Via
from onrecord.resolve.channel_lexicon import is_publisher
from onrecord.resolve.channel_scenes import anchor

Vias = tuple[Via, ...]
_FEWEST = 3
_PRESS = re.compile(
    r"\b(?:(?:press|news|media) (?:conference|briefing|gaggle|call)|gaggle|briefing|fac(?:e|es|ed|ing) the press|and reporters"
    r"|took questions)\b",
    re.IGNORECASE,
)
_BROADCAST = re.compile(r"\b(?:televised debate|presidential debate|leaders[’'] debate)\b", re.IGNORECASE)
_INTRODUCTION = (
    (Channel.PRESS_CONFERENCE, _PRESS),
    (
        Channel.SPEECH,
        re.compile(
            r"\b(?:hearing|testimony|testified|town hall|oral arguments|inquiry|inquest|tribunal|g(?:ave|iven) evidence"
            r"|cross-examin\w+|the witness)\b",
            re.IGNORECASE,
        ),
    ),
    (Channel.BROADCAST, _BROADCAST),
    (Channel.BROADCAST, re.compile(r"\bpodcast\b", re.IGNORECASE)),
    (
        Channel.INTERVIEW,
        re.compile(
            r"\b(?:interview(?:ed)?|sp(?:oke|eaks|eaking) (?:to|with)|talk(?:ed|s) (?:to|with)|in conversation|Q ?& ?A|met our|transcript"
            r"|our questions"
            r"|questions and answers|edited for (?:length|clarity|brevity))\b",
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
# What the labels of a transcript say of it where nothing else does.
_LABELS = (
    (Channel.PRESS_CONFERENCE, re.compile(r"(?:Reporters?|Journalists?|Press)(?: \d+)?", re.IGNORECASE)),
    (Channel.BROADCAST, re.compile(r"(?:Host|Anchor|Presenter)", re.IGNORECASE)),
    (Channel.SPEECH, re.compile(r"(?:The )?(?:Court|Judge|Witness|Counsel|Clerk|Chair(?:man|woman)?)", re.IGNORECASE)),
    (Channel.INTERVIEW, re.compile(r"(?:Q|A|Interviewer)")),
)
# What is said to those who listen: an interview that opens so is printed as it went on air.
_GREETING = re.compile(
    r"\bgood (?:morning|afternoon|evening)\b|\bwelcome (?:to|back)\b|\bwith me (?:is|now|are)\b"
    r"|\bjoin(?:s|ing|ed)? (?:me|us) (?:now|from|live|by)\b"
    r"|\bour listeners\b|\byou[’']re listening\b",
    re.IGNORECASE,
)
_OPENING = 300
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
    handed = handed or _labelled(document, sorted({attributions[place].source[0] for place in turns if attributions[place].source}))
    if _GREETING.search(document.text, start, start + _OPENING):
        handed = tuple(replace(via, channel=Channel.BROADCAST) if via.channel is Channel.INTERVIEW else via for via in handed)
    for place in turns:
        if handed and not vias[place] and not is_publisher(speakers[place].name or "", document.publisher):
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


def _labelled(document: Document, labels: list[Span]) -> Vias:
    """The channel that the labels speak of: a host broadcasts, the outlet itself asks in an interview."""
    for channel, pattern in _LABELS:
        for label in labels:
            if pattern.fullmatch(label.of(document.text)):
                return (_via(document, channel, label),)
    asking = next((label for label in labels if is_publisher(label.of(document.text), document.publisher)), None)
    return (_via(document, Channel.INTERVIEW, asking),) if asking is not None else ()


def _via(document: Document, channel: Channel, span: Span) -> Via:
    return Via(document.publisher if channel is Channel.INTERVIEW else None, channel, span)
