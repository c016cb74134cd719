"""Where a content may hold a statement of its own, and how such contents are read again.

The model was trained on text whose attributions are not nested: inside a content it keeps silent. Read alone, with
the outer "she said that" out of sight, the same words are plain news again. All contents of a document that hold a
word of saying are read in one more pass, one paragraph each.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import numpy as np

from onrecord.annotate.tokenise import Tokens
from onrecord.data import Span

LEAST_CHARACTERS = 25
_LEAD = re.compile(r"[\s\"“‘']*(?:that|how|why|whether)\s+", re.IGNORECASE)


@cache
def _word_of_saying() -> re.Pattern[str]:
    lines = (files("onrecord") / "annotate" / "words_of_saying.txt").read_text(encoding="utf8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def may_nest(text: str, content: Span) -> bool:
    """Whether the content is long enough and holds a word of saying."""
    return content.end - content.start >= LEAST_CHARACTERS and _word_of_saying().search(text, content.start, content.end) is not None


def says(text: str, cue: Span) -> bool:
    """Whether the cue is a word of saying: a vote or a purchase inside a content is no statement."""
    return _word_of_saying().search(text, cue.start, cue.end) is not None


def inner_tokens(text: str, tokens: Tokens, contents: list[Span]) -> Tokens:
    """The pieces of `contents` as one text of as many paragraphs; a leading "that" is left out, so each reads like a sentence."""
    taken: list[int] = []
    for span in contents:
        lead = _LEAD.match(text, span.start, span.end)
        first = int(np.searchsorted(tokens.starts, lead.end() if lead else span.start))
        last = int(np.searchsorted(tokens.ends, span.end, side="right"))
        taken.extend(range(first, last))
        taken.append(-1)
    picked = np.asarray(taken)
    marks = picked < 0
    ends = np.where(marks, tokens.ends[np.roll(picked, 1)], tokens.ends[picked])
    ids = np.where(marks, tokens.paragraph_id, tokens.ids[picked])
    starts = np.where(marks, ends, tokens.starts[picked])
    return Tokens(ids.astype(np.int32), starts.astype(np.int32), ends.astype(np.int32), tokens.paragraph_id)
