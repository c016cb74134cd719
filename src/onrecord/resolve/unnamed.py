"""Sources without a name, "the company", "a spokesman", "the letter": who in the document is meant, else their own words."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Sequence

from onrecord.data import Span, SpeakerType
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import Holder, is_body
from onrecord.resolve.mentions import (
    COMPANY,
    EPITHETS,
    KINDS,
    MESSAGES,
    NOTES,
    OFFICES,
    OUTLET_NOUNS,
    OUTLETS,
    UNION,
    UNNAMED_SOURCES,
    core,
    head,
    holder_type,
    own_words,
    owner,
    singular,
    without_article,
)
from onrecord.resolve.offices import knows
from onrecord.resolve.pronouns import Pronouns

_DEFINITE = re.compile(r"(?:the|that|this|its|his|her|their)\s", re.IGNORECASE)
_THESE = re.compile(r"(?:these|those)\s", re.IGNORECASE)
_ONE = re.compile(r"an?\s", re.IGNORECASE)
_AGED = re.compile(r"the (?:[\w’'-]+ ){0,3}(?:[\w’'-]+, (?:aged )?\d{2}|[\w-]*\d{2}-year-old)$", re.IGNORECASE)
_BODIES = (SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT, SpeakerType.UNKNOWN)
_LONGEST = 9  # words of a description that may mean the person last spoken of


class Unnamed:
    """Reads descriptions in the order of the text; told who spoke. `holder` reads the owner in "the mayor's letter"."""

    def __init__(self, cast: Cast, pronouns: Pronouns, holder: Callable[[Span], Holder | None]) -> None:
        self.cast, self.pronouns, self._holder = cast, pronouns, holder
        self._known: dict[str, Holder] = {}
        self._recent: deque[Holder] = deque(maxlen=12)

    def spoke(self, holder: Holder) -> None:
        """Note that the holder is the source that was read last."""
        self._recent.append(holder)

    @property
    def last(self) -> Holder | None:
        """Who spoke last."""
        return self._recent[-1] if self._recent else None

    def own(self, words: str, kind: SpeakerType) -> Holder:
        """A holder who is called by his own words; the same words later are the same holder."""
        key = words.casefold()
        if key not in self._known:
            self._known[key] = self.cast.unnamed(words, kind)
        return self._known[key]

    def read(self, whole: Span, words: str, inside: Sequence[Holder]) -> Holder:
        """Who is meant by `words`, which stand at `whole`; `inside` are those whom they name."""
        found = self._sender(whole, words, inside) or self._known_one(whole, words, inside)
        if found is not None:
            return found
        kind, noun = holder_type(words), singular(head(words))
        earlier = self._known.get("#" + noun)
        if earlier is not None and earlier.type is kind and self._is_definite(whole, words, these=True) and self._is_short(words, kind):
            return earlier
        holder = self.own(own_words(words), kind)
        if not self.cast.in_title(whole.start):
            self._known["#" + noun] = holder
        return holder

    def _is_definite(self, whole: Span, words: str, *, these: bool = False) -> bool:
        """Whether the words point back to somebody; those of a headline, which has no articles, may."""
        if self.cast.in_title(whole.start) or owner(words)[0] is not None:
            return True
        return bool(_DEFINITE.match(words) or (these and _THESE.match(words)))

    @staticmethod
    def _is_short(words: str, kind: SpeakerType) -> bool:
        return owner(words)[0] is None and len(own_words(words).split()) < (4 if kind is SpeakerType.DOCUMENT else 3)

    def _known_one(self, whole: Span, words: str, inside: Sequence[Holder]) -> Holder | None:
        """The person or body of the document that a definite description means."""
        kind, noun, possessor = holder_type(words), singular(head(words)), owner(words)[0]
        if possessor is None and _AGED.match(words):
            return self.cast.offices.who(core(words), whole.start) or self.pronouns.last_person(whole.start)
        if not self._is_definite(whole, words):
            return None
        if noun in OUTLET_NOUNS and possessor is None and len(words.split()) == 2 and (found := self.pronouns.last_outlet(whole.start)):
            return found
        if kind is SpeakerType.PERSON and (found := self._person(whole, words, noun)):
            return found
        return self._body(whole, words, noun) if kind in _BODIES and possessor is None and not inside else None

    def _sender(self, whole: Span, words: str, inside: Sequence[Holder]) -> Holder | None:
        """A letter or statement speaks for whoever sent it: who is named in it, its owner, the sort of body it names, the last to speak."""
        noun, (possessor, _) = singular(head(words)), owner(words)
        if noun not in MESSAGES:
            return None
        self.cast.guess(whole.start)
        writers = [holder for holder in inside if holder.type is SpeakerType.PERSON]
        if writers and possessor is None:
            return writers[-1]
        sort = (COMPANY | UNION) & set(core(words).casefold().split()[:-1])
        if possessor is None and sort:
            return self._body(whole, f"the {min(sort)}", min(sort))
        if possessor is not None:
            return self._holder(Span(whole.start, whole.start + len(possessor)))
        if _ONE.match(words) and noun in NOTES:
            return None
        return next((one for one in reversed(self._recent) if one.type is SpeakerType.PERSON or _may_write(one)), None)

    def _person(self, whole: Span, words: str, noun: str) -> Holder | None:
        possessor, rest = owner(words)
        if noun not in UNNAMED_SOURCES or possessor is None:
            role = without_article(rest if possessor is not None else words)
            found = self.cast.offices.who(core(role) if noun in UNNAMED_SOURCES else role, whole.start)
            if found is not None:
                if not knows(found, role) or (noun in EPITHETS and len(role.split()) < 2):
                    self.cast.guess(whole.start)
                return found
        earlier = self._known.get("#" + noun)
        if earlier is not None and possessor is None and len(words.split()) < 3:
            return earlier
        modified = len(core(without_article(words)).split()) > 1 and noun in OFFICES
        if possessor is not None or not (noun in EPITHETS or modified) or not _DEFINITE.match(words) or len(words.split()) > _LONGEST:
            return None
        return self.pronouns.last_person(whole.start)

    def _body(self, whole: Span, words: str, noun: str) -> Holder | None:
        tail = without_article(core(words)).split()
        if len(tail) > 4:
            return None
        named = self.cast.called(tuple(tail), whole.start) if noun else None
        if named is not None and is_body(named):
            return named
        if found := self.cast.offices.who(core(words), whole.start):
            return found if is_body(found) else None
        if len(tail) == 1 and (found := self.cast.body_with(noun, whole.start)):
            return found
        if noun not in COMPANY | UNION:
            return None
        return self.pronouns.last_body(whole.start, SpeakerType.ORGANISATION, lambda body: _may_be(noun, body))


def _may_write(holder: Holder) -> bool:
    """Whether a statement may be a body's: papers report statements, they make none."""
    return is_body(holder) and not OUTLETS & set(holder.tokens)


def _may_be(noun: str, body: Holder) -> bool:
    """Whether a body may be called so: "the union" needs a word for one in its name or role, "the company" must lack all of them."""
    words = {*body.tokens, *(word for role in body.roles for word in role.casefold().split())}
    if noun in KINDS:
        return bool(KINDS[noun] & words)
    return noun not in COMPANY or not any(kind & set(body.tokens) for kind in KINDS.values())
