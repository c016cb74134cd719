"""Where each attribution stands in the article: its sentence, its paragraph, and the words around it that are nobody's content."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from onrecord.annotate.sentences import paragraphs, sentences
from onrecord.data import Attribution, Document, Span

# A sentence without end is looked at this far on either side of the cue.
_REACH = 1200


class Scene(NamedTuple):
    """One attribution's place: the sentence that holds its cue, the number of its paragraph, the attribution whose content tells it."""

    sentence: Span
    paragraph: int
    told_in: int | None


def scenes(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Scene, ...]:
    """The scene of every attribution, in their order."""
    blocks, pieces = paragraphs(document.text), sentences(document.text)
    starts, openings = [block.start for block in blocks], [piece.start for piece in pieces]
    inside = _nested(attributions)
    found = []
    for place, one in enumerate(attributions):
        at = anchor(one)
        number, piece = max(0, bisect_right(starts, at) - 1), bisect_right(openings, at) - 1
        held = pieces[piece] if piece >= 0 and pieces[piece].start >= starts[number] else one.extent
        found.append(Scene(_near(held, at), number, inside[place]))
    return tuple(found)


def anchor(attribution: Attribution) -> int:
    """The character that tells where an attribution is said: its cue, else its source, else its content."""
    return (attribution.cue or attribution.source or attribution.content)[0].start


def segments(sentence: Span, boundaries: list[int]) -> tuple[Span, ...]:
    """The sentence cut wherever a content starts or ends."""
    low, high = bisect_right(boundaries, sentence.start), bisect_right(boundaries, sentence.end - 1)
    edges = [sentence.start, *boundaries[low:high], sentence.end]
    return tuple(Span(a, b) for a, b in pairwise(edges) if b - a > 3)


def _near(sentence: Span, at: int) -> Span:
    if sentence.end - sentence.start <= 2 * _REACH:
        return sentence
    return Span(max(sentence.start, at - _REACH), min(sentence.end, at + _REACH))


def _nested(attributions: tuple[Attribution, ...]) -> list[int | None]:
    """For each attribution the innermost other one whose content holds its cue."""
    contents = sorted((span, place) for place, one in enumerate(attributions) for span in one.content)
    owners = [one.part_of for one in attributions]
    open_spans: list[tuple[Span, int]] = []
    taken = 0
    for at, place in sorted((anchor(one), place) for place, one in enumerate(attributions)):
        while taken < len(contents) and contents[taken][0].start <= at:
            open_spans.append(contents[taken])
            taken += 1
        open_spans = [one for one in open_spans if one[0].end > at]
        around = [one for one in open_spans if one[1] != place]
        if owners[place] is None and around:
            owners[place] = min(around, key=lambda one: one[0].end - one[0].start)[1]
    return owners
