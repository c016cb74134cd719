"""Who is who in one document: names of the same person or body brought together, roles, short forms and pronouns.

Gender is taken from titles, from nouns such as "spokeswoman" and from pronouns in the text, never from names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict

from onrecord.annotate.sentences import paragraphs, sentences
from onrecord.data import Document, Span, SpeakerType
from onrecord.resolve.gender import learn_gender
from onrecord.resolve.headlines import is_headline, title_lines
from onrecord.resolve.holders import (
    LONG_FORM,
    SMALL,
    SUFFIXES,
    Holder,
    bare_words,
    one_letter_away,
    part_of_body,
    role_words,
    same_office,
    same_person,
    short_of,
    shown,
)
from onrecord.resolve.mentions import BODY_WORDS, COMPANY, KNOWN_SURNAMES, PLACES, UNION, head, is_role, singular, without_article
from onrecord.resolve.names import Name, bare, names

_APPOSITION = re.compile(
    r"(?: \([^)\n]{1,14}\))?,? (?:\d\d, )?"
    r"(?:(the|an?|its|his|her|their|now|who (?:is|was) (?:the|an?)|[\w’']+[’']s) )?([^,.;:()“”\"\n]{3,90})(?=[,.;\n]|$)"
)
_ROLE_FIRST = re.compile(r"(?:^|[.,;“\"\n] ?|\b(?:the|its|their|his|her|an?) |[’']s )([^,.;:\n“”\"]{2,70}), $", re.IGNORECASE)
_FEMALE = re.compile(r"(?:woman|mother|wife|widow|daughter|sister|mum|mom|lady|girl|actress|aunt|mum-of-\w+)$")
_MALE = re.compile(r"(?:spokesman|businessman|father|husband|widower|son|brother|dad|uncle|boy|congressman|policeman)$|^man$")
_STATE = re.compile(
    r"['’]s (?:\w+ )?(?:prime minister|foreign minister|president|parliament|government|army|ambassador|negotiator"
    r"|foreign ministry|defen[cs]e minister)\b"
)
_QUOTED = re.compile(r"[“\"][^“”\"\n]*[”\"]?|(?<!\w)‘[^‘’\n]*(?:’(?=\w)[^‘’\n]*)*’")
_OTHER_RANK = frozenset(("vice", "deputy", "shadow", "assistant", "former", "acting", "opposition", "under", "ex", "then", "late"))


class Cast:
    """The people and bodies that one document names."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.paragraphs = paragraphs(self.text)
        self.titles = title_lines(self.text, self.paragraphs)
        self.sentences = sentences(self.text)
        self.quoted = tuple(Span(*hit.span()) for hit in _QUOTED.finditer(self.text))
        self._sentence_starts = {span.start + shift for span in self.sentences for shift in (0, 1)}
        self._starts = [span.start for span in self.sentences]
        self._quote_starts = [span.start for span in self.quoted]
        self.holders: list[Holder] = []
        self.publisher: Holder | None = None
        self._by_word: defaultdict[str, list[Holder]] = defaultdict(list)
        self._by_role: defaultdict[str, list[tuple[frozenset[str], Holder]]] = defaultdict(list)
        self._of_span: dict[Span, Holder] = {}
        self._demonyms: defaultdict[str, set[str]] = defaultdict(set)
        found = names(self.text, self.titles)
        full = [name for name in found if len(bare_words(name)) > 1]
        of_name = {name.span: self._join(name) for name in full}
        if document.publisher and document.publisher[0].isupper():
            self._publisher(document.publisher)
        self._initials = {"".join(word[0] for word in h.tokens): h for h in reversed(self.holders) if h.type is SpeakerType.PERSON}
        for name in full:
            self._describe(name, of_name[name.span])
        for name in found:
            holder = of_name.get(name.span)
            if holder is None:
                holder = self._short(name)
                self._describe(name, holder)
            self._mention(name, holder)
        self.timeline = [(name, self._of_span[name.span]) for name in found]
        self._timeline_starts = [name.span.start for name, _ in self.timeline]
        learn_gender(self)
        for holder in self.holders:
            self._settle(holder)
        self.ranked = sorted(self.holders, key=lambda holder: -len(holder.mentions))

    def sentence(self, position: int) -> int:
        """The number of the sentence that holds the position."""
        return max(0, bisect_right(self._starts, position) - 1)

    def in_title(self, position: int) -> bool:
        """Whether the position lies in a headline."""
        return len(self.paragraphs) > 1 and any(
            line.start <= position < line.end and is_headline(self.text, line, place) for place, line in enumerate(self.paragraphs[:4])
        )

    def opens(self, position: int, sentence: int) -> bool:
        """Whether a name at the position stands near the start of its sentence, as subjects do."""
        return not self._starts or position - self._starts[sentence] < 40

    def before(self, position: int, most: int) -> list[tuple[Name, Holder]]:
        """The last names before the position, at most so many."""
        at = bisect_left(self._timeline_starts, position)
        return self.timeline[max(0, at - most) : at]

    def after(self, position: int, most: int) -> list[tuple[Name, Holder]]:
        """The next names after the position, at most so many."""
        at = bisect_left(self._timeline_starts, position)
        return self.timeline[at : at + most]

    def by_initials(self, letters: str) -> Holder | None:
        """The person whose initials these are: "MQ"."""
        return self._initials.get(letters.replace(".", "").casefold())

    def in_quotation(self, position: int) -> bool:
        """Whether the position lies between quotation marks."""
        at = bisect_right(self._quote_starts, position) - 1
        return at >= 0 and self.quoted[at].start < position < self.quoted[at].end

    def between(self, start: int, end: int) -> list[tuple[Name, Holder]]:
        """The names that start in text[start:end]."""
        return self.timeline[bisect_left(self._timeline_starts, start) : bisect_left(self._timeline_starts, end)]

    def _join(self, name: Name) -> Holder:
        """The holder that a name of two words or more belongs to; a new one where there is none."""
        mine = bare_words(name)
        for other in self._by_word[mine[-1]][-24:]:
            theirs = [word for word in other.tokens if word not in SUFFIXES]
            if name.kind is SpeakerType.PERSON is other.type and same_person(mine, theirs):
                if len(" ".join(name.words)) > len(other.name or ""):
                    other.name = shown(name.words)
                return other
            if SpeakerType.PERSON not in (name.kind, other.type) and min(len(mine), len(theirs)) > 1 and part_of_body(mine, theirs):
                if len(mine) > len(theirs):
                    other.name = shown(name.words)
                return other
            if mine == theirs or (name.title and theirs[-len(mine) :] == mine):
                return other
        return self._add(name)

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
        if (
            found is not None
            and name.role
            and found.last < 0
            and found.roles
            and not any(same_office(name.role, role) for role in found.roles)
        ):
            return self._add(name)
        return found or self._add(name)

    def called(self, words: tuple[str, ...], position: int, gender: str = "", *, titled: bool = False) -> Holder | None:
        """The holder meant by a short form of a name: a surname, a first name, the head of a body's name, its initials."""
        low = [bare(word) for word in words if bare(word) not in SUFFIXES] or [bare(word) for word in words]
        fits = [holder for holder in self._by_word.get(low[-1], ())[:60] if short_of(low, holder, titled=titled)]
        if gender:
            fits = [holder for holder in fits if holder.gender in ("", gender)] or fits
        before = [holder for holder in fits if 0 <= holder.last < position]
        surname = [holder for holder in before or fits if holder.tokens and low[-1] in holder.tokens[1:]] or before or fits
        people = [h for h in surname if h.type is SpeakerType.PERSON and (h.sure or titled)] or surname
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
        if name.possessive and _STATE.match(self.text, name.span.end) and holder.type is SpeakerType.UNKNOWN:
            holder.type = SpeakerType.GOVERNMENT
        if name.title and holder.type is SpeakerType.UNKNOWN:
            holder.type = SpeakerType.PERSON
        holder.male += 9 * (name.gender == "m")
        holder.female += 9 * (name.gender == "f")

    def _describe(self, name: Name, holder: Holder) -> None:
        """Note the role, the short form and the description that stand beside a name."""
        if name.short and holder not in self._by_word[bare(name.short)]:
            self._by_word[bare(name.short)].insert(0, holder)
        if name.role:
            self.add_role(holder, name.role)
        if not name.possessive:
            self._apposition(name, holder)

    def _apposition(self, name: Name, holder: Holder) -> None:
        text = self.text
        after = text[name.span.end : name.span.end + 2]
        if after in (", ", " (") and (found := _APPOSITION.match(text, name.span.end, name.span.end + 130)):
            self._given(holder, found[2], sure=bool(found[1]))
        outer = name.outer
        if text[max(0, outer - 2) : outer] == ", " and (found := _ROLE_FIRST.search(text, max(0, outer - 90), outer)):
            self._given(holder, found[1], sure=head(found[1]) in COMPANY)

    def _given(self, holder: Holder, words: str, *, sure: bool) -> None:
        noun = head(words)
        if is_role(noun) and holder.type in (SpeakerType.PERSON, SpeakerType.UNKNOWN) and noun not in COMPANY:
            holder.type, holder.sure = SpeakerType.PERSON, True
            self.add_role(holder, words)
        elif noun in BODY_WORDS | COMPANY | UNION and (holder.type is not SpeakerType.PERSON or (sure and not holder.proved)):
            holder.type = SpeakerType.ORGANISATION if holder.type in (SpeakerType.UNKNOWN, SpeakerType.PERSON) else holder.type
            self.add_role(holder, words)

    def add_role(self, holder: Holder, words: str) -> None:
        """Note what the document calls a holder."""
        words = without_article(words.strip())
        first = bare(words.split(" ", 1)[0])
        if words[:1].isupper() and len(first) > 4:
            self._demonyms[first[:4]].add(first)
        if words and words not in holder.roles:
            holder.roles.append(words)
            noun = LONG_FORM.get(bare(head(words)), bare(head(words)))
            self._by_role[noun].append((role_words(words), holder))
            holder.male += 5 * bool(_MALE.search(noun))
            holder.female += 5 * bool(_FEMALE.search(noun))

    def with_role(self, words: str, position: int) -> Holder | None:
        """The holder whom the document gives this role: "the foreign minister"."""
        wanted, noun = role_words(without_article(words)), bare(head(words))
        best: tuple[int, int, int] | None = None
        found = None
        for role, holder in self._by_role.get(LONG_FORM.get(noun, noun), ())[-80:]:
            if (role ^ wanted) & _OTHER_RANK - {"former", "then", "late"} or (
                "former" in role and "former" not in wanted and len(role) > 1 and len(wanted) > 1
            ):
                continue
            before = (
                holder.mentions[bisect_left(holder.mentions, Span(position, 0)) - 1].start
                if holder.mentions and holder.mentions[0].start < position
                else -1
            )
            score = (2 * len(role & wanted) - len(wanted - role), before >= 0, before)
            if best is None or score > best:
                best, found = score, holder
        return found

    def _settle(self, holder: Holder) -> None:
        """Decide what a name without other evidence is: by its pronouns, and by whether it is one word."""
        human = holder.male + holder.female
        if (
            holder.type is SpeakerType.PERSON
            and not holder.proved
            and (holder.by_first > 0 or holder.thing > human + 1)
            and not holder.by_last
            and human < 2
        ):
            holder.type = SpeakerType.ORGANISATION
        if (holder.name or "").casefold().startswith("bank of ") and self._by_role.get("governor"):
            holder.type = SpeakerType.GOVERNMENT
        if holder.type is not SpeakerType.UNKNOWN:
            return
        low = bare(holder.name or "")
        if any(word != low and word.startswith(low[:-1]) for word in self._demonyms.get(low[:4], ())):
            holder.type = SpeakerType.GOVERNMENT
            return
        if (holder.name or "").casefold() in KNOWN_SURNAMES:
            holder.type = SpeakerType.PERSON
            return
        if holder.name and holder.name.casefold() in PLACES:
            holder.type = SpeakerType.GOVERNMENT
        elif holder.thing > human or (not human and singular(bare(holder.name or "")) != bare(holder.name or "")):
            holder.type = SpeakerType.ORGANISATION
        elif human and holder.sure:
            holder.type = SpeakerType.PERSON

    def unnamed(self, name: str | None, kind: SpeakerType) -> Holder:
        """A holder without a name of its own."""
        noun = head(name or "")
        return Holder(name, kind, named=False, sure=True, male=5 * bool(_MALE.search(noun)), female=5 * bool(_FEMALE.search(noun)))

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
