"""PolNeAR articles -> windows of word pieces with their labels.

One window is 254 word pieces of one article. For every attribution that lies wholly inside it there is a cue (first and
one-past-last piece) and one tag a piece for that cue: outside, source, content.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tokenise import Tokeniser, Tokens

WINDOW = 254
ROLES = ("source", "cue", "content")
IGNORED = -100  # a tag that is neither taught nor refused
CUE = 3  # the tag of the first piece of a cue; of the others, one more


Roles = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article: its pieces and, for each attribution, the piece ranges of its three roles.

    `nested`: those that stand in the content of another. `unsure`: pieces that may or may not be of a cue. `marked`: whether
    anybody looked for attributions in it at all.
    """

    name: str
    tokens: Tokens
    attributions: tuple[Roles, ...]
    nested: tuple[Roles, ...] = ()
    unsure: tuple[tuple[int, int], ...] = ()
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """`tags`: (W,) of 0 outside, 1/2 source, 3/4 cue, 5/6 content (begin, inside). `arguments`: one (W,) row a cue of
    0 outside, 1/2 source, 3/4 content. `cues`: (start, end) pieces, in the window."""

    ids: NDArray[np.int64]
    tags: NDArray[np.int64]
    cues: tuple[tuple[int, int], ...]
    arguments: NDArray[np.int64]


def articles(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        yield from map(json.loads, lines)


def labelled(article: dict, tokeniser: Tokeniser, *, text: str | None = None) -> Labelled:
    """The article with its spans as piece ranges; `text` replaces the article's own (same length)."""
    tokens = tokeniser.tokens(text if text is not None else article["text"])
    found: list[Roles] = []
    nested: list[Roles] = []
    for one in article["attributions"]:
        ranges = {role: [r for s in one[role] if (r := piece_range(tokens, *s))] for role in ROLES}
        if ranges["cue"] and ranges["content"]:
            (nested if one.get("nested") else found).append(ranges)
    unsure = tuple(r for s in article.get("unsure", ()) if (r := piece_range(tokens, *s)))
    return Labelled(article["name"], tokens, tuple(found), tuple(nested), unsure)


def piece_range(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    first = int(np.searchsorted(tokens.ends, start, side="right"))
    last = int(np.searchsorted(tokens.starts, end, side="left"))
    while first < last and tokens.starts[first] == tokens.ends[first]:
        first += 1
    while last > first and tokens.starts[last - 1] == tokens.ends[last - 1]:
        last -= 1
    return (first, last) if first < last else None


def windows(one: Labelled, offset: int, size: int = WINDOW) -> Iterator[Window]:
    """The article cut into windows of `size` pieces, the first one shortened by `offset`."""
    length = len(one.tokens)
    starts = [0, *range(size - offset, length, size)] if offset else list(range(0, length, size))
    for start, end in zip(starts, [*starts[1:], length], strict=True):
        if end > start:
            yield _window(one, start, end)


def _window(one: Labelled, start: int, end: int) -> Window:
    tags = np.zeros(end - start, np.int64)
    cues, rows = [], []
    for ranges in one.attributions + one.nested:
        every = [r for role in ROLES for r in ranges[role]]
        for base, role in ((1, "source"), (3, "cue"), (5, "content")):
            for first, last in ranges[role] if ranges not in one.nested or role == "cue" else ():
                _mark(tags, first - start, last - start, base)
        if min(r[0] for r in every) < start or max(r[1] for r in every) > end:
            continue
        row = np.zeros(end - start, np.int64)
        for base, role in ((1, "source"), (3, "content")):
            for first, last in ranges[role]:
                _mark(row, first - start, last - start, base)
        cues.append((ranges["cue"][0][0] - start, ranges["cue"][0][1] - start))
        rows.append(row)
    for first, last in one.unsure:
        part = tags[max(first - start, 0) : max(last - start, 0)]
        part[(part != CUE) & (part != CUE + 1)] = IGNORED
    if not one.marked:
        tags[:] = IGNORED
    arguments = np.stack(rows) if rows else np.zeros((0, end - start), np.int64)
    return Window(one.tokens.ids[start:end].astype(np.int64), tags, tuple(cues), arguments)


def _mark(tags: NDArray[np.int64], first: int, last: int, base: int) -> None:
    if last <= 0 or first >= len(tags):
        return
    tags[max(first, 0) : last] = base + 1
    if first >= 0:
        tags[first] = base
