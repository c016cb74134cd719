"""Passages that announce, deny, move or cancel something that is to happen, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotate.sentences import sentences
from onrecord.data import Span
from onrecord.resolve.event_clauses import noun_in
from onrecord.resolve.event_readers import READERS, Mention, Tone
from onrecord.resolve.event_words import NOUNS, OTHER, PRESENT, VERB, VERBS, plain, tokens

_CONDITION = re.compile(
    r"(?:(?<!even )(?<!as )(?<!only )\bif\b(?!\s+(?:any|ever|not)\b)|\bshould\s+(?:the|an?|he|she|it|they|any|there|one)\b|^should\b"
    r"|\bin case\b|\bprovided\b|\bas long as\b|^had\s+\w+|^were\s+\w+\s.{1,40}\bto\b)",
    re.IGNORECASE,
)
_UNREAL = re.compile(r"\bwould\s+(?:not\s+)?have\b", re.IGNORECASE)
_WHETHER = re.compile(r"\bwhether\b|\b(?:say|says|said|know|knows|clear|decided?|asked)\s+(?:when|where|if)\b", re.IGNORECASE)
_RUMOUR = re.compile(r"\b(?:rumou?rs?|reports?|claims?|suggestions?|speculation)\s+that\b", re.IGNORECASE)
_REFUTED = re.compile(r"\b(?:false|untrue|wrong|dismissed|denied|rejected|unfounded|baseless|nonsense)\b", re.IGNORECASE)
# Behind an announcement: the day in it is a new one.
_THAN_PLANNED = re.compile(
    r"[\s,–—-]*(?:[\w-]+\s+){0,3}?(?:later|earlier|sooner)\s+than\s+(?:(?:first|originally|initially|previously)\s+)?"
    r"(?:planned|proposed|scheduled|announced|expected|advertised|intended|billed|set)\b"
)
_TELLING = (Tone.CANCELLED, Tone.MOVED, Tone.DENIED, Tone.AGAIN, Tone.CONFIRMED, Tone.ANNOUNCED)  # the first of two tells more


def mentions(text: str) -> Iterator[Mention]:
    """Every passage that announces or denies an event, in the order of the text, those of one event in one sentence once."""
    for sentence in sentences(text):
        found = [one for one in _of_sentence(text, sentence) if one.span.start < one.span.end]
        if found:
            yield from _apart(found)


def is_of_coming(what: str) -> bool:
    """Whether the words tell of somebody's coming to an event, not of the event."""
    found = next(mentions(what), None)
    return found is not None and found.comes


def kind_of(what: str) -> str:
    """The kind of the event that some words announce: as they do, else by their first noun for one, else by a verb."""
    found = next(mentions(what), None)
    if found is not None and found.kind:
        return found.kind
    noun = noun_in(what, 0, len(what))
    if noun is not None:
        return NOUNS[plain(noun.of(what))]
    verbs = (PRESENT[plain(hit["verb"])] for hit in VERB.finditer(what))
    return next((VERBS[verb] for verb in verbs if verb in VERBS), OTHER)


def _of_sentence(text: str, sentence: Span) -> Iterator[Mention]:
    """What the sentence announces. Questions, conditions and what might have been announce nothing."""
    words = sentence.of(text)
    there = tokens(words)
    found: list[Mention] = []
    for pattern, reader, needed in READERS:
        for some in needed:
            if there.isdisjoint(some):
                break
        else:
            found += [one for hit in pattern.finditer(text, *sentence) if (one := reader(text, hit, sentence))]
    if not found or words.rstrip("”\"’'").endswith("?") or _CONDITION.search(words) or _UNREAL.search(words):
        return
    refuted = _REFUTED.search(words) if _RUMOUR.search(words) else None
    doubt = _WHETHER.search(words)
    for one in found:
        if doubt and one.head.start > sentence.start + doubt.start():
            continue
        yield _seen_whole(text, one, refuted is not None)


def _seen_whole(text: str, one: Mention, is_refuted: bool) -> Mention:
    """The mention with what stands around it: that it is no more than a rumour, or "a week later than planned"."""
    if one.tone is not Tone.ANNOUNCED:
        return one
    if _THAN_PLANNED.match(text, one.span.end):
        return replace(one, tone=Tone.MOVED, renewed=one.pivot)
    return replace(one, tone=Tone.DENIED) if is_refuted else one


def _apart(found: list[Mention]) -> list[Mention]:
    """The mentions in the order of the text. Those with one head become one; of two that share words that of the earlier pattern stays."""
    kept: list[Mention] = []
    for one in found:
        same = next((place for place, other in enumerate(kept) if one.head.touches(other.head)), None)
        if same is not None:
            kept[same] = _joined(kept[same], one)
        elif not any(_covers(other, one) for other in kept):
            kept = [other for other in kept if not _tells_more(one, other)]
            kept.append(one)
    return sorted(kept, key=lambda one: one.span)


def _joined(one: Mention, other: Mention) -> Mention:
    """Two readings of one noun: "has cancelled her trip, which was planned for Friday" is a cancellation with a day."""
    telling, plainer = (one, other) if _TELLING.index(one.tone) <= _TELLING.index(other.tone) else (other, one)
    span = Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
    renewed = plainer.pivot if telling.tone is Tone.MOVED and plainer.pivot > telling.pivot else 0
    past, weak = telling.past and plainer.past, telling.weak and plainer.weak
    return replace(telling, span=span, past=past, weak=weak, renewed=renewed, backward=telling.backward and plainer.backward)


def _tells_more(one: Mention, other: Mention) -> bool:
    """Whether a noun says which event a verb of any kind is about: "will decide in a March 6 referendum"."""
    return other.kind == OTHER and one.kind not in ("", OTHER) and other.span.touches(one.span)


def _covers(stronger: Mention, other: Mention) -> bool:
    if stronger.kind in ("", OTHER) or not stronger.span.touches(other.span):
        return False
    return other.kind in ("", OTHER, stronger.kind) or other.weak
