"""A surname in a label -> the full name that heading or text give: "MS. PSAKI" in a "Briefing by Press Secretary Jen Psaki"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass

from onrecord.annotate.turn_labels import AREAS, OFFICES
from onrecord.resolve.mentions import BODY_WORDS, FEMALE, MALE, NOT_NAMES, ROLES, TITLES, singular

MOST_MENTIONS = 300
NEAR = 2500
_WORD = re.compile(r"[^\W\d_][\w'’\u2060-]*")
_GAP = re.compile(r"[ \u00a0\n]+|\.[ \u00a0\n]+|[ \u00a0\n]*[“\"(][^“”\"()\n]{1,15}[”\")][ \u00a0\n]*")
_PARTICLES = frozenset(("de", "da", "del", "di", "du", "la", "le", "von", "van", "der", "den", "bin", "al", "dos", "ter"))
_DESCRIBES = re.compile(r"\w{3,}ing$")
_CONTRACTED = re.compile(r"['’](?:m|ve|ll|re|d|s)?$", re.IGNORECASE)
_SUFFIX = re.compile(r",? (Jr|Sr)\b|,? (III?|IV)\b")
_KIN = re.compile(r"['’]s? (?:husband|wife|son|daughter|father|mother|brother|sister|dad|mom)\b", re.IGNORECASE)
_WHOSE = re.compile(r"\b(?:husband|wife|son|daughter|father|mother|brother|sister|dad|mom|partner|late)\b[, ]*$")
COURTESY = MALE | FEMALE | {"dr", "doctor", "prof", "professor"}
_DOCTORS = frozenset(("dr", "doctor"))
_JOINING = frozenset(("of", "for", "to", "the"))
_OFFICE_WORDS = TITLES | ROLES | OFFICES | {"apnsa", "coordinator", "undersecretary", "lady", "gentleman", "member", "whip"}
_NOT_GIVEN = NOT_NAMES | TITLES | ROLES | OFFICES | AREAS | BODY_WORDS


@dataclass(frozen=True, slots=True)
class Found:
    """One mention of a surname with the names before it, and the offices before these."""

    given: tuple[str, ...]
    surname: str
    role: str
    start: int
    suffix: str = ""
    owned: bool = False

    @property
    def name(self) -> str:
        """Given names, surname and suffix."""
        return " ".join(word for word in (*self.given, self.surname, self.suffix) if word)

    @property
    def offices(self) -> frozenset[str]:
        """The words of the role, to compare by."""
        return frozenset(folded(word).strip(".,") for word in self.role.split())


class Mentions:
    """The capitalised words of a passage, by the word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(_WORD.finditer(text))
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, hit in enumerate(self.words):
            if hit[0][0].isupper():
                self._places[folded(hit[0])].append(place)

    def of(self, surname: tuple[str, ...]) -> list[Found]:
        """Every place where the surname stands, given names in front of it or not."""
        low = [folded(word) for word in surname]
        found = []
        for last in self._places.get(low[-1], ())[:MOST_MENTIONS]:
            first = last - len(low) + 1
            if first >= 0 and [folded(hit[0]) for hit in self.words[first : last + 1]] == low and self._adjoin(first, last):
                found.append(self._at(first, last))
        return found

    def after(self, office: tuple[str, ...], *, unless: frozenset[str] = frozenset()) -> list[tuple[str, ...]]:
        """The names that follow an office: "President" -> ("Mara", "Quill")."""
        low = [folded(word) for word in office]
        found = []
        for last in self._places.get(low[-1], ())[:MOST_MENTIONS]:
            first = last - len(low) + 1
            before = folded(self.words[first - 1][0]) if first > 0 and self._adjoin(first - 1, first) else ""
            if first < 0 or [folded(hit[0]) for hit in self.words[first : last + 1]] != low or before in unless:
                continue
            if name := self._following(last):
                found.append(name)
        return found

    def spelt(self, surname: tuple[str, ...]) -> str:
        """The surname as the text spells it where it is not all capitals."""
        spellings = Counter(one.surname for one in self.of(surname) if not one.surname.isupper())
        return spellings.most_common(1)[0][0] if spellings else " ".join(_titled(word) for word in surname)

    def _following(self, place: int) -> tuple[str, ...]:
        name: list[str] = []
        for at in range(place + 1, min(place + 5, len(self.words))):
            word = self.words[at][0]
            if not self._adjoin(at - 1, at) or not (word[0].isupper() or (name and word in _PARTICLES)):
                break
            if (
                folded(word) in _NOT_GIVEN - {"may", "will", "mark", "young", "long", "king", "lula"}
                or _DESCRIBES.match(word)
                or (word.isupper() and len(word) > 2)
            ):
                break
            name.append(_bare(word))
            if name[-1] != word:
                break
        while name and name[-1] in _PARTICLES:
            name.pop()
        return tuple(name)

    def _at(self, first: int, last: int) -> Found:
        given: list[str] = []
        at = first - 1
        while at >= 0 and len(given) < 3 and self._adjoin(at, at + 1) and _is_given(self.words[at][0]):
            given.insert(0, _with_stop(self.text, self.words[at]))
            at -= 1
        while given and given[0].casefold() in _PARTICLES:
            given.pop(0)
            at += 1
        if len(given) > 1 and at > 0 and self.words[at][0] in _JOINING and self._leads(at):  # "Secretary of Tides Mara Quill"
            given.pop(0)
            at += 1
        end = self.words[last].end()
        suffix = _SUFFIX.match(self.text, end)
        return Found(
            tuple(given),
            _bare(" ".join(hit[0] for hit in self.words[first : last + 1])),
            self._role(at),
            self.words[first].start(),
            (suffix[1] or suffix[2]) + "." * bool(suffix[1]) if suffix else "",
            self._is_kin(self.words[first - len(given)].start(), end),
        )

    def _is_kin(self, start: int, end: int) -> bool:
        """Whether the name is that of somebody's wife or brother: "my wife, Mara Quill", "Mara Quill's husband"."""
        return _WHOSE.search(self.text, max(0, start - 14), start) is not None or any(_KIN.match(self.text, end - n) for n in (1, 2))

    def _role(self, last: int) -> str:
        """The capitalised words up to here that tell an office: "Press Secretary", "Secretary of Tides"."""
        first = last + 1
        at = last
        while at >= 0 and last - at < 10 and self._adjoin(at, at + 1):
            word = self.words[at][0]
            if word in _JOINING:
                if at == last or not self._leads(at):
                    break
            elif not word[0].isupper() or folded(word) in NOT_NAMES:
                break
            else:
                first = at
            at -= 1
        if first > last or not any(folded(hit[0]) in _OFFICE_WORDS for hit in self.words[first : last + 1]):
            return ""
        return " ".join(self.text[self.words[first].start() : self.words[last].end()].split())

    def _leads(self, at: int) -> bool:
        """Whether an office stands before the "of the" at this place."""
        while at >= 0 and self.words[at][0] in _JOINING:
            at -= 1
        return at >= 0 and singular(folded(self.words[at][0])) in ROLES | OFFICES | BODY_WORDS

    def _adjoin(self, first: int, last: int) -> bool:
        """Whether nothing but a blank, or the full stop of an initial or a title, stands between the words."""
        for at in range(first, last):
            one, other = self.words[at], self.words[at + 1]
            gap = self.text[one.end() : other.start()]
            if not gap.strip(" \u00a0\n") and gap and gap.count("\n") < 2:
                continue
            if gap.strip() == "." and (len(one[0]) == 1 or folded(one[0]) in TITLES | OFFICES | MALE | FEMALE) and "\n\n" not in gap:
                continue
            return False
        return True


