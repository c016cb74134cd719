"""Two versions -> what changed between them: passages, words, statements.

White space alone is no change, nor is the shape of a quotation mark, an apostrophe or a hyphen. A passage that only moved is
none either. Every step is bounded: a text of any size or kind costs about as much as it is long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from onrecord.annotate.sentences import sentences
from onrecord.data import Record, Span, Spans, Statement
from onrecord.record.identity import overlap
from onrecord.record.pairing import Pairing
from onrecord.record.wordings import Wording, Words, content_words, once_in_both, runs, wording

_CONTEXT = 3  # words on either side by which the edge of a sentence is known again


class ChangeKind(StrEnum):
    DROPPED = "dropped"
    ADDED = "added"
    ALTERED = "altered"


class WordKind(StrEnum):
    EQUAL = "equal"
    DROPPED = "dropped"
    ADDED = "added"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A sentence that was dropped (`new` is null), added (`old` is null) or altered; spans in the old and the new text."""

    kind: ChangeKind
    old: Span | None
    new: Span | None


@dataclass(frozen=True, slots=True)
class WordChange:
    """A run of words that two wordings share, or that differs; `new` is null where it was dropped, `old` where it was added."""

    kind: WordKind
    old: Span | None
    new: Span | None


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that was dropped (`new` is null), added (`old` is null) or altered.

    `fields` names what differs: content, speaker, stance, said_on, conditional, negated_cue, via, addressee.
    """

    kind: ChangeKind
    old: Statement | None
    new: Statement | None
    fields: tuple[str, ...] = ()


def passages(old: str, new: str) -> tuple[PassageChange, ...]:
    """The sentences that differ between two versions of a text, in the order of the new one, dropped ones where they stood.

    Two are one altered sentence if they stand in the same place and share half of their words, or stand anywhere and share
    seven in ten (Dice's coefficient over the words with their counts).
    """
    before, after = _cut(old, new)
    pairing = Pairing(len(before), len(after))
    _join_unchanged(pairing, [one.words for one in before], [one.words for one in after])
    unchanged = set(pairing.partner)
    _join_altered(pairing, before, after)
    return tuple(
        PassageChange(_kind(i, j), None if i is None else before[i].span, None if j is None else after[j].span)
        for i, j in pairing.rows()
        if i not in unchanged
    )


def words(old: str, new: str) -> tuple[WordChange, ...]:
    """Two wordings side by side: the runs of words they share and those that were dropped, added or replaced, in order.

    Every word and mark of either wording lies in exactly one run. Case counts.
    """
    before, after = wording(old), wording(new)
    found: list[WordChange] = []
    end_old = end_new = 0
    for i, j, size in runs(before.words, after.words):
        dropped = before.span(end_old, i) if end_old < i else None
        added = after.span(end_new, j) if end_new < j else None
        if dropped or added:
            found.append(WordChange(_word_kind(dropped, added), dropped, added))
        end_old, end_new = i + size, j + size
        if size:
            found.append(WordChange(WordKind.EQUAL, before.span(i, end_old), after.span(j, end_new)))
    return tuple(found)


def statements(old: Record, new: Record) -> tuple[StatementChange, ...]:
    """The statements that differ between two records: two versions of an article, or one article read by two models.

    They are paired one to one: first the same words of the same speaker, then half of the words of the same speaker, then
    seven words in ten of anybody. In the order of the new text, dropped ones where they stood.
    """
    before, after = _told(old), _told(new)
    pairing = Pairing(len(before), len(after))
    for name in (_key_of, _name_of):
        pairing.join_equal([name(one) for one in before], [name(one) for one in after])
    pairing.join_alike([one.words for one in before], [one.words for one in after], lambda i, j: _same_speaker(before[i], after[j]))
    found = (_statement_change(None if i is None else before[i], None if j is None else after[j]) for i, j in pairing.rows())
    return tuple(one for one in found if one.fields or one.kind is not ChangeKind.ALTERED)


def same_passage(old: Spans, new: Spans) -> bool:
    """Whether two contents in the same text share half or more of the characters that either has."""
    return overlap(old, new) >= 0.5


def _kind(old: object, new: object) -> ChangeKind:
    return ChangeKind.ADDED if old is None else ChangeKind.DROPPED if new is None else ChangeKind.ALTERED


def _word_kind(old: Span | None, new: Span | None) -> WordKind:
    return WordKind.ADDED if old is None else WordKind.DROPPED if new is None else WordKind.REPLACED


@dataclass(frozen=True, slots=True)
class _Passage:
    words: Words
    span: Span


_Edge = tuple[Words, Words]


def _cut(old: str, new: str) -> tuple[tuple[_Passage, ...], tuple[_Passage, ...]]:
    """The sentences of both texts. Where one is cut between some words, so is the other: a line break may have come or gone."""
    before, after = wording(old), wording(new)
    edges = {*_edges(before, sentences(old)), *_edges(after, sentences(new))}
    return _passages(before, edges), _passages(after, edges)


def _edges(text: Wording, cuts: Spans) -> Iterator[_Edge]:
    starts = [span.start for span in text.spans]
    return (_edge(text.words, bisect_left(starts, cut.start)) for cut in cuts)


def _edge(words: Words, at: int) -> _Edge:
    return words[max(at - _CONTEXT, 0) : at], words[at : at + _CONTEXT]


def _passages(text: Wording, edges: set[_Edge]) -> tuple[_Passage, ...]:
    size = len(text.words)
    cuts = [at for at in range(1, size) if _edge(text.words, at) in edges]
    return tuple(_Passage(text.words[start:end], text.span(start, end)) for start, end in pairwise([0, *cuts, size]) if start < end)


def _join_unchanged(pairing: Pairing, old: list[Words], new: list[Words]) -> None:
    """Pair equal sentences: those that stand once in both, then repeated ones between the same others, then those that moved."""
    once = once_in_both(old, new)
    pairing.join_equal([one if one in once else None for one in old], [one if one in once else None for one in new])
    first, second = pairing.gaps()
    pairing.join_equal(list(zip(first, old, strict=True)), list(zip(second, new, strict=True)))
    pairing.join_equal(old, new)


def _join_altered(pairing: Pairing, old: tuple[_Passage, ...], new: tuple[_Passage, ...]) -> None:
    first, second = pairing.gaps()
    pairing.join_alike(
        [content_words(one.words) for one in old], [content_words(one.words) for one in new], lambda i, j: first[i] == second[j]
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement with the words of its content."""

    statement: Statement
    words: Words

    @property
    def name(self) -> str:
        """Empty where nobody is named: all unnamed speakers count as one."""
        return (self.statement.speaker.name or "").casefold()


def _told(record: Record) -> list[_Told]:
    """The statements in the order of the text."""
    text = record.document.text
    ordered = sorted(record.statements, key=lambda one: min(one.attribution.content))
    return [_Told(one, content_words(w for span in one.attribution.content for w in wording(span.of(text)).words)) for one in ordered]


def _key_of(told: _Told) -> Hashable | None:
    key = told.statement.speaker.key
    return None if key is None else (key, told.words)


def _name_of(told: _Told) -> Hashable:
    return told.name, told.words


def _same_speaker(old: _Told, new: _Told) -> bool:
    key = old.statement.speaker.key
    return old.name == new.name or (key is not None and key == new.statement.speaker.key)


_FIELDS: tuple[tuple[str, Callable[[Statement], object]], ...] = (
    ("speaker", lambda one: one.speaker.name),
    ("stance", lambda one: one.reading.stance),
    ("said_on", lambda one: one.said_on and one.said_on.value),
    ("conditional", lambda one: one.reading.conditional),
    ("negated_cue", lambda one: one.reading.negated_cue),
    ("via", lambda one: tuple((via.name, via.channel) for via in one.via)),
    ("addressee", lambda one: one.addressee),
)


def _statement_change(old: _Told | None, new: _Told | None) -> StatementChange:
    if old is None or new is None:
        return StatementChange(_kind(old, new), old.statement if old else None, new.statement if new else None)
    content = ("content",) if old.words != new.words else ()
    fields = tuple(name for name, value in _FIELDS if value(old.statement) != value(new.statement))
    return StatementChange(ChangeKind.ALTERED, old.statement, new.statement, content + fields)
