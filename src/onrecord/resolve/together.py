"""Several who are named in one source: "Mara Quill, Otto Brandt (Lesk) and Ida Roe", "Quill and other ministers"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from onrecord.data import Span, SpeakerType
from onrecord.resolve.holders import Holder
from onrecord.resolve.mentions import core, head, singular, without_article
from onrecord.resolve.names import Name

Inside = Sequence[tuple[Name, Holder | None]]
_BETWEEN = re.compile(
    r"(?: ?\([^)\n]*\)|, [RD]-[\w.]+)?(?:,? +(?P<and>and|&) +(?:[\w.’'-]+ ){0,5}|, (?:[A-Z][\w.’'-]* ){0,3})",
)
_MANY_AND = re.compile(r"(?:[a-z][\w’'-]* ){0,3}(?P<many>[a-z][\w’'-]+) (?:and|or) (?:the )?")
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_OTHERS = re.compile(r",? and ((?:\w+ )?others?(?: [\w’'-]+){0,3})")


def together(text: str, whole: Span, words: str, inside: Inside) -> str | None:
    """The full names of all who are named together in text[whole], as one; None where one is named, or nobody."""
    return _with_others(text, whole, inside) or _many_and(text, whole, words, inside) or _all(text, whole, words, inside)


def _many_and(text: str, whole: Span, words: str, inside: Inside) -> str | None:
    """Many and one who is named: "pilots and the Harbour Board"."""
    if len(inside) != 1 or inside[0][0].span.end < whole.end or inside[0][0].possessive:
        return None
    before = _MANY_AND.fullmatch(text, whole.start, inside[0][0].outer)
    return without_article(words) if before and singular(before["many"]) != before["many"] else None


def _all(text: str, whole: Span, words: str, inside: Inside) -> str | None:
    many = singular(head(words)) != head(words)
    reach = whole.start + len(core(words))
    behind = _chain(text, [one for one in inside if one[0].span.start >= reach]) if many else []
    chain = _listed(whole, inside, text) or behind or _chain(text, inside)
    people = {one.type is SpeakerType.PERSON for _, one in chain}
    if len(chain) < 2 or (False in people and len(chain) != len(inside) and not _explained(text, whole, chain)):
        return None
    if len(people) > 1 and (_ARTICLE.sub("", text[whole.start : chain[0][0].outer]) or chain[-1][0].span.end < whole.end):
        return None
    return _and(str(one.name) for _, one in chain) if many or chain[0][0].outer <= reach else None


def _explained(text: str, whole: Span, chain: list[tuple[Name, Holder]]) -> bool:
    """Whether the names open the source, and what follows only explains them: "Brask and Ostrow, Lesk's top two makers,"."""
    return chain[0][0].outer == whole.start and text.startswith(", ", chain[-1][0].span.end) and len(chain) > 1


def _listed(whole: Span, inside: Inside, text: str) -> list[tuple[Name, Holder]]:
    """Names that are all of a headline's source, with commas alone: "Lesk, Karsovia agree"."""
    known = [(name, holder) for name, holder in inside if holder is not None]
    if len(known) < 2 or len(known) != len(inside) or (known[0][0].outer, known[-1][0].span.end) != (whole.start, whole.end):
        return []
    gaps = {text[one.span.end : other.outer] for (one, _), (other, _) in pairwise(known)}
    alike = len({holder.type for _, holder in known}) == 1 and all(len(name.words) == 1 for name, _ in known)
    return known if gaps == {", "} and alike else []


def _with_others(text: str, whole: Span, inside: Inside) -> str | None:
    known = [(name, holder) for name, holder in inside if holder is not None and holder.type is SpeakerType.PERSON]
    for name, _ in known:
        if found := _OTHERS.fullmatch(text[name.span.end : whole.end]):
            named = [str(holder.name) for one, holder in known if one.span.start <= name.span.start]
            return f"{', '.join(named)} and {found[1]}"
    return None


def _chain(text: str, inside: Inside) -> list[tuple[Name, Holder]]:
    """The first names that are joined by commas and a last "and"; those in brackets, as of parties and towns, are none of them."""
    known = [(name, holder) for name, holder in inside if holder is not None and not text.startswith("(", max(0, name.outer - 1))]
    for at, first in enumerate(known):
        chain, joined = [first], False
        for name, holder in known[at + 1 :]:
            gap = _BETWEEN.fullmatch(text, chain[-1][0].span.end, name.outer)
            if gap is None or joined or any(holder is one for _, one in chain):
                break
            chain.append((name, holder))
            joined = bool(gap["and"])
        if joined:
            return chain
    return []


def _and(those: Iterable[str]) -> str:
    *most, last = those
    return f"{', '.join(most)} and {last}"
