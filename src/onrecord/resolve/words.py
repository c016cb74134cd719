"""A text cut into words for reading stances, and tables of phrases that are found in them.

Words are lower case, with straight apostrophes and contractions taken apart: "won't" is `will not`, "I'm" is `i 'm`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from onrecord.data import Span

_WORD = re.compile(
    r"can(?=not\b)"
    r"|[^\W\d_]+?(?=n['’]t\b)|n['’]t\b"
    r"|['’](?:ll|d|ve|re|s|m)\b"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]+(?:-[^\W\d_]+)+"
    r"|[^\W_]+(?:[.,]\d+)*"
    r"|''|``|\n\s*|[^\w\s]",
    re.IGNORECASE,
)
_SPELT = {
    "n't": "not",
    "'ll": "will",
    "wo": "will",
    "ca": "can",
    "sha": "shall",
    "``": '"',
    "''": '"',
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "—": "-",
    "–": "-",
    "―": "-",
    "‘": "'",
    "’": "'",
}
_ENDS = frozenset(".?!…")
_CLOSING = frozenset("\"')]")
_GAP = 3
VOWELS = frozenset("aeiou")

Entry = TypeVar("Entry")
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text with their places; `sentence_starts` are the words that open a sentence or a line."""

    text: str
    norms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentence_starts: tuple[int, ...]

    def within(self, span: Span, limit: int = 400) -> range:
        """The places of the words inside a span, at most `limit` of them."""
        first = bisect_left(self.starts, span.start)
        return range(first, min(bisect_left(self.starts, span.end, first), first + limit))

    def sentence(self, word: int, reach: int = 150) -> range:
        """The sentence that holds a word, cut at `reach` words to each side."""
        here = bisect_right(self.sentence_starts, word) - 1
        first = self.sentence_starts[max(here, 0)] if self.sentence_starts else 0
        last = self.sentence_starts[here + 1] if here + 1 < len(self.sentence_starts) else len(self.norms)
        return range(max(first, word - reach), min(last, word + reach))

    def span(self, first: int, last: int) -> Span:
        """The passage from word `first` up to, not including, word `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def is_capital(self, word: int) -> bool:
        """Whether the word is written with a capital letter."""
        return self.text[self.starts[word]].isupper()


def words(text: str, abbreviations: frozenset[str] = frozenset()) -> Words:
    """Cuts a text into words and finds where its sentences start."""
    hits = list(_WORD.finditer(text))
    norms = [_norm(hit[0]) for hit in hits]
    starts = [hit.start() for hit in hits]
    ends = [hit.end() for hit in hits]
    return Words(text, tuple(norms), tuple(starts), tuple(ends), tuple(_sentence_starts(text, norms, starts, abbreviations)))


@lru_cache(maxsize=1 << 15)
def _norm(word: str) -> str:
    norm = word.replace("’", "'").lower()
    return "\n" if norm[0] == "\n" else _SPELT.get(norm, norm)


def _sentence_starts(text: str, norms: list[str], starts: list[int], abbreviations: frozenset[str]) -> Iterator[int]:
    """Where a line begins, or a capital or quotation mark follows the end of a sentence."""
    if norms:
        yield 0
    ended = False
    for place, norm in enumerate(norms):
        if norm == "\n":
            ended = False
            if place + 1 < len(norms):
                yield place + 1
        elif norm in _ENDS:
            ended = not (norm == "." and place and norms[place - 1] in abbreviations)
        elif ended and norm not in _CLOSING:
            ended = False
            if text[starts[place]].isupper() or text[starts[place]].isdigit():
                yield place
        elif ended and text[starts[place] - 1].isspace():  # a quotation mark after a space opens
            ended = False
            yield place


@dataclass(frozen=True, slots=True)
class Hit(Generic[Entry]):
    """A phrase found: the words from `first` up to, not including, `last`."""

    first: int
    last: int
    entry: Entry


class PhraseTable(Generic[Entry]):
    """Phrases to look for, each with what it stands for; `_` in a phrase is none to three words of any kind."""

    def __init__(self, phrases: Iterable[tuple[str, Entry]]) -> None:
        found: dict[str, dict[Phrase, Entry]] = {}
        for phrase, entry in phrases:
            first, *rest = phrase.split()
            found.setdefault(first, {}).setdefault(tuple(rest), entry)
        self._by_first = {
            first: sorted(rests.items(), key=lambda pair: (pair[0].count("_") - len(pair[0]), "_" in pair[0]))
            for first, rests in found.items()
        }
        self._alone = {first: [pair for pair in rests if not pair[0]] for first, rests in self._by_first.items()}
        self._seconds = {first: frozenset(rest[0] for rest, _ in rests if rest) for first, rests in self._by_first.items()}

    def find(self, norms: tuple[str, ...], places: range) -> Iterator[Hit[Entry]]:
        """The longest phrase at each place, none inside another."""
        place, stop = places.start, places.stop
        while place < stop:
            if norms[place] not in self._by_first:
                place += 1
                continue
            hit = self._at(norms, place, stop)
            if hit is not None:
                yield hit
            place = hit.last if hit is not None else place + 1

    def _at(self, norms: tuple[str, ...], place: int, stop: int) -> Hit[Entry] | None:
        seconds, following = self._seconds[norms[place]], norms[place + 1] if place + 1 < stop else ""
        may_follow = following in seconds or "_" in seconds
        for rest, entry in (self._by_first if may_follow else self._alone)[norms[place]]:
            last = _matched(norms, place + 1, stop, rest)
            if last is not None:
                return Hit(place, last, entry)
        return None


def _matched(norms: tuple[str, ...], place: int, stop: int, rest: Phrase) -> int | None:
    """Where the rest of a phrase ends, if it stands here."""
    for number, wanted in enumerate(rest):
        if wanted == "_":
            gaps = (gap for gap in range(_GAP + 1) if all(word[0].isalnum() for word in norms[place : place + gap]))
            ends = (_matched(norms, place + gap, stop, rest[number + 1 :]) for gap in gaps)
            return next((end for end in ends if end is not None), None)
        if place >= stop or norms[place] != wanted:
            return None
        place += 1
    return place


def inflected(phrase: str, irregular: Mapping[str, list[str]], doubling: frozenset[str]) -> tuple[str, ...]:
    """A phrase with its first word in all the forms of that verb: "rule out", "ruled out", "ruling out" ..."""
    verb, _, rest = phrase.partition(" ")
    forms = [verb, *irregular[verb]] if verb in irregular else [verb, *_regular(verb, doubling)]
    return tuple(f"{form} {rest}".strip() for form in forms)


def _regular(verb: str, doubling: frozenset[str]) -> tuple[str, ...]:
    last, before = verb[-1], verb[-2:-1]
    if last == "e" and before not in ("e", "o", "y"):
        return f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if last == "e":
        return f"{verb}s", f"{verb}d", f"{verb}ing"
    if last == "y" and before not in VOWELS:
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if _doubles(verb) or verb in doubling:
        return f"{verb}s", f"{verb}{last}ed", f"{verb}{last}ing"
    both = (f"{verb}led", f"{verb}ling") if last == "l" and before in VOWELS else ()  # labelled, labeled
    return (f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"), f"{verb}ed", f"{verb}ing", *both


def _doubles(verb: str) -> bool:
    """Whether a verb of one syllable doubles its last letter: plan, rap."""
    if len(verb) < 3 or verb[-1] in VOWELS or verb[-1] in "wxy" or verb[-2] not in VOWELS:
        return False
    return sum(letter in VOWELS for letter in verb) == 1 or (verb.startswith("qu") and len(verb) == 4)
