"""Attributions -> whom the words were said to: "told X", "said to Y", "asked whether ..., Z said", "in a letter to the board"."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from onrecord.annotate.sentences import sentences
from onrecord.data import Attribution, Document, Span, Speaker, SpeakerType
from onrecord.resolve.addressee_words import LEXICON, FullNames, Named, object_after
from onrecord.resolve.clauses import Part, part_of_pronoun
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import Holder
from onrecord.resolve.mentions import head, is_role, last_phrase, plain
from onrecord.resolve.names import names
from onrecord.resolve.pronouns import Pronouns


def _any(kind: str) -> str:
    return "|".join(LEXICON["verbs"][kind])


_TELLING = re.compile(rf"\b(?:(?P<only_that>{_any('telling_that')})|{_any('telling')})\s*$", re.IGNORECASE)
_SAYING = re.compile(rf"\b(?:{_any('saying_to')})(?P<to>\s+to)?\s*$", re.IGNORECASE)
_TO = re.compile(rf"\s+to(?=\s(?!(?:{'|'.join(LEXICON['words']['not_after_to'])})\b))")
_NOT = r"(?:(?:not|never|also|\w+ly)\s+)*"
_BE = rf"(?:(?:had|has|have|having|will|would|could|should|may|might|must|can)\s+{_NOT})?(?:was|were|been|being|is|are|be|get|got)"
_PASSIVE = re.compile(rf"\b{_BE}\s+{_NOT}(?:{_any('passive')})(?:\s+\w+)?$", re.IGNORECASE)
_QUESTIONED = re.compile(rf"(?:{_any('questioned')})\b", re.IGNORECASE)
_OPENS_CLAUSE = re.compile(r"(?:^|[.!?:;,—–“\"‘’”]|\b(?:when|if|after|once|and|but|then))\s*$", re.IGNORECASE)
_SENT = r"sent|written|addressed|on\s\w+day|\w+day"
_LETTER = re.compile(rf"\b(?:{'|'.join(LEXICON['letters']['nouns'])})(?:\s(?:{_SENT}))?\s(?:to|with)\b", re.IGNORECASE)
_IN_A = re.compile(r"\b(?:in|during|at|via)\s(?:[\w’'-]+\s){0,4}$", re.IGNORECASE)
_ASKED_BY = re.compile(rf"\b(?:{_any('questioned')})\s+by\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\s+(him|her|them|me)\b", re.IGNORECASE)
_CONJUNCTION = re.compile(
    r"^(?:(?:but|and|so|then|although|though|when|while|because|as|if|after|before|once|where|that|whether)\s+)+", re.IGNORECASE
)
_UNFINISHED = re.compile(r"(?:^|\s)(?:and|or|but|without|of|by|for|with|from|to|in|on|at)$")
_THIS_PAPER = re.compile(
    r"\s+this (?:newspaper|magazine|website|reporter|correspondent|publication|column|programme|program)\b", re.IGNORECASE
)
_SUBJECT = re.compile(r",\s(he|she)\s")
_QUESTION_LABEL, _ANSWER_LABEL = ("q", "q.", "question"), ("a", "a.", "answer")
_NO_SUBJECT = frozenset(("i", "we", "you", "it", "they", "who", "that", "there", "which", "he", "she"))
_REACH, _NEAR, _AROUND, _WIDTH, _SUBJECT_REACH, _IN_REACH = 24, 3, 30, 300, 100, 50


def addressees(document: Document, attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...]) -> tuple[str | None, ...]:
    """Whom each attribution's words were said to, in the same order; null where the text does not say."""
    reading = _Reading(document, attributions, speakers)
    return tuple(reading.addressee(place) for place in range(len(attributions)))


