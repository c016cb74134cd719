"""Sources of relative clauses: "Brandt, who on Monday said" has Brandt for its source, "Brandt, who said" has who.

That is how annotators mark them (PolNeAR): the pronoun where it touches the cue, its antecedent where words stand between.
"""

from __future__ import annotations

import re

from onrecord.data import Attribution, Span, Spans

_REACH = 160
_PRONOUN = re.compile(r"\b(?:who|which)\b(?P<between>(?:\s+[\w’'-]+){0,5})\s*$", re.IGNORECASE)
_ANTECEDENT = re.compile(r"(?:[A-Z][\w.’'-]*\s+(?:(?:of|the|and|for|de|van|von|al|bin)\s+)*)*[A-Z][\w.’'-]*(?=,?\s*$)")
_SUBJECT = frozenset(["he", "she", "they", "it", "we", "i", "you"])


def relative_source(text: str, one: Attribution) -> Spans:
    """The source of an attribution, mended where its cue is the verb of a relative clause."""
    if len(one.cue) != 1 or not (not one.source or _is_pronoun(text, one.source)):
        return one.source
    start = max(0, one.cue[0].start - _REACH)
    before = _PRONOUN.search(text[start : one.cue[0].start])
    if before is None or _SUBJECT & set(before["between"].casefold().split()):
        return one.source
    pronoun = Span(start + before.start(), start + before.start() + len(before.group().split()[0]))
    if not before["between"].strip():
        return (pronoun,)
    named = _ANTECEDENT.search(text[start : pronoun.start])
    return (Span(start + named.start(), start + named.end()),) if named else (pronoun,)


def _is_pronoun(text: str, source: Spans) -> bool:
    return len(source) == 1 and source[0].of(text).casefold() in ("who", "which")
