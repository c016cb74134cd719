"""The model's frames -> the attributions of a document, each with its probability, nested ones included."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.annotate.chosen import chosen
from onrecord.annotate.decode import Range
from onrecord.annotate.header import header_end
from onrecord.annotate.nested import inner_tokens, may_nest, says
from onrecord.annotate.places import Places
from onrecord.annotate.relative import relative_clauses, relative_source
from onrecord.annotate.tagger import Frame, Tagger
from onrecord.annotate.tokenise import Tokens
from onrecord.annotate.turns import turns
from onrecord.data import Attribution, Document, Span, Spans

LEAST_PROBABILITY = 0.05  # what is less likely is not even a candidate
LIKELY = 0.5  # what the first pass finds less likely, the second may find again
INNER_DISCOUNT = 1.5  # log odds: the model is surer of contents read alone than it is right
_WORDS = re.compile(r"\b(?:words?|statements?|remarks?|accounts?|comments?|versions?|claims?|figures?|assertions?|testimony)\b")
_LOOSE_END = re.compile(r"(?<=\w)\s+(?:in|on|at|to|of|with|from|during|by)\s+(?:an?|the)$")
SAME_HOLDER = frozenset(["he", "she", "it", "they", "i", "we", "you", "his", "her", "its", "their", "my", "our"])


@dataclass(frozen=True, slots=True)
class Told:
    """An attribution on its way, and the one in whose content it stands."""

    attribution: Attribution
    host: Attribution | None = None


def attributions(document: Document, tagger: Tagger) -> tuple[Attribution, ...]:
    """Who said what in the document: attributions in order of the text, nested ones with `part_of` set."""
    news = header_end(document.text)
    text = " " * news + document.text[news:]
    tokens = tagger.tokeniser.tokens(text)
    spoken = turns(text, document.title)
    read = [one for one in _chosen(tokens, tagger) if not _tells_of_a_clash(text, one.attribution) and not _in_turn(one, spoken)]
    outer = [Told(one) for one in spoken] + [one for one in read if one.host is None or _adds(text, one)]
    again = _again(text, tokens, [one.attribution for one in outer], tagger)
    surer = _cues(one.attribution for one in again)
    return _in_order(text, [one for one in outer if not surer.touched(one.attribution.cue[0])] + again)


def _cues(found: Iterable[Attribution]) -> Places[Attribution]:
    return Places((span, one) for one in found for span in one.cue)


def _chosen(tokens: Tokens, tagger: Tagger) -> list[Told]:
    """What the model finds, each with the attribution that tells it."""
    rated = ((tagger.calibration.probability(frame), frame) for frame in tagger.frames(tokens) if _has_words(tokens, frame))
    kept = chosen((probability, frame) for probability, frame in rated if probability >= LEAST_PROBABILITY)
    found = [_attribution(tokens, one.frame, one.contents, one.probability) for one in kept]
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
    for start, end in found:
        inside = [i for i in range(start, end) if tokens.starts[i] < tokens.ends[i]]
        if inside:
            spans.append(Span(int(tokens.starts[inside[0]]), int(tokens.ends[inside[-1]])))
    return tuple(spans)


def _in_turn(one: Told, spoken: tuple[Attribution, ...]) -> bool:
    """Whether it was read in a turn of a transcript: what is said there is read again alone, like every content."""
    place = bisect_right(spoken, one.attribution.extent.start, key=lambda turn: turn.extent.start) - 1
    return any(turn.extent.touches(one.attribution.extent) for turn in spoken[max(place, 0) : place + 2])


def _again(text: str, tokens: Tokens, outer: list[Attribution], tagger: Tagger) -> list[Told]:
    """What a second pass finds: inside contents, and in relative clauses, each read alone."""
    known, told_by = _cues(one for one in outer if one.probability >= LIKELY), Places((span, one) for one in outer for span in one.content)
    hosts: list[tuple[Span, Attribution | None]] = [(span, one) for one in outer for span in one.content if may_nest(text, span)]
    for clause in relative_clauses(text):
        if may_nest(text, clause) and not known.touched(clause):
            teller = told_by.holding(clause)
            hosts.append((clause, teller[1] if teller else None))
    if not hosts:
        return []
    places, seen = Places(hosts), set[Span]()
    found: list[Told] = []
    for one in _chosen(inner_tokens(text, tokens, [span for span, _ in hosts]), tagger):
        span, host = places.holding(one.attribution.cue[0]) or (None, None)
        clipped = _clipped(one.attribution, span) if span is not None else None
        if (
            clipped is None
            or not clipped.source
            or clipped.cue[0] in seen
            or known.touched(clipped.cue[0])
            or not says(text, clipped.cue[0])
        ):
            continue
        seen.add(clipped.cue[0])
        told = Told(replace(clipped, probability=_discounted(clipped.probability, host.probability)) if host else clipped, host)
        found += [told] if host is None or _adds(text, told) else []
    return found


def _discounted(probability: float, outer: float) -> float:
    odds = math.log(max(probability, 1e-6) / max(1 - probability, 1e-6)) - INNER_DISCOUNT
    return round(outer / (1 + math.exp(-odds)), 4)


def _clipped(one: Attribution, host: Span) -> Attribution | None:
    source, cue, content = (tuple(s for s in part if host.holds(s)) for part in (one.source, one.cue, one.content))
    return replace(one, source=source, cue=cue, content=content) if cue and content else None


def _adds(text: str, one: Told) -> bool:
    """Whether a nested attribution has a holder of its own: "he said he hoped" is one statement, not two."""
    source = one.attribution.source
    words = " ".join(s.of(text) for s in source).casefold()
    outer = one.host.source if one.host else ()
    return bool(source) and words not in SAME_HOLDER and not any(a.touches(b) for a in source for b in outer)


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
