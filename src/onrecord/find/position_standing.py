"""What of that which was said still holds: a position stands until its holder takes another one in its place.

That is known from a link, which says that a later statement revises it, or that the holder contradicts or denies it himself on a later day;
or from the words, where he first keeps a course open and then rules it out, or the other way round. Who declines to answer, and who asks,
takes nothing back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from onrecord.data import LinkType, Stance
from onrecord.find.position_matter import Matter
from onrecord.find.position_tellings import Holder, Utterance

_CONFLICTS = frozenset({LinkType.CONTRADICTS, LinkType.DENIES})
_OPEN = frozenset({Stance.LEAVES_OPEN, Stance.COMMITS})
_SIDED = _OPEN | {Stance.REFUSES, Stance.DENIES}
_PLANS = _OPEN | {Stance.THREATENS, Stance.DEMANDS, Stance.PREDICTS}
_AHEAD = re.compile(
    r"\b(?:will|would|won['’]t|shall|going to|(?:plan|intend|intention|consider|propos|offer|decid|decision)\w*)\b", re.IGNORECASE
)
_TURNS = "The same speaker's later words on the same course take the other side."
_REVISES = "A later statement revises it."
_TAKES_BACK = "The same speaker later says what cannot stand beside it."


class Replaced(NamedTuple):
    """By which statement a position was replaced, and how that is known."""

    by: Utterance
    why: str


def replaced(matter: Matter, said: Sequence[Utterance]) -> dict[str, Replaced]:
    """The positions that no longer hold, by the ids of what was said, which is given in the order of the days."""
    found: dict[str, Replaced] = {}
    for earlier, later, why in (*_revised(matter, said), *_turned(said)):
        if earlier.id not in found and not _leads_to(found, later, earlier):
            found[earlier.id] = Replaced(later, why)
    return found


def run_of(one: Utterance, said: Sequence[Utterance], gone: Mapping[str, Replaced]) -> tuple[Utterance, ...]:
    """The statements by which a holder has held a position without a break, up to this one; `said` is all of his, by their days."""
    run = [one]
    for other in reversed(said[: said.index(one)]):
        if not other.takes_position or not other.is_on_course_of(one):
            continue
        is_same = (other.stance, other.conditional) == (one.stance, one.conditional)
        if other.id in gone or (not is_same and {other.stance, one.stance} <= _SIDED):
            break
        if is_same:
            run.append(other)
    return tuple(reversed(run))


def denied_courses(matter: Matter, said: Sequence[Utterance]) -> frozenset[str]:
    """The ids of denials of a course, not of a fact: of what another plans, wants or expects, or in words that look ahead."""
    place = {row["id"]: one for one in said for row in one.told}
    found = {one.id for one in said if one.stance is Stance.DENIES and _AHEAD.search(one.main["words"])}
    for link in matter.links:
        ends = place[link["from_id"]], place[link["to_id"]]
        if link["type"] in _CONFLICTS:
            found.update(one.id for one, other in (ends, ends[::-1]) if one.stance is Stance.DENIES and other.stance in _PLANS)
    return frozenset(found)


def _revised(matter: Matter, said: Sequence[Utterance]) -> Iterator[tuple[Utterance, Utterance, str]]:
    """What links tell, the surest first: of each the earlier and the later one. What was plainly said before does not revise."""
    place = {row["id"]: one for one in said for row in one.told}
    for link in matter.links:
        later, earlier = place[link["from_id"]], place[link["to_id"]]
        if later is earlier or not (later.takes_position and earlier.takes_position):
            continue
        if link["type"] == LinkType.REVISES and later.last_day >= earlier.day:
            yield earlier, later, link["why"] or _REVISES
        elif link["type"] in _CONFLICTS and later.holder == earlier.holder and later.day > earlier.last_day:
            yield earlier, later, link["why"] or _TAKES_BACK


def _turned(said: Sequence[Utterance]) -> Iterator[tuple[Utterance, Utterance, str]]:
    """What the words tell: of each position the next one of the same holder that takes the other side on the same course."""
    of: dict[Holder, list[Utterance]] = defaultdict(list)
    for one in said:
        if one.takes_position and (one.stance in _OPEN or one.stance is Stance.REFUSES):
            of[one.holder].append(one)
    for mine in of.values():
        for earlier, later in combinations(mine, 2):
            if (earlier.stance in _OPEN) != (later.stance in _OPEN) and earlier.last_day < later.day and earlier.is_on_course_of(later):
                yield earlier, later, _TURNS


def _leads_to(found: Mapping[str, Replaced], start: Utterance, end: Utterance) -> bool:
    """Whether the one was replaced, step by step, by the other: then it cannot replace it."""
    now = start
    while now.id in found:
        now = found[now.id].by
        if now.id == end.id:
            return True
    return now.id == end.id
