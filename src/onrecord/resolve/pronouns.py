"""He, she, it, they -> whom they mean: agreement, recency, and who has just been speaking."""

from __future__ import annotations

from collections import deque

from onrecord.data import Span, SpeakerType
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import Holder
from onrecord.resolve.mentions import OUTLETS
from onrecord.resolve.names import Name

_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_THING = frozenset(("it", "its", "itself"))
_MANY = frozenset(("they", "them", "their", "theirs", "themselves"))
_BODIES = (SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT)
_LOOK_BACK = 40
_UNNAMED = -0.5
_SAME_GENDER, _LAST_SPEAKER, _OPENS_SENTENCE, _OWNS, _QUOTED, _UNSURE, _A_SENTENCE = 2.0, 1.6, 1.0, -0.5, -1.0, -1.5, -0.7


class Pronouns:
    """Resolves pronouns in the order of the text; told who spoke where."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._spoke: deque[tuple[int, Holder]] = deque(maxlen=8)

    def spoke(self, position: int, holder: Holder) -> None:
        """Note that the holder is the source at this position."""
        self._spoke.append((position, holder))

    def resolve(self, word: str, span: Span, speaking: Holder | None) -> Holder | None:
        """The holder that the pronoun means; None where the word is no pronoun or nobody fits."""
        if word in _GENDER:
            found = self._person(_GENDER[word], span.start, speaking)
            if found is not None and found.type is SpeakerType.PERSON:
                found.male += _GENDER[word] == "m"
                found.female += _GENDER[word] == "f"
            return found
        if word in _THING:
            return self._thing(span.start)
        return self._many() if word in _MANY else None

    def last_person(self, position: int) -> Holder | None:
        """The person who is being talked about just before the position."""
        return self._person("", position, None)

    def last_body(self, position: int, kind: SpeakerType) -> Holder | None:
        """The body of this kind that spoke or was named last."""
        for _, holder in reversed(self._spoke):
            if holder.type in (kind, SpeakerType.UNKNOWN) and holder.named and not OUTLETS & set(holder.tokens):
                return holder
        return self._main_body(self.cast.before(position, _LOOK_BACK), kind) or self._main_body(self.cast.after(position, _LOOK_BACK), kind)

    def _main_body(self, around: list[tuple[Name, Holder]], kind: SpeakerType) -> Holder | None:
        counts = {
            id(h): ((h.type is kind, len(h.mentions), h.order), h)
            for _, h in around
            if h.type in (kind, SpeakerType.UNKNOWN) and h.sure and h is not self.cast.publisher and not OUTLETS & set(h.tokens)
        }
        return max(counts.values(), key=lambda one: one[0])[1] if counts else None

    def _person(self, gender: str, position: int, speaking: Holder | None) -> Holder | None:
        scores: dict[int, tuple[float, int, Holder]] = {}
        here = self.cast.sentence(position)
        quoted = self.cast.in_quotation(position)
        for name, holder in self.cast.before(position, _LOOK_BACK):
            if holder.type is SpeakerType.PERSON:
                score = self._score(name.span.start, here, opens=not name.possessive)
                score += (
                    _OWNS * name.possessive
                    + _QUOTED * (self.cast.in_quotation(name.span.start) and not quoted)
                    + _UNSURE * (not holder.sure)
                )
                _keep(scores, score, name.span.start, holder)
        for back, (start, holder) in enumerate(reversed(self._spoke)):
            if holder.type is SpeakerType.PERSON and start < position and holder.name != "author":
                _keep(
                    scores,
                    self._score(start, here, opens=True) + (_LAST_SPEAKER if back == 0 else 0.3) + _UNNAMED * (not holder.named),
                    start,
                    holder,
                )
        best = None
        for score, start, holder in scores.values():
            certain = abs(holder.male - holder.female) > 1
            if (gender and certain and holder.gender != gender) or (quoted and holder is speaking):
                continue
            total = score + (_SAME_GENDER if certain else 1.0) * (
                bool(holder.gender == gender) - bool(holder.gender not in ("", gender))
            ) * bool(gender)
            if best is None or (total, start) > best[:2]:
                best = (total, start, holder)
        return best[2] if best else None

    def _score(self, start: int, here: int, *, opens: bool) -> float:
        at = self.cast.sentence(start)
        return _A_SENTENCE * (here - at) + _OPENS_SENTENCE * (opens and self.cast.opens(start, at))

    def _thing(self, position: int) -> Holder | None:
        here = self.cast.sentence(position)
        if self._spoke:
            start, holder = self._spoke[-1]
            if holder.type in (*_BODIES, SpeakerType.DOCUMENT) and here - self.cast.sentence(start) <= 3:
                return holder
        near = [
            (name, holder) for name, holder in self.cast.before(position, 12) if holder.type not in (SpeakerType.PERSON,) and holder.sure
        ]
        scored = [(self._score(name.span.start, here, opens=True), name.span.start, holder) for name, holder in near]
        return max(scored, key=lambda one: one[:2])[2] if scored else None

    def _many(self) -> Holder | None:
        for _, holder in reversed(self._spoke):
            if holder.type in (SpeakerType.GROUP, *_BODIES, SpeakerType.DOCUMENT):
                return holder
        return None


def _keep(scores: dict[int, tuple[float, int, Holder]], score: float, start: int, holder: Holder) -> None:
    old = scores.get(id(holder))
    if old is None or score > old[0]:
        scores[id(holder)] = (score, start, holder)
