"""Links that only the contents tell: what cannot both hold, what changed, what two holders say alike.

Most statements of one article share its topic and are not linked, so two contents must share much of their rare words and
differ in one thing: the negation, the position taken, or the figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from onrecord.data import Basis, Link, LinkType, Stance
from onrecord.link.matter import Matter, Matters
from onrecord.link.opposites import are_facing
from onrecord.link.stems import stem

_REACH = 12
_OPEN = frozenset({Stance.LEAVES_OPEN, Stance.COMMITS, Stance.PREDICTS})
_FACTS = frozenset({Stance.ASSERTS, Stance.DENIES, Stance.PREDICTS, Stance.ACCUSES, Stance.SUPPORTS})
_COUNTS = frozenset(map(stem, ("figure", "number", "total", "toll", "tally", "sum", "count")))
_MEASURES = _COUNTS | frozenset(
    map(stem, ("percent", "per", "cent", "dollars", "pounds", "euros", "metres", "meters", "miles", "tonnes", "points"))
)
_SILENT = frozenset({Stance.DECLINES, Stance.ASKS, Stance.DEMANDS})


def conflicts(matters: Matters) -> Iterator[Link]:
    """Contradictions, denials, revisions and agreements that no word of the article reports."""
    yield from _answers(matters)
    for earlier, later in matters.candidates(_REACH):
        if matters.related(earlier, later) or earlier.headline or later.headline:
            continue
        if _SILENT & {earlier.statement.reading.stance, later.statement.reading.stance}:
            continue
        if earlier.holder is None or later.holder is None:
            continue
        found = _opposed(matters, earlier, later)
        if found is None:
            continue
        signal, probability = found
        shared = ", ".join(sorted(earlier.stems & later.stems, key=lambda s: (-matters.weights[s], s))[:3])
        kind, first, second = _kind(earlier, later, signal)
        if kind is not None:
            yield Link(kind, first.id, second.id, Basis.INFERRED, probability, None, (), f"Same matter ({shared}); {signal}.")


def _answers(matters: Matters) -> Iterator[Link]:
    """What the statement before is answered with: another figure for the same thing, or a plain no."""
    for earlier, later in pairwise(matters.all):
        facts = {earlier.statement.reading.stance, later.statement.reading.stance} <= _FACTS
        near = later.sentence - earlier.last_sentence <= 1 and not matters.related(earlier, later)
        if earlier.holder == later.holder or earlier.headline or not facts or not near:
            continue
        if _other_figure(earlier, later):
            why = "The next statement gives another figure for the same thing and names nothing else."
            yield Link(LinkType.CONTRADICTS, later.id, earlier.id, Basis.INFERRED, 0.55, None, (), why)
        elif _plain_no(matters, earlier, later):
            why = "The next statement says no to what was just said."
            yield Link(LinkType.DENIES, later.id, earlier.id, Basis.INFERRED, 0.6, None, (), why)


def _plain_no(matters: Matters, earlier: Matter, later: Matter) -> bool:
    """Whether a negative answer follows an assertion made no later than it."""
    denies = later.statement.reading.stance is Stance.DENIES and later.negated
    open_to_it = earlier.statement.reading.stance is not Stance.DENIES and not earlier.negated
    days = [m.statement.said_on.value[:10] for m in (earlier, later) if m.statement.said_on]
    in_order = len(days) < 2 or days[0] <= days[1]
    return denies and open_to_it and in_order and (len(later.stems) <= 2 or matters.likeness(earlier, later) >= 0.25)


def _other_figure(earlier: Matter, later: Matter) -> bool:
    """Whether a figure stands nearly alone where the statement before has one figure or the same unit with another."""
    bare = len(later.figures) == 1 and len(later.stems - _MEASURES) == len(later.stems & earlier.stems - _MEASURES)
    measured = bool(earlier.figures) and not earlier.figures & later.figures
    return bare and measured and len(later.words.split()) <= 8 and (later.stems & _MEASURES) <= (earlier.stems | _COUNTS)


def _opposed(matters: Matters, earlier: Matter, later: Matter) -> tuple[str, float] | None:
    shared = earlier.stems & later.stems
    likeness = matters.likeness(earlier, later)
    stances = (earlier.statement.reading.stance, later.statement.reading.stance)
    if len(shared) >= 2 and likeness >= 0.4 and Stance.REFUSES in stances and _OPEN & set(stances):
        return "one refuses what the other leaves open or plans", 0.65
    if not _FACTS.issuperset(stances):
        return None
    alike = (len(shared) >= 3 and likeness >= 0.6) or (len(shared) >= 2 and likeness >= 0.8)
    alike = alike and matters.likeness(earlier, later, of_longer=True) >= 0.3
    if alike and earlier.negated != later.negated and not _figures_differ(earlier, later):
        return "one negates what the other says", 0.6
    if len(shared) >= 2 and likeness >= 0.5 and earlier.negated == later.negated and are_facing(earlier.stems, later.stems):
        return "they use opposite words", 0.55
    return None


def _figures_differ(earlier: Matter, later: Matter) -> bool:
    return bool(earlier.figures or later.figures) and not earlier.figures & later.figures


def _kind(earlier: Matter, later: Matter, signal: str) -> tuple[LinkType | None, Matter, Matter]:
    if earlier.holder is not None and earlier.holder == later.holder:
        days = [m.statement.said_on.value[:10] if m.statement.said_on else "" for m in (earlier, later)]
        if not all(days) or len({len(day) for day in days}) > 1 or days[0] == days[1]:
            return None, later, earlier
        return (LinkType.REVISES, later, earlier) if days[0] < days[1] else (LinkType.REVISES, earlier, later)
    if signal.startswith("one negates") and later.negated and later.statement.reading.stance is Stance.DENIES:
        return LinkType.DENIES, later, earlier
    return LinkType.CONTRADICTS, later, earlier
