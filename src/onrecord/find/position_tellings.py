"""The statements of a matter -> what was said, each utterance once, with all outlets that carry it.

Statements that repeat one another are one utterance, where nothing says that they have different holders. It is told by the statement
that a person has looked at, or else by the earliest; a condition that only some outlets kept holds all the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from onrecord.data import LinkType, Stance
from onrecord.find.position_matter import Matter
from onrecord.link.stems import stems_of
from onrecord.record.days import days_of, first_day, last_day
from onrecord.record.from_rows import spans
from onrecord.record.judged import Judged
from onrecord.resolve.keys import slug

Row = dict[str, Any]
Holder = tuple[str | None, str, int]  # a key; or without one a name and the document: "officials" of two papers are not the same
SILENT = frozenset({Stance.DECLINES, Stance.ASKS})
HELD_NEGATED = frozenset({Stance.LEAVES_OPEN, Stance.REFUSES, Stance.DENIES})  # "has not ruled out" says something, "did not promise" not
SAME_COURSE = 0.5  # share of the content words of the shorter of two that tell that both are about one course


@dataclass(frozen=True, eq=False)
class Utterance:
    """What somebody said once, on one day.

    Args:
        told: the statements that carry it, as judged, the earliest known first.
        main: that which it is told by.
        by_hand: whether a person has looked at one of them.
        conditional: whether it holds only under a condition.
        condition: the words on which it hangs, where they are known.
    """

    told: tuple[Row, ...]
    main: Row
    by_hand: bool
    conditional: bool
    condition: str | None

    @property
    def id(self) -> str:
        return str(self.main["key"])

    @property
    def stance(self) -> Stance:
        return Stance(self.main["stance"])

    @cached_property
    def holder(self) -> Holder:
        """Who said it: the key that any of the statements has, or else a name that means somebody of one document only."""
        named = next((row for row in self.told if row["speaker_key"] is not None), None)
        if named is not None:
            return named["speaker_key"], "", 0
        first = self.told[0]
        return None, (first["speaker_name"] or "").casefold(), first["document_id"]

    @property
    def takes_position(self) -> bool:
        """Whether it says something on the matter: a question, a "no comment" and what was not said take none."""
        return self.stance not in SILENT and (not self.main["negated_cue"] or self.stance in HELD_NEGATED)

    @cached_property
    def said_on(self) -> str | None:
        """The day as told most exactly; null where no outlet tells one."""
        days = [row["said_on"] for row in (self.main, *self.told) if row["said_on"] and days_of(row["said_on"])]
        return max(days, key=lambda day: len(day[:10]), default=None)

    @cached_property
    def day(self) -> str:
        """The first day on which it may have been said, or else that of the first paper."""
        return (self.said_on and first_day(self.said_on)) or str(self.told[0]["known_on"])

    @property
    def last_day(self) -> str:
        return (self.said_on and last_day(self.said_on)) or self.day

    @property
    def place(self) -> tuple[str, str, int]:
        """Where it stands in the order of what was said."""
        return self.day, self.told[0]["known_on"], self.told[0]["id"]

    @cached_property
    def _stems(self) -> frozenset[str]:
        return stems_of(self.main["words"])

    def is_on_course_of(self, other: Utterance) -> bool:
        """Whether both are about the same course of action, as far as their words tell."""
        shorter = min(len(self._stems), len(other._stems))
        return len(self._stems & other._stems) >= max(1.0, SAME_COURSE * shorter)


def utterances(matter: Matter, known: Judged) -> list[Utterance]:
    """What was said on the matter, in the order of the days."""
    groups: dict[int, list[Row]] = defaultdict(list)
    heads = _heads(matter)
    for number, row in matter.rows.items():
        groups[heads[number]].append(row)
    found = (_utterance(rows, matter, known) for rows in groups.values())
    return sorted(found, key=lambda one: one.place)


def name_of(key: str | None, told: Iterable[Row]) -> str | None:
    """What the holder is called: by the name that gives the key, or else most often, or else most fully."""
    seen = Counter(row["speaker_name"] for row in told if row["speaker_name"])
    return max(seen, key=lambda name: (slug(name) == key, seen[name], len(name), name), default=None)


def _heads(matter: Matter) -> dict[int, int]:
    """For each statement one that stands for all that repeat it; the surest repeats first, and never two keys in one."""
    head = {number: number for number in matter.rows}
    keys = {number: {row["speaker_key"]} - {None} for number, row in matter.rows.items()}

    def root(number: int) -> int:
        while head[number] != number:
            head[number] = number = head[head[number]]
        return number

    for one in (link for link in matter.links if link["type"] == LinkType.REPEATS):
        first, second = sorted((root(one["from_id"]), root(one["to_id"])))
        if first != second and len(keys[first] | keys[second]) <= 1:
            head[second] = first
            keys[first] |= keys.pop(second)
    return {number: root(number) for number in head}


def _utterance(rows: Iterable[Row], matter: Matter, known: Judged) -> Utterance:
    told = tuple(sorted(rows, key=lambda row: (row["known_on"], row["id"])))
    judged = [row for row in told if row["id"] in known.by_statement]
    main = (judged or [row for row in told if row["stance"] not in SILENT] or list(told))[0]
    kept = [main] if judged else [main, *told]
    conditional = [row for row in kept if row["conditional"]]
    condition = next((words for row in conditional if (words := _condition(row, matter.texts))), None)
    return Utterance(told, main, bool(judged), bool(conditional), condition)


def _condition(row: Row, texts: Mapping[int, str]) -> str:
    """The words of the condition, pieces joined as in a statement's words."""
    text = texts[row["document_id"]]
    return " ... ".join(words for span in spans(row["condition"]) if (words := span.of(text).strip()))
