"""Transcripts: "QUILL: We will sail." A label, a colon and what was said, a paragraph each."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.data import Attribution, Span

PROBABILITY = 0.9
LEAST_TURNS = 3
LEAST_LABELS = 2
_TURN = re.compile(r"^[ \t]*(?P<label>[A-Z][\w.'’ -]{0,38}?)[ \t]*(?P<colon>:)[ \t]+(?P<words>\S[^\n\r]*)", re.MULTILINE)
_MOST_WORDS = 5


def turns(text: str) -> tuple[Attribution, ...]:
    """The turns of a text that is a transcript, one attribution a paragraph; none where it is not one.

    It is one where at least three paragraphs open with labels of at least two speakers. A label is in capitals, or one
    letter, or stands more than once.
    """
    hits = list(_TURN.finditer(text))
    seen = Counter(hit["label"] for hit in hits)
    hits = [hit for hit in hits if _is_label(hit["label"], seen[hit["label"]])]
    if len(hits) < LEAST_TURNS or len({hit["label"] for hit in hits}) < LEAST_LABELS:
        return ()
    return tuple(_turn(text, hit) for hit in hits)


def _turn(text: str, hit: re.Match[str]) -> Attribution:
    return Attribution((Span(*hit.span("label")),), (Span(*hit.span("colon")),), (_trimmed(text, *hit.span("words")),), PROBABILITY)


def _is_label(label: str, seen: int) -> bool:
    return len(label.split()) <= _MOST_WORDS and (label.isupper() or (seen > 1 and label.replace(".", "").istitle()))


def _trimmed(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))
