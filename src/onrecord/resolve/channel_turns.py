"""The statements of a text in their order, each as far as its channel goes: who, where, with which kind of cue."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

from onrecord.data import Attribution, Span, Speaker, SpeakerType, Via
from onrecord.resolve.channel_lexicon import ATTITUDES, CUES, MODALS, PRONOUNS, STRONG_PASTS
from onrecord.resolve.channel_scenes import Scene, anchor

_ELSEWHEN = re.compile(
    r"\b(?=[aedilmoprstwy])(?:last (?:week|month|year|spring|summer|fall|autumn|winter|\w+day)"
    r"|in (?:January|February|March|April|May|June|July|August|September|October|November|December|\d{4})"
    r"|earlier (?:this|in)|previously|(?:years?|months?|weeks?|days?) (?:ago|earlier|before)|"
    r"at the time|then|once|long|in the past|separately|meanwhile|repeatedly|often|always)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_RECALLED = frozenset({"what", "that", "so"})  # "walked back what he told reporters": another occasion, only recalled
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_MARKS = frozenset("“\"‘'«")
_WORD = re.compile(r"[\w’'-]+")
_LEAD = 3
_LIMITS = (0, 1, 2, 4, 8, 16)
_BUCKETS = (*map(str, _LIMITS), "far")


class Turn(NamedTuple):
    """One statement: `gives` where its channel may serve others, `takes` where it may be given one, `cues` for the weighing.

    An attitude, words told inside others and words of another time take no channel from what stands around them.
    """

    place: int
    at: int
    paragraph: int
    sentence: Span
    who: str | None
    surname: str
    gives: bool
    takes: bool
    weekdays: frozenset[str]
    cues: tuple[str, ...]
    own: tuple[Via, ...]

    def other_day(self, other: Turn) -> bool:
        """Whether the sentences of the two name different weekdays."""
        return bool(self.weekdays and other.weekdays and not self.weekdays & other.weekdays)


def turns(
    text: str,
    attributions: tuple[Attribution, ...],
    speakers: tuple[Speaker, ...],
    places: tuple[Scene, ...],
    own: tuple[tuple[Via, ...], ...],
) -> list[Turn]:
    """The statements in the order of the text."""
    times = Counter(speaker.name for speaker in speakers)
    crowd = [f"parts {bucket(len(times))}"]
    order = sorted(range(len(attributions)), key=lambda place: anchor(attributions[place]))
    found = []
    for place in order:
        speaker = speakers[place]
        count = times[speaker.name] if speaker.name else 0
        share = [f"times {bucket(count)}", f"portion {4 * count // len(order)}", *crowd]
        turn = _turn(text, place, attributions[place], speaker, places[place], own[place])
        found.append(turn._replace(cues=(*turn.cues, *share)))
    return found


def bucket(count: int) -> str:
    """A distance or number as a cue: 0, 1, 2, up to 4, 8, 16, far."""
    return _BUCKETS[bisect_left(_LIMITS, count)]


def _turn(text: str, place: int, one: Attribution, speaker: Speaker, scene: Scene, own: tuple[Via, ...]) -> Turn:
    around = _around(text, one, scene)
    cue, source, content = (" ".join(span.of(text) for span in spans).casefold() for spans in (one.cue, one.source, one.content))
    elsewhen = _ELSEWHEN.search(around) is not None
    kind, tense = _kind(cue), _tense(cue)
    nested = scene.told_in is not None or source in _RELATIVE
    opening = text[max(0, one.content[0].start - 1) : one.content[0].start + 1]
    flags = {
        "pronoun": source in PRONOUNS,
        "no source": not source,
        "quoted": not _MARKS.isdisjoint(opening),
        "headline": scene.paragraph == 0,
        "lead": 0 < scene.paragraph < _LEAD,
    }
    return Turn(
        place,
        anchor(one),
        scene.paragraph,
        scene.sentence,
        who=None if speaker.name is None or speaker.type is SpeakerType.DOCUMENT else speaker.key or speaker.name.casefold(),
        surname=_surname(speaker),
        gives=not nested and tense != "pluperfect" and content not in _RECALLED,
        takes=not (nested or elsewhen or kind == "attitude" or tense == "pluperfect" or own),
        weekdays=frozenset(_WEEKDAY.findall(around) if "day" in around else ()),
        cues=("any", f"cue {kind}", f"tense {tense}", f"speaker {speaker.type.value}", *(name for name, so in flags.items() if so)),
        own=own,
    )


def _surname(speaker: Speaker) -> str:
    return speaker.name.split()[-1] if speaker.name and speaker.type is SpeakerType.PERSON else speaker.name or ""


def _kind(cue: str) -> str:
    """What the cue does: says, asks, goes on, or is no saying at all."""
    if not cue:
        return "none"
    if cue.strip() == ":":
        return "colon"
    if cue in CUES:
        return CUES[cue]
    words = _WORD.findall(cue)
    if not ATTITUDES.isdisjoint(words):
        return "attitude"
    parts = (" ".join(words[low:high]) for low in range(len(words)) for high in (low + 2, low + 1))
    return next((CUES[part] for part in parts if part in CUES), "other")


def _tense(cue: str) -> str:
    words = _WORD.findall(cue)
    if not words:
        return "none"
    if words[0] in ("had", "’d", "'d"):
        return "pluperfect"
    if words[0] in ("has", "have", "’ve", "'ve"):
        return "perfect"
    if words[0] in MODALS:
        return "modal"
    if any(word.endswith("ed") or word in STRONG_PASTS for word in words):
        return "past"
    return "ing" if any(word.endswith("ing") for word in words) else "present"


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
