"""Two wordings laid side by side: which words of a longer one a quotation keeps, which it leaves out, and which it changes.

A quotation is held against a part of the statement: its words may begin and end anywhere in it. Words that stand alike by chance, far
from the rest, are let go.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from onrecord.data import Span
from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.words import words as words_told

_TOKEN = re.compile(r"\[[^\[\]]{0,200}\]|…|\.(?:\s?\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_ONE_LETTER = re.compile(r"\[(\w)\](?=\w)")  # "[T]he": a letter that was made large or small
_OPENS = re.compile(r"(?:[.!?…:][\"”’'»)\]]*\s+|[“\"«]|\n\s*|^)[\"“‘'«(\[]*$")
_CLOSES = re.compile(r"[.!?…:]|[\"”’'»]*[.!?…]|,?[\"”»](?! \.\.\. )|\s*$|\s*\n")
_BEGINS = re.compile(r"(?:[.!?…:][\"”’'»)\]]*\s+|\n\s*|^)[\"“‘'«(\[]*$")  # a sentence only, whatever is quoted of it
_ENDS = re.compile(r"[.!?…:]|[\"”’'»]*[.!?…]|\s*$|\s*\n")
_BROKEN_BEFORE = re.compile(r"[,—–-][\"”»'’]* \.\.\. [\"“«'‘]*$")  # by "she said": what follows goes on, unless it has a capital
_BROKEN_AFTER = re.compile(r"[,—–-][\"”»'’]* \.\.\. [\"“«'‘]*(\w)")
_NEAR = 16
_ADVERBS = frozenset(("not", "never"))
_FAR = 12  # words: a gap that is longer counts as this long
_GAP_COST = 1 / 3
_BOUND = 0.4  # of that cost, where a part begins or ends as the sentence does

Words = tuple[str, ...]
Block = tuple[int, int, int]  # place in the statement, place in the quotation, how many words


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in words without case and punctuation, and where each stands.

    `begins` and `ends` are the words that begin or end a sentence, `opens` and `closes` those of what stands in quotation marks, too.
    `gaps` are the places between words in which the text itself shows that it leaves something out ("..."), `edited` those in which it puts
    words of its own in [brackets].
    """

    text: str
    words: Words
    places: tuple[Span, ...]
    opens: frozenset[int] = frozenset()
    closes: frozenset[int] = frozenset()
    begins: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()
    gaps: frozenset[int] = frozenset()
    edited: frozenset[int] = frozenset()

    def passage(self, start: int, end: int) -> str:
        """The words from `start` up to, not including, `end`, as they stand in the text."""
        return self.text[self.places[start].start : self.places[end - 1].end] if start < end else ""

    def at(self, offset: int) -> int:
        """The first word that ends after the offset."""
        return bisect_left(self.places, offset + 1, key=lambda one: one.end)

    def within(self, span: Span) -> range:
        """The words that lie in a passage of the text."""
        return range(self.at(span.start), bisect_left(self.places, span.end, key=lambda one: one.start))


