"""Which of the times in a text is the day of the saying.

A date belongs to a saying when it stands beside the cue, outside the content: "said on Thursday", "on Thursday announced".
A date inside the content is what the saying is about and never counts. Statements of one speech, interview or statement share
its day although only one of them tells it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate.sentences import sentences
from onrecord.data import Attribution, Document, SaidOn, Span, TimeExpression, TimeType, Via
from onrecord.resolve.occasion import carried

_DATED = re.compile(r"\d{3,4}(?:$|-)")
_FAR = 150
_FAR_FOR_YEARS = 30
_OTHER_CLAUSE = re.compile(r";|\b(?i:but|although|though|whereas|because)\b|[a-z]{3}[.?!][\"”’»]? +[\"“«‘]?[A-Z]")
_DATELINE = re.compile(r"[A-Z][A-Z .,'’/()-]{2,40}, *$")
_AFTER_DATELINE = re.compile(r"(?: *\([^)\n]{1,40}\))? *(?:[-–—_:]|$)")
_OWNER = re.compile(r"(?:[’']s?|\b(?i:his|her|its|their|my|our|your))$")
_NEXT_TO = 12
_WINDOW = 2000
_NOT_A_DAY_OF_SAYING = re.compile(
    r"\b(?:since|until|till|by|from|for|between|of the"
    r"|through|than|ahead of|before|due|scheduled(?: for)?|starting|beginning|planned for|set for) +(?:the +)?$",
    re.I,
)
_SCHEDULED = re.compile(
    r"\b(?:scheduled|due|set|expected|planning|plans?|hopes?|will|about|going)\s+(?:to\s+)?\w+(?:\s+(?:again|on|late|early))*\s+$", re.I
)
_INFINITIVE = re.compile(r"to\s+\w", re.I)
_RELEASED = re.compile(
    r"\b(?:released|published|conducted|issued|posted|dated|filed|unveiled|taken|sent|written"
    r"|aired"
    r"|broadcast|signed|made|given|delivered)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Page:
    """The sentences and the datable expressions of a document, to be looked up by place."""

    text: str
    sentences: tuple[Span, ...]
    starts: list[int]
    times: tuple[TimeExpression, ...]
    time_starts: list[int]

    def sentence(self, at: int) -> Span | None:
        """The sentence at a place."""
        index = bisect_right(self.starts, at) - 1
        return self.sentences[index] if index >= 0 and at <= self.sentences[index].end else None

    def times_in(self, span: Span) -> tuple[TimeExpression, ...]:
        """The expressions that start inside a span."""
        return self.times[bisect_left(self.time_starts, span.start) : bisect_left(self.time_starts, span.end)]


def dates(
    document: Document,
    attributions: tuple[Attribution, ...],
    times: tuple[TimeExpression, ...],
    channels: tuple[tuple[Via, ...], ...],
) -> tuple[SaidOn | None, ...]:
    """The day on which each statement was made, where the text gives one; null where it gives none."""
    page = _page(document, times)
    beside = _by_sentence(page, attributions)
    own = tuple(_own(page, attributions, index, beside) for index in range(len(attributions)))
    return carried(document.text, attributions, tuple(_said_on(document.text, one) for one in own), channels, page.times)


def _page(document: Document, times: Sequence[TimeExpression]) -> _Page:
    spans = sentences(document.text)
    datable = tuple(sorted((one for one in times if _datable(one) and not _of_dateline(document.text, one)), key=lambda one: one.span))
    return _Page(document.text, spans, [span.start for span in spans], datable, [one.span.start for one in datable])


def _datable(expression: TimeExpression) -> bool:
    named = expression.type in (TimeType.DATE, TimeType.TIME) and expression.value is not None
    return named and _DATED.match(expression.value or "") is not None and expression.value != "2001-09-11"


def _of_dateline(text: str, expression: TimeExpression) -> bool:
    """Whether the date belongs to the place in front of a report: "LESK, March 12 (Agency) -"."""
    line_start = text.rfind("\n", 0, expression.span.start) + 1
    before = text[max(line_start, expression.span.start - 60) : expression.span.start]
    return _DATELINE.fullmatch(before.lstrip()) is not None and _AFTER_DATELINE.match(text, expression.span.end) is not None


def _by_sentence(page: _Page, attributions: Sequence[Attribution]) -> dict[Span, list[int]]:
    found: dict[Span, list[int]] = {}
    for index, attribution in enumerate(attributions):
        for sentence in {one for span in attribution.cue if (one := page.sentence(span.start)) is not None}:
            found.setdefault(sentence, []).append(index)
    return found


def _own(page: _Page, attributions: Sequence[Attribution], index: int, beside: dict[Span, list[int]]) -> TimeExpression | None:
    """The expression that stands beside the cue of this attribution, nearer to it than to any other cue."""
    attribution = attributions[index]
    best: tuple[int, TimeExpression] | None = None
    for sentence in dict.fromkeys(one for span in attribution.cue if (one := page.sentence(span.start)) is not None):
        for expression in page.times_in(_near(sentence, attribution)):
            gap = _gap(page.text, attribution, expression)
            if gap is None or (best is not None and gap >= best[0]):
                continue
            if not any(
                _nearer(page.text, attributions[other], attribution, expression, gap) for other in beside[sentence] if other != index
            ):
                best = gap, expression
    return best[1] if best else None


def _near(sentence: Span, attribution: Attribution) -> Span:
    """The part of a sentence around the cue; it keeps the work small where a "sentence" is a whole book."""
    return Span(max(sentence.start, attribution.cue[0].start - _WINDOW), min(sentence.end, attribution.cue[-1].end + _WINDOW))


def _nearer(text: str, other: Attribution, mine: Attribution, expression: TimeExpression, gap: int) -> bool:
    """Whether the expression rather dates the other: it is nearer, or it is inside what the other says and mine is not."""
    cue = mine.cue[0]
    if any(span.holds(expression.span) for span in other.content) and not any(span.touches(cue) for span in other.content):
        return True
    if (other.source and other.source == mine.source) or any(span.touches(other.cue[0]) for span in mine.content):
        return False
    distance = _gap(text, other, expression)
    if distance is not None and any(span.touches(cue) for span in other.content):
        return True
    return distance is not None and distance < gap


def _gap(text: str, attribution: Attribution, expression: TimeExpression) -> int | None:
    """How many characters lie between the expression and the cue, the content left out; null where it cannot be its date."""
    span = expression.span
    if any(part.touches(span) for part in attribution.content) or not attribution.cue:
        return None
    if _NOT_A_DAY_OF_SAYING.search(text, max(0, span.start - 20), span.start):
        return None
    if _INFINITIVE.match(text, attribution.cue[0].start) or _SCHEDULED.search(text, max(0, span.start - 50), span.start):
        return None  # a saying that is only planned has no day yet
    inside = next((part for part in attribution.source if part.holds(span)), None)
    if inside is not None:
        return 0 if _RELEASED.search(text, inside.start, span.start) else None
    return min((gap for cue in attribution.cue if (gap := _between(text, attribution, cue, expression)) is not None), default=None)


def _between(text: str, attribution: Attribution, cue: Span, expression: TimeExpression) -> int | None:
    span = expression.span
    if cue.touches(span):
        return 0
    owned = any(source.end <= cue.start <= source.end + 1 and _OWNER.search(source.of(text)) for source in attribution.source)
    start, end = (span.end, cue.start) if span.end <= cue.start else (cue.end, span.start)
    words = "".join(_without(text, start, end, (*attribution.content, *attribution.source)))
    far = _NEXT_TO if owned else _FAR_FOR_YEARS if len(expression.value or "") == 4 else _FAR
    return None if len(words) > far or _OTHER_CLAUSE.search(words) else len(words)


def _without(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[str]:
    at = start
    for span in sorted(spans):
        if span.end > at and span.start < end:
            yield text[at : max(at, span.start)]
            at = max(at, span.end)
    if at < end:
        yield text[at:end]


def _said_on(text: str, expression: TimeExpression | None) -> SaidOn | None:
    if expression is None or expression.value is None:
        return None
    return SaidOn(expression.value, expression.span, expression.anchor or expression.span.of(text))
