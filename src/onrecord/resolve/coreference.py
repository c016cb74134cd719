"""Who is who in one document: names of the same person or body brought together, roles, short forms.

Gender is taken from titles, from nouns such as "spokeswoman" and from pronouns in the text, never from names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from onrecord.data import Document, Span, SpeakerType
from onrecord.resolve.gender import learn_gender
from onrecord.resolve.holders import (
    SMALL,
    SUFFIXES,
    Holder,
    bare_words,
    goes_by,
    one_letter_away,
    part_of_body,
    same_office,
    same_person,
    short_of,
    shown,
)
from onrecord.resolve.mentions import PLACES, head
from onrecord.resolve.name_pieces import bare
from onrecord.resolve.names import Name, names
from onrecord.resolve.offices import Offices, beside, genders, named_before
from onrecord.resolve.settling import adjectives, is_inside, owns_a_state, settle, settle_places
from onrecord.resolve.text_page import Page

_SEEN = 40  # mentions of one name that are looked at
_NAMESAKES = 60  # holders with one word in their names that are compared


class Cast(Page):
    """The people and bodies that one document names."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.text)
        self._sentence_starts = {span.start + shift for span in self.sentences for shift in (0, 1)}
        self.holders: list[Holder] = []
        self.publisher: Holder | None = None
        self.offices = Offices()
        self._guesses: set[int] = set()
        self._by_word: defaultdict[str, list[Holder]] = defaultdict(list)
        self._of_span: dict[Span, Holder] = {}
        found = names(self.text, self.titles)
        self._read(found, document.publisher)
        self.timeline = [(name, self._of_span[name.span]) for name in found]
        self._timeline_starts = [name.span.start for name, _ in self.timeline]
        self._settle()
        self.ranked = sorted(self.holders, key=lambda holder: -len(holder.mentions))

    def _read(self, found: tuple[Name, ...], publisher: str | None) -> None:
        """Full names first, so that a short one finds its owner wherever it stands."""
        full = [name for name in found if len(bare_words(name)) > 1]
        of_name = {name.span: self._join(name) for name in full}
        if publisher and publisher[0].isupper():
            self._publisher(publisher)
        self._initials = {"".join(word[0] for word in h.tokens): h for h in reversed(self.holders) if h.type is SpeakerType.PERSON}
        for name in full:
            self._describe(name, of_name[name.span])
        for name in found:
            holder = of_name.get(name.span)
            if holder is None:
                holder = self._short(name)
                self._describe(name, holder)
            self._mention(name, holder)

    def _settle(self) -> None:
        """Decide what each name is, once all are read."""
        for holder in self.holders:
            settle_places(holder)
        learn_gender(self)
        of_places, has_governor = adjectives(self.text), self.offices.held("governor")
        for holder in self.holders:
            settle(holder, of_places, has_governor=has_governor)

    def before(self, position: int, most: int) -> list[tuple[Name, Holder]]:
        """The last names before the position, at most so many."""
        at = bisect_left(self._timeline_starts, position)
        return self.timeline[max(0, at - most) : at]

    def after(self, position: int, most: int) -> list[tuple[Name, Holder]]:
        """The next names after the position, at most so many."""
        at = bisect_left(self._timeline_starts, position)
        return self.timeline[at : at + most]

    def between(self, start: int, end: int) -> list[tuple[Name, Holder]]:
        """The names that start in text[start:end]."""
        return self.timeline[bisect_left(self._timeline_starts, start) : bisect_left(self._timeline_starts, end)]

    def guess(self, position: int) -> None:
        """Note that whom the words at the position mean is a guess."""
        self._guesses.add(position)

    def guessed(self, span: Span) -> bool:
        """Whether whom the words in the span mean is a guess."""
        return not self._guesses.isdisjoint(range(span.start, span.end))

    def by_initials(self, letters: str) -> Holder | None:
        """The person whose initials these are: "MQ"."""
        return self._initials.get(letters.replace(".", "").casefold())

    def _join(self, name: Name) -> Holder:
        """The holder that a name of two words or more belongs to; a new one where there is none."""
        mine = bare_words(name)
        for other in self._by_word[mine[-1]][-24:]:
            theirs = [word for word in other.tokens if word not in SUFFIXES]
            if name.kind is SpeakerType.PERSON is other.type and same_person(mine, theirs):
                if len(" ".join(name.words)) > len(other.name or "") and not self._may_run_on(name, mine, theirs):
                    other.name = shown(name.words)
                return other
            if SpeakerType.PERSON not in (name.kind, other.type) and min(len(mine), len(theirs)) > 1 and part_of_body(mine, theirs):
                if len(mine) > len(theirs) and not self._may_run_on(name, mine, theirs):
                    other.name = shown(name.words)
                return other
            if mine == theirs or (name.title and theirs[-len(mine) :] == mine):
                return other
        return self._add(name)

    def _may_run_on(self, name: Name, mine: list[str], theirs: list[str]) -> bool:
        """Whether a name that opens its sentence may have the word before it, too: "Internal Brask Works" where "Brask Works" is known."""
        return name.span.start in self._sentence_starts and len(theirs) > 1 and mine[-len(theirs) :] == theirs

    def _publisher(self, words: str) -> None:
        holder = self._join(Name(Span(0, 0), tuple(words.split()), SpeakerType.ORGANISATION, sure=True))
        holder.type, holder.proved = SpeakerType.ORGANISATION, True
        self.publisher = holder

    def _add(self, name: Name) -> Holder:
        holder = Holder(shown(name.words), name.kind or SpeakerType.UNKNOWN, sure=name.sure)
        holder.order = len(self.holders)
        self.holders.append(holder)
        words = bare_words(name)
        for word in dict.fromkeys((*words, *(part for part in words[-1].split("-") if len(part) > 3))):
            if word not in SMALL:
                self._by_word[word].append(holder)
        if name.kind is not SpeakerType.PERSON and len(name.words) > 1:
            self._by_word["".join(word[0] for word in name.words if word[0].isupper()).casefold()].append(holder)
        return holder

    def _short(self, name: Name) -> Holder:
        found = self.called(name.words, name.span.start, name.gender, titled=bool(name.title))
        another = found is not None and name.role and found.last < 0 and found.roles
        too_early = found is not None and found.last < 0 and not self.in_title(name.span.start) and not goes_by(bare_words(name), found)
        if found is None or too_early or (another and not any(same_office(name.role, role) for role in found.roles)):
            return self._add(name)
        return found

    def called(self, words: tuple[str, ...], position: int, gender: str = "", *, titled: bool = False) -> Holder | None:
        """The holder meant by a short form of a name: a surname, a first name, the head of a body's name, its initials."""
        low = [bare(word) for word in words if bare(word) not in SUFFIXES] or [bare(word) for word in words]
        known = self._by_word.get(low[-1], ())[:_NAMESAKES]
        fits = [holder for holder in known if short_of(low, holder, titled=titled)]
        if not fits and titled:
            fits = [holder for holder in known if _family_name_first(low, holder)]
        if gender:
            fits = [holder for holder in fits if holder.gender in ("", gender)] or fits
        before = [holder for holder in fits if 0 <= holder.last < position]
        surname = [holder for holder in before or fits if holder.tokens and low[-1] in holder.tokens[1:]] or before or fits
        people = [h for h in surname if h.type is SpeakerType.PERSON and (h.sure or titled)] or surname
        if alone := _mostly_alone(low, people):
            return alone
        if before and people and people[0].type is SpeakerType.PERSON:
            return max(people, key=lambda holder: (holder.full + holder.by_last, -holder.order))
        return max(people, key=lambda holder: holder.last) if before else people[0] if people else None

    def _mention(self, name: Name, holder: Holder) -> None:
        holder.mentions.append(name.span)
        holder.last = name.span.start
        self._of_span[name.span] = holder
        opens = name.span.start in self._sentence_starts or self.text[max(0, name.span.start - 2) : name.span.start] == ": "
        holder.sure = holder.sure or name.sure or (len(name.words) == 1 and not opens)
        holder.proved = holder.proved or name.sure
        tokens = holder.tokens
        if len(name.words) == 1 and len(tokens) > 1:
            holder.by_first += bare(name.words[0]) == tokens[0]
            holder.by_last += bare(name.words[0]) in tokens[1:]
        holder.full += len(name.words) > 1
        if holder.type is SpeakerType.UNKNOWN and (name.title or (name.possessive and owns_a_state(self.text, name.span.end))):
            holder.type = SpeakerType.PERSON if name.title else SpeakerType.GOVERNMENT
        holder.placed += not name.possessive and len(holder.mentions) < _SEEN and is_inside(self.text, name.span)
        holder.male += 9 * (name.gender == "m")
        holder.female += 9 * (name.gender == "f")

    def _describe(self, name: Name, holder: Holder) -> None:
        """Note the role, the short form and the description that stand beside a name."""
        if name.short and holder not in self._by_word[bare(name.short)]:
            self._by_word[bare(name.short)].insert(0, holder)
        if name.role:
            self.offices.add(holder, name.role)
        for words, sure in beside(self.text, name):
            self.offices.describe(holder, words, sure=sure)

    def body_with(self, noun: str, position: int) -> Holder | None:
        """The body named last before the position, or else first after it, whose name holds the noun: "the office"."""
        if PLACES.get(noun, ("",))[0] == "demonym":
            return None
        known = (holder for holder in self._by_word.get(noun, ())[:_NAMESAKES] if holder.type is not SpeakerType.PERSON)
        fits = [holder for holder in known if noun in holder.tokens and (holder.name or "").casefold() not in PLACES]
        last = max(fits, key=lambda holder: named_before(holder, position), default=None)
        return fits[0] if last is not None and named_before(last, position) < 0 else last

    def unnamed(self, name: str | None, kind: SpeakerType) -> Holder:
        """A holder without a name of its own."""
        male, female = genders(head(name or ""))
        return Holder(name, kind, named=False, sure=True, male=male, female=female)

    def misspelt(self, word: str) -> Holder | None:
        """The person whose surname is one letter away: "Quil" for "Quill"."""
        low = bare(word)
        if len(low) < 5:
            return None
        near = [
            h
            for h in self.holders[:400]
            if h.type is SpeakerType.PERSON and h.full and h.tokens[-1][0] == low[0] and one_letter_away(low, h.tokens[-1])
        ]
        return near[0] if len(near) == 1 else None


def _family_name_first(low: list[str], holder: Holder) -> bool:
    """Whether a title and a lone name mean somebody whose family name comes first: "Lou Jiwei", "Mr Lou"."""
    return holder.type is SpeakerType.PERSON and holder.tokens[0] == low[-1] and len(holder.tokens) < 4


def _mostly_alone(low: list[str], people: list[Holder]) -> Holder | None:
    """Of several the one whom the text knows by this word alone, and names more often than the others."""
    alone = next((holder for holder in people if holder.tokens == low and holder.proved), None)
    others = [len(holder.mentions) for holder in people if holder is not alone]
    return alone if alone is not None and others and len(alone.mentions) > max(others) else None
