"""The channel that an attribution's own sentence names, outside its content: "said in a statement", "told the Gazette"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict

from onrecord.annotate.turns import turn_labels
from onrecord.data import Attribution, Channel, Document, Span, Speaker, SpeakerType, Via
from onrecord.resolve.channel_lexicon import ATTITUDES, NOUNS, is_outlet, is_publisher
from onrecord.resolve.channel_phrases import Phrase, phrases
from onrecord.resolve.channel_scenes import Scene, anchor, segments
from onrecord.resolve.channel_words import Hint

Vias = tuple[Via, ...]
_GAP = 260
# Who is counted was polled: "41 percent", "six in ten voters", "respondents".
_POLLED = re.compile(
    r"(?:\bper ?cent\b|%|\b(?:\w+) (?:in|out of) (?:ten|10|five|5|four|4|three|3)\b|\brespondents?\b|\b(?:polled|surveyed)\b)",
    re.IGNORECASE,
)
# "told me" inside somebody's words: the one who is told is that somebody, not the outlet.
_TO_ANOTHER = re.compile(r"\b(?:me|us)$")


def own_channels(
    document: Document, attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...], places: tuple[Scene, ...], spotted: list[Hint]
) -> tuple[Vias, ...]:
    """The channels that each attribution's own sentence names."""
    edges = sorted({edge for one in attributions for span in one.content for edge in span})
    groups: dict[Span, list[int]] = defaultdict(list)
    labels = turn_labels(document.text, document.title)  # a turn has no sentence around it that could name a channel
    for place, scene in enumerate(places):
        if not labels or not labels.issuperset(attributions[place].source[:1]) or not attributions[place].source:
            groups[scene.sentence].append(place)
    found: list[Vias] = [()] * len(attributions)
    at = [hint.start for hint in spotted]
    read: dict[Span, list[Phrase]] = {}  # of one endless line every attribution sees a window, and the windows share their pieces
    for sentence, members in groups.items():
        pieces = segments(sentence, edges)
        for piece in pieces:
            if piece not in read:
                inside = spotted[bisect_left(at, piece.start) : bisect_right(at, piece.end - 1)]
                read[piece] = list(phrases(document.text, piece, document.publisher, inside))
        heard = [phrase for piece in pieces for phrase in read[piece]]
        for place in members:
            if not is_channel_itself(speakers[place], document.publisher):
                named = _source_channel(document.text, attributions[place], speakers[place])
                attached = _attached(place, members, attributions, speakers, heard)
                if places[place].told_in is not None:
                    attached = [via for via in attached if not _TO_ANOTHER.search(via.span.of(document.text))]
                passed_on = _passed_on(place, places[place].told_in, attributions, speakers, document.publisher)
                found[place] = _distinct((*named, *attached, *passed_on))
    return tuple(found)


def is_channel_itself(speaker: Speaker, publisher: str | None, *, documents: bool = True) -> bool:
    """Whether the outlet, or the document, is itself the speaker, so that nothing stands between."""
    if speaker.type is SpeakerType.DOCUMENT:
        return documents
    return (
        speaker.name is not None
        and speaker.type is not SpeakerType.PERSON
        and (is_publisher(speaker.name, publisher) or is_outlet(speaker.name))
    )


def _passed_on(
    place: int, outer: int | None, attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...], publisher: str | None
) -> list[Via]:
    """ "According to the Gazette, the union has told ...": what a named outlet reports of somebody else."""
    if outer is None or outer == place or not attributions[outer].source:
        return []
    name, kind = speakers[outer].name, speakers[outer].type
    if name is None or kind is not SpeakerType.ORGANISATION or not is_outlet(name) or is_publisher(name, publisher):
        return []
    return [Via(name, Channel.OTHER_OUTLET, attributions[outer].source[0])]


