"""The conditions of a sentence: "if Lesk refuses", "unless ...", "should the talks fail", "only when ..."."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.words import Words

_PAUSES = frozenset('.?!…;:\n"')
_JOINED = frozenset(("and", "or", "if", "unless"))
_NEGATIONS = frozenset(("not", "never", "no", "nobody", "nothing", "none"))


def conditions(words: Words, sentence: range) -> tuple[range, ...]:
    """The clauses of a sentence that state a condition, each as a range of words."""
    if lexicon().condition_openings.isdisjoint(words.norms[sentence.start : sentence.stop]):
        return ()
    return tuple(_clause(words, place, sentence) for place in _openings(words, sentence))


def _openings(words: Words, sentence: range) -> Iterator[int]:
    norms, known = words.norms, lexicon()
    idioms = {hit.first for hit in known.set_phrases.find(norms, sentence)}
    markers = {hit.first for hit in known.condition_markers.find(norms, sentence)}
    for place in sentence:
        if place in idioms:
            continue
        if norms[place] == "if":
            if _is_condition(norms, place, sentence):
                yield place
        elif place in markers:
            if norms[place] not in ("provided", "providing", "assuming") or _opens_clause(norms, place, sentence):
                yield place
        elif (
            (norms[place] in ("should", "were") and _inverted(words, place, sentence))
            or (norms[place] == "until" and _awaits(words, place, sentence))
            or (norms[place] == "when" and _would_follow(norms, place, sentence))
        ):
            yield place


def _is_condition(norms: tuple[str, ...], place: int, sentence: range) -> bool:
    """Not "even if", "as if", "if any", nor the if that means whether."""
    known = lexicon()
    before = norms[place - 1] if place > sentence.start else ""
    after = norms[place + 1] if place + 1 < sentence.stop else ""
    if before in known.before_no_condition or after in known.after_no_condition:
        return False
    if before in known.whether_words:
        return False
    asked = norms[place - 2] if place - 2 >= sentence.start else ""
    if before in lexicon().pronouns or before == "reporters":
        return asked not in ("ask", "asks", "asked", "asking", "tell", "telling")
    return not (before in ("is", "was") and asked in ("question", "issue"))


def _opens_clause(norms: tuple[str, ...], place: int, sentence: range) -> bool:
    after = norms[place + 1] if place + 1 < sentence.stop else ""
    before = norms[place - 1] if place > sentence.start else ","
    return after in ("that", "they", "he", "she", "we", "you", "it") or (
        after in lexicon().determiners and before in (",", "-", '"', "'", "(")
    )


def _inverted(words: Words, place: int, sentence: range) -> bool:
    """ "should talks fail", "were he to win": the verb stands before its subject."""
    norms = words.norms
    before = norms[place - 1] if place > sentence.start else ""
    after = norms[place + 1] if place + 1 < sentence.stop else ""
    if norms[place] == "were":
        return (
            "to" in norms[place + 2 : place + 7]
            and (not before or before in (",", '"', ":", ";"))
            and (after in lexicon().determiners or after in lexicon().pronouns)
        )
    if after in ("be", "not", "have", "never", "also", "") or before in (
        "it",
        "that",
        "we",
        "you",
        "they",
        "he",
        "she",
        "i",
        "there",
        "this",
        "why",
        "what",
        "how",
        "who",
        "which",
    ):
        return False
    if not before or before in (",", ";", '"', "'", "-"):
        return norms[sentence.stop - 1] != "?" and (
            after in lexicon().determiners or after in lexicon().pronouns or words.is_capital(place + 1) or not before
        )
    return after in ("the", "a", "an", "any", "he", "she", "they", "we", "it", "his", "her", "its", "their", "either", "talks")


def _awaits(words: Words, place: int, sentence: range) -> bool:
    """ "not ... until there is an offer": a negation before, a clause and no date after."""
    norms = words.norms
    if not any(norm in _NEGATIONS for norm in norms[max(sentence.start, place - 12) : place]):
        return False
    after = norms[place + 1] if place + 1 < sentence.stop else ""
    return (
        bool(after) and after not in lexicon().time_words and not after.isdigit() and not norms[min(place + 2, sentence.stop - 1)].isdigit()
    )


def _would_follow(norms: tuple[str, ...], place: int, sentence: range) -> bool:
    """ "When A happens, B would help": a supposed case, not a time."""
    opens = place == sentence.start or norms[place - 1] in ('"', "'", "only")
    opens = opens and place + 1 < sentence.stop and (norms[place + 1] in lexicon().determiners or norms[place + 1] in lexicon().pronouns)
    clause = norms[place : sentence.stop]
    return (
        opens
        and "," in clause
        and "would" in clause[clause.index(",") :]
        and not {"was", "were", "had", "did"} & set(clause[: clause.index(",")])
    )


def _clause(words: Words, place: int, sentence: range) -> range:
    """From the marker to the pause that ends its clause; "if A, or B" goes on."""
    norms = words.norms
    opens = place == sentence.start or norms[place - 1] in (",", '"', "'", "that", ";", ":", "-", "and", "but", "(")
    for end in range(place + 1, sentence.stop):
        if norms[end] == "." and norms[end - 1] in lexicon().abbreviations:
            continue
        if norms[end] in _PAUSES or norms[end] == "-":
            return range(place, end)
        if norms[end] == "," and (opens or norms[end + 1 : end + 2] in (('"',), ("he",), ("she",), ("they",), ("the",))):
            if (
                norms[end + 1 : end + 2]
                and norms[end + 1] in _JOINED
                and norms[end + 2 : end + 3] != ("then",)
                and "," in norms[end + 1 : sentence.stop]
            ):
                continue
            return range(place, end)
    return range(place, sentence.stop)
