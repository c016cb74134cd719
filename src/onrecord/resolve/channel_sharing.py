"""What plainly belongs to the same interview, speech, statement or debate shares its channel.

A journalist names the interview once and then goes on with "she said". So a channel is handed on to the speaker's next
statements, and back to the headline and the lead, until another occasion is named or another time is spoken of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.data import Attribution, Channel, Document, Speaker, SpeakerType, Via
from onrecord.resolve.channel_lexicon import ATTITUDES
from onrecord.resolve.channel_scenes import Scene, anchor
from onrecord.resolve.channel_transcripts import dialogue

Vias = tuple[Via, ...]
# Paragraphs that a channel may reach over: an interview fills an article, a post is soon told.
_FORWARD = {
    Channel.INTERVIEW: 5,
    Channel.BROADCAST: 6,
    Channel.SPEECH: 1,
    Channel.PRESS_CONFERENCE: 2,
    Channel.STATEMENT: 1,
    Channel.LETTER: 1,
    Channel.SOCIAL_MEDIA: 1,
    Channel.COURT_FILING: 1,
}
_BACKWARD = 3
_ELSEWHEN = re.compile(
    r"\b(?:last (?:week|month|year|spring|summer|fall|autumn|winter|\w+day)|in (?:January|February|March|April|May|June|July|August|"
    r"September|"
    r"October|November|December|\d{4})|earlier (?:this|in)|previously|(?:years?|months?|weeks?|days?) (?:ago|earlier|before)|"
    r"at the time|then|once|long|"
    r"in the past|separately|meanwhile|repeatedly|often|always)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_PERFECT = re.compile(r"\b(?:has|have|had|[’']d|[’']ve)\b", re.IGNORECASE)
_PLUPERFECT = re.compile(r"\bhad\b", re.IGNORECASE)
_RECALLED = frozenset({"what", "that", "so"})  # "walked back what he told reporters": another occasion, only recalled
_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class _Turn:
    """One statement as far as sharing goes."""

    place: int
    paragraph: int
    who: str | None
    gives: bool
    takes: bool
    weekdays: frozenset[str]


def shared(
    document: Document,
    attributions: tuple[Attribution, ...],
    speakers: tuple[Speaker, ...],
    places: tuple[Scene, ...],
    own: tuple[Vias, ...],
) -> tuple[Vias, ...]:
    """The channels after sharing: dialogue first, then onwards, then back to headline and lead."""
    vias = list(own)
    _name_again(document.text, vias)
    order = sorted(range(len(attributions)), key=lambda place: anchor(attributions[place]))
    dialogue(document, attributions, speakers, order, vias)
    turns = [_turn(document.text, place, attributions[place], speakers[place], places[place]) for place in order]
    explicit = list(vias)
    _onwards(turns, explicit, vias)
    _back(turns, explicit, vias)
    return tuple(vias)


def _turn(text: str, place: int, attribution: Attribution, speaker: Speaker, scene: Scene) -> _Turn:
    around = _around(text, attribution, scene)
    cue = " ".join(span.of(text) for span in attribution.cue)
    source = " ".join(span.of(text) for span in attribution.source).casefold()
    nested = scene.told_in is not None or source in _RELATIVE
    recalled = " ".join(span.of(text) for span in attribution.content).casefold() in _RECALLED
    attitude = not attribution.cue or any(word in ATTITUDES for word in cue.casefold().split())
    elsewhen = _ELSEWHEN.search(around) is not None
    who = None if speaker.name is None or speaker.type is SpeakerType.DOCUMENT else speaker.key or speaker.name.casefold()
    return _Turn(
        place,
        scene.paragraph,
        who,
        gives=not nested and not _PLUPERFECT.search(cue) and not recalled,
        takes=not (nested or attitude or elsewhen or _PERFECT.search(cue)),
        weekdays=frozenset(_WEEKDAY.findall(around)),
    )


def _around(text: str, attribution: Attribution, scene: Scene) -> str:
    """The words of the sentence outside the content, at most some hundred characters from the cue."""
    at = anchor(attribution)
    low, high = max(scene.sentence.start, at - 200), min(scene.sentence.end, at + 200)
    pieces, start = [], low
    for span in attribution.content:
        if span.end > low and span.start < high:
            pieces.append(text[start : max(start, span.start)])
            start = max(start, span.end)
    pieces.append(text[start:high])
    return " ".join(pieces)


def _onwards(turns: list[_Turn], explicit: list[Vias], vias: list[Vias]) -> None:
    """Hand a channel on to the same speaker's next statements."""
    last: dict[str, tuple[_Turn, Vias]] = {}
    for turn in turns:
        if turn.who is None:
            continue
        mine = explicit[turn.place]
        if mine:
            if turn.gives:
                last[turn.who] = (turn, mine)
            continue
        giver = last.get(turn.who)
        if giver is None or not turn.takes:
            continue
        before, handed = giver
        if turn.paragraph - before.paragraph > min(_FORWARD.get(via.channel, -1) for via in handed) or _other_day(before, turn):
            continue
        vias[turn.place] = handed
        last[turn.who] = (turn, handed)


def _back(turns: list[_Turn], explicit: list[Vias], vias: list[Vias]) -> None:
    """Hand a speaker's first channel back to the headline and to what precedes it closely."""
    first: dict[str, tuple[_Turn, Vias]] = {}
    for turn in reversed(turns):
        if turn.who is None:
            continue
        if explicit[turn.place]:
            first.pop(turn.who, None)
            if turn.gives:
                first[turn.who] = (turn, explicit[turn.place])
            continue
        giver = first.get(turn.who)
        if giver is None or vias[turn.place] or not turn.takes:
            continue
        after, handed = giver
        if after.paragraph - turn.paragraph > _BACKWARD or _other_day(after, turn) or any(via.channel not in _FORWARD for via in handed):
            continue
        vias[turn.place] = handed
        first[turn.who] = (turn, handed)


def _other_day(one: _Turn, other: _Turn) -> bool:
    return bool(one.weekdays and other.weekdays and not one.weekdays & other.weekdays)


def _name_again(text: str, vias: list[Vias]) -> None:
    """ "At the forum" is the forum that was named before, with its channel and its outlet."""
    named: dict[str, Via] = {}
    for place, mine in enumerate(vias):
        for via in mine:
            noun = _noun(text, via)
            if noun and via.channel is Channel.BROADCAST:
                named.setdefault(noun, via)
        if len(mine) == 1 and mine[0].channel is Channel.SPEECH and (again := named.get(_noun(text, mine[0]))):
            vias[place] = (Via(again.name, again.channel, mine[0].span),)


def _noun(text: str, via: Via) -> str:
    words = via.span.of(text).casefold()
    return next((noun for noun in ("forum", "town hall", "event") if noun in words), "")
