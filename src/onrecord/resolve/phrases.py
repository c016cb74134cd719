"""The words of one source -> the holder they refer to, given all that was said before."""

from __future__ import annotations

import re
from collections import deque
from itertools import pairwise

from onrecord.data import Document, Span, SpeakerType
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import Holder, a_plural, is_body
from onrecord.resolve.mentions import (
    BODY_WORDS,
    COMPANY,
    MESSAGES,
    PLACES,
    UNION,
    core,
    head,
    holder_type,
    is_role,
    last_phrase,
    own_words,
    owner,
    plain,
    singular,
    without_article,
)
from onrecord.resolve.names import Name, names
from onrecord.resolve.pronouns import Pronouns

_RELATIVE = re.compile(
    r"(?P<how>(?:most|many|some|all|both|several|few|none|one|two|three|half) of )?(?:who|whom|which|that|whose)$", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$|(?<=s)['’]$")
_DEFINITE = re.compile(r"(?:the|that|this|its|his|her|their)\s", re.IGNORECASE)
_THESE = re.compile(r"(?:these|those)\s", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:,? \([^)\n]*\)|, [RD]-[\w.]+)?,? and (?:[\w.]+ ){0,5}$")
_PAIR = re.compile(
    r"(?:each|both|the (?:two|pair|duo)(?: (?:men|women|candidates|rivals|leaders|nominees|senators|presidents|politicians|sides|countries"
    r"|governments))?|the candidates|both (?:men|women|candidates|sides|leaders))$",
    re.IGNORECASE,
)
_ASKING = re.compile(r"\b(?:ask|understand|learn|reveal|report|contact|approach|put)", re.IGNORECASE)
_OF_THEIRS = re.compile(r"(?:its|his|her|their)\s", re.IGNORECASE)
_GENERIC = frozenset(
    [
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
        "source",
        "aide",
        "lawyer",
        "insider",
        "adviser",
        "advisor",
        "staffer",
        "witness",
        "resident",
        "voter",
        "expert",
        "analyst",
        "neighbour",
        "neighbor",
    ]
)
_OFFICES = frozenset(("president", "king", "queen", "pope"))
_LABEL_CUE = frozenset(":―—–-")


class Phrases:
    """Reads sources one after another, in the order of the text, and remembers who spoke."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.document, self.cast, self.text = document, cast, document.text
        self.pronouns = Pronouns(cast)
        self._unnamed: dict[str, Holder] = {}
        self._recent: deque[Holder] = deque(maxlen=12)
        self._author: Holder | None = None

    def spoke(self, position: int, holder: Holder) -> None:
        """Note that the holder is the source at this position."""
        self.pronouns.spoke(position, holder)
        self._recent.append(holder)

    def holder(self, span: Span, cue: str, speaking: Holder | None) -> Holder | None:
        """Who is meant by a source; `speaking` is the one in whose words it stands."""
        words = _POSSESSIVE.sub("", plain(span.of(self.text)))
        low = words.casefold()
        if not words:
            return None
        if low in ("i", "me", "my", "myself", "mine"):
            return speaking or self._first_person(span)
        if low in ("we", "us", "our", "ours"):
            return speaking or self._plural_first_person(low, span, cue)
        if _PAIR.fullmatch(low):
            return self._pair(words)
        found = self.pronouns.resolve(low, span, speaking)
        if found is not None:
            return found
        if relative := _RELATIVE.match(words):
            return self._antecedent(span, relative["how"] or "")
        if set(cue.strip()) <= _LABEL_CUE and cue.strip() and (label := self._label(words)):
            return label
        return self._phrase(span, words)

    def _first_person(self, span: Span) -> Holder:
        if self.cast.in_quotation(span.start) and self._recent:
            return self._recent[-1]
        if self._author is None:
            self._author = self.cast.unnamed("author", SpeakerType.PERSON)
        return self._author

    def _plural_first_person(self, low: str, span: Span, cue: str) -> Holder:
        if self.document.publisher and _ASKING.search(cue) and not self.cast.in_quotation(span.start):
            outlet = self.document.publisher
            return self.cast.called(tuple(outlet.split()), len(self.text)) or self.cast.unnamed(outlet, SpeakerType.ORGANISATION)
        return self._own(low, SpeakerType.GROUP)

    def _own(self, words: str, kind: SpeakerType) -> Holder:
        """An unnamed holder; the same words later are the same holder."""
        key = words.casefold()
        if key not in self._unnamed:
            self._unnamed[key] = self.cast.unnamed(words, kind)
        return self._unnamed[key]

    def _pair(self, words: str) -> Holder:
        """Of "the two men" and the like: the two who are named most."""
        people = [h for h in self.cast.ranked if h.type is SpeakerType.PERSON and h.sure][:2]
        if words.casefold().endswith(("countries", "governments")):
            people = [h for h in self.cast.ranked if PLACES.get((h.name or "").casefold(), ("",))[0] == "country"][:2]
        if len(people) < 2:
            return self._own(own_words(words), SpeakerType.GROUP)
        return self._own(" and ".join(str(one.name) for one in people), SpeakerType.GROUP)

    def _antecedent(self, span: Span, how: str) -> Holder | None:
        """The noun phrase just before a relative pronoun."""
        sentence = self.cast.sentences[self.cast.sentence(span.start)] if self.cast.sentences else span
        before = self.text[max(sentence.start, span.start - 200) : span.start]
        start = span.start - len(before)
        trimmed = before.rstrip(" ,–—(\n")
        end = start + len(trimmed)
        inside = self.cast.between(start, end)
        for name, holder in reversed(inside[-3:] if not how else []):
            gap = self.text[name.span.end : end]
            if (not gap.strip() and (holder.type is SpeakerType.PERSON or not span.of(self.text).casefold().startswith("who"))) or (
                gap.startswith((" (", ",")) and len(gap) < 90 and holder.type is SpeakerType.PERSON
            ):
                return holder
        phrase = last_phrase(trimmed)
        if not phrase:
            return None
        if how:
            return self._own(how.casefold() + own_words(phrase), SpeakerType.GROUP)
        return self._phrase(Span(end - len(phrase), end), plain(phrase))

    def _label(self, words: str) -> Holder | None:
        """The speaker of a transcript, by surname or initials."""
        bare = re.sub(r"\s*\([^)]*\)", "", words).strip()
        found = (self.cast.by_initials(bare) or self.cast.called(tuple(bare.split()), len(self.text))) if bare else None
        if found is not None and found.type is SpeakerType.UNKNOWN and bare.isupper() and not is_role(bare.casefold()):
            found.name, found.type = bare.title(), SpeakerType.PERSON
            return self.cast.misspelt(bare) or found
        if found is not None:
            return found
        if not bare.isupper() or is_role(bare.casefold()):
            return None
        near = self.cast.misspelt(bare)
        return near or self._own(bare.title() if len(bare) > 3 else bare, SpeakerType.PERSON)

    def _names_in(self, span: Span) -> list[tuple[Name, Holder | None]]:
        inside: list[tuple[Name, Holder | None]] = list(self.cast.between(span.start, span.end))
        if inside and inside[-1][0].span.end <= span.end:
            return inside
        shifted = []
        for name in names(span.of(self.text)):
            holder = self.cast.called(name.words, len(self.text), name.gender, titled=bool(name.title))
            shifted.append((name.moved(span.start), holder))
        return shifted

    def _phrase(self, span: Span, words: str) -> Holder | None:
        """A noun phrase: a name, a name in apposition, a role, or the words of somebody unnamed."""
        offset = span.start + max(0, span.of(self.text).find(words[:20]))
        whole = Span(offset, max(offset + 1, min(span.end, offset + len(words))))
        inside = self._names_in(whole)
        if group := self._named_group(whole, words, inside):
            return group
        reach = whole.start + len(core(words))
        heads = [(name, holder) for name, holder in inside if name.span.start < reach]
        if heads and heads[-1][0].span.end >= reach - 1 and (not heads[-1][0].possessive or heads[-1][0].span.end >= whole.end):
            return self._of_name(*heads[-1], words)
        if found := self._apposed(whole, words, inside):
            return found
        return self._nameless(whole, words, inside)

    def _of_name(self, name: Name, holder: Holder | None, words: str) -> Holder:
        only = name.words[0]
        if (
            len(name.words) == 1
            and (holder is None or (len(holder.tokens) == 1 and not holder.proved))
            and (near := self.cast.misspelt(only))
        ):
            return near
        if len(name.words) == 1 and not name.title and singular(only.casefold()) != only.casefold() and a_plural(holder, only):
            return self._own(own_words(words), SpeakerType.GROUP)
        if len(name.words) == 1 and is_role(only.casefold()) and not name.title:
            return self._nameless(name.span, words, []) or self._own(own_words(words), SpeakerType.PERSON)
        if holder is None:
            kind = name.kind or holder_type(" ".join(name.words))
            return self._own(" ".join(name.words), kind)
        if holder.type is SpeakerType.UNKNOWN:
            holder.type = SpeakerType.ORGANISATION
        holder.sure = True
        return holder

    def _named_group(self, whole: Span, words: str, inside: list[tuple[Name, Holder | None]]) -> Holder | None:
        for (one, a), (other, b) in pairwise(inside):
            if a is None or b is None or a is b or (SpeakerType.PERSON not in (a.type, b.type) and len(inside) != 2):
                continue
            if one.span.start - whole.start <= len(core(words)) and _BETWEEN.fullmatch(self.text, one.span.end, other.outer):
                return self._own(f"{a.name} and {b.name}", SpeakerType.GROUP)
        return None

    def _apposed(self, whole: Span, words: str, inside: list[tuple[Name, Holder | None]]) -> Holder | None:
        """The name beside a role: "Its director, Mara Quill," is Mara Quill."""
        noun = head(words)
        for name, holder in inside:
            if holder is None or self.text[max(0, name.outer - 2) : name.outer] != ", ":
                continue
            if (
                (is_role(noun) or _OF_THEIRS.match(words))
                and noun not in COMPANY
                and holder.type in (SpeakerType.PERSON, SpeakerType.UNKNOWN)
                and not name.possessive
            ):
                self.cast.add_role(holder, words[: max(0, name.outer - 2 - whole.start)])
                holder.type = SpeakerType.PERSON
                return holder
            if noun in BODY_WORDS | COMPANY | UNION and holder.type is not SpeakerType.PERSON:
                return holder
        return None

    def _nameless(self, whole: Span, words: str, inside: list[tuple[Name, Holder | None]]) -> Holder | None:
        kind, noun = holder_type(words), singular(head(words))
        possessor, rest = owner(words)
        headline = self.cast.in_title(whole.start)
        known = bool(_DEFINITE.match(words)) or headline or possessor is not None
        writers = [holder for _, holder in inside if holder is not None and holder.type is SpeakerType.PERSON]
        if noun in MESSAGES and writers and possessor is None:
            return writers[-1]
        if noun in MESSAGES and (sender := self._sender(whole, possessor)):
            return sender
        if known and kind is SpeakerType.PERSON and (found := self._person(whole, words, noun, possessor, rest)):
            return found
        a_body = kind in (SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT, SpeakerType.UNKNOWN) and possessor is None and not inside
        if known and a_body and (found := self._body(whole, words, noun)):
            return found
        if known or _THESE.match(words):
            earlier = self._unnamed.get("#" + noun)
            if (
                earlier is not None
                and len(core(words).split()) <= (4 if kind is SpeakerType.DOCUMENT else 3)
                and possessor is None
                and earlier.type is kind
            ):
                return earlier
        holder = self._own(own_words(words), kind)
        if not headline:
            self._unnamed["#" + noun] = holder
        return holder

    def _sender(self, whole: Span, possessor: str | None) -> Holder | None:
        """A letter or statement speaks for whoever sent it: its owner, else the last to speak."""
        if possessor is not None:
            start = whole.start
            return self.holder(Span(start, start + len(possessor)), "", None)
        return next(
            (one for one in reversed(self._recent) if one.type in (SpeakerType.PERSON, SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT)),
            None,
        )

    def _person(self, whole: Span, words: str, noun: str, possessor: str | None, rest: str) -> Holder | None:
        role = rest if possessor is not None else words
        if noun not in _GENERIC or possessor is None:
            found = self.cast.with_role(core(without_article(role)) if noun in _GENERIC else without_article(role), whole.start)
            if found is not None:
                return found
        earlier = self._unnamed.get("#" + noun)
        if earlier is not None and possessor is None and len(words.split()) < 3:
            return earlier
        if possessor is not None or noun in _GENERIC or noun in _OFFICES or not _DEFINITE.match(words) or len(words.split()) > 9:
            return None
        return self.pronouns.last_person(whole.start)

    def _body(self, whole: Span, words: str, noun: str) -> Holder | None:
        tail = without_article(core(words)).split()
        if len(tail) > 4:
            return None
        named = self.cast.called(tuple(tail), whole.start) if noun else None
        if named is not None and is_body(named):
            return named
        if found := self.cast.with_role(core(words), whole.start):
            return found if is_body(found) else None
        return self.pronouns.last_body(whole.start, SpeakerType.ORGANISATION) if noun in COMPANY | UNION else None
