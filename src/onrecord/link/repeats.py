"""The same speaker's same utterance, told twice in one document.

News tells an utterance again in three ways: the headline, then the lede; reported, then quoted; and quoted words used again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.data import Basis, Link, LinkType, QuoteType, SpeakerType, Stance, Variant
from onrecord.link.lexicons import phrases
from onrecord.link.matter import Matter, Matters
from onrecord.link.wording import quoted_again

_REACH = 12
_LEDE = 4
_FIRM = frozenset({Stance.DENIES, Stance.LEAVES_OPEN, Stance.REFUSES, Stance.THREATENS})
_TAKEN = _FIRM | {Stance.SUPPORTS, Stance.COMMITS}
_ATTACHED = re.compile(r"\b(?:his|her|its|their|our|spokes\w+)\b", re.IGNORECASE)
_OPPOSED = frozenset({frozenset({Stance.REFUSES, Stance.LEAVES_OPEN}), frozenset({Stance.REFUSES, Stance.COMMITS})})


def repeats(matters: Matters) -> Iterator[Link]:
    """Repeats inside one document; `from` stands later in the text."""
    pairs = {(a.id, b.id): (a, b) for a, b in matters.candidates(_REACH)}
    pairs |= {(a.id, b.id): (a, b) for b in matters.all for a in matters.before(b, 2)}
    headlines: dict[str, tuple[float, Link]] = {}
    for earlier, later in pairs.values():
        if earlier.only_names or later.only_names or matters.related(earlier, later) or not _one_holder(matters, earlier, later):
            continue
        again = _quoted_again(earlier, later) or _quoted_after(matters, earlier, later)
        found = again or _told_again(matters, earlier, later)
        if found is None:
            continue
        variant, probability, why = found
        link = Link(LinkType.REPEATS, later.id, earlier.id, Basis.INFERRED, probability, variant, (), why)
        if again or not earlier.headline:
            yield link
            continue
        score = matters.likeness(earlier, later) - 0.1 * (matters.rank[later.id] - matters.rank[earlier.id])
        if earlier.id not in headlines or score > headlines[earlier.id][0]:
            headlines[earlier.id] = score, link
    yield from (link for _, link in headlines.values())


_Found = tuple[Variant, float, str]


def _one_holder(matters: Matters, earlier: Matter, later: Matter) -> bool:
    if earlier.holder is not None and earlier.holder == later.holder:
        return True
    if earlier.headline:
        return _unnamed_in_headline(earlier, later)
    return _speaks_for(matters, earlier, later)


def _unnamed_in_headline(earlier: Matter, later: Matter) -> bool:
    """Headlines name by role ("officials say"): so the fuller name in the text must not be another's."""
    if earlier.statement.speaker.key is not None and later.statement.speaker.key is not None:
        return False
    if earlier.statement.speaker.type is SpeakerType.GROUP and later.statement.speaker.type is SpeakerType.PERSON:
        return False
    names = [set((m.statement.speaker.name or "").casefold().split()) for m in (earlier, later)]
    return earlier.statement.speaker.key is None or bool(names[0] & names[1])


def _speaks_for(matters: Matters, earlier: Matter, later: Matter) -> bool:
    """Whether a denial ("the firm disputes that") is followed at once by the words of one of the denier's people."""
    source = " ".join(span.of(matters.text) for span in later.statement.attribution.source)
    near = 0 <= later.sentence - earlier.last_sentence <= 1
    return near and _denies(earlier) and _ATTACHED.search(source) is not None and (_answers_only(earlier) or _denies(later))


def _answers_only(matter: Matter) -> bool:
    return len(matter.words.split()) <= 4 and len(matter.stems) <= 1 and phrases("cues", "refers").search(matter.words) is not None


def _denies(matter: Matter) -> bool:
    return matter.statement.reading.stance is Stance.DENIES