def _attached(
    place: int, members: list[int], attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...], heard: list[Phrase]
) -> list[Via]:
    """The phrases that belong to this attribution: its own addressee, or what stands nearest to it or to its speaker's other cue."""
    mine = attributions[place]
    visible = [phrase for phrase in heard if not any(span.touches(phrase.via.span) for span in mine.content)]
    if not visible:
        return []
    rivals = [other for other in members if attributions[other].content != mine.content or other == place]
    found = []
    for phrase in visible:
        owner = _owner(phrase, rivals, attributions)
        if owner is None:
            continue
        same = owner == place or (
            not phrase.told and _same(speakers[owner], speakers[place]) and attributions[owner].part_of == mine.part_of
        )
        if same and not _hidden(phrase, place, rivals, attributions):
            found.append(phrase.via)
    return found


def _owner(phrase: Phrase, members: list[int], attributions: tuple[Attribution, ...]) -> int | None:
    span = phrase.via.span
    if phrase.told:
        return next((other for other in members if any(cue.touches(span) for cue in attributions[other].cue)), None)
    distances = [(_distance(attributions[other], span), other) for other in members]
    distances = [one for one in distances if one[0] is not None]
    nearest = min(distances, default=None)
    return None if nearest is None or nearest[0] is None or nearest[0] > _GAP else nearest[1]


def _distance(attribution: Attribution, span: Span) -> int | None:
    """Characters between a phrase and the nearest cue or source, those of the content between them left out."""
    if any(one.touches(span) for one in attribution.content):
        return None
    best = None
    for word in attribution.cue or attribution.source or attribution.content:
        low, high = min(word.end, span.end), max(word.start, span.start)
        gap = max(0, high - low) - sum(max(0, min(one.end, high) - max(one.start, low)) for one in attribution.content)
        best = gap if best is None else min(best, gap)
    return best


def _hidden(phrase: Phrase, place: int, members: list[int], attributions: tuple[Attribution, ...]) -> bool:
    """Whether the phrase stands in words of somebody that this attribution is no part of."""
    at = anchor(attributions[place])
    for other in members:
        for content in attributions[other].content:
            if other != place and content.holds(phrase.via.span) and not content.start <= at < content.end:
                return True
    return False


def _same(one: Speaker, other: Speaker) -> bool:
    return one.name is not None and (one.key or one.name.casefold()) == (other.key or (other.name or "").casefold())


def _source_channel(text: str, attribution: Attribution, speaker: Speaker) -> list[Via]:
    """ "The statement said": the source is a statement, a letter or a filing, and somebody else is the speaker."""
    if not attribution.source:
        return []
    source = attribution.source[0]
    if _POLLED.search(source.of(text)):
        attitude = any(word in ATTITUDES for span in attribution.cue for word in span.of(text).casefold().split())
        return [] if attitude else [Via(None, Channel.REPORT, source)]
    if speaker.type is SpeakerType.DOCUMENT:
        return []
    words = source.of(text).split()
    head = [word.strip(".,;:“”\"'’").casefold() for word in words[:6]]
    channel = next((NOUNS[word] for word in head if word in NOUNS), None)
    if channel not in (Channel.STATEMENT, Channel.LETTER, Channel.COURT_FILING, Channel.SOCIAL_MEDIA):
        return []
    return [Via(None, Channel.LEAK if "leaked" in head else channel, source)]


def _distinct(found: tuple[Via, ...]) -> Vias:
    """One entry a channel, the one with a name first."""
    best: dict[Channel, Via] = {}
    for via in found:
        if via.channel not in best or (best[via.channel].name is None and via.name is not None):
            best[via.channel] = via
    if len(best) > 1:
        best = _settled(best)
    return tuple(best.values())


def _settled(best: dict[Channel, Via]) -> dict[Channel, Via]:
    """An interview inside a named programme is one channel, and so is a statement made on a platform."""
    for weaker, stronger in _SAME_THING:
        if weaker in best and stronger in best:
            best = {channel: via for channel, via in best.items() if channel is not weaker}
    return best


_SAME_THING = (
    (Channel.INTERVIEW, Channel.BROADCAST),
    (Channel.STATEMENT, Channel.SOCIAL_MEDIA),
    (Channel.SPEECH, Channel.PRESS_CONFERENCE),
    (Channel.SPEECH, Channel.BROADCAST),
    (Channel.SPEECH, Channel.INTERVIEW),
    (Channel.LETTER, Channel.LEAK),
)
