"""Statements that answer another by their own cue: "denied it", "called this fiction", "welcomed her words", "walked back"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.data import Basis, Link, LinkType, Span, Spans, Stance
from onrecord.link.lexicons import phrases
from onrecord.link.matter import Matter, Matters

_REACH = 14
_ANSWERABLE = frozenset({Stance.ASSERTS, Stance.ACCUSES, Stance.PREDICTS, Stance.COMMITS, Stance.SUPPORTS, Stance.THREATENS})
_UNANSWERABLE = frozenset({Stance.ASKS, Stance.DECLINES, Stance.DEMANDS})
_SAME = frozenset({"so", "so too", "the same", "likewise", "that too", "the same thing"})
_NAME = re.compile(r"[^\W\d_]{3,}")
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that)\b")
_OWNER = re.compile(r"([^\W\d_]{3,})'s")


def denials(matters: Matters) -> Iterator[Link]:
    """Who denies what another said: told inside the denial, named in it, just before it, or on the same matter."""
    for matter in matters.all:
        evidence = _denying_words(matters, matter)
        if not evidence or matter.statement.reading.stance in {Stance.REFUSES, Stance.DECLINES, Stance.ASKS}:
            continue
        found = _denied(matters, matter)
        if found is not None:
            target, probability, signal = found
            why = f"The speaker answers with “{evidence[0].of(matters.text)[:60]}”; {signal}."
            yield Link(LinkType.DENIES, matters.fuller(matter).id, target.id, Basis.REPORTED, probability, None, evidence, why)


def agreements(matters: Matters) -> Iterator[Link]:
    """Who welcomes, accepts, echoes or confirms what another said."""
    for matter in matters.all:
        same = matter.words.strip(" .,").casefold() in _SAME
        evidence = matter.statement.attribution.content[:1] if same else _in_cue(matters, matter, "agree")
        if evidence and not matter.statement.reading.negated_cue and matter.statement.reading.stance is not Stance.DENIES:
            target = _agreed_with(matters, matter)
            if target is not None:
                why = f"The speaker answers with “{evidence[0].of(matters.text)[:60]}” to another's words."
                yield Link(LinkType.AGREES, matter.id, target.id, Basis.REPORTED, 0.6, None, evidence, why)
            continue
        evidence = _in_cue(matters, matter, "confirm")
        for other in matters.before(matter, _REACH) if evidence else ():
            if _may_answer(matters, matter, other) and matters.likeness(matter, other) >= 0.6 and matter.negated == other.negated:
                why = f"The speaker answers with “{evidence[0].of(matters.text)[:60]}” on the same matter."
                yield Link(LinkType.AGREES, matter.id, other.id, Basis.REPORTED, 0.55, None, evidence, why)
                break


def retractions(matters: Matters) -> Iterator[Link]:
    """Who takes back or changes what he said before."""
    for matter in matters.all:
        evidence = _in_cue(matters, matter, "retract")
        if not evidence:
            continue
        for other in matters.before(matter, _REACH):
            if other.headline or other.holder is None or other.holder != matter.holder or matters.related(matter, other):
                continue
            in_source = any(source.holds(other.place) for source in matter.statement.attribution.source)
            if in_source or matters.likeness(matter, other) >= 0.4:
                why = f"The article says “{evidence[0].of(matters.text)[:60]}” of the same speaker on the same matter."
                yield Link(LinkType.REVISES, matter.id, other.id, Basis.REPORTED, 0.7 if in_source else 0.6, None, evidence, why)
                break


def _in_cue(matters: Matters, matter: Matter, label: str) -> Spans:
    pattern = phrases("cues", label)
    hits = ((span, pattern.search(matters.text, span.start, span.end)) for span in matter.statement.attribution.cue)
    return tuple(Span(hit.start(), hit.end()) for _, hit in hits if hit)


def _denying_words(matters: Matters, matter: Matter) -> Spans:
    """The words by which a statement is an answer: a verb of denial, or words that call something said untrue."""
    if matter.statement.reading.negated_cue:
        return ()
    if denying := _in_cue(matters, matter, "deny"):
        return denying
    told = [one for one in matters.inside(matter) if one.holder != matter.holder]
    if matter.statement.reading.stance is Stance.DENIES and told and matter.direct and matter.negated:
        return told[0].statement.attribution.cue[:1]
    if len(matter.words.split()) > 14 or matter.headline:
        return ()
    span = matter.statement.attribution.content[0]
    hit = phrases("cues", "falsity").search(matters.text, span.start, min(span.end, span.start + 200))
    if hit is None or _hedged(matters.text[span.start : hit.start()]):
        return ()
    answers = refers(matter) or len(matter.words.split()) <= 3
    if answers and (
        _in_cue(matters, matter, "charge") or matter.statement.reading.stance in {Stance.DENIES, Stance.ACCUSES, Stance.ASSERTS}
    ):
        return (Span(hit.start(), hit.end()),)
    return ()


def _hedged(words: str) -> bool:
    return re.search(r"\b(?:not|never|n['’]t|if|whether)\b", words, re.IGNORECASE) is not None


def refers(matter: Matter) -> bool:
    """Whether the content begins with words that stand for what another said ("it", "the claim", "Brandt's account")."""
    words = matter.words.strip(" \"'“‘«").removeprefix("that ") if len(matter.words.split()) > 1 else matter.words
    return phrases("cues", "refers").match(words.strip()) is not None


def _may_answer(matters: Matters, matter: Matter, other: Matter) -> bool:
    if other.headline or matters.related(matter, other) or other.statement.reading.stance not in _ANSWERABLE:
        return False
    if other.holder is not None and other.holder == matter.holder:
        return False
    first, second = (one.statement.attribution.source for one in (matter, other))
    return not (first and first == second)


def _denied(matters: Matters, matter: Matter) -> tuple[Matter, float, str] | None:
    for inner in matters.inside(matter):
        if inner.statement.reading.stance not in _UNANSWERABLE and inner.holder != matter.holder:
            return inner, 0.8, "what is denied is told inside the denial"
    anaphoric = refers(matter) or matter.only_names
    best: tuple[float, Matter, float, str] | None = None
    for distance, other in enumerate(_order(matters, matter)):
        if not _may_answer(matters, matter, other):
            continue
        likeness, named = matters.likeness(matter, other), _names(matters, matter, other)
        gap = abs(matter.sentence - other.last_sentence)
        shared = len(matter.stems & other.stems)
        if named and (anaphoric or likeness >= 0.15):
            score, probability, signal = 1.5 + likeness, 0.8, "the one who said it is named"
        elif shared and likeness >= 0.3:
            score, probability, signal = likeness + 0.3, 0.7 if likeness < 0.5 else 0.75, "another said it on the same matter"
        elif anaphoric and len(matter.stems) <= 3 and gap <= 2 and distance < 3:
            score, probability, signal = 0.5, 0.75, "another said it just before"
        else:
            continue
        score -= 0.06 * distance
        if best is None or score > best[0]:
            best = score, other, probability, signal
    if best is None:
        return None
    _, target, probability, signal = best
    return _outermost(matters, matter, target) if anaphoric and len(matter.stems) <= 3 else target, probability, signal


def _outermost(matters: Matters, matter: Matter, other: Matter) -> Matter:
    """Of a statement told in another, the one that tells it, where that can be answered too."""
    outer = matters.outer(other)
    return outer if outer is not None and _may_answer(matters, matter, outer) else other


def _order(matters: Matters, matter: Matter) -> Iterator[Matter]:
    yield from matters.before(matter, _REACH)
    for other in matters.after(matter, 2):
        if other.sentence - matter.last_sentence <= 1:
            yield other


def _names(matters: Matters, matter: Matter, other: Matter) -> bool:
    """Whether the words of one name the speaker of the other, by family name, or by role before a possessive's s."""
    parts = [part.casefold() for part in _NAME.findall(other.statement.speaker.name or "") if part[0].isupper()]
    folded = matter.words.casefold().replace("’", "'")
    if parts and parts[-1] in _NAME.findall(folded):
        return True
    source = " ".join(span.of(matters.text)[:200] for span in other.statement.attribution.source)
    source = _RELATIVE.split(source, 1)[0]
    called = set(_NAME.findall(f"{source} {other.statement.speaker.role or ''}".casefold()))
    return any(owner in called for owner in _OWNER.findall(folded))


def _agreed_with(matters: Matters, matter: Matter) -> Matter | None:
    """The last statement of another that the content refers to: "the governor's words", "her position", or a bare "so"."""
    view = phrases("cues", "view").search(matter.words)
    if len(matter.words.split()) > 12 or not (view or (refers(matter) and len(matter.stems) <= 1)):
        return None
    others = [m for m in matters.before(matter, _REACH) if not m.headline and m.holder != matter.holder and not matters.related(matter, m)]
    named = next((m for m in others if _names(matters, matter, m)), None)
    near = next((m for m in others[:2] if matter.sentence - m.last_sentence <= 2), None)
    return named or near
