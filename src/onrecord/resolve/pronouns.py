"""He, she, it, they -> whom they mean: agreement, recency, and who has just been speaking."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

from onrecord.data import Span, SpeakerType
from onrecord.resolve.clauses import REFLEXIVES, Part
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import Holder
from onrecord.resolve.mentions import OUTLETS, is_person
from onrecord.resolve.names import Name
from onrecord.resolve.offices import named_before
from onrecord.resolve.pronoun_evidence import LOOK_BACK, OWN_VERB, Scene

GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_THING = frozenset(("it", "its", "itself"))
MANY = frozenset(("they", "them", "their", "theirs", "themselves"))
_NEAR = 4  # names that are looked at before a pronoun
_OWNED = re.compile(r"[’']s?((?: [a-z][\w-]*){1,4})")
_NOBODY = float("-inf")
_BODIES = (SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT)
# Log odds that GAP cannot teach, as its texts have no sources: set by hand.
_SAME_GENDER, _LAST_SPEAKER, _SPOKE, _UNNAMED, _NO_PERSON = 1.5, 2.2, 0.8, -2.0, -3.0
_CLOSE = 1.5  # log odds between the first and the second, under which the first is a guess
_ITSELF = 5.0  # "himself" means the subject of its verb, "him" never does
# How a body is chosen for "it": nearness in sentences, and standing first in one.
_OPENS_SENTENCE, _A_SENTENCE = 1.0, -0.7


class Pronouns:
    """Resolves pronouns in the order of the text; told who spoke where."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._spoke: deque[tuple[int, Holder]] = deque(maxlen=8)
        self._told: deque[tuple[int, Holder]] = deque(maxlen=8)
        self._inside = False
        self._parts: dict[int, Part] = {}

    def afresh(self) -> Pronouns:
        """The same, told nothing yet of who spoke."""
        other = Pronouns(self.cast)
        other._parts = self._parts
        return other

    def spoke(self, position: int, holder: Holder, *, told: bool = False) -> None:
        """Note that the holder is the source at this position; `told` where another tells what he says."""
        (self._told if told else self._spoke).append((position, holder))

    def resolve(self, word: str, span: Span, speaking: Holder | None) -> Holder | None:
        """The holder that the pronoun means; None where the word is no pronoun or nobody fits."""
        self._inside = speaking is not None
        if word in GENDERS:
            return self.person(word, span, speaking if self.cast.in_quotation(span.start) else None)
        if word in _THING:
            found = self._thing(span.start)
            if found is None or not self._has_just_spoken(found, span.start):
                self.cast.guess(span.start)
            if found is not None and found.type is SpeakerType.UNKNOWN:
                found.type, found.proved = SpeakerType.ORGANISATION, True
            return found
        return self.many(span.start) if word in MANY else None

    def person(self, word: str, span: Span, barred: Holder | None) -> Holder | None:
        """Whom "he" or "she" in the span means, but for one whom it cannot mean."""
        start = span.start + max(0, span.of(self.cast.text).lower().find(word))
        found = self._person(GENDERS[word], Span(start, start + len(word)), barred)
        if found is not None:
            if self._owns_a_person(found, span.start):
                self.cast.guess(span.start)
            found.type = SpeakerType.PERSON
            found.male += GENDERS[word] == "m"
            found.female += GENDERS[word] == "f"
        return found

    def _owns_a_person(self, holder: Holder, position: int) -> bool:
        """Whether the last name of the holder only tells whose somebody is: "Mara Quill's lawyer left, as she said"."""
        last = next((name for name, one in reversed(self.cast.before(position, _NEAR)) if one is holder), None)
        if last is None or not last.possessive:
            return False
        owned = _OWNED.match(self.cast.text, last.span.end)
        return owned is not None and any(is_person(word) for word in owned[1].split())

    def last_person(self, position: int) -> Holder | None:
        """The person who is being talked about just before the position."""
        self.cast.guess(position)
        return self._person("", Span(position, position), None)

    def last_body(self, position: int, kind: SpeakerType, fits: Callable[[Holder], bool] = lambda _: True) -> Holder | None:
        """The body of this kind that spoke or was named last, of those that fit; a guess where it is named further off than a sentence."""
        found = self._last_body(position, kind, fits)
        if found is None or self.cast.sentence(position) - self.cast.sentence(named_before(found, position)) > 1:
            self.cast.guess(position)
        return found

    def _last_body(self, position: int, kind: SpeakerType, fits: Callable[[Holder], bool]) -> Holder | None:
        for _, holder in reversed(self._spoke):
            if holder.type in (kind, SpeakerType.UNKNOWN) and holder.named and not OUTLETS & set(holder.tokens) and fits(holder):
                return holder
        before, after = self.cast.before(position, LOOK_BACK), self.cast.after(position, LOOK_BACK)
        return self._main_body(before, kind, fits) or self._main_body(after, kind, fits)

    def last_outlet(self, position: int) -> Holder | None:
        """The paper, station or site named last before the position."""
        self.cast.guess(position)
        before = (holder for _, holder in reversed(self.cast.before(position, LOOK_BACK)))
        return next((one for one in before if one.type is not SpeakerType.PERSON and OUTLETS & set(one.tokens)), None)

    def _main_body(self, around: list[tuple[Name, Holder]], kind: SpeakerType, fits: Callable[[Holder], bool]) -> Holder | None:
        counts = {
            id(h): ((h.type is kind, len(h.mentions), h.order), h)
            for _, h in around
            if h.type in (kind, SpeakerType.UNKNOWN) and h.sure and h is not self.cast.publisher and not OUTLETS & set(h.tokens) and fits(h)
        }
        return max(counts.values(), key=lambda one: one[0])[1] if counts else None

    def _person(self, gender: str, span: Span, barred: Holder | None) -> Holder | None:
        """The likeliest person: by what speaks for each in the words around, and by who has spoken last."""
        scene = Scene(self.cast, span, gender, self._speakers_before(span.start), self._parts)
        reflexive = span.of(self.cast.text).casefold() in REFLEXIVES
        best, second, found = (_NOBODY, -1), _NOBODY, None
        for one in scene.candidates():
            own_verb = OWN_VERB in one.cues
            if one.holder is barred or _other_gender(one.holder, gender) or (own_verb and not reflexive):
                continue
            weight = one.score + self._spoken_for(one.holder, span.start) + _ITSELF * (own_verb and reflexive)
            weight += _SAME_GENDER * (gender != "" and _is_certain(one.holder))
            if (weight, one.nearest.start) > best:
                second, best, found = best[0], (weight, one.nearest.start), one.holder
            else:
                second = max(second, weight)
        if best[0] - second < _CLOSE:
            self.cast.guess(span.start)
        return found

    def _speakers_before(self, position: int) -> list[tuple[int, Holder]]:
        spoke = sorted((*self._spoke, *self._told), key=lambda one: one[0]) if self._inside else self._spoke
        return [(start, holder) for start, holder in spoke if start < position and holder.name != "author"]

    def _spoken_for(self, holder: Holder, position: int) -> float:
        """What it weighs that the holder is one of the last sources; where there are any, people are introduced before "he" is said."""
        before = self._speakers_before(position)
        if not before:
            return 0.0
        if holder.type is not SpeakerType.PERSON:
            return _NO_PERSON
        return _UNNAMED * (not holder.named) + (
            _LAST_SPEAKER if before[-1][1] is holder else _SPOKE * any(one is holder for _, one in before)
        )

    def nearness(self, start: int, here: int) -> float:
        """How near a mention is to the sentence number `here`, in sentences; one that opens its sentence is nearer."""
        at = self.cast.sentence(start)
        return _A_SENTENCE * (here - at) + _OPENS_SENTENCE * self.cast.opens(start, at)

    def _thing(self, position: int) -> Holder | None:
        here = self.cast.sentence(position)
        if self._spoke:
            start, holder = self._spoke[-1]
            if holder.type in (*_BODIES, SpeakerType.DOCUMENT) and here - self.cast.sentence(start) <= 3:
                return holder
        near = [
            (name, holder) for name, holder in self.cast.before(position, 12) if holder.type not in (SpeakerType.PERSON,) and holder.sure
        ]
        scored = [(self.nearness(name.span.start, here), name.span.start, holder) for name, holder in near]
        return max(scored, key=lambda one: one[:2])[2] if scored else None

    def _has_just_spoken(self, holder: Holder, position: int) -> bool:
        """Whether the holder spoke last, and its name opens the sentence before."""
        at = named_before(holder, position)
        here = self.cast.sentence(at)
        near = at >= 0 and self.cast.opens(at, here) and self.cast.sentence(position) - here == 1
        return near and bool(self._spoke) and self._spoke[-1][1] is holder

    def many(self, position: int) -> Holder | None:
        """Those who spoke last, of several; else the body that the sentence names ("I rang Brask Works and they said ...")."""
        self.cast.guess(position)
        found = self.spoke_as_many(position)
        if found:
            return found[1]
        here = self.cast.sentence(position)
        named = [(name, holder) for name, holder in self.cast.before(position, 6) if self.cast.sentence(name.span.start) == here]
        return next((holder for _, holder in reversed(named) if holder.type in (*_BODIES, SpeakerType.UNKNOWN) and holder.sure), None)

    def spoke_as_many(self, position: int) -> tuple[int, Holder] | None:
        """The last source before the position that "they" may mean, and where it stands."""
        spoke = sorted((*self._spoke, *self._told), key=lambda one: one[0]) if self._inside else self._spoke
        several = [one for one in spoke if one[0] < position and one[1].type in (SpeakerType.GROUP, *_BODIES, SpeakerType.DOCUMENT)]
        return several[-1] if several else None


def _is_certain(holder: Holder) -> bool:
    """Whether more than one word of the text tells the holder's gender."""
    return abs(holder.male - holder.female) > 1


def _other_gender(holder: Holder, gender: str) -> bool:
    return bool(gender) and _is_certain(holder) and holder.gender != gender
