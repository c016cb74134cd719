"""A draft -> its quotations: the words in quotation marks, who is said to have said them, and what the draft says around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.annotate.quotes import quoted_passages
from onrecord.data import Document, QuoteType, Record, Span, Spans, Speaker, Statement
from onrecord.find.check_words import negators
from onrecord.link.wording import words_of

SHORTEST = 5  # words of a passage that counts as a quotation though nobody is said to have said it
SHORTEST_WHOLE = 3  # words of a passage that may be a whole utterance; what is shorter is a scrap
LONGEST_BETWEEN = 160  # characters of "she said" and the like between two parts of one sentence

_MARKS = "“”\"'‘’«»„‟‚‛‹›`´″"
_GOES_ON = re.compile(r"[,—–-]$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a draft has in quotation marks. `spans` are the passages without their marks, several where "she said" stands between.

    `speaker` is null where the draft does not say who said it. `is_scrap`: a few words inside the draft's own sentence. `is_negated` and
    `is_conditional`: the draft denies it, or puts a condition, in words of its own.
    """

    spans: Spans
    words: str
    speaker: Speaker | None = None
    is_scrap: bool = False
    is_negated: bool = False
    is_conditional: bool = False


def quotations(record: Record) -> tuple[Quotation, ...]:
    """The quotations of a draft, in the order of its text. Titles and the like, a few words that nobody is said to have said, are none."""
    text = record.document.text
    held = [(span, _holder(span, record.statements)) for span in _passages(text)]
    kept = [(span, one) for span, one in held if len(words_of(span.of(text))) >= (1 if one else SHORTEST)]
    passages = tuple(span for span, _ in held)
    return tuple(_quotation(record, spans, holder, passages) for spans, holder in _joined(text, kept))


def kept_for_quotations(document: Document) -> str:
    """The text with blanks for the paragraphs that lie apart from every quotation: as long, and sooner read."""
    text = document.text
    passages = [one for one in _passages(text) if words_of(one.of(text))]
    lines = [Span(*hit.span()) for hit in re.finditer(r"[^\n]+", text) if not hit.group().isspace()]
    near: set[int] = set()
    for number, line in enumerate(lines):
        if any(one.touches(line) for one in passages):
            near.update(range(number - 1, number + 2))
    parts = [line.of(text) if number in near else " " * (line.end - line.start) for number, line in enumerate(lines)]
    between = [text[a.end : b.start] for a, b in pairwise([Span(0, 0), *lines, Span(len(text), len(text))])]
    return "".join(a + b for a, b in zip(between, [*parts, ""], strict=True))


def _passages(text: str) -> Iterator[Span]:
    """What stands in quotation marks, without the marks and the blanks beside them."""
    for one in quoted_passages(text):
        words = one.of(text)
        left, right = len(words) - len(words.lstrip(_MARKS + " ")), len(words) - len(words.rstrip(_MARKS + " "))
        if left + right < len(words):
            yield Span(one.start + left, one.end - right)


def _holder(passage: Span, statements: Iterable[Statement]) -> Statement | None:
    """The innermost statement that has half of the passage or more; what the passage itself tells of others' words is none."""
    holders = (one for one in statements if not one.reading.hypothetical and _holds(one, passage) and not _is_told_in(one, passage))
    return min(holders, key=_length, default=None)


def _holds(one: Statement, passage: Span) -> bool:
    shared = sum(max(0, min(passage.end, span.end) - max(passage.start, span.start)) for span in one.attribution.content)
    return 2 * shared >= passage.end - passage.start


def _is_told_in(one: Statement, passage: Span) -> bool:
    """Whether it is told in the quotation, as in “He said it was over”: its source or cue stands there."""
    return any(passage.holds(span) for span in one.attribution.source + one.attribution.cue)


def _length(one: Statement) -> int:
    return sum(span.end - span.start for span in one.attribution.content)


def _joined(text: str, held: Iterable[tuple[Span, Statement | None]]) -> Iterator[tuple[Spans, Statement | None]]:
    """The passages, those of one sentence that "she said" breaks together."""
    spans: list[Span] = []
    holder: Statement | None = None
    for span, one in held:
        if spans and one is not None and one is holder and _is_broken_by_cue(text, spans[-1], span, one):
            spans.append(span)
            continue
        if spans:
            yield tuple(spans), holder
        spans, holder = [span], one
    if spans:
        yield tuple(spans), holder


def _is_broken_by_cue(text: str, first: Span, second: Span, holder: Statement) -> bool:
    """Whether the cue stands between two passages of which the second goes on with the sentence of the first."""
    between = Span(first.end, second.start)
    if between.end - between.start > LONGEST_BETWEEN or not _GOES_ON.search(first.of(text)) or not text[second.start].islower():
        return False
    return any(between.holds(cue) for cue in holder.attribution.cue)


def _quotation(record: Record, spans: Spans, holder: Statement | None, passages: Spans) -> Quotation:
    text = record.document.text
    words = " ".join(span.of(text) for span in spans)
    if holder is None:
        return Quotation(spans, words)
    own = _own_words(text, holder, passages)
    is_scrap = holder.quote_type is not QuoteType.DIRECT or len(words_of(words)) < SHORTEST_WHOLE
    return Quotation(
        spans,
        words,
        speaker=holder.speaker,
        is_scrap=is_scrap,
        is_negated=holder.reading.negated_cue or bool(negators(own)),
        is_conditional=holder.reading.conditional and not _is_inside(holder.reading.condition, spans),
    )


def _own_words(text: str, holder: Statement, passages: Spans) -> str:
    """What the content of the statement says outside quotation marks."""
    parts: list[str] = []
    for content in holder.attribution.content:
        start = content.start
        for span in passages:
            if content.touches(span):
                parts.append(text[start : max(start, span.start)])
                start = max(start, span.end)
        parts.append(text[start : content.end])
    return " ".join(parts)


def _is_inside(condition: Spans, spans: Spans) -> bool:
    """Whether the condition is quoted: then the comparison of the words tells whether it is kept."""
    return bool(condition) and all(any(span.holds(one) for span in spans) for one in condition)
