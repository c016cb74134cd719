"""Two wordings of one utterance: how they differ, word by word, and what kind of repeat that makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from onrecord.data import Variant
from onrecord.link.stems import stems_of

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LONGEST = 60  # words of a quotation that are compared one by one
_ALIKE, _COVERED = 0.8, 0.5

Words = tuple[str, ...]


class ChangeKind(StrEnum):
    """What became of words from the first wording to the second."""

    KEPT = "kept"
    DROPPED = "dropped"
    ADDED = "added"


class Change(NamedTuple):
    """Words side by side that met the same fate."""

    kind: ChangeKind
    words: str


def words_of(text: str) -> Words:
    """The words of a text in lower case, without punctuation."""
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(text))


def difference(first: str, second: str) -> tuple[Change, ...]:
    """What the second wording keeps, drops and adds, in the order of reading; case and punctuation aside."""
    return tuple(_changes(first, second))


def variant_of(changes: Sequence[Change]) -> Variant:
    """What kind of repeat it is: the same words, one piece of them, most of them changed here and there, or others."""
    kinds = [change.kind for change in changes]
    if set(kinds) == {ChangeKind.KEPT}:
        return Variant.IDENTICAL
    if ChangeKind.ADDED not in kinds and kinds.count(ChangeKind.KEPT) == 1:
        return Variant.CUT
    kept, dropped, added = (sum(len(words_of(one.words)) for one in changes if one.kind is kind) for kind in ChangeKind)
    return Variant.ALTERED if kept >= _COVERED * (kept + min(dropped, added)) else Variant.PARAPHRASE


def _changes(first: str, second: str) -> Iterator[Change]:
    places = [[hit.span() for hit in _WORD.finditer(text)] for text in (first, second)]
    matcher = SequenceMatcher(None, words_of(first), words_of(second), autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            yield Change(ChangeKind.KEPT, _passage(second, places[1], other_start, other_end))
        if kind in ("replace", "delete"):
            yield Change(ChangeKind.DROPPED, _passage(first, places[0], start, end))
        if kind in ("replace", "insert"):
            yield Change(ChangeKind.ADDED, _passage(second, places[1], other_start, other_end))


def _passage(text: str, places: Sequence[tuple[int, int]], start: int, end: int) -> str:
    return text[places[start][0] : places[end - 1][1]]


def quoted_again(first: Sequence[Words], second: Sequence[Words], *, altered: bool = True) -> Variant | None:
    """How quoted words of one stand in a quotation of the other: as they are, as a part, or, where `altered` is asked for, nearly."""
    best: Variant | None = None
    for a in first[:20]:
        for b in second[:20]:
            short, long = sorted((a, b), key=len)
            if len(short) < 2 or not stems_of(" ".join(short)):
                continue
            if short == long and len(short) > 2:
                return Variant.IDENTICAL
            telling = len(short) > 4 or len(stems_of(" ".join(short))) > 1
            if telling and f" {' '.join(short)} " in f" {' '.join(long)} ":
                best = Variant.CUT
            elif best is None and altered and len(short) > 4 and _nearly(short, long):
                best = Variant.ALTERED
    return best


def quotations_again(first: tuple[str, ...], second: tuple[str, ...]) -> Variant | None:
    """The same of the quotations of two claims, as they stand in the text; a pair that is asked for again is not compared again."""
    return _compared(first, second) if first and second else None


@lru_cache(maxsize=10_000)
def _compared(first: tuple[str, ...], second: tuple[str, ...]) -> Variant | None:
    return quoted_again([words_of(one) for one in first], [words_of(one) for one in second])


def _nearly(short: Words, long: Words) -> bool:
    if len(long) > _LONGEST:
        return False
    matcher = SequenceMatcher(None, short, long, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) >= _ALIKE * len(short) and len(short) >= _COVERED * len(long)
