"""Claims of two documents -> the links that one of them reports itself: it denies, confirms, repeats or takes back what the other says.

    denied the minister's claim that the pier is sold       somebody else, who is named, said it elsewhere
    now concedes that the pier is sold                      the same holder said otherwise before

What the cue says is the evidence. Whose words are answered has to be told, by the name of the holder or of who printed it, or the holder
answers himself; and the contents have to be alike in meaning. Of all that may be meant the likest is taken. An answer to somebody whom
nobody names is left to what the contents tell (`across`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onrecord.data import Basis, LinkType, Span, Spans, Stance, Variant
from onrecord.link.across import Found
from onrecord.link.claims import Claim, are_allied, telling
from onrecord.link.lexicons import phrases
from onrecord.link.wording import quotations_again, words_of

_JOINT = len(" ... ")  # between the passages of a content or cue
_SHORT = 40  # words of a content that calls what another said untrue
_ANSWERABLE = frozenset(Stance) - {Stance.ASKS, Stance.DECLINES}
_DENIABLE = frozenset({Stance.ASSERTS, Stance.ACCUSES, Stance.PREDICTS, Stance.SUPPORTS})  # a claim that is denied is no promise or demand
_OWNER = re.compile(r"([^\W\d_]{3,})['’]s")
_RUN = re.compile(r"[^\W\d_]\w*(?:[-'’.]\w+)*(?: [^\W\d_]\w*(?:[-'’.]\w+)*)*")
_POSSESSIVE = re.compile(r"['’]s?$")


class Answer(NamedTuple):
    """That a claim answers something said before: how, whether its own holder said it, and the words that tell so in its document."""

    type: LinkType
    of_itself: bool
    evidence: Spans
    words: str


class Alike(NamedTuple):
    """A claim that may be an answer, an earlier one of another document, and how near the two are in meaning (cosine)."""

    later: Claim
    earlier: Claim
    likeness: float


class _Kind(NamedTuple):
    label: str
    type: LinkType
    of_itself: bool


_KINDS = (
    _Kind("again", LinkType.REPEATS, True),
    _Kind("retract", LinkType.REVISES, True),
    _Kind("concede", LinkType.REVISES, True),
    _Kind("deny", LinkType.DENIES, False),
    _Kind("agree", LinkType.AGREES, False),
    _Kind("confirm", LinkType.AGREES, False),
)
# how near two contents are at least, and how surely such links hold: on the invented affairs that are learnt from
_LEAST = {LinkType.REPEATS: 0.4, LinkType.REVISES: 0.45, LinkType.DENIES: 0.3, LinkType.AGREES: 0.35}
_SURE = {LinkType.REPEATS: 0.9, LinkType.REVISES: 0.75, LinkType.DENIES: 0.8, LinkType.AGREES: 0.6}


def answers_of(claim: Claim) -> tuple[Answer, ...]:
    """What the cue of a claim says that it answers; nothing where the cue is negated, or what is rejected is a course of action."""
    if claim.negated_cue or claim.stance in {Stance.ASKS, Stance.DECLINES}:
        return ()
    found: dict[tuple[LinkType, bool], Answer] = {}
    for kind in _KINDS:
        if hit := phrases("cues", kind.label).search(claim.cue):
            if kind.type is LinkType.DENIES and claim.stance is Stance.REFUSES:
                continue
            told = _place(claim.cue_places, *hit.span())
            found.setdefault((kind.type, kind.of_itself), Answer(kind.type, kind.of_itself, told, hit.group()))
    charges = not found and len(claim.words.split()) <= _SHORT and phrases("cues", "charge").search(claim.cue)
    if charges and (hit := phrases("cues", "falsity").search(claim.words)):
        return (Answer(LinkType.DENIES, False, _place(claim.places, *hit.span()), hit.group()),)
    return tuple(found.values())


def names_in(claim: Claim) -> frozenset[str]:
    """The names that stand in a claim that answers somebody, in lower case, and every ending of those of several words."""
    found = set[str]()
    for run in _RUN.findall(claim.words):
        kept: list[str] = []
        for word in [*run.split(), ""]:
            if word[:1].isupper():
                kept.append(_POSSESSIVE.sub("", word))
            elif kept:
                found.update(" ".join(kept[at:]).casefold() for at in range(len(kept)))
                kept = []
    return frozenset(found)


def reported_across(given: Iterable[Alike]) -> Iterator[Found]:
    """Of each claim that answers, the link to the likest of those that it may answer."""
    best: dict[tuple[int, LinkType], tuple[float, Found]] = {}
    for one in given:
        for answer in answers_of(one.later):
            if one.likeness >= _LEAST[answer.type] and _may_be_meant(answer, one.later, one.earlier):
                place = one.later.id, answer.type
                if place not in best or (one.likeness, -one.earlier.id) > (best[place][0], -best[place][1].target.id):
                    best[place] = one.likeness, _found(answer, one.later, one.earlier)
    yield from (link for _, link in best.values())


def as_reported(link: Found) -> Found:
    """A link that the contents told, with the words of its source that say so, where it answers so itself."""
    same = _of_one_side(link.source, link.target)
    if link.source.document == link.target.document or link.source.day[:10] < link.target.day[:10]:
        return link
    told = next((one for one in answers_of(link.source) if one.type is link.type and one.of_itself == same), None)
    return link if told is None else link._replace(basis=Basis.REPORTED, evidence=told.evidence)


def _may_be_meant(answer: Answer, later: Claim, earlier: Claim) -> bool:
    if earlier.document == later.document or earlier.stance not in _ANSWERABLE or earlier.day[:10] > later.day[:10]:
        return False
    same = _of_one_side(later, earlier)
    if answer.of_itself:
        return same and earlier.day[:10] < later.day[:10]
    if same or (answer.type is LinkType.DENIES and earlier.stance not in _DENIABLE):
        return False
    return phrases("cues", "told").search(later.words) is not None and _names(later, earlier)


def _of_one_side(later: Claim, earlier: Claim) -> bool:
    return later.holder is not None and (later.holder == earlier.holder or are_allied(later, earlier))


def _names(later: Claim, earlier: Claim) -> bool:
    """Whether the later claim names the holder of the earlier one, or who printed it."""
    if earlier.publisher and f" {_plain(earlier.publisher)} " in f" {_plain(later.words)} ":
        return True
    named = telling(later.words) - telling(later.name)
    if not earlier.is_person:
        return bool(named & telling(earlier.name))
    owners = {word.casefold() for word in _OWNER.findall(later.words)}
    return bool(named & telling((earlier.name.split() or [""])[-1])) or bool(owners & set(words_of(earlier.role)))


def _plain(text: str) -> str:
    return " ".join(_POSSESSIVE.sub("", word) for word in words_of(text))


def _found(answer: Answer, later: Claim, earlier: Claim) -> Found:
    variant = None
    if answer.type is LinkType.REPEATS:
        variant = quotations_again(earlier.quotations, later.quotations) or Variant.PARAPHRASE
    whom = "the same speaker's earlier words" if answer.of_itself else f"the words of {earlier.name or 'another'}"
    why = f"The article says “{answer.words[:60]}” of {whom}."
    return Found(answer.type, later, earlier, _SURE[answer.type], variant, why, Basis.REPORTED, answer.evidence)


def _place(places: Spans, start: int, end: int) -> Spans:
    """Where a piece of joined passages stands in the document."""
    at = 0
    for span in places:
        length = span.end - span.start
        if at <= start < at + length:
            return (Span(span.start + start - at, min(span.start + end - at, span.end)),)
        at += length + _JOINT
    return ()
