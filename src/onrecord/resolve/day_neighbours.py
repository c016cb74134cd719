"""A statement -> the statements around it whose days count for it: the one before, the holder's last and next, its teller.

The days of the neighbours count as far as they are likely, so that a doubtful day is handed on only doubtfully.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.resolve.day_beside import step
from onrecord.resolve.day_scene import Said, Scene

Likely = dict[str, tuple[float, int]]  # a day -> how likely it is, and the number of the time that tells it best
_LIKELY = 0.3


@dataclass(slots=True)
class Told:
    """What is known when a statement's turn comes: the days of those before it, and those of all as they were thought of last."""

    earlier: list[Likely]
    now: dict[int, Likely] = field(default_factory=dict)
    of_channel: dict[str, int] = field(default_factory=dict)
    of_holder: dict[str, int] = field(default_factory=dict)
    best: dict[int, int] = field(default_factory=dict)  # the time that tells a statement's likeliest day

    def add(self, scene: Scene, index: int, days: Likely) -> None:
        """Keep the days of a statement for those that follow."""
        self.now[index] = days
        if days:
            self.best[index] = max(days.values())[1]
        said = scene.said[index]
        if said.teller is None and any(likely > _LIKELY for likely, _ in days.values()):
            self.of_holder[said.holder] = index
            self.of_channel.update((channel, index) for channel in said.channels)


class Neighbour(NamedTuple):
    """A statement whose days count for another, in this pass or `earlier`, as far as they are likely.

    `cues` speak for a time of its day, `undated` for any time as far as it has no day, `none` then for no day at all.
    """

    other: int
    earlier: bool
    cues: tuple[str, ...]
    none: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()

    def days(self, told: Told) -> Likely:
        """Its likely days, none where it is not told yet."""
        return told.earlier[self.other] if self.earlier else told.now.get(self.other, {})


def neighbours(scene: Scene, index: int) -> Iterator[Neighbour]:
    """The statements around one whose days count for it, whatever is known of them."""
    said, around = scene.said[index], scene.around[index]
    if around.before is not None:
        before = scene.said[around.before]
        after_turn = ("none, turn after undated turn",) if said.is_turn and before.is_turn else ()
        yield Neighbour(around.before, False, tuple(_of_before(said, before)), ("none, before undated", *after_turn))
    if around.last is not None:
        last = scene.said[around.last]
        undated = f"last undated {min(_paragraphs(last, said), 3)}"
        yield Neighbour(around.last, False, tuple(_of_last(said, last)), ("none, last undated",), (undated,))
    if said.teller is not None:
        yield Neighbour(said.teller, False, ("teller",), ("none, teller undated",))
    if around.next is not None:
        yield Neighbour(around.next, True, tuple(_of_next(said, scene.said[around.next])), ("none, next undated",))
    if (echo := scene.echoes.get(index)) is not None:
        whose = "holder" if said.holder == scene.said[echo].holder else "another"
        yield Neighbour(echo, True, ("echo", f"echo, {whose}"), ("none, echo undated", f"none, echo undated, {whose}"))
    if around.after is not None and around.after != around.next:
        yield Neighbour(around.after, True, tuple(_of_after(said, scene.said[around.after])))


def through_the_same(scene: Scene, index: int, told: Told) -> Iterator[Neighbour]:
    """The last statements before one that came through the same channels."""
    said = scene.said[index]
    for channel in said.channels:
        if (other := told.of_channel.get(channel)) is not None:
            yield Neighbour(other, False, tuple(_of_channel(said, scene.said[other])))


def _form(said: Said) -> str:
    return "quoted" if "quoted" in said.signs else "plain"


def _paragraphs(one: Said, other: Said) -> int:
    return step(other.paragraph - one.paragraph, (0, 1, 2, 3, 6))


def _of_before(said: Said, before: Said) -> Iterator[str]:
    whose = "holder" if said.holder and said.holder == before.holder else "another"
    yield f"before, {whose}"
    yield f"before, {whose} {_paragraphs(before, said)}"
    yield f"before, {whose} through {_channels(said, before)}"
    yield f"before {_form(said)} {_paragraphs(before, said)}"
    if said.is_turn and before.is_turn:
        yield "turn after turn"
    if said.sentence == before.sentence:
        yield f"before, {whose} in the sentence"


def _of_last(said: Said, last: Said) -> Iterator[str]:
    yield "last"
    yield f"last {_paragraphs(last, said)}"
    yield f"last through {_channels(said, last)}"
    yield f"last {_form(said)} {_paragraphs(last, said)}"


def _of_next(said: Said, following: Said) -> Iterator[str]:
    yield f"next {_paragraphs(said, following)}"
    yield f"next through {_channels(said, following)}"


def _of_after(said: Said, after: Said) -> Iterator[str]:
    yield f"another's after {_paragraphs(said, after)}"


def _of_channel(said: Said, other: Said) -> Iterator[str]:
    yield from (f"same {channel.value}" for channel in said.channels & other.channels)
    yield f"same channel, {'same holder' if said.holder == other.holder else 'another'}"


def _channels(one: Said, other: Said) -> str:
    if one.channels & other.channels:
        return "the same"
    if one.channels:
        return "others" if other.channels else "its own"
    return "the other's" if other.channels else "none"


def doubt(days: Likely) -> float:
    """How likely it is that a statement is of no day."""
    return 1.0 - sum([likely for likely, _ in days.values()])
