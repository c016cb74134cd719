"""The model's frames -> the attributions of a document, each with its probability, nested ones included."""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.decode import Range
from onrecord.annotate.nested import inner_tokens, may_nest
from onrecord.annotate.tagger import Frame, Tagger
from onrecord.annotate.tokenise import Tokens
from onrecord.data import Attribution, Document, Span, Spans

LEAST_PROBABILITY = 0.05  # what is less likely is not even a candidate
SAME_CONTENT = 0.5  # two frames whose contents share more than this part are one attribution told twice


def attributions(document: Document, tagger: Tagger) -> tuple[Attribution, ...]:
    """Who said what in the document: attributions in order of the text, nested ones with `part_of` set."""
    tokens = tagger.tokeniser.tokens(document.text)
    outer = [a for a, _ in _chosen(tokens, tagger)]
    return _in_order(outer + _inner(document.text, tokens, outer, tagger))


def _chosen(tokens: Tokens, tagger: Tagger) -> list[tuple[Attribution, Frame]]:
    """The best frames that do not claim one another's words."""
    rated = sorted(((tagger.calibration.probability(f), f) for f in tagger.frames(tokens) if f.contents), key=lambda pair: -pair[0])
    taken: set[int] = set()
    cues: set[int] = set()
    kept: list[tuple[Attribution, Frame]] = []
    for probability, frame in rated:
        pieces = [i for r in frame.contents for i in range(r.start, r.end)]
        claimed = sum(i in taken for i in pieces)
        if probability < LEAST_PROBABILITY or claimed > SAME_CONTENT * len(pieces) or any(i in taken for i in range(*frame.cue)):
            continue
        contents = tuple(part for r in frame.contents for part in _free(r, taken | cues))
        if not contents:
            continue
        taken.update(i for r in contents for i in range(*r))
        cues.update(range(*frame.cue))
        kept.append((_attribution(tokens, frame, contents, probability), frame))
    return kept


def _free(wanted: Range, taken: set[int]) -> list[Range]:
    """The runs of `wanted` that nobody has claimed."""
    runs: list[Range] = []
    start: int | None = None
    for i in range(wanted.start, wanted.end + 1):
        free = i < wanted.end and i not in taken
        if free and start is None:
            start = i
        elif not free and start is not None:
            runs.append(Range(start, i))
            start = None
    return runs


def _attribution(tokens: Tokens, frame: Frame, contents: tuple[Range, ...], probability: float) -> Attribution:
    cue, sources = (frame.cue,), frame.sources
    return Attribution(_spans(tokens, sources), _spans(tokens, cue), _spans(tokens, contents), round(probability, 4))


def _spans(tokens: Tokens, found: tuple[Range, ...]) -> Spans:
    """Pieces as characters; a paragraph mark at an end is left out."""
    spans: list[Span] = []
    for start, end in found:
        inside = [i for i in range(start, end) if tokens.starts[i] < tokens.ends[i]]
        if inside:
            spans.append(Span(int(tokens.starts[inside[0]]), int(tokens.ends[inside[-1]])))
    return tuple(spans)


def _inner(text: str, tokens: Tokens, outer: list[Attribution], tagger: Tagger) -> list[Attribution]:
    """Attributions inside the contents of others, read in a second pass over those contents alone."""
    hosts = [(i, span) for i, one in enumerate(outer) for span in one.content if may_nest(text, span)]
    if not hosts:
        return []
    inner, bounds = inner_tokens(text, tokens, [span for _, span in hosts])
    found: list[Attribution] = []
    for one, frame in _chosen(inner, tagger):
        at = next(k for k, bound in enumerate(bounds) if bound.start <= frame.cue.start < bound.end)
        host, span = hosts[at]
        clipped = _clipped(one, span)
        if clipped and clipped.source and _adds(text, clipped, outer[host]):
            found.append(replace(clipped, part_of=host, probability=round(one.probability * outer[host].probability, 4)))
    return found


def _clipped(one: Attribution, host: Span) -> Attribution | None:
    source, cue, content = (tuple(s for s in part if host.holds(s)) for part in (one.source, one.cue, one.content))
    return replace(one, source=source, cue=cue, content=content) if cue and content else None


SAME_HOLDER = frozenset(["he", "she", "it", "they", "i", "we", "you", "his", "her", "its", "their", "my", "our"])


def _adds(text: str, one: Attribution, outer: Attribution) -> bool:
    """Whether an inner attribution has a holder of its own: "he said he hoped" is one statement, not two."""
    words = " ".join(s.of(text) for s in one.source).casefold().replace("’", "'").strip()
    return words not in SAME_HOLDER and not any(a.touches(b) for a in one.source for b in outer.source)


def _in_order(found: list[Attribution]) -> tuple[Attribution, ...]:
    """By place in the text, `part_of` renumbered to the new places."""
    order = sorted(range(len(found)), key=lambda i: (found[i].extent, found[i].part_of is not None))
    places = {old: new for new, old in enumerate(order)}
    return tuple(replace(one, part_of=None if one.part_of is None else places[one.part_of]) for one in (found[i] for i in order))
