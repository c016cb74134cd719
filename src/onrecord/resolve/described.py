"""Whom a word without a noun means that follows a description: "they" after "two officials", "one of them", "she" after "my daughter"."""

from __future__ import annotations

import re

from onrecord.data import Span, SpeakerType
from onrecord.resolve.coreference import Cast
from onrecord.resolve.holders import Holder
from onrecord.resolve.mentions import core, singular, without_article
from onrecord.resolve.nominals import nominals
from onrecord.resolve.pronouns import GENDERS, Pronouns

_SPOKE = 1.0  # in sentences: how much nearer those are who have just spoken
_LATELY = 3  # sentences in which "one of them" finds those who spoke
_SOME_OF = re.compile(
    r"(?P<how>(?:one|two|three|four|some|many|most|several|both|none|neither|another|either|a few|all) of) (?:them|these|those)$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"(?:the other|another|one|the others|others|the first|the second|the third)$", re.IGNORECASE)
_COUNTED = re.compile(r"(?:(?:\w+ of|two|three|four|five|six|several|some|many|most|both|all|\d+) )(?:the )?", re.IGNORECASE)
_ALONE = ("one", "another", "either", "neither")


def person_described(cast: Cast, word: str, span: Span) -> Span | None:
    """Where in the same quotation somebody unnamed is described whom "he" or "she" means, nearer than any name."""
    if word not in GENDERS or not cast.in_quotation(span.start):
        return None
    start = cast.quotation(span.start).start
    people = (one for one in nominals(cast.text, start, span.start) if one.type is SpeakerType.PERSON and not one.many)
    near = [one.span for one in people if one.gender in ("", GENDERS[word])]
    named = [name.span.start for name, holder in cast.between(start, span.start) if holder.type is SpeakerType.PERSON]
    return near[-1] if near and not (named and named[-1] > near[-1].start) else None


def several_described(cast: Cast, pronouns: Pronouns, span: Span) -> Span | None:
    """Where several are described whom "they" means, nearer than those who spoke last; what opens its sentence counts as nearer."""
    here = cast.sentence(span.start)
    start = cast.sentences[max(0, here - 1)].start if cast.sentences else 0
    quoted = cast.in_quotation(span.start)
    near = [one.span for one in nominals(cast.text, start, span.start) if one.many and (quoted or not cast.in_quotation(one.span.start))]
    best = max(near, key=lambda one: pronouns.nearness(one.start, here), default=None)
    spoke = pronouns.spoke_as_many(span.start)
    if best is not None and spoke and pronouns.nearness(spoke[0], here) + _SPOKE >= pronouns.nearness(best.start, here):
        return None
    return best


def spoke_lately(cast: Cast, pronouns: Pronouns, span: Span) -> Holder | None:
    """The unnamed people who spoke last, if that was in this sentence or one of the two before."""
    spoke = pronouns.spoke_as_many(span.start)
    if spoke is None or cast.sentence(span.start) - cast.sentence(spoke[0]) >= _LATELY:
        return None
    return spoke[1] if spoke[1].type is SpeakerType.GROUP and not spoke[1].named else None


def part_of(words: str, those: Holder) -> tuple[str, SpeakerType] | None:
    """Some of those who spoke: "one of them" of "two of the mayor's aides" is "one of mayor's aides". None for other words."""
    whole = _COUNTED.sub("", those.name or "", count=1)
    if some := _SOME_OF.match(words):
        alone = some["how"].casefold().startswith(_ALONE)
        return f"{some['how']} {whole}", SpeakerType.PERSON if alone else SpeakerType.GROUP
    if not _ANOTHER.match(words):
        return None
    noun = next(iter(core(whole).split()[-1:]), "")
    if words.casefold().endswith("others"):
        return f"{without_article(words)} {noun}".strip(), SpeakerType.GROUP
    return f"{without_article(words)} {singular(noun)}".strip(), SpeakerType.PERSON
