"""Text -> the passages in quotation marks, and whether a content is quoted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from onrecord.annotate.tokenise import level_quotes
from onrecord.data import QuoteType, Span, Spans

_QUOTED = re.compile(r"“[^”\n\r]*”?")
_LETTERS = re.compile(r"\w+")


def quoted_passages(text: str) -> Spans:
    """Every passage in quotation marks, marks included. One that is not closed runs to the end of its paragraph."""
    return tuple(Span(hit.start(), hit.end()) for hit in _QUOTED.finditer(level_quotes(text)))


def quote_type(text: str, content: Spans, passages: Spans) -> QuoteType:
    """Direct where nine in ten letters of the content stand in quotation marks, indirect where fewer than one in ten."""
    inside = whole = 0
    for span in content:
        whole += _letters(text, span)
        first = max(bisect_right(passages, span.start, key=lambda p: p.start) - 1, 0)
        for passage in passages[first : bisect_left(passages, span.end, key=lambda p: p.start)]:
            inside += _letters(text, Span(max(span.start, passage.start), min(span.end, passage.end)))
    share = inside / max(whole, 1)
    if share >= 0.9:
        return QuoteType.DIRECT
    return QuoteType.INDIRECT if share < 0.1 else QuoteType.MIXED


def _letters(text: str, span: Span) -> int:
    return sum(map(len, _LETTERS.findall(text, span.start, span.end))) if span.start < span.end else 0
