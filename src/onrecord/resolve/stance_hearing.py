"""What the lexicon hears in an attribution: clues in cue and content, each a stance with a weight, read with their negation.

The stance with the most weight is its word, of equals the first in the order of the labels. A plain "said" gives no clue; "vowed" or
"denied" give a strong one; "has not ruled out" keeps a course open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.data import Attribution, Stance
from onrecord.resolve.conditions import conditions
from onrecord.resolve.negation import negator_of_cue
from onrecord.resolve.stance_content import Clue, Telling, clues, ends_in_question
from onrecord.resolve.stance_lexicon import Weight, lexicon
from onrecord.resolve.words import Words

_PLAIN = 1.1
_CUE_WEIGHTS = {Weight.STRONG: 4.0, Weight.LEANING: 0.9, Weight.OWN_ACT: 4.0, Weight.HINT: 1.0}
_ASSERTING = 0.8
_ORDER = {stance: number for number, stance in enumerate(Stance)}
_NEGATED = {
    Stance.REFUSES: Stance.LEAVES_OPEN,
    Stance.DENIES: Stance.ASSERTS,
    Stance.SUPPORTS: Stance.ACCUSES,
    Stance.COMMITS: Stance.REFUSES,
    Stance.ACCUSES: Stance.ASSERTS,
    Stance.LEAVES_OPEN: Stance.REFUSES,
    Stance.THREATENS: Stance.DENIES,
}
_QUOTES = frozenset(('"', "'"))
ASKERS = frozenset(("q", "question"))


class Heard(NamedTuple):
    """What the lexicon hears in one attribution; null where the content has no words."""

    told: Telling
    cue: tuple[range, ...]
    negator: int | None
    clue: Clue | None  # the stance of most weight with that weight; null where nothing tells
    decided: list[range]


def heard(read: Words, attribution: Attribution) -> Heard | None:
    """The clues of the lexicon in cue and content, weighed against each other."""
    cue = tuple(part for span in attribution.cue if (part := read.within(span, 40)))
    parts = tuple(part for span in attribution.content if (part := read.within(span)))
    if not parts:
        return None
    negator = negator_of_cue(read, cue)
    stated = _conditions(read, cue, parts)
    source = frozenset(read.norms[place] for span in attribution.source for place in read.within(span, 30))
    labelled = attribution.cue == attribution.source  # the "Q" of a transcript is its own cue
    direct = labelled or _is_direct(read, cue, parts)
    describing = any(read.norms[place] in lexicon().describing for part in cue for place in part)
    told = Telling(read, parts, direct, source, stated, describing)
    found = [*_cue_clues(told, cue, negator, labelled=labelled), *clues(told), *_same_sentence_denial(told, cue)]
    clue, decided = _decide(found)
    return Heard(told, cue, negator, clue, decided)


def _decide(found: list[Clue]) -> tuple[Clue | None, list[range]]:
    """The stance of most weight, null where a plain statement weighs more; and the places of its clues, weightiest first."""
    totals: dict[Stance, float] = defaultdict(float)
    totals[Stance.ASSERTS] = _PLAIN
    for clue in found:
        totals[clue.stance] += clue.weight
    stance = min(totals, key=lambda one: (-totals[one], _ORDER[one]))
    mine = sorted((clue for clue in found if clue.stance is stance), key=lambda clue: -clue.weight)
    places = [clue.place for clue in mine]
    return Clue(stance, totals[stance], places[0]) if places else None, places


def asks_throughout(text: str, attribution: Attribution) -> bool:
    """Whether the label of a turn is that of somebody who asks: "Q", "QUESTION"."""
    return bool(attribution.source) and attribution.source[0].of(text).casefold() in ASKERS


def _cue_clues(told: Telling, cue: tuple[range, ...], negator: int | None, *, labelled: bool) -> Iterator[Clue]:
    read = told.words
    norms = (":",) if labelled else tuple(read.norms[place] for part in cue for place in part)
    places = tuple(place for part in cue for place in part)
    if negator is not None and (unsaid := _unsaid(read, places, negator)) is not None:
        yield Clue(Stance.DECLINES, 5.0, unsaid)
        return
    opening = tuple(read.norms[place] for place in told.parts[0][:4])
    for hit in lexicon().cue.find(norms + opening, range(len(norms) + len(opening))):
        if hit.first >= len(norms):
            break
        stance, kind = hit.entry
        last = min(hit.last, len(places))
        place = range(places[hit.first], places[last - 1] + 1) if hit.first < last else told.parts[0][:1]
        weight = _ASSERTING if stance is Stance.ASSERTS else _CUE_WEIGHTS[kind]
        if negator is not None and norms[hit.first] not in lexicon().negators and kind is not Weight.LEANING:
            stance = _NEGATED.get(stance, stance)
        yield Clue(stance, weight, place)
    yield from _questions(told, norms)
    yield from _orders_told(told, cue, norms)
    yield from _insisted(told, norms)


def _questions(told: Telling, cue: tuple[str, ...]) -> Iterator[Clue]:
    mark = ends_in_question(told)
    if mark is None and told.source and told.source <= ASKERS and ":" in cue:
        mark = next((range(place, place + 1) for part in told.parts for place in part if told.words.norms[place] == "?"), None)
    if mark is not None:
        whole = len(told.parts) == 1 and sum(told.words.norms[place] in ".!?" for place in told.parts[0]) == 1
        yield Clue(Stance.ASKS, 4.0 if ":" in cue or "asked" in cue or "asks" in cue else 1.6 if whole else 0.6, mark)


def _unsaid(read: Words, places: tuple[int, ...], negator: int) -> range | None:
    """ "would not say", "won't be drawn": the modal or auxiliary, the negation and a verb of saying."""
    if not places:
        return None
    for hit in lexicon().unsaid.find(read.norms, range(places[0], places[-1] + 1)):
        before = read.norms[max(negator - 3, 0) : negator]
        if any(norm in ("would", "will", "can", "could") for norm in before) or read.norms[hit.first] in (
            "comment",
            "answer",
            "respond",
            "elaborate",
        ):
            return range(min(negator, hit.first), hit.last)
        if any(norm in ("do", "does") for norm in before) and hit.last - hit.first > 1:
            return range(min(negator, hit.first), hit.last)
    return None


def _same_sentence_denial(told: Telling, cue: tuple[range, ...]) -> Iterator[Clue]:
    """A verb of denial elsewhere in the sentence of the cue makes a negative content a denial: "refuted X, saying it is not so"."""
    if not cue:
        return
    read = told.words
    before = range(max(read.sentence(cue[0].start).start, cue[0].start - 40), cue[0].start)
    verb = next((place for place in before if read.norms[place] in lexicon().denial_words), None)
    negative = next((place for part in told.parts for place in part if read.norms[place] in lexicon().negators), None)
    if verb is not None and negative is not None and not any(verb in part for part in told.parts):
        yield Clue(Stance.DENIES, 2.5, range(negative, negative + 1))


def _is_direct(read: Words, cue: tuple[range, ...], parts: tuple[range, ...]) -> bool:
    return read.norms[parts[0].start] in _QUOTES or any(read.norms[place] in (":", "-") for part in cue for place in part)


def _conditions(read: Words, cue: tuple[range, ...], parts: tuple[range, ...]) -> tuple[range, ...]:
    """Every condition in the sentences of the content and of the cue."""
    starts: list[range] = []
    for part in parts:
        place = part.start
        while place < part.stop and len(starts) < 40:
            starts.append(read.sentence(place))
            place = max(starts[-1].stop, place + 1)
    starts.extend(read.sentence(part.start) for part in cue[:1])
    return tuple(clause for sentence in dict.fromkeys(starts) for clause in conditions(read, sentence))


def _orders_told(told: Telling, cue: tuple[range, ...], norms: tuple[str, ...]) -> Iterator[Clue]:
    """ "asked the governor | to step in", "told them to wait", "wants it changed": somebody is told to act."""
    if not cue or not lexicon().telling.intersection(norms):
        return
    read, first = told.words, told.parts[0]
    opening = tuple(read.norms[place] for place in first[:8])
    split = len(told.parts) > 1 and read.norms[told.parts[1].start] == "to"
    named = (
        opening[0] not in lexicon().no_person
        and "to" in opening[1:]
        and not {"was", "were", "is", "are", "had", "has", "will", "would"} & set(opening[: opening.index("to", 1)])
    )
    directly = opening[0] == "to" and not {"want", "wants", "wanted", "wanting"} & set(norms)
    wanted = bool({"want", "wants", "wanted"} & set(norms)) and opening[0] not in ("to", '"')
    if split or named or directly or wanted:
        yield Clue(Stance.DEMANDS, 4.0, range(cue[0].start, cue[0].stop))


def _insisted(told: Telling, norms: tuple[str, ...]) -> Iterator[Clue]:
    """An insisting cue with a negative first clause denies."""
    hit = next(lexicon().insisting.find(norms, range(len(norms))), None)
    if hit is None:
        return
    first = told.parts[0]
    negative = next((place for place in first[:14] if told.words.norms[place] in lexicon().negators), None)
    if negative is not None and not any(told.words.norms[place] in ("will", "would", "should", "must", "can") for place in first[:14]):
        yield Clue(Stance.DENIES, 2.0, range(negative, negative + 1))