def _quoted_again(earlier: Matter, later: Matter) -> _Found | None:
    """Quoted words of one that stand in a quotation of the other."""
    variant = quoted_again(earlier.quotes, later.quotes, altered=earlier.negated == later.negated)
    return None if variant is None else (variant, *_QUOTED[variant])


_QUOTED = {
    Variant.IDENTICAL: (0.9, "The same speaker's same quoted words stand in both."),
    Variant.CUT: (0.85, "The quoted words of one are a part of the other's quotation."),
    Variant.ALTERED: (0.7, "Both are shown as quotations of one speaker and differ in few words."),
}


def _quoted_after(matters: Matters, earlier: Matter, later: Matter) -> _Found | None:
    """Reported, then quoted: an indirect statement whose own words follow at once."""
    if earlier.headline or earlier.statement.quote_type is not QuoteType.INDIRECT or later.statement.quote_type is QuoteType.INDIRECT:
        return None
    near = matters.rank[later.id] - matters.rank[earlier.id] == 1 and 0 <= later.sentence - earlier.last_sentence <= 1
    if not near:
        return None
    same_stance = earlier.statement.reading.stance is later.statement.reading.stance
    likeness = matters.likeness(earlier, later)
    if _answers_only(earlier) and (_denies(earlier) or (same_stance and earlier.statement.reading.stance in _TAKEN)):
        return Variant.PARAPHRASE, 0.75, "A short answer is reported and its words follow."
    if same_stance and earlier.statement.reading.stance in _FIRM:
        return Variant.PARAPHRASE, 0.75, "Reported, then quoted: the same speaker takes the same position in the next words."
    if same_stance and likeness >= 0.3 and later.direct:
        return Variant.PARAPHRASE, 0.6, "Reported, then quoted: the next words of the same speaker share its matter."
    return None


def _told_again(matters: Matters, earlier: Matter, later: Matter) -> _Found | None:
    """The headline told again in the text, or one matter told twice."""
    shared = earlier.stems & later.stems
    if not shared or _at_odds(earlier, later) or Stance.ASKS in {m.statement.reading.stance for m in (earlier, later)}:
        return None
    likeness = matters.likeness(earlier, later)
    named = earlier.holder is not None and earlier.holder == later.holder
    if earlier.headline and not later.headline:
        lede = matters.rank[later.id] - matters.rank[earlier.id] <= _LEDE
        named = named or _same_words(earlier, later)
        needed = (0.3 if lede else 0.5) if named else (0.45 if lede else 0.75)
        same_stance = earlier.statement.reading.stance is later.statement.reading.stance
        if likeness >= needed and (len(shared) > (1 if lede else 2) or (named and lede and same_stance)):
            return Variant.PARAPHRASE, 0.8 if lede and named else 0.65, "The headline and the text tell the same speaker's same matter."
        return None
    if not named or later.headline or len(shared) < 2 or (later.direct and earlier.direct):
        return None
    same_stance = earlier.statement.reading.stance is later.statement.reading.stance
    if likeness >= 0.55 and same_stance and earlier.figures & later.figures == earlier.figures | later.figures:
        return Variant.PARAPHRASE, 0.6, f"The same speaker says the same of the same matter ({', '.join(sorted(shared)[:3])})."
    return None


def _same_words(earlier: Matter, later: Matter) -> bool:
    """Whether an unnamed holder of the headline ("officials") is among the words that name the later one."""
    first, second = ((m.statement.speaker.name or "").casefold().split() for m in (earlier, later))
    return bool(first) and set(first) <= set(second)


def _at_odds(earlier: Matter, later: Matter) -> bool:
    """Whether stance, day or figures keep two tellings apart."""
    days = [s.said_on.value[:10] for s in (earlier.statement, later.statement) if s.said_on is not None]
    if len(days) == 2 and not (days[0].startswith(days[1]) or days[1].startswith(days[0])):
        return True
    if earlier.figures and later.figures and not earlier.figures & later.figures:
        return True
    stances = frozenset({earlier.statement.reading.stance, later.statement.reading.stance})
    return stances in _OPPOSED
