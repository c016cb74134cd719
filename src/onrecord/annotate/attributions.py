"""The model's frames -> the attributions of a document, each with its probability, nested ones included."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.annotate.chosen import chosen
from onrecord.annotate.decode import Range
from onrecord.annotate.header import header_end
from onrecord.annotate.relative import relative_source
from onrecord.annotate.tagger import Frame, Seen, Tagger
from onrecord.annotate.tokenise import Tokens
from onrecord.annotate.turns import turns
from onrecord.data import Attribution, Document, Span, Spans

LEAST_PROBABILITY = 0.05  # what is less likely is not even a candidate
_WORDS = re.compile(r"\b(?:words?|statements?|remarks?|accounts?|comments?|versions?|claims?|figures?|assertions?|testimony)\b")
_LOOSE_END = re.compile(r"(?<=\w)\s+(?:in|on|at|to|of|with|from|during|by)\s+(?:an?|the)$")


@dataclass(frozen=True, slots=True)
class Told:
    """An attribution on its way, and the one in whose content it stands."""

    attribution: Attribution
    host: Attribution | None = None


def news_of(document: Document) -> str:
    """The text with blanks for a leading date."""
    news = header_end(document.text)
    return " " * news + document.text[news:]


def attributions(document: Document, tagger: Tagger, seen: Seen | None = None) -> tuple[Attribution, ...]:
    """Who said what in the document: attributions in order of the text, nested ones with `part_of` set.

    `seen`: the encoder's pass over `news_of(document)`, where it was made already.
    """
    text = news_of(document)
    spoken = turns(text, document.title)
    read = [one for one in _chosen(seen or tagger.seen(text), tagger) if not _tells_of_a_clash(text, one.attribution)]
    return _in_order(text, [Told(one) for one in spoken] + _placed(read, spoken))


def _placed(read: list[Told], spoken: tuple[Attribution, ...]) -> list[Told]:
    """What was read and adds to the turns of a transcript: what stands in a turn is told there, what repeats a turn is left out."""
    kept: dict[int, Told] = {}
    for one in sorted(read, key=lambda one: one.attribution.extent.end - one.attribution.extent.start, reverse=True):
        turn, inside = _turn(one.attribution, spoken)
        if turn is not None and not inside:
            continue
        host = one.host if one.host is not None and id(one.host) in kept else turn
        if host is None or _adds(one.attribution, host):
            kept[id(one.attribution)] = Told(one.attribution, host)
    return list(kept.values())


def _turn(one: Attribution, spoken: tuple[Attribution, ...]) -> tuple[Attribution | None, bool]:
    """The turn of a transcript that the attribution touches, and whether it lies wholly in what is said there."""
    place = bisect_right(spoken, one.extent.start, key=lambda turn: turn.extent.start) - 1
    for turn in spoken[max(place, 0) : place + 2]:
        if any(span.holds(one.extent) and span != one.extent for span in turn.content):
            return turn, True
        if turn.extent.touches(one.extent):
            return turn, False
    return None, False


def _chosen(seen: Seen, tagger: Tagger) -> list[Told]:
    """What the model finds, each with the attribution that tells it."""
    tokens = seen.tokens
    rated = ((tagger.calibration.probability(frame), frame) for frame in tagger.frames(seen) if _has_words(tokens, frame))
    kept = chosen((probability, frame) for probability, frame in rated if probability >= LEAST_PROBABILITY)
    chances = (tagger.calibration.probability(one.frame, nested=one.host is not None) for one in kept)
    found = [_attribution(tokens, one.frame, one.contents, chance) for one, chance in zip(kept, chances, strict=True)]
    return [Told(one, None if it.host is None else found[it.host]) for one, it in zip(found, kept, strict=True)]


def _has_words(tokens: Tokens, frame: Frame) -> bool:
    """Whether there is more than a paragraph mark in its cue and in its content."""
    return bool(spans_of(tokens, [frame.cue]) and spans_of(tokens, frame.contents))


def _attribution(tokens: Tokens, frame: Frame, contents: Iterable[Range], probability: float) -> Attribution:
    source, cue, content = (spans_of(tokens, found) for found in (frame.sources, [frame.cue], contents))
    return Attribution(source, cue, content, round(probability, 4))


def spans_of(tokens: Tokens, found: Iterable[Range]) -> Spans:
    """Pieces as characters; a paragraph mark at an end is left out."""
    spans: list[Span] = []
    for first, last in found:
        start, end = first, last
        while start < end and tokens.starts[start] == tokens.ends[start]:
            start += 1
        while start < end and tokens.starts[end - 1] == tokens.ends[end - 1]:
            end -= 1
        if start < end:
            spans.append(Span(int(tokens.starts[start]), int(tokens.ends[end - 1])))
    return tuple(spans)


def _adds(one: Attribution, host: Attribution) -> bool:
    """Whether a nested attribution has a source that is not the words of the outer one."""
    return bool(one.source) and not any(a.touches(b) for a in one.source for b in host.source)


def _tells_of_a_clash(text: str, one: Attribution) -> bool:
    """Whether this is no statement but the article's word on two others: "her account contradicts that of the minister"."""
    cue = one.cue[0].of(text).casefold()
    source = " ".join(span.of(text) for span in one.source).casefold()
    return cue.startswith("contradict") and (not source or _WORDS.search(source) is not None)


def _in_order(text: str, told: list[Told]) -> tuple[Attribution, ...]:
    """By place in the text, an outer one before its inner ones; `part_of` counts in that order."""
    told = sorted(told, key=lambda one: (one.attribution.extent.start, one.host is not None, one.attribution.cue[0].start))
    places = {id(one.attribution): i for i, one in enumerate(told)}
    return tuple(
        replace(
            one.attribution,
            source=relative_source(text, one.attribution),
            cue=tuple(_bare(text, span) for span in one.attribution.cue),
            part_of=places.get(id(one.host)) if one.host else None,
        )
        for one in told
    )


def _bare(text: str, cue: Span) -> Span:
    """A cue without the colon or comma behind its words, and without the "in a" of what follows it; a colon alone is a cue."""
    words = _LOOSE_END.sub("", cue.of(text).rstrip(" :;,"))
    return Span(cue.start, cue.start + max(1, len(words)))
