"""A time and a cue in one sentence -> the cues for and against that the time is the day of the saying."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from onrecord.data import Attribution, Span
from onrecord.resolve.day_scene import Scene, Time
from onrecord.resolve.day_signs import outside
from onrecord.resolve.day_words import AROUND, TIME, finder

_RELEASED = finder(TIME["released"])
_OTHER_CLAUSE = re.compile(rf";|(?i:{finder(AROUND['other_clause']).pattern})|[a-z]{{3}}[.?!][\"”’»]? +[\"“«‘]?[A-Z]")
_OPPOSED = re.compile(rf";|{finder(AROUND['opposing']).pattern}", re.IGNORECASE)
_SUBORDINATE = finder(AROUND["subordinate"])
_WORD = re.compile(r"[\w’'-]+")
_STEPS = (0, 1, 2, 4, 7, 12, 20)
_REACH = 2000
_MOST = 12


def step(number: int, steps: tuple[int, ...]) -> int:
    """The first of the steps that a number does not pass, counted from 0."""
    return bisect_left(steps, number)


def beside(scene: Scene, index: int) -> list[int]:
    """The times of the sentences in which a statement's cue, source and content begin; in a "sentence" of a book, the nearest."""
    one, said = scene.attributions[index], scene.said[index]
    spans = (scene.sentences[n] for n in sorted({scene.sentence_of(span.start) for span in (*one.cue, *one.source, one.content[0])}))
    found = [
        number
        for span in spans
        for number in scene.times_between(max(span.start, said.at - _REACH), min(span.end, said.at + _REACH))
        if scene.fits(scene.times[number], index) and not _is_opposed(scene, one, said.at, scene.times[number].span)
    ]
    return found if len(found) <= _MOST else sorted(sorted(found, key=lambda number: abs(scene.starts[number] - said.at))[:_MOST])


def _is_opposed(scene: Scene, one: Attribution, at: int, span: Span) -> bool:
    """Whether a time is of another main clause: "The port reopened on Monday; she said", "It sank on Monday, but she said"."""
    return _OPPOSED.search(_words(scene, one, _gap(one.cue[0] if one.cue else Span(at, at), span))) is not None


def cues_of_pair(scene: Scene, index: int, time: Time, rivals: int) -> Iterator[str]:
    """What speaks for and against a time beside the cue: side, distance, what stands between, whether another cue is nearer."""
    one = scene.attributions[index]
    inside = next((part for part in one.source if part.holds(time.span)), None)
    if inside is not None:
        yield "in the source, released" if _RELEASED.search(scene.text, inside.start, time.span.start) else "in the source"
    else:
        yield from _beside_cue(scene, index, one, time.span)
    if rivals > 1:
        yield "with rivals"
    if time.inside != scene.said[index].inside:
        yield "outside the teller's words"


def _beside_cue(scene: Scene, index: int, one: Attribution, span: Span) -> Iterator[str]:
    cues = one.cue or (Span(scene.said[index].at, scene.said[index].at),)
    if any(cue.touches(span) for cue in cues):
        yield "in the cue"
    gap, words = min(((gap, _words(scene, one, gap)) for gap in (_gap(cue, span) for cue in cues)), key=lambda pair: len(pair[1]))
    side = "ahead" if gap.start == span.end else "behind"
    yield f"{side} {step(len(_WORD.findall(words)), _STEPS)}"
    yield from (f"{side} {name}" for name, found in _between(words) if found)
    between = range(bisect_left(scene.cues, (gap.start, -1)), bisect_left(scene.cues, (gap.end, -1)))
    if any(_is_rival(scene, index, scene.cues[n][1]) for n in between):
        yield f"{side}, another cue between"
    yield from _at_content(one, cues[0], span)
    if _is_nearer_to_another(scene, index, span, min(_distance(cue, span) for cue in cues)):
        yield "nearer to another cue"
    if scene.sentence_of(span.start) != scene.said[index].sentence:
        yield "in another sentence"


def _gap(cue: Span, span: Span) -> Span:
    return Span(span.end, cue.start) if span.end <= cue.start else Span(cue.end, span.start)


def _words(scene: Scene, one: Attribution, gap: Span) -> str:
    return "".join(outside(scene.text, gap, (*one.content, *one.source)))


def _between(words: str) -> Iterator[tuple[str, object]]:
    yield "of another clause", _OTHER_CLAUSE.search(words)
    yield "of a subordinate clause", _SUBORDINATE.search(words)
    yield "of a comma", "," in words


def _is_rival(scene: Scene, index: int, other: int) -> bool:
    return other != index and index not in scene.said[other].inside


def _at_content(one: Attribution, cue: Span, span: Span) -> Iterator[str]:
    if any(cue.end <= part.start and part.end <= span.start for part in one.content):
        yield "beyond the content"
    if any(0 <= span.start - part.end <= len(" on ") for part in one.content):
        yield "at the end of the content"
    if any(0 <= part.start - span.end <= len(", “") for part in one.content):
        yield "at the start of the content"
    if any(0 <= span.start - part.end <= len(", on ") for part in one.source):
        yield "after the source"


def _is_nearer_to_another(scene: Scene, index: int, span: Span, distance: int) -> bool:
    at = bisect_left(scene.cues, (span.start, -1))
    for _, other in scene.cues[max(0, at - 1) : at + 1]:
        cues = scene.attributions[other].cue
        if cues and _is_rival(scene, index, other) and min(_distance(cue, span) for cue in cues) < distance:
            return True
    return False


def _distance(cue: Span, span: Span) -> int:
    return abs(span.start - cue.end) if span.start >= cue.end else abs(cue.start - span.end)