class _Reading:
    """One document, its attributions and who holds each."""

    def __init__(self, document: Document, attributions: tuple[Attribution, ...], speakers: tuple[Speaker, ...]) -> None:
        self.document, self.text = document, document.text
        self.attributions, self.speakers = attributions, speakers
        self.full_names = FullNames(self.text, speakers)
        self._order = sorted(range(len(attributions)), key=lambda place: attributions[place].extent.start)
        self._holder_of: dict[int, Holder | None] = {}
        self._at = {place: at for at, place in enumerate(self._order)}
        self._sentence_starts = [span.start for span in sentences(self.text)]

    @cached_property
    def _cast(self) -> Cast:
        """Who is named in the document; read only where a pronoun is spoken to."""
        return Cast(self.document)

    @cached_property
    def _pronouns(self) -> Pronouns:
        return Pronouns(self._cast)

    @cached_property
    def _holders(self) -> dict[int, Holder]:
        """Who is named at each place of the text."""
        return {span.start: holder for holder in self._cast.holders for span in holder.mentions}

    @cached_property
    def _genders(self) -> dict[int, str]:
        """The gender of every person whose titles and nouns in the text tell it."""
        return {id(holder): holder.gender for holder in self._cast.holders if holder.type is SpeakerType.PERSON}

    @cached_property
    def _interviewee(self) -> str | None:
        """Who gives the answers of an interview whose turns are marked Q and A."""
        for one, speaker in zip(self.attributions, self.speakers, strict=True):
            if one.source and one.source[0].of(self.text).casefold() in _ANSWER_LABEL and speaker.key:
                return speaker.name
        return None

    def addressee(self, place: int) -> str | None:
        """Whom the words of one attribution were said to."""
        attribution = self.attributions[place]
        if attribution.source and attribution.source[0].of(self.text).casefold() in _QUESTION_LABEL:
            return self._interviewee
        for cue in attribution.cue:
            if found := self._told(place, cue) if self._passive(cue) else self._not_the_speaker(place, self._by_cue(place, cue)):
                return found
        return self._not_the_speaker(place, self._by_phrase(place))

    def _not_the_speaker(self, place: int, found: str | None) -> str | None:
        return None if found == self.speakers[place].name else found

    def _passive(self, cue: Span) -> re.Match[str] | None:
        return _PASSIVE.search(self.text, max(0, cue.start - _REACH), cue.end)

    def _by_cue(self, place: int, cue: Span) -> str | None:
        if _QUESTIONED.match(self.text, cue.start, cue.end) and self._opens_clause(place, cue):
            return self._questioned(place, cue)
        if telling := _TELLING.search(self.text, cue.start, cue.end):
            return self._object(place, cue.end, only_that=bool(telling["only_that"]))
        if saying := _SAYING.search(self.text, cue.start, cue.end):
            to = cue.end if saying["to"] else (hit.end() if (hit := _TO.match(self.text, cue.end)) else None)
            return self._object(place, to) if to is not None else None
        return None

    def _object(self, place: int, position: int, *, only_that: bool = False) -> str | None:
        """Whoever is named, or meant by the pronoun, just behind a position."""
        pronoun = _PRONOUN.match(self.text, position)
        if pronoun and pronoun[1].casefold() == "me":
            return self._first_person(place, pronoun.start(1))
        if pronoun and part_of_pronoun(self.text, *pronoun.span(1)) is not Part.OWNER:
            return self._meant(place, Span(*pronoun.span(1)))
        found = object_after(self.text, position)
        return self._named(found, position) if found is not None and (found.goes_on or not only_that) else None

    def _named(self, found: Named, position: int) -> str | None:
        """Whoever the words behind a position name; "this newspaper" is the publisher, "the minister" the one whom the text calls so."""
        if _THIS_PAPER.match(self.text, position):
            return self.document.publisher
        if self.text[position : position + 5].casefold() == " the " and is_role(head(found.words)) and not names(found.words):
            holder = self._cast.offices.who(found.words, position)
            return holder.name if holder is not None and holder.named else self.full_names.of(found)
        return self.full_names.of(found)

    def _opens_clause(self, place: int, cue: Span) -> bool:
        """Whether "asked" is said of one who is asked: it opens a clause, without the one who asks before it."""
        source = self.attributions[place].source
        asks = bool(source) and source[-1].end <= cue.start <= source[-1].end + 2
        return not asks and bool(_OPENS_CLAUSE.search(self.text, max(0, cue.start - _REACH), cue.start))

    def _told(self, place: int, cue: Span) -> str | None:
        """The subject of "was told": the source where it stands there, else the words before."""
        source = self.attributions[place].source
        be = self._passive(cue)
        start = be.start() if be else cue.start
        if source and source[-1].end <= start + 1 and not self.text[source[-1].end : start].strip():
            return self.speakers[place].name
        sentence = self._sentence_start(start)
        words = _CONJUNCTION.sub("", plain(last_phrase(self.text[max(sentence, start - _SUBJECT_REACH) : start])))
        if _UNFINISHED.search(words) or not words or words.split()[-1].casefold() in _NO_SUBJECT - {"he", "she"}:
            return None
        if words.casefold() in ("he", "she"):
            return self._meant(place, Span(start - 1 - len(words), start - 1), subject=True)
        return self.full_names.of(Named(words, start, False))

    def _questioned(self, place: int, cue: Span) -> str | None:
        """Who answers in the same sentence: the next source in it, else the one before, else the subject behind the comma."""
        for other in (*self._neighbours(place, 1), *self._neighbours(place, -1)):
            source = self.attributions[other].source
            speaker = self.speakers[other]
            if source and speaker.type is not SpeakerType.GROUP and self._same_sentence(source[0].start, cue.start):
                return speaker.name
        subject = _SUBJECT.search(self.text, cue.end, cue.end + _WIDTH)
        if subject is None or not self._same_sentence(subject.end(), cue.start):
            return None
        return self._meant(place, Span(*subject.span(1)), subject=True)

    def _by_phrase(self, place: int) -> str | None:
        """Whom a letter, a speech or an interview in the same sentence was to, or with; or who asked there."""
        attribution = self.attributions[place]
        anchor = attribution.cue[0] if attribution.cue else attribution.extent
        start = max(self._sentence_start(anchor.start), anchor.start - _WIDTH)
        for pattern in (_LETTER, _ASKED_BY):
            for hit in pattern.finditer(self.text, start, min(self._sentence_end(anchor.start), anchor.end + _WIDTH)):
                if (
                    self._tells(pattern, hit, anchor)
                    and self._belongs(place, anchor, hit.start())
                    and (found := object_after(self.text, hit.end()))
                ):
                    return self._named(found, hit.end())
        return None

    def _tells(self, pattern: re.Pattern[str], hit: re.Match[str], anchor: Span) -> bool:
        """Whether the letter is what something is said in, or the asking another's than the cue's own."""
        if pattern is _LETTER:
            return bool(_IN_A.search(self.text, max(0, hit.start() - _IN_REACH), hit.start()))
        return not anchor.start <= hit.start() < anchor.end

    def _belongs(self, place: int, anchor: Span, position: int) -> bool:
        """Whether a phrase goes with the cue: in its sentence, not in the content, and no other cue in between."""
        within = any(span.start <= position < span.end for span in self.attributions[place].content)
        if within or not self._same_sentence(position, anchor.start):
            return False
        return not self._other_between(place, position, anchor.start)

    def _other_between(self, place: int, one: int, other: int) -> bool:
        low, high = sorted((one, other))
        near = (*self._neighbours(place, 1), *self._neighbours(place, -1))
        return any(low < cue.start < high for neighbour in near for cue in self.attributions[neighbour].cue)

    def _meant(self, place: int, span: Span, *, subject: bool = False) -> str | None:
        """The person whom a pronoun means, but for the one who speaks; None for "them"."""
        word = span.of(self.text).casefold()
        if word == "them":
            return None
        pronouns = self._pronouns.afresh()
        for other in reversed(self._neighbours(place, -1, 2 * _NEAR)):
            self._note(pronouns, other)
        known = self._genders
        found = pronouns.person(word, span, None if subject else self._holder(place))
        return found.name if found is not None and known.get(id(found)) == ("f" if word in ("she", "her") else "m") else None

    def _note(self, pronouns: Pronouns, place: int) -> None:
        holder, source = self._holder(place), self.attributions[place].source
        if holder is not None and source:
            pronouns.spoke(source[0].start, holder)

    def _first_person(self, place: int, position: int) -> str | None:
        """Who says "me": whoever is quoted there, else the author."""
        inside = [
            (span.end - span.start, other)
            for other in (*self._neighbours(place, -1, _AROUND), *self._neighbours(place, 1, _AROUND))
            for span in self.attributions[other].content
            if span.start <= position < span.end
        ]
        return self.speakers[min(inside)[1]].name if inside else None if self._cast.in_quotation(position) else "author"

    def _holder(self, place: int) -> Holder | None:
        """Who holds an attribution, among those named in the document; looked for once a speaker."""
        speaker = self.speakers[place]
        if id(speaker) not in self._holder_of:
            places = (self._holders.get(span.start) for span in speaker.mentions)
            self._holder_of[id(speaker)] = next((holder for holder in places if holder is not None), None)
        return self._holder_of[id(speaker)]

    def _neighbours(self, place: int, step: int, count: int = _NEAR) -> list[int]:
        """The attributions just after (step 1) or before (step -1) in the text, the nearest first."""
        at = self._at[place]
        return self._order[at + 1 : at + 1 + count] if step > 0 else self._order[max(0, at - count) : at][::-1]

    def _sentence_start(self, position: int) -> int:
        at = bisect_right(self._sentence_starts, position) - 1
        return self._sentence_starts[at] if at >= 0 else 0

    def _sentence_end(self, position: int) -> int:
        at = bisect_right(self._sentence_starts, position)
        return self._sentence_starts[at] if at < len(self._sentence_starts) else len(self.text)

    def _same_sentence(self, one: int, other: int) -> bool:
        return bisect_right(self._sentence_starts, one) == bisect_right(self._sentence_starts, other)