def folded(word: str) -> str:
    """A word to compare by: no accents, small letters, no owner's s."""
    plain = unicodedata.normalize("NFKD", _bare(word)).encode("ascii", "ignore").decode("ascii")
    return plain.casefold()


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.replace("\u2060", ""))


def full_name(surname: tuple[str, ...], offices: frozenset[str], heading: Mentions, body: Mentions, place: int) -> Found | None:
    """The one full name that fits a label: from the heading, else from the text where it leaves no doubt.

    `place` is where the label first stands. Whoever has an office in the label is looked for under that office; a namesake
    who is called something else, or somebody's wife, is not meant.
    """
    in_heading = [one for one in heading.of(surname) if one.given and not _clashes(one.offices, offices)]
    if len({_short(one) for one in in_heading}) == 1:
        return max(in_heading, key=lambda one: (len(one.name), len(one.role)))
    people: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in body.of(surname):
        if one.given:
            people[_known_as(_short(one), people)].append(one)
    ranked = sorted(((_score(mentions, offices, place), key) for key, mentions in people.items()), reverse=True)
    if not ranked or ranked[0][0] < (2 if offices <= COURTESY else 1) or (len(ranked) > 1 and ranked[1][0] * 2 > ranked[0][0]):
        return None
    mentions = people[ranked[0][1]]
    return max(mentions, key=lambda one: (len(one.name), len(one.role)))


def _known_as(key: tuple[str, str], people: dict[tuple[str, str], list[Found]]) -> tuple[str, str]:
    """The person with whom a given name is shared but for its end: Steve and Steven."""
    alike = (
        one
        for one in people
        if one[1] == key[1] and min(len(one[0]), len(key[0])) > 2 and (one[0].startswith(key[0]) or key[0].startswith(one[0]))
    )
    return next(alike, key)


def _score(mentions: list[Found], offices: frozenset[str], place: int) -> int:
    """How well the mentions of one person fit a label."""
    named = sum(bool(one.offices & offices) for one in mentions)
    other = any(one.owned or one.offices & _DOCTORS for one in mentions)
    if any(_clashes(one.offices, offices) for one in mentions) or (other and not named and not offices <= COURTESY):
        return 0
    introduced = any(-NEAR // 4 < place - one.start < NEAR for one in mentions)
    return len(mentions) + 4 * named + 3 * introduced + 2 * any(one.role for one in mentions)


def _short(one: Found) -> tuple[str, str]:
    """First given name and surname: with and without the middle initial is one person."""
    return folded(one.given[0]), folded(one.surname)


def _clashes(titles: frozenset[str], offices: frozenset[str]) -> bool:
    """Whether a Mr stands against a Ms, or "First Lady" against "president"."""
    return bool(
        (titles & MALE and offices & FEMALE)
        or (titles & FEMALE and offices & MALE)
        or (titles and ("lady" in titles) != ("lady" in offices))
    )


def _is_given(word: str) -> bool:
    if word.casefold() in _PARTICLES:
        return True
    if (
        _CONTRACTED.search(word)
        or singular(folded(word)) in _NOT_GIVEN
        or not {folded(part) for part in word.split("-")}.isdisjoint(OFFICES)
    ):
        return False
    return word[0].isupper() and folded(word) not in _NOT_GIVEN and not (word.isupper() and len(word) > 2) and not _DESCRIBES.match(word)


def _with_stop(text: str, hit: re.Match[str]) -> str:
    return hit[0] + ("." if len(hit[0]) == 1 and text[hit.end() : hit.end() + 1] == "." else "")


def _titled(word: str) -> str:
    return word.title().replace("’S", "’s") if word.isupper() else word
