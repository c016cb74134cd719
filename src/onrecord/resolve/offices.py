"""What a document calls its people and bodies: the roles beside their names, and who is meant by a role."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from onrecord.data import Span, SpeakerType
from onrecord.resolve.holders import LONG_FORM, Holder, role_words
from onrecord.resolve.mentions import BODY_WORDS, COMPANY, UNION, core, head, is_person, nearest_noun, without_article
from onrecord.resolve.name_pieces import bare
from onrecord.resolve.names import Name

_APPOSITION = re.compile(
    r"(?: \([^)\n]{1,14}\))?,? (?:\d\d, )?"
    r"(?:(the|an?|its|his|her|their|now|who (?:is|was) (?:the|an?)|[\w’']+[’']s) )?([^,.;:()“”\"\n]{3,90})(?=[,.;\n]|$)"
)
_ROLE_STARTS = re.compile(r"(?:^|[.,;“\"\n] ?|\b(?:the|its|their|his|her|an?) |[’']s )", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:the|its|their|his|her|an?) |[’']s ")
_ROLE = re.compile(r"[^.,;:\n“”\"]{2,70}")
_OTHER_CLAUSE = re.compile(
    r"(?:who|whose|which|where|when|after|before|and|but|as|in|on|at|with|if|because|although|while)\b", re.IGNORECASE
)
_SAYS = re.compile(r"(?:say|said|says|tell|told|tells|write|writes|wrote|warn|warns|warned|add|adds|added|according)\b")
_FEMALE = re.compile(r"(?:woman|mother|wife|widow|daughter|sister|mum|mom|lady|girl|actress|aunt|mum-of-\w+)$")
_MALE = re.compile(r"(?:spokesman|businessman|father|husband|widower|son|brother|dad|uncle|boy|congressman|policeman)$|^man$")
_OTHER_RANK = frozenset(("vice", "deputy", "shadow", "assistant", "acting", "opposition", "under", "ex"))
_MAY_BE_PEOPLE = (SpeakerType.PERSON, SpeakerType.UNKNOWN)
_LOOKED_AT = 80  # holders of one office that are compared


def genders(noun: str) -> tuple[int, int]:
    """How much a noun such as "spokeswoman" says that somebody is male, and female."""
    return 5 * bool(_MALE.search(noun)), 5 * bool(_FEMALE.search(noun))


def beside(text: str, name: Name) -> Iterator[tuple[str, bool]]:
    """The descriptions in apposition to a name, behind it and before it, each with whether an article or owner makes it sure."""
    if name.possessive:
        return
    after = text[name.span.end : name.span.end + 2]
    if after in (", ", " (") and (found := _APPOSITION.match(text, name.span.end, name.span.end + 130)):
        yield found[2], bool(found[1])
    if text[max(0, name.outer - 2) : name.outer] == ", " and (words := _before(text, name.outer - 2)):
        yield words, head(words) in COMPANY


def _before(text: str, end: int) -> str | None:
    """The longest words up to the comma at `end` that describe a person or a body: "wife" of "He came with his wife, Ida Roe"."""
    for start in _ROLE_STARTS.finditer(text, max(0, end - 88), end):
        if found := _ROLE.fullmatch(text, start.end(), end):
            words = found[0] if nearest_noun(found[0]) == head(found[0]) else nearest_noun(found[0])
            described = is_person(head(words)) or head(words) in BODY_WORDS | COMPANY | UNION
            if described and not _OWNED.search(core(words)):
                return words
    return None


class Offices:
    """The roles of everybody in one document."""

    def __init__(self) -> None:
        self._by_noun: defaultdict[str, list[tuple[frozenset[str], Holder]]] = defaultdict(list)

    def describe(self, holder: Holder, words: str, *, sure: bool) -> None:
        """Note a description that stands beside a holder's name, if it is that of a person or a body."""
        noun = head(words)
        if _OTHER_CLAUSE.match(words) or _SAYS.match(words):
            return
        if is_person(noun) and holder.type in _MAY_BE_PEOPLE and noun not in COMPANY:
            holder.type, holder.sure, holder.proved = SpeakerType.PERSON, True, holder.proved or sure
            self.add(holder, words)
        elif noun in BODY_WORDS | COMPANY | UNION and (holder.type is not SpeakerType.PERSON or (sure and not holder.proved)):
            holder.type = SpeakerType.ORGANISATION if holder.type in _MAY_BE_PEOPLE else holder.type
            self.add(holder, words)

    def add(self, holder: Holder, words: str) -> None:
        """Note what the document calls a holder."""
        words = without_article(words.strip())
        if words and words not in holder.roles:
            holder.roles.append(words)
            noun = LONG_FORM.get(bare(head(words)), bare(head(words)))
            self._by_noun[noun].append((role_words(words), holder))
            male, female = genders(noun)
            holder.male += male
            holder.female += female

    def held(self, noun: str) -> bool:
        """Whether anybody has a role of this noun."""
        return bool(self._by_noun.get(noun))

    def who(self, words: str, position: int) -> Holder | None:
        """The holder who has this role, "the foreign minister": the nearest in words, then the one named last before the position."""
        wanted, noun = role_words(without_article(words)), bare(head(words))
        best: tuple[int, bool, bool, int] | None = None
        found = None
        for role, holder in self._by_noun.get(LONG_FORM.get(noun, noun), ())[-_LOOKED_AT:]:
            if _is_another(role, wanted):
                continue
            before = named_before(holder, position)
            present = "former" not in role - wanted
            score = (2 * len(role & wanted) - len(wanted - role), present, before >= 0, before)
            if best is None or score > best:
                best, found = score, holder
        return found


def knows(holder: Holder, words: str) -> bool:
    """Whether the document calls the holder all of that in one place: no "Northern governor" where only a "governor" is told."""
    return any(role_words(words) <= role_words(role) for role in holder.roles)


def named_before(holder: Holder, position: int) -> int:
    """Where the holder is named last before the position; -1 where nowhere."""
    at = bisect_left(holder.mentions, Span(position, 0)) - 1
    return holder.mentions[at].start if at >= 0 else -1


def _is_another(role: frozenset[str], wanted: frozenset[str]) -> bool:
    """Whether the role is not the one wanted: a deputy's, or that of a former holder when the present one is meant."""
    if (role ^ wanted) & _OTHER_RANK:
        return True
    return "former" in role and "former" not in wanted and len(role) > 1 and len(wanted) > 1
