"""Attributions -> the word pieces that the stance model sees: who, the cue and the content of each, cut to a length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.annotate.tokenise import Tokeniser
from onrecord.data import Attribution, Stance
from onrecord.resolve.stance_content import Clue

CONTENT = 2  # the part of a place
SOURCE, CUE = 8, 12  # pieces that are kept of each
CONTENT_HEAD, CONTENT_TAIL = 40, 8
_LONG = 600  # characters from which a content is cut before it is made into pieces
_HEAD, _TAIL = 400, 120
_STRENGTHS = (4.0, 2.0, float("-inf"))  # weights from which a clue is of the first, second, third kind
CLUES = 1 + len(_STRENGTHS) * len(Stance)
_ORDER = {stance: number for number, stance in enumerate(Stance)}


class Parts(NamedTuple):
    """The words of one statement, each part one or more pieces of text; `clue` is what the lexicon hears (`clue_number`)."""

    source: tuple[str, ...]
    cue: tuple[str, ...]
    content: tuple[str, ...]
    clue: int = 0


class Place(NamedTuple):
    """Where a word piece stands: in which part (0 source, 1 cue, 2 content), in which text of it, and its characters there."""

    part: int
    number: int
    start: int
    end: int


class Pieces(NamedTuple):
    """What the model sees of one statement: ids, and for each its place; null for the marks between parts."""

    ids: list[int]
    places: list[Place | None]


def clue_number(clue: Clue | None) -> int:
    """0 where the lexicon hears nothing; else 1 to 36: the stance and whether it weighs little, more or most."""
    if clue is None:
        return 0
    return 1 + len(_STRENGTHS) * _ORDER[clue.stance] + next(n for n, least in enumerate(_STRENGTHS) if clue.weight >= least)


def parts_of(text: str, attribution: Attribution, clue: Clue | None) -> Parts:
    """The words of an attribution, with what the lexicon hears in them."""
    source, cue, content = (tuple(span.of(text) for span in spans) for spans in (attribution.source, attribution.cue, attribution.content))
    return Parts(source, cue, content, clue_number(clue))


def pieces(tokeniser: Tokeniser, statements: Sequence[Parts]) -> list[Pieces]:
    """The word pieces of each statement: the clue, source, mark, cue, mark, content, mark. Clues follow the vocabulary."""
    texts: list[tuple[int, int, int, int, str]] = []
    for which, statement in enumerate(statements):
        for part, given in enumerate(statement[:3]):
            for number, text in enumerate(given):
                texts.extend((which, part, number, offset, cut) for offset, cut in _ends(text))
    encoded = tokeniser.bare([text for *_, text in texts])
    found: list[list[list[tuple[int, Place]]]] = [[[], [], []] for _ in statements]
    for (which, part, number, offset, _), (ids, spans) in zip(texts, encoded, strict=True):
        found[which][part].extend(
            (one, Place(part, number, offset + start, offset + end)) for one, (start, end) in zip(ids, spans, strict=True)
        )
    return [_joined(tokeniser, one.clue, parts) for one, parts in zip(statements, found, strict=True)]


def _ends(text: str) -> Iterable[tuple[int, str]]:
    """A text with its place; of a long one the two ends."""
    if len(text) <= _LONG:
        return ((0, text),)
    return (0, text[:_HEAD]), (len(text) - _TAIL, text[-_TAIL:])


def _joined(tokeniser: Tokeniser, clue: int, parts: list[list[tuple[int, Place]]]) -> Pieces:
    source, cue, content = parts
    if len(content) > CONTENT_HEAD + CONTENT_TAIL:
        content = content[:CONTENT_HEAD] + content[-CONTENT_TAIL:]
    ids: list[int] = [tokeniser.size + clue]
    places: list[Place | None] = [None]
    for kept in (source[:SOURCE], cue[:CUE], content):
        ids.extend(one for one, _ in kept)
        places.extend(place for _, place in kept)
        ids.append(tokeniser.end_id)
        places.append(None)
    return Pieces(ids, places)
