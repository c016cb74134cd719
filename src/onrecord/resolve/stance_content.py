"""What the content tells about a stance: its phrases, its modal verbs with their subjects, its orders and questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.data import Stance
from onrecord.resolve.negation import negator_before
from onrecord.resolve.stance_lexicon import Weight, lexicon
from onrecord.resolve.subjects import Subject, subject_before
from onrecord.resolve.words import Words


@dataclass(frozen=True, slots=True)
class Clue:
    """A reason for a stance: how much it weighs, and the words that give it."""

    stance: Stance
    weight: float
    place: range


@dataclass(frozen=True, slots=True)
class Telling:
    """What is read: the words of one content, whether quoted, who holds it, and whether it hangs on a condition."""

    words: Words
    parts: tuple[range, ...]
    direct: bool
    source: frozenset[str]
    conditions: tuple[range, ...] = ()
    describing: bool = False


WEIGHTS = {Weight.STRONG: 2.2, Weight.OWN_ACT: 2.2, Weight.LEANING: 1.2, Weight.HINT: 1.0}
_OPINION_VERB = 1.5
_SUBORDINATE = frozenset(
    (
        "if",
        "unless",
        "because",
        "who",
        "which",
        "when",
        "while",
        "although",
        "though",
        "after",
        "before",
        "since",
        "until",
        "whose",
        "how",
        "what",
        "whether",
        "why",
        "where",
    )
)
_FLIPS = {
    Stance.REFUSES: Stance.LEAVES_OPEN,
    Stance.SUPPORTS: Stance.ACCUSES,
    Stance.COMMITS: Stance.REFUSES,
    Stance.LEAVES_OPEN: Stance.REFUSES,
    Stance.PREDICTS: Stance.PREDICTS,
}
_MODALS = frozenset(("will", "shall", "would", "may", "might", "could", "should", "must", "ought", "need", "needs", "going", "has", "have"))
_STATES_OF_MIND = frozenset(
    ("like", "love", "rather", "have", "prefer", "say", "think", "know", "need", "be", "see", "call", "argue", "add", "want", "go", "find")
)


def clues(told: Telling) -> Iterator[Clue]:
    """Every reason that the content gives, each weighed by the place of its sentence and clause."""
    words = told.words
    sentences = _sentences(told)
    for number, part in enumerate(sentences):
        share = max(0.8**number, 0.3)
        for clue in (*_phrases(told, part), *_modals(told, part), *_orders(told, part), *_corrections(told, part)):
            share_here = share * (0.5 if _is_subordinate(words, clue.place.start, part.start) else 1.0)
            if any(clue.place.start in clause for clause in told.conditions):
                share_here *= 0.3
            yield Clue(clue.stance, clue.weight * share_here, clue.place)


def ends_in_question(told: Telling) -> range | None:
    """The last sentence, if it ends in a question mark."""
    for place in reversed(told.parts[-1]):
        if told.words.norms[place] == "?":
            return range(place, place + 1)
        if told.words.norms[place] not in ('"', "'", "\n", ",", ")"):
            return None
    return None


def _sentences(told: Telling) -> tuple[range, ...]:
    found: list[range] = []
    for part in told.parts:
        first = part.start
        while first < part.stop:
            last = min(max(told.words.sentence(first, 400).stop, first + 1), part.stop)
            found.append(range(first, last))
            first = last
    return tuple(found)


def _is_subordinate(words: Words, place: int, first: int) -> bool:
    """Whether a side clause opens before the word and no pause closes it."""
    for back in range(place - 1, max(first, place - 25) - 1, -1):
        if words.norms[back] in (",", ";", "-", ":", ".", "?", "!", "then"):
            return False
        if words.norms[back] in _SUBORDINATE:
            return True
    return False


def _phrases(told: Telling, part: range) -> Iterator[Clue]:
    words = told.words
    for hit in lexicon().content.find(words.norms, part):
        stance, kind = hit.entry
        weight = WEIGHTS[kind]
        if stance in (Stance.ACCUSES, Stance.SUPPORTS) and kind is Weight.STRONG and hit.last - hit.first == 1:
            weight = _OPINION_VERB
        if stance is Stance.ACCUSES and kind is Weight.HINT:
            weight = _OPINION_VERB
        if told.describing and stance in (Stance.ACCUSES, Stance.SUPPORTS):
            weight *= 1.6
        if kind is Weight.OWN_ACT:
            ahead = words.norms[hit.first - 1 : hit.first]
            if stance not in (Stance.LEAVES_OPEN, Stance.REFUSES) and (ahead == ("will",) or (ahead == ("would",) and not told.direct)):
                continue
            who = subject_before(words, hit.first, part.start, told.source, told.direct)
            if who is Subject.OTHER or who is Subject.HEARER:
                weight *= 0.15
        if words.norms[hit.first] not in lexicon().negators and negator_before(words, hit.first, part.start) is not None:
            if stance not in _FLIPS:
                continue
            stance, weight = _FLIPS[stance], weight * (0.7 if stance in (Stance.SUPPORTS, Stance.PREDICTS) else 1.0)
        yield Clue(stance, weight, range(hit.first, hit.last))


def _modals(told: Telling, part: range) -> Iterator[Clue]:
    norms = told.words.norms
    for place in part:
        if norms[place] in _MODALS and not _is_noun(told.words, place):
            clue = _modal(told, part, place)
            if clue is not None:
                yield clue


def _is_noun(words: Words, place: int) -> bool:
    """The will of somebody, and the month of May."""
    before = words.norms[place - 1] if place else ""
    return (words.norms[place] == "will" and before in ("the", "political", "free")) or (
        words.norms[place] == "may" and words.is_capital(place) and before.isalnum()
    )


def _modal(told: Telling, part: range, place: int) -> Clue | None:
    words, norms = told.words, told.words.norms
    after = [norms[p] for p in range(place + 1, min(place + 5, part.stop)) if norms[p] not in lexicon().passing]
    negated = bool(after) and after[0] in ("not", "never")
    never = bool(after) and after[0] == "never"
    verb = (after[1] if negated else after[0]) if len(after) > negated else ""
    who = subject_before(words, place, part.start, told.source, told.direct)
    stance_weight = _weighed(norms[place], verb, who, (negated, never, told.direct))
    if stance_weight is None:
        return None
    stance, weight = stance_weight
    if stance is Stance.COMMITS and told.conditions and any(lexicon().harm.find(norms, range(place, min(place + 5, part.stop)))):
        stance, weight = Stance.THREATENS, weight + 0.5
    return Clue(stance, weight, range(place, min(place + 2 + negated, part.stop)))


def _weighed(modal: str, verb: str, who: Subject, how: tuple[bool, bool, bool]) -> tuple[Stance, float] | None:
    """The table of modal verbs: stance and weight by subject and negation."""
    if modal in ("should", "must", "ought", "need", "needs", "has", "have"):
        return _duty(modal, verb, who, how[0])
    if modal in ("may", "might", "could"):
        return _chance(modal, verb, who, how[0])
    return _will(modal, verb, who, how)


def _duty(modal: str, verb: str, who: Subject, negated: bool) -> tuple[Stance, float] | None:
    if modal in ("should", "must", "ought"):
        if verb == "have":
            return (Stance.ACCUSES, 1.5) if who in (Subject.HEARER, Subject.OTHER) else None
        return Stance.DEMANDS, 2.0 if who is not Subject.SPEAKER else 1.3
    if verb != "to" or negated or (modal in ("has", "have") and who is Subject.SPEAKER):
        return None
    return Stance.DEMANDS, 1.3


def _chance(modal: str, verb: str, who: Subject, negated: bool) -> tuple[Stance, float] | None:
    if verb == "have" or (negated and modal == "could"):
        return None
    if who is Subject.SPEAKER:
        return Stance.LEAVES_OPEN, 0.8 if modal == "could" else 1.3
    return Stance.PREDICTS, 1.5


def _will(modal: str, verb: str, who: Subject, how: tuple[bool, bool, bool]) -> tuple[Stance, float] | None:
    negated, never, direct = how
    if modal == "going" and verb != "to":
        return None
    if modal == "would" and (verb in ("have", "like", "love", "rather", "prefer") or (direct and verb in _STATES_OF_MIND)):
        return None
    if negated and verb in ("rule", "close", "shut", "exclude", "discount"):
        return Stance.LEAVES_OPEN, 1.5
    if (negated and verb in _STATES_OF_MIND - {"be", "go"}) or (verb == "put" and negated) or (verb == "consider" and not negated):
        return None
    if who is Subject.SPEAKER:
        if never and verb in lexicon().vows:
            return Stance.COMMITS, 2.3
        return (Stance.REFUSES if negated else Stance.COMMITS), 1.4 if verb == "be" else 1.8
    return Stance.PREDICTS, 1.2 if modal == "would" else 1.5


def _orders(told: Telling, part: range) -> Iterator[Clue]:
    """A quoted sentence that opens with a bare verb, "let's", "please" or "don't"."""
    words, norms = told.words, told.words.norms
    first = next((place for place in part if norms[place] not in ('"', "'", "(", "\n", "-")), None)
    if first is None or not told.direct or first + 1 >= part.stop or norms[part.stop - 1] == "?":
        return
    verb, after = norms[first], norms[first + 1]
    bare = verb in lexicon().imperatives and words.is_capital(first) and after not in (",", "to", "is", "was", "are", "of", "will")
    if bare and (verb not in ("do", "never", "be") or after == "not"):
        yield Clue(Stance.DEMANDS, 2.0, range(first, first + 1))


def _corrections(told: Telling, part: range) -> Iterator[Clue]:
    """One number put in the place of another: "prevented 71, not the 78"; an order after a comma: ", don't ..."."""
    norms = told.words.norms
    for place in part:
        if norms[place] != "not" or norms[place - 1 : place] not in ((",",), ("do",)):
            continue
        after = next((norms[p] for p in range(place + 1, min(place + 4, part.stop)) if norms[p] not in ("the", "a", "$", "£", "€")), "")
        if norms[place - 1] == "," and after[:1].isdigit():
            yield Clue(Stance.DENIES, 1.8, range(place, place + 1))
        elif norms[place - 1] == "do" and told.direct and place - 2 >= part.start and norms[place - 2] == ",":
            yield Clue(Stance.DEMANDS, 1.5, range(place - 1, place + 1))
