"""Attributions -> what the stance model sees of each: the clue, and the word pieces of who, the cue and the content, cut to a length."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tokenise import Tokens
from onrecord.data import Attribution, Spans, Stance
from onrecord.resolve.stance_content import Clue

SOURCE, CUE, CONTENT = 1, 2, 3  # the roles of pieces; 0 is what stands beside
SOURCE_PIECES, CUE_PIECES = 8, 12  # that are kept of each
CONTENT_HEAD, CONTENT_TAIL = 24, 4
_STRENGTHS = (4.0, 2.0, float("-inf"))  # weights from which a clue is of the first, second, third kind
CLUES = 1 + len(_STRENGTHS) * len(Stance)
_ORDER = {stance: number for number, stance in enumerate(Stance)}

Ints = NDArray[np.int64]


class Pieces(NamedTuple):
    """`places` (T,): of word pieces of the text; `roles` (T,) of each; `clue`: what the lexicon hears (`clue_number`)."""

    places: Ints
    roles: Ints
    clue: int


def clue_number(clue: Clue | None) -> int:
    """0 where the lexicon hears nothing; else 1 to 36: the stance and whether it weighs little, more or most."""
    if clue is None:
        return 0
    return 1 + len(_STRENGTHS) * _ORDER[clue.stance] + next(n for n, least in enumerate(_STRENGTHS) if clue.weight >= least)


def pieces(tokens: Tokens, attribution: Attribution, clue: Clue | None) -> Pieces:
    """Of one attribution, source before cue before content; of a long content the two ends."""
    source, cue, content = (_touched(tokens, spans) for spans in (attribution.source, attribution.cue, attribution.content))
    if len(content) > CONTENT_HEAD + CONTENT_TAIL:
        content = np.concatenate((content[:CONTENT_HEAD], content[-CONTENT_TAIL:]))
    parts = (source[:SOURCE_PIECES], cue[:CUE_PIECES], content)
    roles = np.repeat((SOURCE, CUE, CONTENT), [len(part) for part in parts])
    return Pieces(np.concatenate(parts), roles, clue_number(clue))


def _touched(tokens: Tokens, spans: Spans) -> Ints:
    """The pieces that touch the spans, paragraph marks left out."""
    found = [np.zeros(0, np.int64)]
    for span in spans:
        some = np.arange(np.searchsorted(tokens.ends, span.start, "right"), np.searchsorted(tokens.starts, span.end, "left"))
        found.append(some[tokens.starts[some] < tokens.ends[some]])
    return np.concatenate(found)