@dataclass(frozen=True, slots=True)
class Change:
    """Words `start` to `end` of the statement became words `new_start` to `new_end` of the quotation; either may be none."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """The part of a statement that a quotation is held against: words `start` to `end`, of which `kept` are the same, and the changes."""

    start: int
    end: int
    kept: tuple[Block, ...]
    changes: tuple[Change, ...]

    @property
    def count(self) -> int:
        """How many words are the same."""
        return sum(size for _, _, size in self.kept)


def quoted_wording(text: str) -> Wording:
    """The wording of a quotation in a draft, with what it marks as left out or put in."""
    plain = _ONE_LETTER.sub(r"\1", text)
    words: list[str] = []
    places: list[Span] = []
    gaps: set[int] = set()
    edited: set[int] = set()
    for hit in _TOKEN.finditer(plain):
        first = hit[0][0]
        if first == "[":
            (edited if re.search(r"\w", hit[0]) else gaps).add(len(words))
        elif first in ".…":
            gaps.add(len(words))
        else:
            words.append(_folded(hit[0]))
            places.append(Span(*hit.span()))
    return Wording(plain, tuple(words), tuple(places), gaps=frozenset(gaps), edited=frozenset(edited))


@lru_cache(maxsize=20_000)
def told_wording(text: str) -> Wording:
    """The wording of a statement, with the bounds of its sentences and of what it quotes."""
    hits = [hit for hit in _TOKEN.finditer(text) if hit[0][0] not in "[.…"]
    places = tuple(Span(*hit.span()) for hit in hits)
    last = len(places) - 1
    opens, begins = (frozenset(n for n, one in enumerate(places) if n == 0 or _starts(how, text, one.start)) for how in (_OPENS, _BEGINS))
    after = [text[one.end : one.end + _NEAR] for one in places]
    closes, ends = (frozenset(n for n in range(last + 1) if n == last or _stops(how, after[n])) for how in (_CLOSES, _ENDS))
    return Wording(text, tuple(_folded(hit[0]) for hit in hits), places, opens, closes, begins, ends)


def _starts(how: re.Pattern[str], text: str, start: int) -> bool:
    """Whether a sentence, or what stands in quotation marks, begins there."""
    low = max(0, start - _NEAR)
    return text[start].isupper() if _BROKEN_BEFORE.search(text, low, start) else how.search(text, low, start) is not None


def _stops(how: re.Pattern[str], after: str) -> bool:
    """Whether one ends before these letters."""
    broken = _BROKEN_AFTER.match(after)
    return broken[1].isupper() if broken else how.match(after) is not None


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def aligned(told: Wording, quoted: Wording) -> Aligned | None:
    """How the quotation stands in the statement; None where they share no word."""
    whole = _contiguous(told.words, quoted.words)
    if whole is not None:
        return Aligned(whole, whole + len(quoted.words), ((whole, 0, len(quoted.words)),), ())
    matcher = SequenceMatcher(None, told.words, quoted.words, autojunk=False)
    blocks = _core([block for block in matcher.get_matching_blocks() if block.size], told, quoted)
    if not blocks:
        return None
    start = _widened_start(told, blocks[0])
    end = _widened_end(told, quoted, blocks[-1])
    return Aligned(start, end, tuple(blocks), tuple(_changes(blocks, (start, end), len(quoted.words))))


def _contiguous(told: Words, quoted: Words) -> int | None:
    """Where all words of the quotation stand one after the other."""
    size = len(quoted)
    return next((n for n in range(len(told) - size + 1) if told[n] == quoted[0] and told[n : n + size] == quoted), None) if size else None


def _core(blocks: Sequence[Block], told: Wording, quoted: Wording) -> list[Block]:
    """The run of blocks that is worth most: a word counts for it, a gap that the quotation does not fill or mark against it."""
    best, best_score = (0, 0), 0.0
    first, score = 0, 0.0
    for n, block in enumerate(blocks):
        if n:
            score -= _gap_cost(blocks[n - 1], block, told, quoted)
        if score <= 0:
            first, score = n, 0.0
        score += block[2]
        if score > best_score:
            best, best_score = (first, n + 1), score
    return list(blocks[slice(*best)])


def _gap_cost(before: Block, after: Block, told: Wording, quoted: Wording) -> float:
    """What the words left out between two blocks count; little where the first begins, or the second ends, quotation and sentence alike."""
    if after[1] in quoted.gaps | quoted.edited:
        return 0.0
    left_out = max(after[0] - before[0] - before[2] - (after[1] - before[1] - before[2]), 0)
    begins = before[1] == 0 and before[0] in told.opens
    ends = after[1] + after[2] == len(quoted.words) and after[0] + after[2] - 1 in told.closes
    return _GAP_COST * min(left_out, _FAR) * (_BOUND if begins or ends else 1.0)


def _widened_start(told: Wording, block: Block) -> int:
    """The words before the first that are the same may be changed ones: as many as the quotation has, within the sentence."""
    start, left = block[0], block[1]
    while left and start and start not in told.opens:
        start, left = start - 1, left - 1
    return start


def _widened_end(told: Wording, quoted: Wording, block: Block) -> int:
    end, left = block[0] + block[2], len(quoted.words) - block[1] - block[2]
    while left and end < len(told.words) and end - 1 not in told.closes:
        end, left = end + 1, left - 1
    return end


def _changes(blocks: Sequence[Block], part: tuple[int, int], length: int) -> Iterator[Change]:
    at, new_at = part[0], 0
    for a, b, size in [*blocks, (part[1], length, 0)]:
        if (at, new_at) != (a, b):
            yield Change(at, a, new_at, b)
        at, new_at = a + size, b + size


@lru_cache(maxsize=20_000)
def negators(text: str, *, every: bool = False) -> tuple[int, ...]:
    """Where the words that negate begin; "not only" and the like count only where `every` one is wanted, "no doubt" never."""
    told, known = words_told(text), lexicon()
    after = (*told.norms[1:], "")
    return tuple(
        told.starts[n]
        for n, norm in enumerate(told.norms)
        if norm in known.negators and (after[n] not in known.not_negating or (every and norm in _ADVERBS))
    )
