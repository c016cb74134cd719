"""Labels of a transcript -> who speaks: "MS. PSAKI" is Jen Psaki, "THE PRESIDENT" the president of the heading, "Q" nobody named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from onrecord.annotate.layout import unwrapped
from onrecord.annotate.turn_labels import OFFICES, Form, Label
from onrecord.annotate.turns import Turn, transcript
from onrecord.data import Document, Span, SpeakerType
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import Holder, one_letter_away
from onrecord.resolve.mentions import FEMALE, GROUPS, KEPT_TITLES, MALE, ROLES, TITLES
from onrecord.resolve.names import names
from onrecord.resolve.turn_names import COURTESY, Found, Mentions, folded, full_name

_PREAMBLE = 1500
_PARTNERS = 4  # turns to each side in which the other speaks
_LEADS = frozenset(
    (
        "the",
        "acting",
        "former",
        "first",
        "second",
        "u.s",
        "us",
        "national",
        "attorney",
        "surgeon",
        "lieutenant",
        "deputy",
        "vice",
        "house",
        "white",
        "senior",
        "military",
        "unidentified",
    )
)
_OFFICE = (TITLES | ROLES | OFFICES | _LEADS | {"lady", "gentleman", "members", "participants", "officials", "reporters", "aides"}) - {
    "mark",
    "may",
}
_MANY = frozenset(("audience", "participants", "members", "crowd", "reporters", "officials", "aides", "students"))
_HIGHEST = frozenset(("president", "secretary", "chairman", "speaker", "mayor", "governor", "ambassador", "minister", "justice"))
_ANSWERING = re.compile(
    r"\b(?:interview (?:with|of)|conversation with|sp(?:oke|eaks) (?:to|with)|talk(?:s|ed)? (?:to|with)|q ?& ?a with|met|answers)\b",
    re.IGNORECASE,
)


class Voices:
    """The speakers of one transcript, by where their labels stand."""

    def __init__(self, document: Document, cast: Cast) -> None:
        text = unwrapped(document.text)
        turns = transcript(text, document.title)
        self.cast = cast
        self._turns, self._turn_starts = turns, [turn.label.name.start for turn in turns]
        self._labels = {turn.label.name: turn.label for turn in turns}
        self._holders: dict[str, Holder | None] = {}
        self._starts: dict[str, int] = {}
        for turn in turns:
            self._starts.setdefault(turn.label.key, turn.label.name.start)
        if turns:
            start = turns[0].label.name.start
            heading = f"{document.title or ''}\n\n{text[max(0, start - _PREAMBLE) : start]}"
            self._heading = Mentions("\n".join(line.title() if line.isupper() else line for line in heading.split("\n")))
            self._body = Mentions(_without_labels(text, turns))
            self._surnames = Counter(folded(_split(label)[1][-1]) for label in self._labels.values() if _split(label)[1])

    def holder(self, source: Span) -> Holder | None:
        """Who speaks under this label; None where it is no label of this transcript, or one that the names of the text explain."""
        label = self._labels.get(source)
        if label is None:
            return None
        if label.key not in self._holders:
            self._holders[label.key] = self._resolved(label)
        return self._holders[label.key]

    def partner(self, position: int) -> Span | None:
        """The label of the one spoken to in the turn at the position: who spoke before with another label, else who does next."""
        at = bisect_right(self._turn_starts, position) - 1
        if at < 0:
            return None
        mine = self._turns[at].label.key
        others = (*reversed(self._turns[max(0, at - _PARTNERS) : at]), *self._turns[at + 1 : at + _PARTNERS])
        return next((turn.label.name for turn in others if turn.label.key != mine), None)

    def _resolved(self, label: Label) -> Holder | None:
        if label.form is Form.LETTER:
            return self._answering() if label.key in ("a", "answer") else self.cast.unnamed(None, SpeakerType.UNKNOWN)
        offices, surname = _split(label)
        if not surname and len(offices) > 1 and offices[0] in TITLES and any(one.given for one in self._heading.of(offices[-1:])):
            offices, surname = offices[:-1], (offices[-1],)
        if not surname:
            return self._of_office(label, offices)
        if not offices and label.form is not Form.CAPITALS:
            return None
        found = full_name(surname, frozenset(offices), self._heading, self._body, self._starts[label.key])
        if found is None and (near := self._misspelt(surname)):
            return near
        if found is None and not offices:
            return None
        return self._person(found, surname, offices)

    def _person(self, found: Found | None, surname: tuple[str, ...], offices: tuple[str, ...]) -> Holder:
        """The holder of a full name, or of a surname alone where the document gives no more."""
        last = found.surname if found and not found.surname.isupper() else self._body.spelt(surname)
        kept = next((word.title() for word in offices if word in KEPT_TITLES), "") if found is None else ""
        name = " ".join(word for word in (kept, *(found.given if found else ()), last, found.suffix if found else "") if word)
        holder = self.cast.called(tuple(name.split()), len(self.cast.text)) or self.cast.called((surname[-1],), len(self.cast.text))
        mine = {folded(word) for word in name.split()}
        if holder is None or not {folded(word) for word in holder.tokens} <= mine | {folded(surname[-1])}:
            holder = Holder(name, SpeakerType.PERSON)
        holder.name, holder.type, holder.sure, holder.named = name, SpeakerType.PERSON, True, True
        role = (found.role if found else "") or " ".join(word.title() for word in offices if word not in COURTESY and word != "the")
        if role and folded(role.split()[-1]) not in COURTESY:
            holder.roles.insert(0, role)
        holder.male += 9 * bool(MALE & set(offices))
        holder.female += 9 * bool(FEMALE & set(offices))
        return holder

    def _of_office(self, label: Label, offices: tuple[str, ...]) -> Holder:
        """ "THE PRESIDENT": the one whom the heading names with that office, else the text; a role without a name keeps its words."""
        words = tuple(word for word in offices if word not in ("the", "mr", "madam", "ms", "unidentified"))
        if label.key.startswith(("the ", "mr", "madam")) and words:
            surname = self._named_with(words)
            if surname:
                found = full_name(surname[-1:], frozenset(words), self._heading, self._body, self._starts[label.key])
                if found is None and len(surname) > 1:
                    found = Found(surname[:-1], surname[-1], "", 0)
                return self._person(found, surname[-1:], words)
        name = _own_words(label.words)
        kind = SpeakerType.GROUP if folded(name.split()[-1]) in _MANY | GROUPS else SpeakerType.PERSON
        return self.cast.unnamed(name, kind)

    def _named_with(self, office: tuple[str, ...]) -> tuple[str, ...]:
        """Whom the heading calls by this office first, but for those who have labels of their own; else whom the text does, mostly."""
        unless = frozenset(("vice", "deputy", "former", "late", "prime")) - {office[0]}
        named = [name for name in self._heading.after(office, unless=unless) if not self._has_label(name)]
        if named:
            return named[0]
        counts = Counter(name[-1] for name in self._body.after(office, unless=unless) if not self._has_label(name))
        (best, number), *_ = counts.most_common(1) or [("", 0)]
        return (best,) if number > 1 and number >= 0.6 * sum(counts.values()) else ()

    def _has_label(self, name: tuple[str, ...]) -> bool:
        return any(folded(word) in self._surnames for word in name)

    def _misspelt(self, surname: tuple[str, ...]) -> Holder | None:
        """The speaker of another label, one letter away: "MS. DALOTON" among many a "MS. DALTON"."""
        low = folded(surname[-1])
        near = [
            other
            for other in self._labels.values()
            if (mine := _split(other)[1]) and len(low) > 4 and one_letter_away(low, folded(mine[-1]))
        ]
        keys = {other.key for other in near if self._surnames[folded(_split(other)[1][-1])] > self._surnames[low]}
        return self.holder(next(other.name for other in near if other.key in keys)) if len(keys) == 1 else None

    def _answering(self) -> Holder:
        """Who gives the answers of a Q and A: the one with whom the heading says it was held."""
        for hit in _ANSWERING.finditer(self._heading.text):
            people = [name for name in names(self._heading.text[hit.end() : hit.end() + 120]) if name.kind is SpeakerType.PERSON]
            if people and len(people[0].words) > 1:
                found = Found(people[0].words[:-1], people[0].words[-1], people[0].role, 0)
                return self._person(found, people[0].words[-1:], ())
        answering = self._introduced()
        return answering or self.cast.unnamed(None, SpeakerType.UNKNOWN)

    def _introduced(self) -> Holder | None:
        """The person whom the words before the first question name most."""
        people = [h for _, h in self.cast.between(0, min(self._starts.values())) if h.type is SpeakerType.PERSON and len(h.tokens) > 1]
        ((best, number), *rest) = Counter(map(id, people)).most_common(2) or [(0, 0)]
        return next((h for h in people if id(h) == best), None) if number and (not rest or number > rest[0][1]) else None


def _split(label: Label) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A label as its offices, in small letters, and its surname: "PRIME MINISTER AL-KADHIMI"."""
    words = [word.strip(".,#") for word in label.words.partition(",")[0].replace("\u00a0", " ").split()]
    words = [word for word in words if word and not word.isdigit()]
    low = [word.casefold() for word in words]
    cut = 0
    while cut < len(words) and all(part in _OFFICE for part in low[cut].split("-")):
        cut += 1
    if cut == len(words) and len(words) == 2 and low[0] in COURTESY and low[1] not in _HIGHEST:
        cut = 1
    if cut < len(words) and low[-1] in _OFFICE | _MANY and low[0] not in COURTESY:
        cut = len(words)
    return tuple(low[:cut]), tuple(words[cut:])


def _without_labels(text: str, turns: tuple[Turn, ...]) -> str:
    """The text with blanks for its labels, so that a label is no mention of a name."""
    pieces, at = [], 0
    for turn in turns:
        pieces += [text[at : turn.label.name.start], "|" * (turn.label.name.end - turn.label.name.start)]
        at = turn.label.name.end
    return "".join(pieces) + text[at:]


def _own_words(words: str) -> str:
    """A role as a name, without article: letters that no word explains stay capitals."""
    bare = [word.strip(".,") for word in words.replace("\u00a0", " ").split()]
    bare = bare[1:] if bare[:1] and bare[0].casefold() in ("the", "a", "an") and len(bare) > 1 else bare
    return " ".join(
        word if len(word) < 4 and word.casefold() not in _OFFICE | {"one", "two", "of", "man", "boy"} else word.casefold() for word in bare
    )
