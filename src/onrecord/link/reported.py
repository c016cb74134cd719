"""Links that the article itself reports: "contradicts the remarks of", "refuted", "tells another story", "denied it"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from onrecord.data import Basis, Link, LinkType, Span
from onrecord.link.denials import agreements, denials, retractions
from onrecord.link.lexicons import phrases
from onrecord.link.matter import Matter, Matters

_KINDS = {
    "contradict": (LinkType.CONTRADICTS, 0.75),
    "neither": (LinkType.CONTRADICTS, 0.7),
    "deny": (LinkType.DENIES, 0.75),
    "agree": (LinkType.AGREES, 0.6),
    "revise": (LinkType.REVISES, 0.6),
}
_REACH = 30
_NEAR = 16
_BACK = 12
_WIDTH = 400
_NAME = re.compile(r"[^\W\d_]{3,}")
_UNSAID = re.compile(r"\b(?:not|never|n['’]t|without|if|whether|may|might|could|would)\W+(?:\w+\W+)?$", re.IGNORECASE)


def reported(matters: Matters) -> Iterator[Link]:
    """All links that the words of the article report."""
    yield from denials(matters)
    yield from agreements(matters)
    yield from retractions(matters)
    for label, (kind, probability) in _KINDS.items():
        for hit in phrases("markers", label).finditer(matters.text):
            yield from _linked(matters, Span(hit.start(), hit.end()), (label, kind, probability))


def _linked(matters: Matters, hit: Span, means: tuple[str, LinkType, float]) -> Iterator[Link]:
    label, kind, probability = means
    number = matters.sentence_at(hit.start)
    at = bisect_left(matters.all, hit.start, key=lambda m: m.place.start)
    nearby = [m for m in matters.all[max(at - _NEAR, 0) : at + _NEAR] if m.sentence in {number - 1, number}]
    holder = _around(nearby, hit)
    marked = [m for m in nearby if any(span.touches(hit) for span in m.statement.attribution.cue)]
    if (marked and label != "contradict") or not (holder is None or matters.inside(holder)):
        return
    sentence = matters.sentences[number]
    if not sentence.holds(hit) or _UNSAID.search(matters.text[max(sentence.start, hit.start - 40) : hit.start]):
        return
    here = [m for m in nearby if m.sentence == number and m is not holder and m not in marked]
    first = min((matters.rank[m.id] for m in nearby if m.sentence == number), default=at)
    earlier = [m for m in matters.all[max(first - _REACH, 0) : first] if not m.headline and m not in marked]
    left, right = Span(max(sentence.start, hit.start - _WIDTH), hit.start), Span(hit.end, min(sentence.end, hit.end + _WIDTH))
    target = next((m for m in here if _told_at(m) >= hit.end), None) or _by_name(matters, earlier, right, None)
    if target is None:
        return
    for one in _answering(matters, label, (here, earlier), left, target):
        if kind is LinkType.REVISES or one.holder is None or one.holder != target.holder:
            why = f"The article says “{hit.of(matters.text)[:60]}” of the two."
            yield Link(kind, one.id, target.id, Basis.REPORTED, probability, None, (hit,), why)


def _answering(matters: Matters, label: str, around: tuple[list[Matter], list[Matter]], left: Span, target: Matter) -> list[Matter]:
    """The statements that the subject of the phrase stands for."""
    here, earlier = around
    others = [m for m in earlier[-_BACK:] if m.id != target.id and (m.holder is None or m.holder != target.holder)]
    if label == "neither":
        first = others[-1:]
        return first + [m for m in others[::-1] if first and m.holder != first[0].holder][:1]
    inside = [m for m in here if _told_at(m) < left.end and m.id != target.id]
    if inside:
        return inside[-1:]
    named = _by_name(matters, others, left, target)
    if named is not None:
        return [named]
    if label in {"deny", "agree", "revise"}:
        return []
    number = matters.sentence_at(left.start)
    return [m for m in others[-3:] if number - m.last_sentence <= 2][-1:]


def _told_at(matter: Matter) -> int:
    """Where a statement begins for the reader: at its source, else its content."""
    source = matter.statement.attribution.source
    return source[0].start if source else matter.place.start


def _around(nearby: list[Matter], hit: Span) -> Matter | None:
    return next((m for m in nearby for span in m.statement.attribution.content if span.holds(hit)), None)


def _by_name(matters: Matters, among: list[Matter], where: Span, like: Matter | None) -> Matter | None:
    """The statement whose speaker is named in a passage: the likest where there is something to be like, else the last."""
    words = {word.casefold() for word in _NAME.findall(where.of(matters.text))}
    named = [m for m in among if _family_name(m) in words]
    if like is not None and named:
        return max(named, key=lambda m: (matters.likeness(m, like) + 0.01 * len(m.stems & like.stems), matters.rank[m.id]))
    return named[-1] if named else None


def _family_name(matter: Matter) -> str | None:
    parts = [part for part in _NAME.findall(matter.statement.speaker.name or "") if part[0].isupper()]
    return parts[-1].casefold() if parts else None
