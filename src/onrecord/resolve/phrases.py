"""The words of one source -> the holder they refer to, given all that was said before."""

from __future__ import annotations

import re

from onrecord.data import Document, Span, SpeakerType
from onrecord.resolve.body_names import is_anybody
from onrecord.resolve.coreference import Cast
from onrecord.resolve.described import part_of, person_described, several_described, spoke_lately
from onrecord.resolve.holders import Holder, a_plural
from onrecord.resolve.mentions import (
    BODY_WORDS,
    COMPANY,
    DOCUMENTS,
    KIN,
    KNOWN_BODIES,
    NOT_NAMES,
    PLACES,
    ROLES,
    UNION,
    core,
    head,
    holder_type,
    is_person,
    is_role,
    last_phrase,
    nearest_noun,
    own_words,
    owner,
    plain,
    singular,
)
from onrecord.resolve.names import Name, names
from onrecord.resolve.person_names import is_given_name
from onrecord.resolve.pronouns import MANY, Pronouns
from onrecord.resolve.settling import is_inside
from onrecord.resolve.signatures import signature_under, signatures
from onrecord.resolve.together import Inside, together
from onrecord.resolve.unnamed import Unnamed

_RELATIVE = re.compile(
    r"(?P<how>(?:most|many|some|all|both|several|few|none|one|two|three|half) of )?(?:who|whom|which|that|whose)$", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$|(?<=s)['’]$")
_HIMSELF = re.compile(
    r"(?<=\w),? (?:himself|herself|itself|themselves|alone|too|also)$|(?:(?<=^its)|(?<=^his)|(?<=^her)|(?<=^their)) own$", re.IGNORECASE
)
_APPOSED = re.compile(
    r", (?!(?:who|whom|whose|which|where|when|after|before|and|but|as|in|on|at|with|by|for|from|if|because|although|while|\w+ing)\b)"
    r"(?:(?:the|an?|its|his|her|their) )?(?:(?!(?:at|in|from|near|against|for)\b)[\w’'-]+ ){0,5}$"
)
_PAIR = re.compile(
    r"(?:each|both|the (?:two|pair|duo)(?: (?:men|women|candidates|rivals|leaders|nominees|senators|presidents|politicians|sides|countries"
    r"|governments))?|the candidates|both (?:men|women|candidates|sides|leaders))$",
    re.IGNORECASE,
)
_ASKING = re.compile(r"\b(?:ask|understand|learn|reveal|report|contact|approach|put)", re.IGNORECASE)
_OF_THEIRS = re.compile(r"(?:its|his|her|their)\s", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_BESIDE_NAME = re.compile(r"(?: (?:of|for|and|&) (?:the )?[A-Z][\w’'-]*)*(?: \([\w.&-]+\))?(?: [\w’'-]+){0,3}? (?P<noun>[\w’'-]+) ")
_ROLE_AFTER = re.compile(r"(?: (?:of|for|and|&) (?:the )?[A-Z][\w’'-]*)*(?: \([\w.&-]+\))?(?: [a-z][\w’'-]+){0,2}? (?P<noun>[a-z][\w’'-]+)")
_AND = re.compile(r"\b(?:and|or) $")
_LABEL_CUE = frozenset(":―—–-")


class Phrases:
    """Reads sources one after another, in the order of the text, and remembers who spoke."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.document, self.cast, self.text = document, cast, document.text
        self.pronouns = Pronouns(cast)
        self.unnamed = Unnamed(cast, self.pronouns, lambda span: self.holder(span, "", None))
        self._signed = signatures(self.text, cast.paragraphs)
        self._author: Holder | None = None

    def spoke(self, position: int, holder: Holder, *, told: bool = False) -> None:
        """Note that the holder is the source at this position; `told` where another tells what he says."""
        self.pronouns.spoke(position, holder, told=told)
        self.unnamed.spoke(holder)

    def holder(self, span: Span, cue: str, speaking: Holder | None) -> Holder | None:
        """Who is meant by a source; `speaking` is the one in whose words it stands."""
        words = _HIMSELF.sub("", _POSSESSIVE.sub("", plain(span.of(self.text))))
        low = words.casefold()
        if not words:
            return None
        if low in ("i", "me", "my", "myself", "mine"):
            return speaking or self._first_person(span)
        if low in ("we", "us", "our", "ours"):
            self.cast.guess(span.start)  # the speaker, or those for whom he speaks
            return speaking or self._plural_first_person(low, span, cue)
        found = self._some(words, span) or self._described(low, span, speaking) or self.pronouns.resolve(low, span, speaking)
        if found is not None:
            return found
        if relative := _RELATIVE.match(words):
            return self._antecedent(span, relative["how"] or "")
        if set(cue.strip()) <= _LABEL_CUE and cue.strip() and (label := self._label(words)):
            return label
        return self._phrase(span, words)

    def _some(self, words: str, span: Span) -> Holder | None:
        """Whom "both", "one of them" and "the other" mean."""
        low, those = words.casefold(), spoke_lately(self.cast, self.pronouns, span)
        if _PAIR.fullmatch(low):
            return those if those is not None and low in ("both", "each") else self._pair(words)
        part = part_of(words, those) if those is not None else None
        return self.unnamed.own(*part) if part else None

    def _described(self, low: str, span: Span, speaking: Holder | None) -> Holder | None:
        """Whom a pronoun means that follows a description nearer than any name: "My daughter came home and she said ..."."""
        if low in MANY:
            found = several_described(self.cast, self.pronouns, span)
        else:
            found = person_described(self.cast, low, span) if speaking is not None else None
        return self._phrase(found, found.of(self.text)) if found is not None else None

    def _first_person(self, span: Span) -> Holder:
        if self.cast.in_quotation(span.start) and self.unnamed.last is not None:
            return self.unnamed.last
        if (signed := signature_under(span.start, self._signed, self.cast.paragraphs)) and (
            known := self.cast.called(signed.words, span.start)
        ):
            return known
        if self._author is None:
            self._author = self.cast.unnamed("author", SpeakerType.PERSON)
        return self._author

    def _plural_first_person(self, low: str, span: Span, cue: str) -> Holder:
        if self.document.publisher and _ASKING.search(cue) and not self.cast.in_quotation(span.start):
            outlet = self.document.publisher
            return self.cast.called(tuple(outlet.split()), len(self.text)) or self.cast.unnamed(outlet, SpeakerType.ORGANISATION)
        return self.unnamed.own(low, SpeakerType.GROUP)

    def _pair(self, words: str) -> Holder:
        """Of "the two men" and the like: the two who are named most."""
        people = [h for h in self.cast.ranked if h.type is SpeakerType.PERSON and h.sure][:2]
        if words.casefold().endswith(("countries", "governments")):
            people = [h for h in self.cast.ranked if PLACES.get((h.name or "").casefold(), ("",))[0] == "country"][:2]
        if len(people) < 2:
            return self.unnamed.own(own_words(words), SpeakerType.GROUP)
        return self.unnamed.own(" and ".join(str(one.name) for one in people), SpeakerType.GROUP)

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
            if len(inside) > 1 and _AND.search(self.text, max(0, name.outer - 5), name.outer):  # of two, both or the last
                self.cast.guess(span.start)
            if span.of(self.text).casefold() == "which" and not gap.strip(" ,") and is_inside(self.text, name.span):
                self.cast.guess(span.start)
            if (not gap.strip() and (holder.type is SpeakerType.PERSON or not span.of(self.text).casefold().startswith("who"))) or (
                gap.startswith((" (", ",", " of ", " from ")) and len(gap) < 90 and holder.type is SpeakerType.PERSON
            ):
                return holder
        phrase = last_phrase(trimmed)
        if not phrase:
            return None
        if how:
            return self.unnamed.own(how.casefold() + own_words(phrase), SpeakerType.GROUP)
        return self._phrase(Span(end - len(phrase), end), plain(phrase))

    def _label(self, words: str) -> Holder | None:
        """The speaker of a transcript, by surname or initials."""
        bare = re.sub(r"\s*\([^)]*\)", "", words).strip()
        if not bare or singular(bare.casefold()) in DOCUMENTS:
            return None
        found = self.cast.by_initials(bare) or self.cast.called(tuple(bare.split()), len(self.text))
        if found is not None and found.type is SpeakerType.UNKNOWN and bare.isupper() and not is_role(bare.casefold()):
            found.name, found.type = bare.title(), SpeakerType.PERSON
            return self.cast.misspelt(bare) or found
        if found is not None or not bare.isupper() or is_role(bare.casefold()):
            return found
        titled = [name for name in names(bare.title()) if name.title]
        if titled and (found := self.cast.called(titled[-1].words, len(self.text), titled=True)):
            return found
        shown = " ".join(titled[-1].words) if titled else bare.title() if len(bare) > 3 else bare
        return self.cast.misspelt(bare) or self.unnamed.own(shown, SpeakerType.PERSON)

    def _names_in(self, span: Span) -> Inside:
        inside: Inside = self.cast.between(span.start, span.end)
        if inside and inside[-1][0].span.end <= span.end:
            return inside
        shifted = []
        for name in names(span.of(self.text)):
            holder = self.cast.called(name.words, len(self.text), name.gender, titled=bool(name.title))
            shifted.append((name.moved(span.start), holder))
        return shifted

    def _phrase(self, span: Span, words: str) -> Holder | None:
        """A noun phrase: a name, a name in apposition, a role, or the words of somebody unnamed."""
        if words.isupper() and len(words.split()) > 3 and NOT_NAMES & set(words.casefold().split()):  # a heading, every word in capitals
            return self.unnamed.own(words, holder_type(words))
        offset = span.start + max(0, span.of(self.text).find(words[:20]))
        whole = Span(offset, max(offset + 1, min(span.end, offset + len(words))))
        inside = self._names_in(whole)
        if several := together(self.text, whole, words, inside):
            return self.unnamed.own(several, SpeakerType.GROUP)
        if (bearer := self._role_bearer(whole, inside)) is not None:
            return self._of_name(*bearer, words)
        reach = whole.start + len(core(words))
        heads = [(name, holder) for name, holder in inside if name.span.start < reach]
        named = bool(heads) and heads[-1][0].span.end >= reach - 1 and (not heads[-1][0].possessive or heads[-1][0].span.end >= whole.end)
        if named and (many := self._role_of(heads[-1][0], whole)) is not None:
            official = self.unnamed.read(whole, words, [holder for _, holder in inside if holder is not None])
            if not official.named and official.type not in (SpeakerType.PERSON, SpeakerType.GROUP):
                official.type = SpeakerType.GROUP if many else SpeakerType.PERSON
            return official
        if (not named or _is_office(heads[-1][1])) and (found := self._apposed(whole, words, inside)):
            return found
        if named:
            return self._of_name(*heads[-1], words)
        return self.unnamed.read(whole, words, [holder for _, holder in inside if holder is not None])

    def _role_bearer(self, whole: Span, inside: Inside) -> tuple[Name, Holder | None] | None:
        """The person named last, after a body or work and a role in it: "Harbour Board (HB) head Mara Quill"."""
        if len(inside) < 2 or inside[-1][0].span.end < whole.end or inside[-1][0].kind is not SpeakerType.PERSON:
            return None
        first, last = inside[0][0], inside[-1][0]
        between = _BESIDE_NAME.fullmatch(self.text, first.span.end, last.outer)
        opens = not _ARTICLE.sub("", self.text[whole.start : first.outer])
        of_body = opens and first.kind is not SpeakerType.PERSON and not is_role(singular(first.words[0].casefold()))
        return inside[-1] if of_body and between and between["noun"].casefold() not in NOT_NAMES else None

    def _role_of(self, name: Name, whole: Span) -> bool | None:
        """Whether a role behind the name of a body is one of many; None where none is: "a Lesk Academy of Letters official"."""
        after = _ROLE_AFTER.fullmatch(self.text, name.span.end, whole.end)
        if after is None or name.kind is SpeakerType.PERSON:
            return None
        one = singular(after["noun"].casefold())
        return one != after["noun"].casefold() if is_person(one) else None

    def _of_name(self, name: Name, holder: Holder | None, words: str) -> Holder:
        only = name.words[0]
        if len(name.words) == 1:
            if (holder is None or (len(holder.tokens) == 1 and not holder.proved)) and (near := self.cast.misspelt(only)):
                return near
            if not name.title and singular(only.casefold()) != only.casefold() and a_plural(holder, only):
                return self.unnamed.own(own_words(words), SpeakerType.GROUP)
            if not name.title and (self._is_noun(only.casefold(), holder) or (is_role(only.casefold()) and not (holder and holder.full))):
                return self.unnamed.read(name.span, words, [])
        if holder is None:
            kind = name.kind or holder_type(" ".join(name.words))
            return self.unnamed.own(" ".join(name.words), kind)
        if holder.type is SpeakerType.UNKNOWN:
            holder.type = SpeakerType.ORGANISATION
        holder.sure = True
        if len(holder.tokens) == 1 and (family := self._family(name, words)):
            holder.name = f"{holder.name} {family}"
        return holder

    def _is_noun(self, word: str, holder: Holder | None) -> bool:
        """Whether a word that has a capital only where it opens a sentence is a common noun: "Footage", "Psychotherapist"."""
        if holder is None or len(holder.tokens) != 1 or holder.sure or holder.proved or word in KNOWN_BODIES | BODY_WORDS | PLACES.keys():
            return False
        return not is_given_name(word) and (is_anybody(word) or self.cast.has_small(word))

    def _family(self, name: Name, words: str) -> str | None:
        """The surname of somebody told by a first name and by whose son, brother or wife he or she is."""
        possessor, rest = owner(words)
        if possessor is None or not KIN & set(rest.casefold().split()) or name.words[0] not in rest:
            return None
        at = self.text.rfind(possessor, max(0, name.outer - len(words) - 10), name.span.start)
        relative = self.holder(Span(at, at + len(possessor)), "", None) if at >= 0 else None
        if relative is None or not relative.named or relative.type is not SpeakerType.PERSON or len(relative.tokens) < 2:
            return None
        return str(relative.name).split()[-1]

    def _apposed(self, whole: Span, words: str, inside: Inside) -> Holder | None:
        """The name beside a role: "Its director, Mara Quill," is Mara Quill; of "the head of the maker, Brask," Brask is the maker."""
        for name, holder in inside:
            beside = _APPOSED.search(self.text, whole.start, name.outer)
            if holder is None or beside is None:
                continue
            before = self.text[whole.start : beside.start()]
            noun = nearest_noun(before) if len(name.words) == 1 and not name.title else head(before)
            a_person = (is_person(noun) or _OF_THEIRS.match(words)) and noun not in COMPANY and not name.possessive
            if a_person and holder.type in (SpeakerType.PERSON, SpeakerType.UNKNOWN):
                self.cast.offices.add(holder, words[: max(0, name.outer - 2 - whole.start)])
                holder.type = SpeakerType.PERSON
                return holder
            if noun in BODY_WORDS | COMPANY | UNION and noun == head(words) and holder.type is not SpeakerType.PERSON:
                return holder
        return None


def _is_office(holder: Holder | None) -> bool:
    """Whether what looks like a name is an office: "the Lesk Minister of Works, ..."."""
    return holder is not None and not holder.proved and bool(ROLES & set(holder.tokens))
