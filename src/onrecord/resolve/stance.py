"""Attributions -> readings: what each holder does with the content, under which condition, and the words that show it.

The shipped model reads what the lexicon hears (`stance_hearing`) and then the words, and decides.
"""

from __future__ import annotations

from bisect import bisect_right

from onrecord.annotate.tagger import Seen
from onrecord.data import Attribution, Document, Reading, Span, Stance
from onrecord.resolve.hypothetical import is_supposed
from onrecord.resolve.stance_content import Telling
from onrecord.resolve.stance_hearing import Heard, heard
from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.stance_model import Judged, factuality, shipped
from onrecord.resolve.stance_pieces import pieces
from onrecord.resolve.words import Words, words

_KEPT_OPEN = frozenset(("table", "rule", "rules", "ruled", "ruling", "exclude", "excludes", "excluded", "excluding"))
_QUOTES = frozenset(('"', "'"))


def readings(document: Document, attributions: tuple[Attribution, ...], seen: Seen) -> tuple[Reading, ...]:
    """How each attribution is meant, in the order given. `seen`: the encoder's pass over the document."""
    if not attributions:
        return ()
    read = words(document.text, lexicon().abbreviations)
    hearings = [heard(read, one) for one in attributions]
    given = [pieces(seen.tokens, one, hearing.clue) for one, hearing in zip(attributions, hearings, strict=True) if hearing]
    judged = iter(shipped().judged(given, seen))
    found = []
    for place, (one, hearing) in enumerate(zip(attributions, hearings, strict=True)):
        near = attributions[max(place - 8, 0) : place + 9]
        found.append(_reading(read, one, near, hearing, next(judged)) if hearing else Reading())
    return tuple(found)


def _reading(read: Words, attribution: Attribution, near: tuple[Attribution, ...], hearing: Heard, judged: Judged) -> Reading:
    judged = _with_negation(read, hearing, judged)
    told, cue, stance = hearing.told, hearing.cue, judged.stance
    parts, stated = told.parts, told.conditions
    decided = _deciding(read, hearing, judged)
    plain = hearing.clue.stance if hearing.clue else Stance.ASSERTS  # conditions are read with the lexicon's ear
    mine = tuple(clause for clause in stated if not _belongs_elsewhere(read.span(clause.start, clause.stop), attribution, near, plain))
    held = () if stance is Stance.ASKS or _asks_whether(read, cue, parts) else _governing(read, mine, hearing.decided, cue, parts)
    hangs = bool(held) or (stance is not Stance.ASKS and _answers_condition(told))
    evidence = tuple(dict.fromkeys(read.span(place.start, place.stop) for place in decided[:3]))
    return Reading(
        stance=stance,
        negated_cue=hearing.negator is not None,
        condition=tuple(read.span(clause.start, clause.stop) for clause in held),
        conditional=hangs,
        hypothetical=is_supposed(read, cue, stated, bool(held)),
        evidence=tuple(sorted(evidence)),
        factuality=factuality(judged.factuality),
    )


def _with_negation(read: Words, hearing: Heard, judged: Judged) -> Judged:
    """Who does not rule out a course, or has it on the table, neither refuses it nor threatens: there the lexicon holds, which reads the
    negation word by word."""
    kept_open = hearing.clue is not None and hearing.clue.stance is Stance.LEAVES_OPEN
    turned = kept_open and judged.stance in (Stance.REFUSES, Stance.THREATENS)
    if turned and any(read.norms[place] in _KEPT_OPEN for part in hearing.decided for place in part):
        return judged._replace(stance=Stance.LEAVES_OPEN)
    return judged


def _deciding(read: Words, hearing: Heard, judged: Judged) -> list[range]:
    """The words that decided, weightiest first: the lexicon's where it says the same, else those the model attended to; none for a
    plain statement."""
    if hearing.clue is not None and hearing.clue.stance is judged.stance:
        return hearing.decided
    if judged.stance is Stance.ASSERTS:
        return []
    numbers = dict.fromkeys(bisect_right(read.starts, start) - 1 for start in judged.decided)
    return [range(number, number + 1) for number in numbers if number >= 0]


def _governing(
    read: Words, stated: tuple[range, ...], decided: list[range], cue: tuple[range, ...], parts: tuple[range, ...]
) -> tuple[range, ...]:
    """The conditions that govern the sentence of the label, or in whose clause the statement stands."""
    place = next((spot.start for spot in decided if any(spot.start in part for part in parts)), parts[0].start)
    sentence = read.sentence(place)
    held = []
    for clause in stated:
        inside = any(clause.start in part for part in parts)
        around = bool(cue) and (cue[0].start in clause)
        if (inside and clause.start in sentence) or around or (not inside and _hangs(read, clause, parts)):
            held.append(clause)
    return tuple(held)


def _hangs(read: Words, clause: range, parts: tuple[range, ...]) -> bool:
    """Whether a condition outside the content stands in its sentence, with no other saying in between."""
    return clause.start in read.sentence(parts[0].start) or clause.start in read.sentence(parts[-1].start)


def _answers_condition(told: Telling) -> bool:
    """A quotation that opens with "Then" answers a condition that stands before it."""
    norms, first = told.words.norms, told.parts[0].start
    while first < told.parts[0].stop and norms[first] in _QUOTES:
        first += 1
    return (
        told.direct
        and norms[first : first + 1] == ("then",)
        and norms[first + 1 : first + 2] in (("i",), ("we",), ("you",), ("they",), ("he",), ("she",), ("it",))
    )


def _belongs_elsewhere(clause: Span, attribution: Attribution, near: tuple[Attribution, ...], stance: Stance) -> bool:
    """Whether the condition is part of what another neighbour said, and not of this statement."""
    mine = any(span.holds(clause) or span.start <= clause.start < span.end for span in attribution.content)
    for other in near:
        if other is attribution or not any(span.start <= clause.start < span.end for span in other.content):
            continue
        cue_inside = bool(other.cue) and any(span.holds(other.cue[0]) for span in attribution.content)
        if (mine and cue_inside and stance is Stance.ASSERTS) or (not mine and not _inside(attribution, other)):
            return True
    return False


def _inside(inner: Attribution, outer: Attribution) -> bool:
    return bool(inner.cue) and any(span.holds(inner.cue[0]) for span in outer.content)


def _asks_whether(read: Words, cue: tuple[range, ...], parts: tuple[range, ...]) -> bool:
    """A content that opens with an if that means whether."""
    asked = {read.norms[place] for part in cue for place in part} - _PASSING_ON
    return read.norms[parts[0].start] == "if" and not asked.isdisjoint(lexicon().whether_words)


_PASSING_ON = frozenset(("say", "tell", "told", "confirm", "announce", "reveal", "about"))
