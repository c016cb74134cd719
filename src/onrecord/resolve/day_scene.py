"""A document's times and statements, each with its place: sentence, paragraph, and what content it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.annotate.sentences import paragraphs, sentences
from onrecord.data import Attribution, Channel, Document, Span, Speaker, TimeExpression, TimeType, Via
from onrecord.resolve.day_echoes import echoes
from onrecord.resolve.day_holders import Holder, holders, known_holder
from onrecord.resolve.day_signs import relative_start, signs_of_statement, signs_of_time, words_of_cue
from onrecord.resolve.headlines import heads

_DATED = re.compile(r"\d{3,4}(?:$|-)")
_NO_DAY = "2001-09-11"  # "9/11" names what happened, not when something was said
_NAMED_WITHIN = 1000
_FEWEST_STAMPS, _FEWEST_TURNS = 3, 4
_DATELINE = "of the dateline"
Inside = frozenset[int]


class Time(NamedTuple):
    """A time that may date a saying; `inside` are the statements whose content holds it, `clause` where a "who" clause around it begins."""

    expression: TimeExpression
    day: str
    sentence: int
    paragraph: int
    inside: Inside
    clause: int | None
    signs: tuple[str, ...]

    @property
    def span(self) -> Span:
        return self.expression.span


class Said(NamedTuple):
    """A statement; `inside` are the others whose content holds its cue, `from_top` counts paragraphs from the headline."""

    at: int
    sentence: int
    paragraph: int
    from_top: int
    inside: Inside
    teller: int | None
    holder: str
    called: str
    channels: frozenset[Channel]
    signs: tuple[str, ...]
    words: tuple[str, ...]
    is_turn: bool

    @property
    def is_attitude(self) -> bool:
        """Whether nothing is said but an attitude told, as in "hopes": it is of no day but one beside it, or as a headline."""
        return "attitude" in self.signs and "saying" not in self.signs and "title" not in self.signs

    @property
    def looks_back(self) -> bool:
        """Whether the saying is only recalled, as in "who on Monday said" or "had said on Monday"."""
        return "relative" in self.signs or "tense had" in self.signs


class Around(NamedTuple):
    """The neighbours of a statement, none of them told inside another's content: any before it, the same holder's, any after."""

    before: int | None
    last: int | None
    next: int | None
    after: int | None


class Scene:
    """The times and statements of one document, to be looked up by place."""

    def __init__(
        self,
        document: Document,
        attributions: Sequence[Attribution],
        times: Sequence[TimeExpression],
        channels: Sequence[Sequence[Via]],
        speakers: Sequence[Speaker] = (),
    ) -> None:
        """`speakers`: who makes each statement; without them they are told apart by the words of the sources alone."""
        self.text = document.text
        self.attributions = attributions
        self.sentences = sentences(document.text) or (Span(0, len(document.text)),)
        self._sentence_starts = [span.start for span in self.sentences]
        self._paragraph_starts = [span.start for span in paragraphs(document.text)]
        self._heads = heads(document.text, paragraphs(document.text))
        dated = sorted((one for one in times if _datable(one)), key=lambda one: one.span)
        places = [place_of(one) for one in attributions]
        inside = self._inside([one.span.start for one in dated])
        found = [self._time(one, held, document.creation_day) for one, held in zip(dated, inside, strict=True)]
        told = {one.day for one in found if _DATELINE not in one.signs}
        self.times = tuple(one for one in found if _DATELINE not in one.signs or one.day in told)  # it tells when the report was written
        self.starts = [one.span.start for one in self.times]
        self.order = sorted(range(len(attributions)), key=lambda index: places[index])
        self.said = self._said(places, channels, speakers)
        self.around = self._around()
        self.echoes = self._echoes() if self.times else {}
        self.cues = sorted((place, index) for index, place in enumerate(places))
        self._casefolded: dict[int, str] = {}
        self.stamps = self._stamps()
        turns = [index for index in self.order if self.said[index].is_turn]
        is_transcript = len(turns) >= _FEWEST_TURNS
        self.turns = frozenset(turns) if is_transcript else frozenset()
        self.first_turn = places[turns[0]] if is_transcript else None
        self.turn_before = dict(pairwise(turns[::-1])) if is_transcript else {}

    def sentence_of(self, at: int) -> int:
        """The number of the sentence at a place."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def paragraph_of(self, at: int) -> int:
        """The number of the paragraph at a place."""
        return max(0, bisect_right(self._paragraph_starts, at) - 1)

    def names(self, sentence: int, holder: str) -> bool:
        """Whether a sentence names the holder."""
        if not holder:
            return False
        if sentence not in self._casefolded:
            start, end = self.sentences[sentence]
            self._casefolded[sentence] = self.text[start : min(end, start + _NAMED_WITHIN)].casefold()
        return holder in self._casefolded[sentence]

    def fits(self, time: Time, index: int) -> bool:
        """Whether a time may date a statement: it is told in no content but one that holds both, nor in a clause on somebody else."""
        apart = time.clause is not None and self.said[index].at < time.clause
        return index not in time.inside and time.inside <= self.said[index].inside and "bound" not in time.signs and not apart

    def _time(self, one: TimeExpression, inside: Inside, created: str | None) -> Time:
        sentence = self.sentence_of(one.span.start)
        signs = signs_of_time(self.text, self.sentences[sentence], one, created)
        signs += ("inside a content",) if inside else ()
        clause = relative_start(self.text, one.span.start)
        return Time(one, (one.value or "").split("T")[0], sentence, self.paragraph_of(one.span.start), inside, clause, signs)

    def _said(self, places: list[int], channels: Sequence[Sequence[Via]], speakers: Sequence[Speaker]) -> tuple[Said, ...]:
        in_paragraph = [self.paragraph_of(place) for place in places]
        by_words = holders(self.text, self.attributions, self.order, in_paragraph)
        who = (
            [known_holder(one, words) for one, words in zip(speakers, by_words, strict=True)]
            if speakers
            else [Holder(one, one) for one in by_words]
        )
        return tuple(
            self._statement(index, place, inside, who[index], tuple(via.channel for via in channels[index]))
            for index, (place, inside) in enumerate(zip(places, self._inside(places), strict=True))
        )

    def _statement(self, index: int, at: int, inside: Inside, holder: Holder, channels: tuple[Channel, ...]) -> Said:
        one, sentence, paragraph = self.attributions[index], self.sentence_of(at), self.paragraph_of(at)
        from_top = max(0, paragraph - self._heads + 1)
        others = inside - {index}
        is_told = bool(others) or one.part_of is not None
        signs = (
            *signs_of_statement(self.text, one, self.sentences[sentence], channels),
            *(("told by another",) if is_told else ()),
            *(("title",) if from_top == 0 else ("lede",) if from_top == 1 else ()),
        )
        teller = min(
            others,
            key=lambda other: (self.attributions[other].content[0].end - self.attributions[other].content[0].start, other),
            default=None,
        )
        words, is_turn = words_of_cue(self.text, one), self._is_turn(one)
        who = (holder.key, holder.called)
        return Said(at, sentence, paragraph, from_top, others, teller, *who, frozenset(channels), signs, words, is_turn)

    def _is_turn(self, one: Attribution) -> bool:
        """Whether a statement is a turn of a transcript: "QUILL: It is shut."."""
        if not one.source or not one.cue or one.cue[0].of(self.text).strip() != ":":
            return False
        return not self._line_before(one.source[0].start).strip(' "“«*')

    def _line_before(self, at: int) -> str:
        return self.text[max(self.text.rfind("\n", 0, at) + 1, at - _NAMED_WITHIN) : at]

    def _stamps(self) -> list[int]:
        """The times of day that open the paragraphs of a live report."""
        found = [
            number
            for number, one in enumerate(self.times)
            if one.expression.type is TimeType.TIME and not self._line_before(one.span.start).strip(" [(*-")
        ]
        return found if len(found) >= _FEWEST_STAMPS else []

    def _inside(self, places: Sequence[int]) -> list[Inside]:
        """For each place the statements whose content holds it."""
        contents = sorted((span.start, span.end, index) for index, one in enumerate(self.attributions) for span in one.content)
        found: list[Inside] = [frozenset()] * len(places)
        open_now: list[tuple[int, int]] = []
        at = 0
        for number in sorted(range(len(places)), key=lambda number: places[number]):
            while at < len(contents) and contents[at][0] <= places[number]:
                open_now.append(contents[at][1:])
                at += 1
            open_now = [one for one in open_now if one[0] > places[number]]
            found[number] = frozenset(index for _, index in open_now)
        return found

    def _echoes(self) -> dict[int, int]:
        said = self.said
        return echoes(self.text, self.attributions, self.order, lambda n: said[n].from_top, lambda n: said[n].teller is not None)

    def _around(self) -> tuple[Around, ...]:
        before, last = self._nearest(self.order)
        after, following = self._nearest(self.order[::-1])
        return tuple(Around(before[n], last[n], following[n], after[n]) for n in range(len(self.said)))

    def _nearest(self, order: Sequence[int]) -> tuple[list[int | None], list[int | None]]:
        """For each statement the last one in this order, and the last one of its holder."""
        any_holder: list[int | None] = [None] * len(self.said)
        same_holder: list[int | None] = [None] * len(self.said)
        nearest: int | None = None
        of_holder: dict[str, int] = {}
        for index in order:
            one = self.said[index]
            any_holder[index] = nearest
            same_holder[index] = of_holder.get(one.holder) if one.holder else None
            if one.teller is None and not one.looks_back:
                nearest = of_holder[one.holder] = index
        return any_holder, same_holder

    def times_between(self, start: int, end: int) -> range:
        """The numbers of the times that start in text[start:end]."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


def place_of(attribution: Attribution) -> int:
    """Where a statement's cue starts, or the statement itself."""
    return attribution.cue[0].start if attribution.cue else attribution.extent.start


def _datable(expression: TimeExpression) -> bool:
    named = expression.type in (TimeType.DATE, TimeType.TIME) and expression.value is not None
    return named and _DATED.match(expression.value or "") is not None and expression.value != _NO_DAY
