"""The model's frames -> those that are kept, and which of them stands in the content of which.

Frames are taken from the likeliest on. Two that claim the same words cannot both be right, unless one lies wholly inside
a content of the other: then it is told there ("the ministry denied ..." inside "Lind said that the ministry denied ...").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.annotate.decode import Range
from onrecord.annotate.tagger import Frame

LEFT_OF_CONTENT = 0.5  # a frame that loses more than this part of its content to likelier ones is dropped


@dataclass(slots=True)
class Kept:
    """A kept frame, the part of its contents that is its own, and the place of the frame that tells it."""

    frame: Frame
    contents: tuple[Range, ...]
    host: int | None = None

    @property
    def whole(self) -> Range:
        """From the first to the last piece of the frame."""
        parts = (self.frame.cue, *self.frame.sources, *self.contents)
        return Range(min(r.start for r in parts), max(r.end for r in parts))


@dataclass(slots=True)
class _Choice:
    """`told`: the frames that each tells; `owners`: for every claimed piece the innermost frame in whose content or cue it is."""

    kept: list[Kept] = field(default_factory=list)
    told: dict[int, list[int]] = field(default_factory=dict)
    owners: dict[int, int] = field(default_factory=dict)
    cues: set[int] = field(default_factory=set)

    def take(self, one: Kept) -> None:
        """Keeps the frame unless likelier ones have its words."""
        one.host = self._teller(one)
        if one.host is not None:
            self._keep(one, [])
            return
        inside = [n for n in self._touched(one) if self._is_told(n, one)]
        within = set(self._families(inside))
        free = tuple(self._free(one.contents, within))
        taken = sum(map(_size, one.contents)) - sum(map(_size, free))
        cue_owner = self.owners.get(one.frame.cue.start)
        if not free or taken > LEFT_OF_CONTENT * sum(map(_size, one.contents)) or (cue_owner is not None and cue_owner not in within):
            return
        one.contents = free
        self._keep(one, inside)

    def _keep(self, one: Kept, inside: list[int]) -> None:
        number = len(self.kept)
        self.kept.append(one)
        for other in inside:
            self.kept[other].host = number
        if inside:
            self.told[number] = inside
        if one.host is not None:
            self.told.setdefault(one.host, []).append(number)
        for piece in _pieces((*one.contents, one.frame.cue)):
            if one.host is not None or piece not in self.owners:
                self.owners[piece] = number
        self.cues.update(_pieces((one.frame.cue,)))

    def _teller(self, one: Kept) -> int | None:
        """The innermost kept frame in one of whose contents all of this one lies."""
        number = self.owners.get(one.frame.cue.start)
        while number is not None and not _holds(self.kept[number].contents, one):
            number = self.kept[number].host
        if number is None or not one.frame.sources or any(p in self.cues for p in _pieces((one.frame.cue,))):
            return None
        return number

    def _touched(self, one: Kept) -> Iterator[int]:
        """The frames told by nobody whose words this one claims as content."""
        yield from dict.fromkeys(self._top(self.owners[p]) for p in _pieces(one.contents) if p in self.owners)

    def _top(self, number: int) -> int:
        while (host := self.kept[number].host) is not None:
            number = host
        return number

    def _families(self, tops: Iterable[int]) -> Iterator[int]:
        for number in tops:
            yield number
            yield from self._families(self.told.get(number, ()))

    def _is_told(self, number: int, one: Kept) -> bool:
        return bool(self.kept[number].frame.sources) and _holds(one.contents, self.kept[number])

    def _free(self, wanted: Iterable[Range], within: set[int]) -> Iterator[Range]:
        """The runs of `wanted` that nobody has claimed but those `within`."""
        for one in wanted:
            start: int | None = None
            for piece in range(one.start, one.end + 1):
                free = piece < one.end and (piece not in self.owners or self.owners[piece] in within)
                if free and start is None:
                    start = piece
                elif not free and start is not None:
                    yield Range(start, piece)
                    start = None


def chosen(rated: Iterable[tuple[float, Frame]]) -> list[Kept]:
    """The frames to keep of those given with their probability; `host` is a place in the answer."""
    choice = _Choice()
    for _, frame in sorted(rated, key=lambda pair: -pair[0]):
        choice.take(Kept(frame, frame.contents))
    return choice.kept


def _holds(contents: tuple[Range, ...], one: Kept) -> bool:
    whole = one.whole
    return any(r.start <= whole.start and whole.end <= r.end and r != whole for r in contents)


def _pieces(ranges: Iterable[Range]) -> Iterator[int]:
    return (piece for start, end in ranges for piece in range(start, end))


def _size(one: Range) -> int:
    return one.end - one.start
