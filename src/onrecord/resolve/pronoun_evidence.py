"""What speaks for and against each person whom a pronoun may mean: agreement, distance, and the parts both have in their clauses.

The cues are those of Lappin and Leass (1994) and of Webster et al. (2018): parallel parts, subjects first, the nearest, the one
named most, and that an object is not the subject of its own clause. What each cue weighs was learnt by `train/pronouns.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from onrecord.data import Span, SpeakerType
from onrecord.resolve.clauses import Part, boundaries, only_a_verb, part_of_name, part_of_pronoun
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import Holder
from onrecord.resolve.mentions import NO_SURNAMES, head, is_person, singular
from onrecord.resolve.names import Name

LOOK_BACK = 40
OWN_VERB = "object for the subject of its own verb"
_LOOK_AHEAD = 6
_FAR, _MANY, _OFTEN = 3, 4, 5
_OPENING = 40
_OWNED = re.compile(r" (?:[a-z][\w’-]* ){0,3}[a-z][\w’-]*,? ")
_LONGEST_TURN, _SOURCE = 2000, 60


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """What each cue weighs, in log odds; a cue that is not listed weighs nothing."""
    lines = (resources.files("onrecord.resolve") / "lexicon/pronoun_weights.tsv").read_text(encoding="utf8").splitlines()
    return {cue: float(weight) for cue, weight in (line.split("\t") for line in lines if line and not line.startswith("#"))}


@dataclass(frozen=True, slots=True)
class Mention:
    """A place near the pronoun where somebody is named or speaks: text[start:end], and the part that it plays in its clause."""

    start: int
    end: int
    holder: Holder
    part: Part
    quoted: bool = False


@dataclass(slots=True)
class Candidate:
    """A person whom the pronoun may mean, with the mention nearest to it and how many others are mentioned in between."""

    holder: Holder
    nearest: Mention
    others: int
    cues: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        """How much the cues weigh together, in log odds."""
        known = weights()
        return sum(known.get(cue, 0.0) for cue in self.cues)


class Scene:
    """Who is mentioned around one pronoun; `spoken` are the places of sources, `parts` what is known already of the parts of names."""

    def __init__(
        self,
        cast: Cast,
        span: Span,
        gender: str = "",
        spoken: Iterable[tuple[int, Holder]] = (),
        parts: dict[int, Part] | None = None,
    ) -> None:
        self.cast, self.span, self.gender = cast, span, gender
        self._parts = {} if parts is None else parts
        self.part = part_of_pronoun(cast.text, span.start, span.end)
        self.sentence = cast.sentence(span.start)
        self.start = cast.sentences[self.sentence].start if cast.sentences else 0
        self.quoted = cast.in_quotation(span.start)
        self._label = self._whose_turn()
        self._spoken = [one for one in spoken if one[0] < span.start and may_be_person(one[1])]
        self._sources: dict[int, list[int]] = {}
        for at, holder in self._spoken:
            self._sources.setdefault(id(holder), []).append(at)
        mentions = sorted((*self._named(), *self._speaking()), key=lambda one: -one.start)
        self._before = sorted(mentions, key=lambda one: one.quoted and not self.quoted)
        self._subject_here, self._subject_before = self._subjects()

    def candidates(self) -> list[Candidate]:
        """Everyone mentioned before the pronoun, and whoever is named only after it in its sentence, with the cues for each."""
        found: dict[int, Candidate] = {}
        for mention in self._before:
            if id(mention.holder) not in found:
                found[id(mention.holder)] = Candidate(mention.holder, mention, len(found))
        earlier = len(found)
        for mention in self._after():
            if id(mention.holder) not in found:
                found[id(mention.holder)] = Candidate(mention.holder, mention, len(found) - earlier)
        for one in found.values():
            one.cues = list(self._cues(one))
        return list(found.values())

    def _whose_turn(self) -> Holder | None:
        """The holder whose label opens the line of the pronoun, as in a transcript: nobody calls himself "he"."""
        line = self.cast.text.rfind("\n", max(0, self.span.start - _LONGEST_TURN), self.span.start) + 1
        labels = self.cast.between(line, line + _OPENING)
        return labels[0][1] if labels and self.cast.text.startswith(":", labels[0][0].span.end) else None

    def _named(self) -> Iterator[Mention]:
        for name, holder in self.cast.before(self.span.start, LOOK_BACK):
            if may_be_person(holder) and holder is not self._label:
                yield self._mention(name, holder)

    def _speaking(self) -> Iterator[Mention]:
        """A source is the subject of its clause."""
        for start, holder in self._spoken:
            if holder is not self._label:
                yield Mention(start, start, holder, Part.SUBJECT)

    def _after(self) -> Iterator[Mention]:
        owned: Holder | None = None
        for name, holder in self.cast.after(self.span.end, _LOOK_AHEAD):
            if self.cast.sentence(name.span.start) != self.sentence:
                return
            owned = holder if self._owns(name) else owned
            if may_be_person(holder) and holder is not owned:
                yield self._mention(name, holder)

    def _owns(self, name: Name) -> bool:
        """Whether the pronoun tells whose the named one is: "her daughter Ida", "his lawyer, Otto Brandt"."""
        between = self.cast.text[self.span.end : name.span.start]
        return self.part is Part.OWNER and _OWNED.fullmatch(between) is not None and is_person(singular(head(between)))

    def _mention(self, name: Name, holder: Holder) -> Mention:
        start = name.outer
        speaks = any(0 <= start - at < _SOURCE for at in self._sources.get(id(holder), ()))
        part = Part.SUBJECT if speaks else self._part(name)
        return Mention(start, name.span.end, holder, part, self.cast.in_quotation(name.span.start))

    def _part(self, name: Name) -> Part:
        """The part of a name in its clause, read once."""
        start = name.span.start
        if start not in self._parts:
            self._parts[start] = part_of_name(self.cast.text, name.outer, name.span.end, possessive=name.possessive)
        return self._parts[start]

    def _subjects(self) -> tuple[Holder | None, Holder | None]:
        """Who is the last subject before the pronoun in its sentence, and the first subject of the sentence before."""
        here, earlier = None, None
        for mention in self._before:
            if mention.part is Part.SUBJECT and (self.quoted or not mention.quoted):
                at = self.cast.sentence(mention.start)
                here = here or (mention.holder if at == self.sentence else None)
                earlier = mention.holder if at == self.sentence - 1 else earlier
        return here, earlier

    def _cues(self, one: Candidate) -> Iterator[str]:
        near, holder = one.nearest, one.holder
        yield from self._cues_after(one) if near.start > self.span.start else self._cues_before(one)
        yield f"named {min(len(holder.mentions), _OFTEN)} times in all"
        if holder.type is not SpeakerType.PERSON:
            yield f"may be no person: {holder.type}"
        if not holder.sure:
            yield "may be no name"
        if self.gender and holder.gender:
            yield "of this gender" if holder.gender == self.gender else "of another gender, perhaps"
        if near.quoted and not self.quoted:
            yield "named in a quotation only"

    def _cues_before(self, one: Candidate) -> Iterator[str]:
        near = one.nearest
        away = min(self.sentence - self.cast.sentence(near.start), _FAR)
        yield f"{away} sentences back"
        yield f"{min(one.others, _MANY)} others nearer"
        yield f"{self.part} for {near.part}, {('here', 'one back')[away] if away < 2 else 'further back'}"
        if near.holder is self._subject_here:
            yield f"{self.part} for the last subject here"
        elif self._subject_here is None and near.holder is self._subject_before:
            yield f"{self.part} for the first subject one back"
        if away == 0:
            yield f"{self.part} for {near.part}, {min(boundaries(self.cast.text, near.end, self.span.start), _FAR)} clauses between"
            if self.part is Part.OBJECT and near.part is Part.SUBJECT and only_a_verb(self.cast.text, near.end, self.span.start):
                yield OWN_VERB
        if self.cast.text[max(0, near.start - 1) : near.start] == "(":
            yield "named in brackets"

    def _cues_after(self, one: Candidate) -> Iterator[str]:
        near = one.nearest
        crossed = min(boundaries(self.cast.text, self.span.end, near.start), 2)
        where = "opening" if self.span.start - self.start < _OPENING else "later"
        yield f"named after, {min(one.others, 2)} others nearer"
        yield f"named after, {self.part} for {near.part}, {where}"
        yield f"named after, {crossed} clauses between, {where}"


def may_be_person(holder: Holder) -> bool:
    """Whether "he" or "she" may mean the holder: nobody whose name ends as that of a thing does, "Lamp Convention"."""
    if not holder.proved and len(holder.tokens) > 1 and holder.tokens[-1] in NO_SURNAMES:
        return False
    return holder.type in (SpeakerType.PERSON, SpeakerType.UNKNOWN) or (holder.type is SpeakerType.ORGANISATION and not holder.proved)
