"""Words that nobody said: "she could say ...", "if asked, he would say ...", "imagine him saying ...". Only plain cases are taken."""

from __future__ import annotations

from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.words import Words

_POSSIBLE = frozenset(("could", "might", "may"))
_UNREAL = frozenset(("could", "might", "would", "should"))
_SPEAKERS_OWN = frozenset(("i", "we"))  # "I must say", "I should say" do say it
_FRAMES = frozenset(("imagine", "picture", "suppose", "pretend"))
_FRAME_OPENINGS = frozenset(("", '"', "'", "just", "to", "us", "'s", "then", "and", "but", ",", ":", ";", "-"))
_REAL_ONES = frozenset(("what", "whatever", "as", "which", "who", "whom", "that", "everything", ",", ":", ";", '"', "("))
_CLAUSE_ENDS = frozenset((",", ";", ":", "-", "("))
_REACH = 8  # words from what opens an unreal clause to its verb of saying


def is_supposed(words: Words, cue: tuple[range, ...], stated: tuple[range, ...], conditional: bool) -> bool:
    """Whether the saying itself is only supposed; `stated` are the conditions of its sentence, `conditional` whether it hangs on one."""
    if not cue or not cue[0]:
        return False
    sentence = words.sentence(cue[0].start)
    first = max(cue[0].start - 3, sentence.start)
    around = tuple(norm for norm in words.norms[first : cue[-1].stop] if norm not in lexicon().between_supposed)
    if _under_modal(around, conditional):
        return True
    verb = next((place for part in cue for place in part if words.norms[place] in lexicon().supposed_forms), None)
    if verb is None:
        return False
    return _in_condition(words, verb, stated) or _in_unreal_clause(words.norms, range(sentence.start, verb), words.norms[verb])


def _under_modal(around: tuple[str, ...], conditional: bool) -> bool:
    """ "could say", "might have said", "should admit", and "would say" under a condition."""
    known = lexicon()
    for place, norm in enumerate(around):
        after, then = (*around[place + 1 : place + 3], "", "")[:2]
        before = around[place - 1] if place else ""
        base = after if after != "to" else then
        if (
            (norm in _POSSIBLE and after in known.supposed_saying)
            or (norm in _UNREAL and after == "have" and then in known.supposed_forms)
            or (norm in ("should", "ought", "must") and base in known.supposed_saying and before not in _SPEAKERS_OWN)
            or (norm == "would" and after in known.supposed_saying and conditional)
        ):
            return True
    return False


def _in_condition(words: Words, verb: int, stated: tuple[range, ...]) -> bool:
    """ "if she says that ...": the verb is that of the condition, and not of something real in it, "if what she said ..."."""
    return any(
        clause.start < verb < clause.stop
        and words.norms[clause.start] not in ("until", "only")
        and verb - clause.start <= _REACH
        and _REAL_ONES.isdisjoint(words.norms[clause.start : verb])
        for clause in stated
    )


def _in_unreal_clause(norms: tuple[str, ...], before: range, verb: str) -> bool:
    """ "imagine her saying", "as if to say", "had he said", "I wish he would say", "it would be odd to say"."""
    near = norms[max(before.stop - _REACH, before.start) : before.stop]
    cut = next((place for place in range(len(near) - 1, -1, -1) if near[place] in _CLAUSE_ENDS), -1)
    clause = near[cut + 1 :]
    starts_here = cut >= 0 or before.stop - _REACH <= before.start
    opening = near[cut] if cut >= 0 else ""
    for place, norm in enumerate(clause):
        ahead = clause[place - 1] if place else opening if starts_here else "?"
        rest = clause[place + 1 :]
        if (
            (norm in _FRAMES and ahead in _FRAME_OPENINGS)
            or (norm == "as" and rest[:1] in (("if",), ("though",)))
            or (norm in ("wish", "wishes", "wished") and not {"would", "could", "had"}.isdisjoint(rest))
            or (norm == "would" and rest[:1] == ("be",) and rest[-1:] == ("to",) and verb in lexicon().supposed_saying)
            or (norm, *rest[:1]) in (("in", "case"), ("what", "if"))
            or (norm == "had" and place == 0 and starts_here and len(rest) in range(1, 6) and verb not in lexicon().supposed_saying)
        ):
            return True
    return False
