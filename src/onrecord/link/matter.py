"""Statements -> what each is about, in the order of the text.

`Matters` is built once a document; the rules in `reported`, `repeats` and `conflicts` ask it for likeness and neighbours.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from onrecord.annotate.sentences import paragraphs, sentences
from onrecord.data import Document, QuoteType, Span, Statement
from onrecord.link.lexicons import words
from onrecord.link.stems import figures_of, stems_of
from onrecord.link.wording import words_of

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]?|(?<!\w)[‘']([^‘’]{1,600}?)[’'](?!\w)")
_FINISHED = re.compile(r"[.!?…][\"”’'»)\]]*$")
_OWNER = re.compile(r"^(?:the|a|an|his|her|their|its|our|my)\s+", re.IGNORECASE)
_LONG = 4000
_COMMON_WEIGHT = 0.5
_PARTNERS = 30
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Matter:
    """One statement and what its own content, without that of statements told in it, is about."""

    statement: Statement
    place: Span
    sentence: int
    last_sentence: int
    words: str
    stems: frozenset[str]
    figures: frozenset[str]
    negated: bool
    quotes: tuple[tuple[str, ...], ...]
    holder: str | None
    headline: bool

    @property
    def id(self) -> str:
        """The id of the statement."""
        return self.statement.id

    @property
    def only_names(self) -> bool:
        """Whether the content is nothing but a name, as in "refuted Brandt"."""
        said = self.words.split()
        return 0 < len(said) <= _LONGEST_NAME and all(word[0].isupper() for word in said)

    @property
    def direct(self) -> bool:
        """Whether the whole content is a quotation."""
        return self.statement.quote_type is QuoteType.DIRECT


class Matters:
    """The statements of one document that somebody made, in the order of the text."""

    def __init__(self, document: Document, statements: Iterable[Statement]) -> None:
        self.text = document.text
        self.sentences = sentences(self.text)
        self._starts = [span.start for span in self.sentences]
        self._body = _body_start(self.text)
        told = [s for s in statements if not s.reading.hypothetical]
        self._inner: dict[str, list[Statement]] = {}
        for one in told:
            if one.part_of is not None:
                self._inner.setdefault(one.part_of, []).append(one)
        self.all = tuple(sorted(map(self._matter, told), key=lambda m: (m.place, m.id)))
        self._whole: dict[str, float] = {}
        self.rank = {matter.id: i for i, matter in enumerate(self.all)}

    def _matter(self, statement: Statement) -> Matter:
        content = statement.attribution.content
        text = " ".join(self._without(span, statement.id) for span in content)[:_LONG]
        folded = text.casefold().replace("’", "'")
        place = Span(min(s.start for s in content), max(s.end for s in content))
        return Matter(
            statement=statement,
            place=place,
            sentence=self.sentence_at(statement.attribution.extent.start),
            last_sentence=self.sentence_at(max(place.end - 1, place.start)),
            words=text,
            stems=stems_of(text),
            figures=figures_of(text),
            negated=any(word in words("negation") for word in _WORD.findall(folded)) != statement.reading.negated_cue,
            quotes=tuple(filter(None, map(words_of, quotations(text, statement.quote_type)))),
            holder=_holder(statement),
            headline=place.start < self._body,
        )

    def _without(self, span: Span, outer: str) -> str:
        """The words of a content without the contents of the statements told inside it."""
        kept, start = [], span.start
        inner = sorted(
            piece for one in self._inner.get(outer, ()) for piece in one.attribution.content if span.holds(piece) and piece != span
        )
        for piece in inner:
            kept.append(self.text[start : max(piece.start, start)])
            start = max(start, piece.end)
        kept.append(self.text[start : span.end])
        return " ".join(kept)

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that holds a place, or of the last before it."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def inside(self, matter: Matter) -> tuple[Matter, ...]:
        """The statements told inside another."""
        return tuple(self.all[self.rank[one.id]] for one in self._inner.get(matter.id, ()) if one.id in self.rank)

    def outer(self, matter: Matter) -> Matter | None:
        """The statement in which this one is told."""
        rank = self.rank.get(matter.statement.part_of or "")
        return None if rank is None else self.all[rank]

    def fuller(self, matter: Matter) -> Matter:
        """The statement that says more in the same sentence for the same holder ("refuted Brandt, stating that ..."), else itself."""
        rank = self.rank[matter.id]
        near = self.all[max(rank - 2, 0) : rank] + self.all[rank + 1 : rank + 3]
        same = (m for m in near if m.sentence == matter.sentence and m.holder == matter.holder is not None and not m.only_names)
        return next(same, matter) if matter.only_names else matter

    def related(self, a: Matter, b: Matter) -> bool:
        """Whether one is told inside the other."""
        return a.statement.part_of == b.id or b.statement.part_of == a.id

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much each stem tells: its rarity among the statements, halved for words that any news has."""
        counts = Counter(stem for matter in self.all for stem in matter.stems)
        common = _common()
        whole = max(len(self.all), 10)
        return {stem: math.log(1 + whole / n) * (_COMMON_WEIGHT if stem in common else 1.0) for stem, n in counts.items()}

    def weight(self, stems: Iterable[str]) -> float:
        """The sum of the weights of the stems."""
        return sum(self.weights.get(stem, 0.0) for stem in stems)

    def likeness(self, a: Matter, b: Matter, *, of_longer: bool = False) -> float:
        """From 0 to 1: how much of the shorter (or the longer) statement's matter the other holds."""
        whole = sorted((self.weight_of(a), self.weight_of(b)))[of_longer]
        return self.weight(a.stems & b.stems) / whole if whole else 0.0

    def weight_of(self, matter: Matter) -> float:
        """The weight of all that a statement is about."""
        found = self._whole.get(matter.id)
        if found is None:
            found = self._whole[matter.id] = self.weight(matter.stems)
        return found

    def before(self, matter: Matter, reach: int) -> Iterator[Matter]:
        """Up to `reach` statements before one, nearest first."""
        rank = self.rank[matter.id]
        yield from reversed(self.all[max(rank - reach, 0) : rank])

    def after(self, matter: Matter, reach: int) -> Iterator[Matter]:
        """Up to `reach` statements after one, nearest first."""
        rank = self.rank[matter.id]
        yield from self.all[rank + 1 : rank + 1 + reach]

    def candidates(self, reach: int) -> Iterator[tuple[Matter, Matter]]:
        """Pairs (earlier, later) worth a look: those that share a stem, for each stem the `reach` nearest before.

        Bounded a statement, so a document of thousands of statements takes linear time.
        """
        seen: dict[str, list[int]] = {}
        for rank, later in enumerate(self.all):
            near: Counter[int] = Counter()
            for stem in later.stems:
                posting = seen.setdefault(stem, [])
                near.update(posting[-reach:])
                posting.append(rank)
            for earlier in sorted(sorted(near, key=lambda rank: (-near[rank], -rank))[:_PARTNERS]):
                yield self.all[earlier], later


@cache
def _common() -> frozenset[str]:
    return stems_of(" ".join(words("common")))


def _body_start(text: str) -> int:
    """Where the headline lines end: at the first line that is a whole sentence."""
    for line in paragraphs(text[:_LONG])[:6]:
        if len(line.of(text).split()) > 12 and _FINISHED.search(line.of(text)):
            return line.start
    return 0


def quotations(content: str, quote_type: QuoteType) -> tuple[str, ...]:
    """The passages of a content that are shown as quotations."""
    pieces = tuple(a or b for a, b in _QUOTED.findall(content))
    return (content,) if quote_type is QuoteType.DIRECT and not pieces else pieces


def _holder(statement: Statement) -> str | None:
    """The same for statements of one holder: the key, else the name without article or owner."""
    speaker = statement.speaker
    if speaker.key or not speaker.name:
        return speaker.key
    return _OWNER.sub("", speaker.name.casefold())
